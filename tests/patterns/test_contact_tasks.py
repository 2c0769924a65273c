"""Contact tasks done: what stands for an attempt, and on which days it counts."""

from datetime import datetime
from typing import Any

import pytest
from log.builders import Row, act, deal, log_of, stage

from auditor.log import Log
from auditor.patterns import Response, Suspect, days, done_another_day, enters, reached_out
from auditor.patterns.core.moments import Moments
from auditor.patterns.predicates.attached import attached
from auditor.patterns.verbs.condition import Condition
from auditor.settings import Settings

from .world import A, found

CREATED = "2024-03-11 09:00"
HISTORY = [stage(CREATED, "A")]
REACHED = Response(on=enters(A), expect=reached_out, due=days(3))
TASK = {"deal": "1", "due": "2024-03-14 12:00"}


def told(moments: Moments) -> list[tuple[str, bool, Suspect]]:
    """Each moment, whether it is sure, and its suspects."""
    since = datetime(2000, 1, 1).timestamp()
    return [
        (f"{datetime.fromtimestamp(since + int(time)):%d %H:%M}", bool(sure), Suspect(int(flags)))
        for time, sure, flags in zip(moments.time, moments.sure, moments.flags, strict=True)
    ]


def log_with(*rows: Row, **settings: Any) -> Log:
    as_of = datetime(2024, 3, 20, 12)
    return log_of(Settings(as_of=as_of, **settings), deals=[deal(created=CREATED)], history=HISTORY, activities=rows)


def test_a_completion_is_of_the_task_that_its_id_names_though_it_says_nothing_itself() -> None:
    log = log_with(
        act("task", "2024-03-11 10:00", text="Позвонить", task_id="7", **TASK),
        act("task", "2024-03-11 10:05", text="Нарисовать эскиз", task_id="8", **TASK),
        act("task_done", "2024-03-12 15:00", task_id="7"),
        act("task_done", "2024-03-12 16:00", task_id="8"),
    )
    assert told(reached_out.find(log)) == [("12 15:00", True, Suspect.NO_CALL_ON_RECORD)]
    assert told(done_another_day.find(log)) == [
        ("12 15:00", True, Suspect.NO_CALL_ON_RECORD), ("14 12:00", True, Suspect.NO_CALL_ON_RECORD),
    ]  # fmt: skip


def test_a_completion_of_no_open_task_says_itself_what_it_completes() -> None:
    log = log_with(act("task_done", "2024-03-12 15:00", text="Позвонить клиенту"), act("task_done", "2024-03-12 16:00"))
    assert [time for time, _sure, _flags in told(reached_out.find(log))] == ["12 15:00"]


@pytest.mark.parametrize(
    ("call", "flag"),
    [("2024-03-12 23:59:59", Suspect.NONE), ("2024-03-12 00:00:00", Suspect.NONE),
     ("2024-03-13 00:00:00", Suspect.NO_CALL_ON_RECORD)],
)  # fmt: skip
def test_it_is_flagged_where_its_day_shows_neither_attempt_nor_contact(call: str, flag: Suspect) -> None:
    log = log_with(
        act("task", "2024-03-11 10:00", text="Позвонить", completed="2024-03-12 15:00", **TASK),
        act("call", call, direction="out", outcome="unanswered"),
    )
    (done,) = [each for each in told(reached_out.find(log)) if each[0] == "12 15:00"]
    assert done == ("12 15:00", True, flag)


def test_where_nothing_tells_what_tasks_are_about_a_completion_is_only_possible() -> None:
    log = log_with(act("task", "2024-03-11 10:00", completed="2024-03-12 15:00", **TASK))
    assert told(reached_out.find(log)) == [("12 15:00", False, Suspect.NO_CALL_ON_RECORD)]


def test_a_task_moved_and_done_on_its_new_day_is_done_on_its_day() -> None:
    log = log_with(
        act("task", "2024-03-11 10:00", text="Позвонить", task_id="7", **TASK),
        act("task_moved", "2024-03-13 10:00", text="Позвонить", task_id="7", deal="1", due="2024-03-15 12:00"),
        act("task_done", "2024-03-15 00:00:01", task_id="7"),
    )
    assert told(done_another_day.find(log)) == []


def test_a_due_later_than_the_audit_has_not_come() -> None:
    log = log_with(
        act("task", "2024-03-11 10:00", text="Позвонить", due="2024-03-20 18:00", completed="2024-03-20 11:00")
    )
    assert [time for time, _sure, _flags in told(done_another_day.find(log))] == ["20 11:00"]


@pytest.mark.parametrize(("strict", "verdict"), [(False, "met"), (True, "violated")])
def test_under_strict_only_one_with_a_call_on_record_counts(strict: bool, verdict: str) -> None:
    every = ("call", "message", "sms", "email", "task")
    log = log_with(
        act("task", "2024-03-11 09:00", text="Позвонить", completed="2024-03-12 15:00", **TASK),
        act("task", "2024-03-19 09:00", text="Нарисовать эскиз"),
        declared_streams=every,
        strict=strict,
    )
    assert [duty.verdict for duty in found(log, REACHED)] == [verdict]


@pytest.mark.parametrize(("declared", "verdict"), [((), "violated"), (("file",), "violated")])
def test_files_declared_without_a_row_say_no_more_of_a_sheet_than_files_not_exported(
    declared: tuple[str, ...], verdict: str
) -> None:
    log = log_of(
        Settings(as_of=datetime(2024, 3, 11, 18), declared_streams=declared),
        deals=[deal(created=CREATED, **{"field:Лист": None})],
        history=HISTORY,
        activities=[act("call", "2024-03-11 10:00", direction="out", outcome="unanswered")],
    )
    assert [duty.verdict for duty in found(log, Condition(on=enters(A), that=attached("Лист")))] == [verdict]
