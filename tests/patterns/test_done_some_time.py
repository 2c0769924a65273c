"""«Выполнено: да» without a moment: done in time; nothing later may hang on that moment."""

from datetime import datetime

import pytest
from log.builders import Row, act, deal, log_of, stage

from auditor.log import Log
from auditor.patterns import (
    OUT,
    Condition,
    Response,
    Suspect,
    call,
    days,
    due_days,
    end_of_day,
    enters,
    hours,
    once,
    open_task,
    planned_contact,
    precedence,
    reached_out,
    result_filled,
    task,
    whenever,
)
from auditor.patterns.core.pattern import Pattern
from auditor.settings import Settings

from .world import B, found

SET, DUE = "2024-03-11 10:00", "2024-03-14 12:00"
NEEDED = precedence(on=enters(B), needs=once(task().done))
EXPECTED = Response(on=enters(B), expect=task().done, due=days(1))
STILL_OPEN = Response(on=enters(B), expect=open_task(whenever), due=hours(0))
CONTACT_KEPT = Response(on=due_days(planned_contact), expect=reached_out, due=end_of_day)
RAISING = (
    Response(on=task().done, expect=call(OUT), due=days(1)),
    Condition(on=task().done, that=result_filled),
)
STREAMS = ("call", "message", "sms", "email", "task", "stage")


def done(**cells: object) -> Row:
    return act("task", SET, **{"text": "Позвонить", "due": DUE, "done": True, "result": "", **cells})


def log_with(*rows: Row, entry: str = "2024-03-12 10:00") -> Log:
    return log_of(
        Settings(as_of=datetime(2024, 3, 20, 12), declared_streams=STREAMS),
        deals=[deal(created="2024-03-11 09:00")],
        history=[stage("2024-03-11 09:00", "A"), stage(entry, "B", "A")],
        activities=[act("comment", "2024-03-11 09:00"), *rows, act("task", "2024-03-20 11:00", done=False)],
    )


def verdicts(log: Log, pattern: Pattern) -> list[str]:
    return [duty.verdict for duty in found(log, pattern)]


@pytest.mark.parametrize(
    ("entry", "verdict"),
    [("2024-03-11 09:59:59", "violated"), ("2024-03-11 10:00:01", "met"), ("2024-03-12 10:00", "met"),
     ("2024-03-15 10:00", "met")],
)  # fmt: skip
def test_it_counts_as_before_whatever_needs_it(entry: str, verdict: str) -> None:
    assert verdicts(log_with(done(), entry=entry), NEEDED) == [verdict]


@pytest.mark.parametrize(
    ("entry", "verdict"),
    [("2024-03-11 09:59:59", "met"), ("2024-03-12 10:00", "met"), ("2024-03-14 12:00:00", "met"),
     ("2024-03-14 12:00:01", "violated")],
)  # fmt: skip
def test_it_is_done_in_time_up_to_its_due(entry: str, verdict: str) -> None:
    assert verdicts(log_with(done(), entry=entry), EXPECTED) == [verdict]


def test_without_a_due_it_may_have_been_done_until_as_of() -> None:
    assert verdicts(log_with(done(due=None), entry="2024-03-18 10:00"), EXPECTED) == ["met"]


@pytest.mark.parametrize("pattern", RAISING)
def test_as_a_trigger_it_is_only_possible(pattern: Pattern) -> None:
    assert verdicts(log_with(done()), pattern) == ["unknown"]
    assert verdicts(log_with(done(completed="2024-03-12 10:00")), pattern) == ["violated"]


@pytest.mark.parametrize(
    ("entry", "verdict"),
    [("2024-03-11 10:00:01", "met"), ("2024-03-14 11:59:59", "met"), ("2024-03-14 12:00:01", "violated")],
)
def test_the_task_is_open_until_its_due(entry: str, verdict: str) -> None:
    assert verdicts(log_with(done(), entry=entry), STILL_OPEN) == [verdict]


def test_a_planned_contact_is_kept_on_its_day() -> None:
    (duty,) = found(log_with(done()), CONTACT_KEPT)
    assert (duty.verdict, f"{duty.arose:%d %H:%M}") == ("met", "14 00:00")
    assert [Suspect(int(flags)) for flags in reached_out.find(log_with(done())).flags] == [Suspect.NO_CALL_ON_RECORD]


@pytest.mark.parametrize("called", ["2024-03-11 10:30", "2024-03-12 10:00", "2024-03-14 23:59:59"])
def test_it_is_flagged_only_where_no_day_on_which_it_may_have_been_done_shows_a_call(called: str) -> None:
    rows = (done(), act("call", called, direction="out", outcome="unanswered"))
    moments = reached_out.find(log_with(*rows))
    assert [Suspect(int(flags)) for flags in moments.flags] == [Suspect.NONE, Suspect.NONE]


def test_of_a_moved_task_the_last_due_counts() -> None:
    rows = (
        done(task_id="7"),
        act("task_moved", "2024-03-13 10:00", text="Позвонить", task_id="7", due="2024-03-18 12:00"),
    )
    (duty,) = found(log_with(*rows), CONTACT_KEPT)
    assert (duty.verdict, f"{duty.arose:%d %H:%M}") == ("met", "18 00:00")


def test_other_tasks_are_where_they_are() -> None:
    rows = done(), act("task", "2024-03-11 11:00", due=DUE, completed="2024-03-12 09:00")
    assert [bool(sure) for sure in task().done.find(log_with(*rows)).sure] == [True, True]
    assert verdicts(log_with(*rows), RAISING[0]) == ["unknown", "violated"]
