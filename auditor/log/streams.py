"""Which streams the export holds at all, and from when to when: a missing one is not a zero."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from auditor.inputs.tables import Tables
from auditor.log.calendar import working_days_after
from auditor.log.columns import Ints, Text, seconds
from auditor.log.kinds import DAY, NEVER
from auditor.settings import Settings

DIRECTED = ("call", "message", "sms", "email")


@dataclass(frozen=True)
class Stream:
    """The days (since 2000-01-01) that a stream covers, both inclusive, and its number of rows.

    `declared`: the configuration says that it is exported, though it has no row."""

    first: int
    last: int
    rows: int
    declared: bool = False


def find_streams(tables: Tables, settings: Settings, as_of: int) -> Mapping[str, Stream]:
    """Streams by name: the types of activities («call», and by direction «call out»), the events of the history,
    `ledger`."""
    history, activities = tables.history, tables.activities
    streams = {
        **_of_table(history, _texts(history, "event"), tables, settings, as_of),
        **_of_table(activities, _texts(activities, "type"), tables, settings, as_of),
        **_of_table(activities, _directed(activities), tables, settings, as_of),
        **_of_ledger(tables, settings, as_of),
    }
    if "stage" in streams:
        streams.setdefault("closed", streams["stage"])
    if _tells_closings(tables.deals) and "closed" not in streams:
        first = int(seconds(tables.deals["created"]).min() // DAY)
        streams["closed"] = Stream(first, as_of // DAY, int(tables.deals["closed"].notna().sum()))
    first = min((stream.first for stream in streams.values()), default=0)
    for name in settings.declared_streams:
        for directed in (name, f"{name} out", f"{name} in") if name in DIRECTED else (name,):
            streams.setdefault(directed, Stream(first, as_of // DAY, 0, declared=True))
    return streams


def _texts(frame: pd.DataFrame | None, column: str) -> Text:
    return Text.of(None if frame is None else frame.get(column), 0 if frame is None else len(frame))


def _directed(activities: pd.DataFrame | None) -> Text:
    """Per activity the name of its stream by direction, «call out»; none without a direction."""
    kind, direction = _texts(activities, "type"), _texts(activities, "direction")
    names = tuple(f"{one} {two}" if one in DIRECTED else "" for one in kind.values for two in direction.values)
    codes = kind.codes * len(direction.values) + direction.codes
    named = np.array([*(bool(name) for name in names), False])
    both = (kind.codes >= 0) & (direction.codes >= 0)
    codes = np.where(both, codes, -1)
    return Text(np.where(named[codes], codes, -1).astype(np.int32), names)


def _of_ledger(tables: Tables, settings: Settings, as_of: int) -> dict[str, Stream]:
    """The ledger is one stream; without the times of its updates it speaks for all days."""
    ledger = tables.ledger
    if ledger is None or not len(ledger):
        return {}
    if "updated" not in ledger:
        return {"ledger": Stream(0, as_of // DAY, len(ledger))}
    return _of_table(ledger, Text(np.zeros(len(ledger), np.int32), ("ledger",)), tables, settings, as_of, "updated")


def _tells_closings(deals: pd.DataFrame) -> bool:
    return "closed" in deals and bool(deals["closed"].notna().any())


def _of_table(
    frame: pd.DataFrame | None, names: Text, tables: Tables, settings: Settings, as_of: int, time: str = "time"
) -> dict[str, Stream]:
    """Each name with the days it covers: those of the sheets that hold a row of it; sheets of one reader are one
    table."""
    if frame is None or not len(frame):
        return {}
    sheet = _readers(frame["row"].to_numpy(), tables)
    sheets = int(sheet.max()) + 1
    table = (names.codes.astype(np.int64) + 1) * sheets + sheet
    rows = np.bincount(table, minlength=(len(names.values) + 1) * sheets).reshape(-1, sheets)[1:]
    first, last = _seen(seconds(frame[time]), sheet, sheets, as_of)
    return {
        name: _covered(int(first[here > 0].min()), int(last[here > 0].max()), int(here.sum()), settings, as_of)
        for name, here in zip(names.values, rows, strict=True)
        if here.any()
    }


def _seen(times: Ints, sheet: Ints, sheets: int, as_of: int) -> tuple[Ints, Ints]:
    """Per sheet its first and last moment up to as-of; NEVER and −1 where it has none."""
    first, last = np.full(sheets, NEVER), np.full(sheets, -1)
    for number in range(sheets):
        seen = times[(sheet == number) & (times <= as_of)]
        if seen.size:
            first[number], last[number] = seen.min(), seen.max()
    return first, last


def _readers(rows: Ints, tables: Tables) -> Ints:
    """Per row the number of its table: sheets of one reader and name are one."""
    sources = tables.sources.sources
    names = {name: number for number, name in enumerate(dict.fromkeys((s.reader, s.table) for s in sources))}
    numbers = np.array([names[(s.reader, s.table)] for s in sources] or [0])
    firsts = np.array([s.first for s in sources] or [0])
    return numbers[np.maximum(np.searchsorted(firsts, rows, side="right") - 1, 0)]


def _covered(first: int, last: int, rows: int, settings: Settings, as_of: int) -> Stream:
    """From the first row's day to as-of; to the last row's day where the table has been quiet for too long."""
    today = as_of // DAY
    if last < 0:
        return Stream(today + 1, today, rows)
    quiet = working_days_after(settings, last // DAY, today)
    return Stream(first // DAY, last // DAY if quiet > settings.quiet_days else today, rows)
