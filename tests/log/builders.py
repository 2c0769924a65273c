"""Small logs made by hand: a table is a list of rows, a row is a dict; moments are written «2024-03-01 10:00»."""

from collections.abc import Mapping, Sequence
from typing import Any, SupportsInt

import numpy as np
import pandas as pd

from auditor.inputs.tables import Precision, Source, Sources, TableName, Tables
from auditor.inputs.unread import unread_rows
from auditor.log import Log, build_log
from auditor.log.columns import moment
from auditor.log.kinds import DAY, NEVER
from auditor.log.spine import time_of
from auditor.settings import Settings

Row = Mapping[str, Any]

TIMES = ("created", "closed", "time", "due", "completed", "opened", "updated", "measurement_date", "until")
TEXTS = (
    "id", "entity", "title", "pipeline", "stage", "manager", "outcome", "reason", "lead_id", "deal", "event", "field",
    "before", "after", "author", "type", "direction", "channel", "addressee", "text", "task_id", "template", "name",
    "pipeline_before", "role", "department", "schedule",
)  # fmt: skip
GAP = 1000
"""Global row numbers between two sheets."""


def sec(text: str) -> int:
    """A moment as seconds since 2000-01-01."""
    return int((np.datetime64(text, "s") - np.datetime64("2000-01-01", "s")).astype(int))


def day(text: str) -> int:
    """A day's number since 2000-01-01."""
    return sec(text) // DAY


def said(seconds: SupportsInt) -> str:
    """A moment as it is written in these tests; «never» for none."""
    return "never" if int(seconds) == NEVER else str(moment(int(seconds))).replace("T", " ")


def all_said(seconds: "np.ndarray") -> list[str]:
    return [said(int(second)) for second in np.atleast_1d(seconds)]


def frame(rows: Sequence[Row], first: int) -> pd.DataFrame:
    """A canonical table of these rows, whose sheet begins at global row `first`; the header is row 1."""
    table = pd.DataFrame([dict(row) for row in rows], columns=None if rows else ["deal", "time", "event", "type"])
    for column in table:
        if column in TIMES:
            table[column] = pd.to_datetime(table[column], format="ISO8601").astype("datetime64[s]")
        elif column in TEXTS or str(column).startswith("field:"):
            table[column] = table[column].astype("string").astype("category")
    if "maybe" in table:
        table["maybe"] = table["maybe"].eq(True)
    table["row"] = np.arange(first + 2, first + 2 + len(rows), dtype=np.int32)
    return table


def deal(name: str = "1", created: str = "2024-03-01 10:00", **cells: Any) -> Row:
    return {"id": name, "entity": "deal", "created": created, "manager": "Анна", **cells}


def stage(time: str, after: str, before: str | None = None, **cells: Any) -> Row:
    """A stage event; times without a date are of 2024-03-01."""
    return change("stage", time, after, before, **cells)


def change(event: str, time: str, after: str | None, before: str | None = None, **cells: Any) -> Row:
    return {"deal": "1", "entity": "deal", "event": event, "time": time, "before": before, "after": after, **cells}


def act(kind: str, time: str, **cells: Any) -> Row:
    return {"deal": "1", "entity": "deal", "type": kind, "time": time, **cells}


def tables(
    deals: Sequence[Row] | None = None,
    history: Sequence[Row] | None = None,
    activities: Sequence[Row] | None = None,
    ledger: Sequence[Row] | None = None,
    people: Sequence[Row] | None = None,
    minutes: Mapping[str, Sequence[str]] | None = None,
    unread: Sequence[Row] = (),
) -> Tables:
    """Each table is one sheet of one file; a table that is not given is not exported. `minutes`: per table the columns
    that tell minutes only. `unread`: rows of the activities (`of="history"`: of the history) that could not be read,
    below those that could."""
    given: list[tuple[TableName, Sequence[Row] | None]] = [
        ("deals", [deal()] if deals is None else deals),
        ("history", history),
        ("activities", activities),
        ("ledger", ledger),
        ("people", people),
    ]
    frames: dict[TableName, pd.DataFrame] = {}
    sources: list[Source] = []
    for number, (name, rows) in enumerate(given):
        if rows is not None:
            frames[name] = frame(rows, number * GAP)
            told: dict[str, Precision] = dict.fromkeys((minutes or {}).get(name, ()), "minute")
            sources.append(Source(f"{name}.csv", None, name, "plain", len(rows), 0, number * GAP, precision=told))
    return Tables(**frames, sources=Sources(sources), unread=_unread(unread, sources))  # type: ignore[arg-type]


def _unread(rows: Sequence[Row], sources: Sequence[Source]) -> pd.DataFrame | None:
    below = {source.table: source.first + GAP // 2 for source in sources}
    numbers = [below[row.get("of", "activities")] + number for number, row in enumerate(rows)]
    names = ("deal", "entity", "kind", "direction", "outcome", "field")
    texts = {name: [row.get(name, "1" if name == "deal" else None) for row in rows] for name in names}
    times = {name: [np.datetime64(row.get(name, "NaT"), "s") for row in rows] for name in ("time", "day")}
    return unread_rows(numbers, texts | times) if rows else None


def log_of(settings: Settings | None = None, **rows: Any) -> Log:
    return build_log(tables(**rows), settings or Settings())


def stays_of(log: Log, deal: int = 0) -> list[tuple[str, str, str]]:
    """(stage or outcome, entered, left) of each stay of a deal."""
    stays = log.stays
    return [
        (_name(log, number), said(time_of(stays.entered[number])), said(time_of(stays.left[number])))
        for number in np.flatnonzero(stays.deal == deal)
    ]


def _name(log: Log, number: np.intp) -> str:
    from auditor.terms import Outcome

    stays = log.stays
    outcome = Outcome(int(stays.outcome[number]))
    if outcome is not Outcome.OPEN:
        return outcome.name
    return stays.stages[stays.stage[number]] if stays.stage[number] >= 0 else "?"
