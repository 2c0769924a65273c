"""Deals whose past nobody saw: what is known from when on, and what is judged from then."""

from datetime import datetime

from auditor.log.log import Log
from auditor.patterns import (
    OUT,
    Condition,
    PerDay,
    Response,
    call,
    days,
    due_days,
    enters,
    goes_to,
    leaves,
    planned_contact,
)  # fmt: skip
from auditor.patterns.core.duties import Verdict
from auditor.patterns.core.pattern import Pattern
from auditor.settings import Settings
from auditor.terms import Stage
from tests.log.builders import Row, act, change, deal, log_of, said, stage

A, B, C = Stage("A"), Stage("B"), Stage("C")
MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (f"2024-03-{day}" for day in (11, 12, 13, 14))
OTHER = {**change("responsible", f"{MONDAY} 09:00", "Б"), "deal": "another"}
CALLS = [
    act("call", time, direction="out", outcome="unanswered", deal="another")
    for time in (f"{MONDAY} 00:00", "2024-03-15 00:00")
]


def verdicts(log: Log, pattern: Pattern) -> list[tuple[str, str]]:
    """(when it arose, verdict) of each duty."""
    duties = pattern.duties(log)
    return [(said(arose), Verdict(verdict).name) for arose, verdict in zip(duties.arose, duties.verdict, strict=True)]


def told(*history: Row, created: str = f"{MONDAY} 10:00", activities: tuple[Row, ...] = ()) -> Log:
    settings = Settings(as_of=datetime(2024, 3, 15), suppose_days_off=False)
    return log_of(settings, deals=[deal("1", created)], history=history, activities=[*CALLS, *activities])


DAILY = PerDay(during=A, expect=call(OUT))


def test_a_stay_of_unknown_stage_ends_where_the_next_is_known() -> None:
    log = told(OTHER, stage(f"{TUESDAY} 09:30", "A"), stage(f"{THURSDAY} 09:00", "B", "A"))

    assert verdicts(log, DAILY) == [
        (f"{MONDAY} 00:00:00", "UNKNOWN"), (f"{TUESDAY} 00:00:00", "VIOLATED"), (f"{WEDNESDAY} 00:00:00", "VIOLATED"),
    ]  # fmt: skip


def test_the_day_of_a_creation_that_the_history_does_not_tell_is_unknown() -> None:
    other = {**change("created", f"{MONDAY} 09:00", None), "deal": "another"}
    log = told(other, stage(f"{WEDNESDAY} 09:00", "B", "A"))

    assert verdicts(log, DAILY) == [(f"{MONDAY} 00:00:00", "UNKNOWN"), (f"{TUESDAY} 00:00:00", "VIOLATED")]


def test_days_before_the_history_owe_nothing_and_its_first_day_does() -> None:
    log = told(stage(f"{WEDNESDAY} 19:00", "B", "A"), created="2024-03-04 10:00")

    assert verdicts(log, DAILY) == [(f"{WEDNESDAY} 00:00:00", "VIOLATED")]


def test_where_a_deal_stood_before_the_history_is_unknown() -> None:
    plan = act("task", "2024-03-05 10:00", text="Позвонить", due=f"{TUESDAY} 12:00")
    log = told(stage(f"{WEDNESDAY} 19:00", "B", "A"), created="2024-03-04 10:00", activities=(plan,))

    pattern = Response(on=due_days(planned_contact).during(A), expect=call(OUT), due=days(0))
    assert verdicts(log, pattern) == [(f"{TUESDAY} 00:00:00", "UNKNOWN")]


def test_nobody_knows_when_a_deal_entered_the_stage_it_stood_in_before_the_history() -> None:
    log = told(stage(f"{WEDNESDAY} 19:00", "B", "A"), created="2024-03-04 10:00")

    assert verdicts(log, Response(on=enters(A), expect=leaves(A), due=days(1))) == [
        (f"{WEDNESDAY} 00:00:00", "UNKNOWN")
    ]
    assert verdicts(log, Response(on=enters(B), expect=leaves(B), due=days(1))) == [
        (f"{WEDNESDAY} 19:00:00", "VIOLATED")
    ]


def test_where_the_history_begins_nothing_is_left() -> None:
    """Neither stage nor moment is known: that the deal goes on there is no move out of any stage."""
    log = told(stage(f"{WEDNESDAY} 19:00", "B", "A"), created="2024-03-04 10:00")

    assert verdicts(log, Condition(on=leaves(A), that=goes_to(B))) == [(f"{WEDNESDAY} 19:00:00", "MET")]
    assert verdicts(log, Condition(on=leaves(C), that=goes_to(A))) == []
