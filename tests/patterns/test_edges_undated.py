"""Edges of deals closed nobody knows when: between their last recorded event and as-of."""

from datetime import datetime
from typing import Any

import pandas as pd
import pytest

from auditor.audit.engine import audit, run_clause
from auditor.audit.request import Request
from auditor.inputs.tables import Tables
from auditor.patterns import (
    LOST,
    OUT,
    Cadence,
    Condition,
    LastingResponse,
    PerDay,
    Response,
    call,
    closed,
    days,
    end_of_day,
    enters,
    filled,
    leaves,
    silence,
)
from auditor.patterns.core.pattern import Pattern
from auditor.rules import HIGH, Clause
from auditor.settings import Settings
from auditor.terms import Stage
from tests.log.builders import act, change, deal, stage, tables

A = Stage("A")
SETTINGS = Settings(as_of=datetime(2024, 3, 20, 12), suppose_days_off=False)
SEEN = [stage(f"2024-03-{day} 10:00", "B", deal="another") for day in ("01", "20")]
COVERED = [act("call", f"2024-03-{day} 10:00", direction="out", deal="another") for day in ("01", "20")]
LOST_STAGE = "Закрыто и не реализовано"


def told(*calls: str, **cells: Any) -> Tables:
    """A deal in A since Monday, 11 March, that its list shows lost; with calls on these days of March, at noon."""
    history = [*SEEN, stage("2024-03-11 10:00", "A")]
    acts = [*COVERED, *(act("call", f"2024-03-{day} 12:00", direction="out") for day in calls)]
    card = {"stage": LOST_STAGE, "manager": "Анна", **cells}
    return tables(deals=[deal("1", "2024-03-11 10:00", **card)], history=history, activities=acts)


def found(pattern: Pattern, export: Tables) -> list[str]:
    """Per duty its verdict, and the day on which it arose."""
    duties = run_clause(export, Clause("TST0001", HIGH, "", "", pattern), SETTINGS)
    return [f"{row.verdict} {pd.Timestamp(row.arose):%d}" for row in duties.itertuples()]


CALLED_IN = {number: Response(on=enters(A), expect=call(OUT), due=days(number)) for number in (1, 3, 30)}
LEFT_IN = {number: Response(on=enters(A), expect=leaves(A), due=days(number)) for number in (1, 3, 30)}
LINKS = Cadence(on=enters(A) | call(OUT), expect=call(OUT), due=days(2), until=leaves(A))
DAILY = PerDay(during=A, expect=call(OUT))


@pytest.mark.parametrize(
    ("pattern", "calls", "verdicts"),
    [
        pytest.param(CALLED_IN[3], [], ["unknown 11"], id="a closing before the due would void it"),
        pytest.param(LEFT_IN[3], [], ["unknown 11"], id="a closing before the due would meet it"),
        pytest.param(LEFT_IN[1], ["15"], ["violated 11"], id="due before the last event: judged"),
        pytest.param(LEFT_IN[30], ["15"], ["met 11"], id="closed by as-of, and due after it"),
        pytest.param(CALLED_IN[30], [], [], id="closed by as-of: nothing is owed any more"),
        pytest.param(LINKS, ["13"], ["met 11", "unknown 13"], id="the next link may have been voided"),
        pytest.param(LINKS, ["17"], ["violated 11", "unknown 17"], id="a late link is judged"),
        pytest.param(DAILY, ["12"], ["violated 11", "met 12", *(f"unknown {day}" for day in (13, 14, 15, 18, 19))],
                     id="a day after the last event may have been after the closing"),
        pytest.param(Condition(on=closed(LOST), that=filled("Причина отказа")), ["12"], ["met 12"],
                     id="what asks nothing of the moment is judged"),
        pytest.param(Condition(on=closed(LOST), that=silence(call(OUT)) >= 5), ["12"], ["unknown 12"],
                     id="what asks how long it was silent is unknown"),
        pytest.param(LastingResponse(on=closed(LOST), expect=call(OUT), due=end_of_day), ["12"], ["unknown 12"],
                     id="what must follow the closing is unknown"),
    ],
)  # fmt: skip
def test_a_closing_of_an_unknown_moment(pattern: Pattern, calls: list[str], verdicts: list[str]) -> None:
    assert found(pattern, told(*calls, reason="дорого")) == verdicts


def test_an_empty_reason_is_missed_whenever_the_deal_was_closed() -> None:
    pattern = Condition(on=closed(LOST), that=filled("Название"))
    export = told("12", title=None)
    assert found(pattern, export) == ["violated 12"]


@pytest.mark.parametrize(
    ("cells", "rows", "verdict"),
    [
        pytest.param({"closed": "2024-03-19 10:00"}, [], ["violated 11"], id="a date of closing"),
        pytest.param({}, [stage("2024-03-19 10:00", LOST_STAGE, "A")], ["violated 11"], id="a move into it"),
        pytest.param({}, [change("closed", "2024-03-19 10:00", "lost")], ["violated 11"], id="an event of closing"),
        pytest.param({"stage": "A"}, [], ["violated 11"], id="not closed at all"),
        pytest.param({"stage": "A", "outcome": "lost"}, [], ["unknown 11"], id="closed by its outcome alone"),
        pytest.param(
            {}, [stage("2024-03-12 10:00", LOST_STAGE, "A"), stage("2024-03-13 10:00", "A", LOST_STAGE)],
            ["unknown 13"], id="reopened, and closed again nobody knows when",
        ),
        pytest.param({}, [stage("2024-03-25 10:00", LOST_STAGE, "A")], ["violated 11"], id="closed after as-of"),
    ],
)  # fmt: skip
def test_which_deals_are_closed_nobody_knows_when(cells: dict[str, Any], rows: list[Any], verdict: list[str]) -> None:
    history = [*SEEN, stage("2024-03-11 10:00", "A"), *rows]
    card = {"stage": LOST_STAGE, "closed": None, **cells}
    export = tables(deals=[deal("1", "2024-03-11 10:00", **card)], history=history, activities=COVERED)
    assert found(CALLED_IN[3], export) == verdict


def test_they_are_told_by_file_with_their_number_and_first_rows() -> None:
    deals = [deal(str(number), "2024-03-11 10:00", stage=LOST_STAGE) for number in range(1, 8)]
    export = tables(deals=deals, history=[stage("2024-03-11 10:00", "A", deal="7")], activities=COVERED)
    problems = [str(problem) for problem in audit(export, Request(()), SETTINGS).problems]
    (told,) = [problem for problem in problems if "clos" in problem or "закры" in problem]
    assert told.startswith("deals.csv: 7 ")
    assert "2, 3, 4, 5, 6, …" in told
