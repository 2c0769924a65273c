"""A week of a demo whose exports grow by a day each evening, through `auditor nightly` itself: each change that was
planted is told on its night, once, and nothing else is."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pandas as pd
import psycopg
import pytest
from sqlalchemy import select

from auditor.cli.nightly import TOLD
from auditor.history.changes import Group, Why
from auditor.history.store import Store, reading
from auditor.history.tables import nights, seen, states
from fixtures.demo import plan, sheets
from tests.history.conftest import PASSWORD, postgres
from tests.nightly.conftest import Night

__all__ = ["postgres"]
FORM = "%d.%m.%Y %H:%M:%S"
SETTINGS = """
[check]
regulation = ["FUR"]
files = ["exports"]
waivers = "waivers.csv"
[history]
database = "{database}"
{password}
[run]
stale_days = 0
{rule}
"""
NO_WAIVERS = "пункт;сделка;по;утвердил;причина\n"
WAIVER = NO_WAIVERS + "FUR0609;10009;31.12.2024;Громов;замерщик болел\n"
RULE = "[clauses.FUR0201]\nat_least = 1"
Change = tuple[str, str, Group, Why | None]


LATE_CALL = {
    "ID сделки": "10006", "Сущность": "лид", "Время": "28.05.2024 13:11:42", "Тип": "звонок",
    "Направление": "исходящий", "Исход": "недозвон", "Длительность": "0", "Автор": "Смирнов Артём",
}  # fmt: skip


def moments(column: pd.Series) -> pd.Series:
    return pd.to_datetime(column.where(column != ""), format=FORM)


def as_of(evening: datetime, since: datetime | None = None) -> dict[str, pd.DataFrame]:
    """The demo's tables as they were exported on an evening, beginning with a day."""
    tables = sheets(plan("FUR", 60, 1))
    later = tables["История"][moments(tables["История"]["Время"]) > evening]
    for name in ("История", "Дела"):
        at = moments(tables[name]["Время"])
        tables[name] = tables[name][(at <= evening) & (at >= (since or at.min()))]
    tasks, deals = tables["Дела"], tables["Сделки"][moments(tables["Сделки"]["Дата создания"]) <= evening].copy()
    tables["Дела"] = tasks.assign(Выполнено=tasks["Выполнено"].where(moments(tasks["Выполнено"]) <= evening, ""))
    for row in later.iloc[::-1].to_dict("records"):
        undo(deals, row)
    deals.loc[moments(deals["Дата закрытия"]) > evening, ["Дата закрытия", "Исход"]] = ""
    return {**tables, "Сделки": deals}


def undo(deals: pd.DataFrame, row: dict[str, str]) -> None:
    """In the list of deals what the row tells has not happened yet."""
    deal = (deals["ID сделки"] == row["ID сделки"]) & (deals["Сущность"] == row["Сущность"])
    if row["Событие"] == "этап":
        deals.loc[deal, ["Воронка", "Этап"]] = row["Было"].split(" / ")
    elif row["Событие"] == "поле":
        deals.loc[deal, row["Поле"]] = row["Было"]


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Where the nights of the working folder are kept, empty."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("DATABASE_KEY", PASSWORD)
    company = str(tmp_path / "auditor.toml")
    if request.param == "sqlite":
        return Store(str(tmp_path / "nights.db"), company=company)
    server = request.getfixturevalue("postgres")
    with psycopg.connect(server, password=PASSWORD, autocommit=True) as connection:
        connection.execute("CREATE DATABASE week")
    return Store(server.replace("/postgres?", "/week?"), PASSWORD, company)


def furnish(folder: Path, store: Store, tables: dict[str, pd.DataFrame], *, waived: bool, rule: str) -> None:
    password = 'password = { env = "DATABASE_KEY" }' if store.password else ""
    text = SETTINGS.format(database=store.database, password=password, rule=rule)
    (folder / "auditor.toml").write_text(text, "utf-8")
    (folder / "waivers.csv").write_text(WAIVER if waived else NO_WAIVERS, "utf-8")
    (folder / "exports").mkdir(exist_ok=True)
    for name, table in tables.items():
        table.to_csv(folder / "exports" / f"{name}.csv", sep=";", index=False)


def told(store: Store, evening: datetime) -> set[Change]:
    """What the history says of the violations of that night."""
    question = (
        select(states.c.clause, states.c.deal, seen.c.became, seen.c.why)
        .select_from(seen.join(states).join(nights, nights.c.key == seen.c.night))
        .where(nights.c.day == evening.date(), seen.c.became != Group.APART)
    )
    with reading(store) as connection:
        return {tuple(row) for row in connection.execute(question)}


CALLS, WAITED, MEASURED = ("FUR0201", "10001"), ("FUR0902", "10027"), ("FUR0609", "10009")
QUOTED, CALLED = ("FUR0603", "10042"), ("FUR0201", "10006")
WEEK = {
    9: [(*each, Group.NEW, None) for each in (CALLS, CALLED, MEASURED, WAITED)],
    # a call of May is found and exported from now on
    10: [(*CALLED, Group.WITHDRAWN, Why.DATA), *((*each, Group.OPEN, None) for each in (CALLS, MEASURED, WAITED))],
    # the head waives the measurement
    12: [(*MEASURED, Group.WITHDRAWN, Why.WAIVED), (*CALLS, Group.OPEN, None), (*WAITED, Group.OPEN, None)],
    # one call a day is enough from now on …
    13: [(*CALLS, Group.WITHDRAWN, Why.RULE), (*WAITED, Group.OPEN, None)],
    # … and is not; the waiver is gone as well, and the deal that waited went on at 15:02
    14: [(*CALLS, Group.REOPENED, None), (*MEASURED, Group.REOPENED, None), (*WAITED, Group.CLOSED_LATE, None)],
    # what the demo planted for the 15th, due at 18:00
    15: [
        (*QUOTED, Group.NEW, None), (*WAITED, Group.KNOWN, None), (*CALLS, Group.OPEN, None),
        (*MEASURED, Group.OPEN, None),
    ],
    # done in the morning; the export begins with August: nothing older is called fixed
    16: [
        (*QUOTED, Group.CLOSED_LATE, None),
        *((*each, Group.OUT_OF_SIGHT, None) for each in (CALLS, MEASURED, WAITED)),
    ],
}  # fmt: skip
"""By day of August what the history says of every violation."""


def exported(day: int) -> dict[str, pd.DataFrame]:
    tables = as_of(datetime(2024, 8, day, 20), datetime(2024, 8, 1) if day == 16 else None)
    if 10 <= day < 16:
        tables["Дела"] = pd.concat([tables["Дела"], pd.DataFrame([LATE_CALL])]).fillna("")
    return tables


def test_a_week_tells_each_planted_change_on_its_night(
    store: Store, tmp_path: Path, nightly: Callable[..., Night]
) -> None:
    for day, changes in WEEK.items():
        furnish(tmp_path, store, exported(day), waived=day in (12, 13), rule=RULE if day == 13 else "")
        code, line, _lines = nightly("--as-of", f"{day}.08.2024 20:00")
        assert (code, line["faults"]) == (0, [])
        assert told(store, datetime(2024, 8, day)) == set(changes)
        counted = Counter(group for _clause, _deal, group, _why in changes)
        assert {group: line[group] for group in TOLD} == {group: counted[group] for group in TOLD}
    before = {day: told(store, datetime(2024, 8, day)) for day in WEEK}
    nightly("--as-of", "16.08.2024 20:00")
    assert {day: told(store, datetime(2024, 8, day)) for day in WEEK} == before == {
        day: set(changes) for day, changes in WEEK.items()
    }  # fmt: skip
