"""What was not read is not absent: rows that could not be read leave unknown what they could decide, and no more."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest

from auditor.audit.engine import run_clause
from auditor.patterns import (
    IN,
    OUT,
    Condition,
    PerDay,
    Response,
    attempt,
    call,
    comment,
    created,
    days,
    enters,
    filled,
    hours,
    in_stage,
    leaves,
    message,
    never,
    not_yet,
    open_task,
)
from auditor.patterns.core.pattern import Pattern
from auditor.rules import HIGH, Clause, Pipeline
from auditor.settings import Settings
from tests.log.builders import Row, act, change, deal, stage, tables

(STAGE, NEXT) = Pipeline("Продажи", ("A", "B"))
CREATED = "2024-03-04 10:00"
"""A Monday."""
AS_OF = datetime(2024, 3, 11, 12)
HISTORY = [
    change("created", CREATED, None),
    stage(CREATED, "A"),
    stage("2024-03-08 10:00", "B", "A"),
    change("field", "2024-03-05 10:00", "Тверь", field="Город"),
    *(change(kind, "2024-03-01 09:00", "B", deal="2") for kind in ("stage", "responsible")),
]
ACTS = [
    act(kind, moment, direction=way, outcome="answered", deal="2", due=None)
    for kind in ("call", "message", "sms", "email", "task", "comment")
    for way in ("out", "in")
    for moment in ("2024-03-01 09:00", "2024-03-11 11:00")
]
CALL = {"kind": "call", "direction": "out"}


def verdicts(
    pattern: Pattern, *unread: Row, acts: Sequence[Row] = (), history: Sequence[Row] = HISTORY, as_of: datetime = AS_OF
) -> list[str]:
    """The verdicts on deal 1, in order of the moments at which they arose."""
    deals = [deal("1", CREATED, pipeline="Продажи", stage="B", entity="deal"), deal("2", CREATED, pipeline="Продажи")]
    given = tables(deals, sorted(history, key=_time), sorted([*ACTS, *acts], key=_time), unread=unread)
    settings = Settings(suppose_days_off=False, as_of=as_of)
    found = run_clause(given, Clause("TST0001", HIGH, "", "", pattern), settings)
    return [row.verdict for row in found.sort_values("arose").itertuples() if row.deal == "1"]


def _time(row: Row) -> str:
    return str(row["time"])


CALLED = Response(on=created, expect=call(OUT), due=hours(48))


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        ({"day": "2024-03-05", **CALL}, "unknown"),
        ({"day": "2024-03-04"}, "unknown"),
        ({**CALL}, "unknown"),
        ({"day": "2024-03-07", **CALL}, "violated"),
        ({"time": "2024-03-06 10:00:01", **CALL}, "violated"),
        ({"day": "2024-03-05", "kind": "call", "direction": "in"}, "violated"),
        ({"day": "2024-03-05", "kind": "comment"}, "violated"),
        ({"day": "2024-03-05", "of": "history"}, "unknown"),
        ({"day": "2024-03-05", "of": "history", "kind": "field"}, "violated"),
        ({"day": "2024-03-05", **CALL, "deal": "2"}, "violated"),
    ],
)
def test_an_unread_row_leaves_unknown_what_it_could_have_met(row: Row, verdict: str) -> None:
    assert verdicts(CALLED) == ["violated"]
    assert verdicts(CALLED, row) == [verdict]


def test_what_is_met_stays_met_and_what_is_not_due_is_pending() -> None:
    assert verdicts(CALLED, CALL, acts=[act("call", "2024-03-05 10:00", direction="out")]) == ["met"]
    assert verdicts(CALLED, CALL, as_of=datetime(2024, 3, 5, 12)) == ["pending"]


def test_late_is_unknown_where_an_unread_row_may_have_been_in_time() -> None:
    late = [act("call", "2024-03-09 10:00", direction="out")]
    assert verdicts(CALLED, acts=late) == ["violated"]
    assert verdicts(CALLED, {"day": "2024-03-05", **CALL}, acts=late) == ["unknown"]


def test_an_unread_row_may_be_what_frees_or_closes() -> None:
    freed = replace(CALLED, until=message(IN))
    assert verdicts(freed) == ["violated"]
    assert verdicts(freed, {"day": "2024-03-05", "kind": "message"}) == ["unknown"]
    assert verdicts(CALLED, {"day": "2024-03-05", "kind": "closed", "of": "history"}) == ["unknown"]


def test_one_given_before_may_be_among_the_unread() -> None:
    assert verdicts(Response(on=enters(NEXT), expect=comment.ever, due=hours(1)), {"day": "2024-03-05"}) == ["unknown"]
    assert verdicts(Response(on=enters(NEXT), expect=comment, due=hours(1)), {"day": "2024-03-05"}) == ["violated"]
    task = Response(on=enters(NEXT), expect=open_task(), due=hours(1))
    assert verdicts(task, {"day": "2024-03-05", "kind": "task"}) == ["unknown"]


# ── counts ──

DAILY = PerDay(during=(STAGE,), expect=call(OUT), at_least=2)
UNANSWERED = {**CALL, "outcome": "unanswered"}
ONE_A_DAY = [act("call", f"2024-03-0{day} 11:00", direction="out", outcome="unanswered") for day in range(4, 8)]


def test_a_day_may_have_one_more_for_each_unread_row() -> None:
    assert verdicts(DAILY, acts=ONE_A_DAY) == ["violated"] * 4
    one = {"day": "2024-03-06", **UNANSWERED}
    assert verdicts(DAILY, one, acts=ONE_A_DAY) == ["violated", "violated", "unknown", "violated"]
    assert verdicts(DAILY, one, acts=[]) == ["violated"] * 4
    assert verdicts(DAILY, one, one, acts=[]) == ["violated", "violated", "unknown", "violated"]


def test_a_day_may_be_freed_by_an_unread_contact() -> None:
    assert verdicts(DAILY, {"day": "2024-03-06", "kind": "call", "direction": "in"}) == [
        "violated", "violated", "unknown", "violated",
    ]  # fmt: skip


def test_a_count_may_be_one_more() -> None:
    enough = Condition(on=enters(NEXT), that=~never(call(OUT)))
    assert verdicts(enough) == ["violated"]
    assert verdicts(enough, {"day": "2024-03-06", **CALL}) == ["unknown"]
    assert verdicts(enough, {"day": "2024-03-09", **CALL}) == ["violated"]
    forbidden = Condition(on=enters(NEXT), that=never(call(OUT)))
    assert verdicts(forbidden) == ["met"]
    assert verdicts(forbidden, {"day": "2024-03-06", **CALL}) == ["unknown"]
    untouched = Response(on=enters(NEXT), expect=comment, due=hours(1), when=not_yet(attempt))
    assert verdicts(untouched) == ["violated"]
    assert verdicts(untouched, {"day": "2024-03-06", **CALL}) == ["unknown"]


# ── stages and fields ──

MOVED = {"day": "2024-03-06", "of": "history", "kind": "stage"}


def test_an_unread_stage_row_leaves_the_stay_unknown_from_its_day_on() -> None:
    assert verdicts(DAILY, MOVED) == ["violated", "violated", "unknown", "unknown"]
    left = Response(on=enters(STAGE), expect=leaves(STAGE), due=days(3))
    assert verdicts(left)[0] == "violated"
    assert verdicts(left, MOVED)[0] == "unknown"
    inside = Condition(on=comment, that=in_stage(STAGE))
    notes = [act("comment", f"2024-03-0{day} 11:00") for day in (5, 7, 9)]
    assert verdicts(inside, acts=notes) == ["met", "met", "violated"]
    assert verdicts(inside, MOVED, acts=notes) == ["met", "unknown", "violated"]


def test_an_unread_change_leaves_the_field_unknown_from_its_day_on() -> None:
    here = Condition(on=comment, that=filled("Город"))
    notes = [act("comment", f"2024-03-0{day} 11:00") for day in (4, 5, 7)]
    row = {"day": "2024-03-06", "of": "history", "kind": "field", "field": "Город"}
    assert verdicts(here, acts=notes) == ["violated", "met", "met"]
    assert verdicts(here, row, acts=notes) == ["violated", "met", "unknown"]
    assert verdicts(here, {**row, "field": "Индекс"}, acts=notes) == ["violated", "met", "met"]


# ── told twice, perhaps ──


def test_of_two_equal_rows_the_second_is_only_possible() -> None:
    twice = [{**act, "maybe": number == 1} for act in ONE_A_DAY[1:2] for number in range(2)]
    assert verdicts(DAILY, acts=twice)[1] == "unknown"
    assert verdicts(DAILY, acts=[{**act, "maybe": False} for act in twice])[1] == "met"
    assert verdicts(replace(DAILY, at_least=1), acts=twice)[1] == "met"
