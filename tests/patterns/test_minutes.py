"""Columns known to the minute: deadlines end with the minute, the order within it is open between tables."""

from datetime import datetime
from typing import Any

import pytest

from auditor.log.log import Log
from auditor.patterns import (
    IN,
    OUT,
    Response,
    call,
    count,
    days,
    end_of_day,
    end_of_working_day,
    enters,
    hours,
    message,
    minutes,
    next_working_day,
    precedence,
    working_minutes,
)
from auditor.patterns.core.deadline import Deadline
from auditor.patterns.core.duties import Verdict
from auditor.patterns.core.pattern import Pattern
from auditor.settings import Settings
from auditor.terms import Stage
from tests.log.builders import act, deal, log_of, said, stage

A = Stage("A")
BOTH = {"history": ["time"], "activities": ["time"]}


COVERED = [act("call", f"2024-03-{day}", direction="out", deal="another") for day in ("01", "20")]


def told(entry: str, *calls: str, minutes: Any) -> Log:
    """A deal that enters A then, and is called then; all on Monday, 11 March 2024."""
    return log_of(
        Settings(as_of=datetime(2024, 3, 20)),
        deals=[deal("1", "2024-03-11 00:00")],
        history=[stage(f"2024-03-11 {entry}", "A", "B")],
        activities=[*COVERED, *(act("call", f"2024-03-{time}", direction="out", outcome="answered") for time in calls)],
        minutes=minutes,
    )


def judged(log: Log, pattern: Pattern) -> tuple[str, str, str]:
    """Verdict, due and fulfilment of the one duty."""
    duties = pattern.duties(log)
    (verdict,) = duties.verdict
    return Verdict(verdict).name, said(duties.due[0]), said(duties.met[0])


@pytest.mark.parametrize(
    ("deadline", "due"),
    [
        (minutes(10), "2024-03-11 10:10:59"),
        (hours(2), "2024-03-11 12:00:59"),
        (working_minutes(30), "2024-03-11 10:30:59"),
        (days(1), "2024-03-12 23:59:59"),
        (end_of_day, "2024-03-11 23:59:59"),
        (end_of_working_day, "2024-03-11 18:00:00"),
        (next_working_day("11:00"), "2024-03-12 11:00:00"),
    ],
)
def test_a_deadline_ends_with_the_last_second_of_its_minute_and_fixed_ends_stay(deadline: Deadline, due: str) -> None:
    log = told("10:00", "11 09:00", minutes={"history": ["time"]})
    assert judged(log, Response(on=enters(A), expect=call(OUT), due=deadline))[1] == due


def test_at_closing_time_the_deadline_is_that_of_the_last_second() -> None:
    log = told("17:50", "12 09:00:59", minutes={"history": ["time"]})
    pattern = Response(on=enters(A), expect=call(OUT), due=working_minutes(10))
    assert judged(log, pattern) == ("MET", "2024-03-12 09:00:59", "2024-03-12 09:00:59")


SOON = Response(on=enters(A), expect=call(OUT), due=minutes(10))


@pytest.mark.parametrize(
    ("entry", "time", "known", "verdict"),
    [
        ("10:00:00", "10:10:59", {"history": ["time"]}, "MET"),
        ("10:00:00", "10:11:00", {"history": ["time"]}, "VIOLATED"),
        ("10:00:00", "10:10:01", {}, "VIOLATED"),
        ("10:00:30", "10:00:00", {"activities": ["time"]}, "MET"),
        ("10:00:30", "10:00:00", {}, "VIOLATED"),
        ("10:01:00", "10:00:00", {"activities": ["time"]}, "VIOLATED"),
        ("10:00:00", "10:00:00", BOTH, "MET"),
    ],
)
def test_what_is_expected_in_the_triggers_minute_counts_as_later(
    entry: str, time: str, known: Any, verdict: str
) -> None:
    assert judged(told(entry, f"11 {time}", minutes=known), SOON)[0] == verdict


def test_what_may_have_come_after_its_trigger_is_done_at_it() -> None:
    log = told("10:00:30", "11 10:00:00", minutes={"activities": ["time"]})
    assert judged(log, SOON)[2] == "2024-03-11 10:00:30"


NEEDED = precedence(on=enters(A), needs=count(call(OUT)) >= 1)


@pytest.mark.parametrize(
    ("entry", "time", "known", "verdict"),
    [
        ("10:00:00", "10:00:40", {"history": ["time"]}, "MET"),
        ("10:00:00", "10:00:40", {}, "VIOLATED"),
        ("10:00:00", "10:01:00", {"history": ["time"]}, "VIOLATED"),
        ("10:00:40", "10:00:00", {"activities": ["time"]}, "MET"),
    ],
)
def test_what_is_needed_in_the_triggers_minute_counts_as_earlier(
    entry: str, time: str, known: Any, verdict: str
) -> None:
    assert judged(told(entry, f"11 {time}", minutes=known), NEEDED)[0] == verdict


@pytest.mark.parametrize(("known", "verdict"), [({"activities": ["time"]}, "VIOLATED"), ({}, "VIOLATED")])
def test_inside_one_table_the_order_of_its_rows_holds(known: Any, verdict: str) -> None:
    """The answer stands above the question."""
    rows = [act("message", "2024-03-11 10:00", direction=way) for way in ("out", "in")]
    log = log_of(Settings(as_of=datetime(2024, 3, 20)), deals=[deal()], activities=rows, minutes=known)
    assert judged(log, Response(on=message(IN), expect=message(OUT), due=hours(1)))[0] == verdict


def test_several_calls_of_an_open_minute_are_counted_once_each() -> None:
    log = told("10:00", "11 10:00:10", "11 10:00:40", "11 10:01:00", minutes={"history": ["time"]})
    for needed, verdict in ((2, "MET"), (3, "VIOLATED")):
        assert judged(log, precedence(on=enters(A), needs=count(call(OUT)) >= needed))[0] == verdict
