"""Tasks as intervals: versions of one task, and to whom moves, completions and deletions belong."""

from datetime import datetime
from typing import Any

import numpy as np
import pytest

from auditor.log import Log
from auditor.log.kinds import Kind
from auditor.log.spine import time_of
from auditor.log.tasks import problems_of
from auditor.settings import Settings

from .builders import Row, act, deal, log_of, said

T1, T2, T3, T4, T5 = (f"2024-03-0{day} 12:00:00" for day in (2, 3, 4, 5, 6))
DUE, LATER_DUE = "2024-03-11 10:00:00", "2024-03-12 10:00:00"


def task(time: str, due: str | None = DUE, **cells: Any) -> Row:
    return act("task", time, due=due, **cells)


def moved(time: str, due: str | None = LATER_DUE, **cells: Any) -> Row:
    return act("task_moved", time, due=due, **cells)


def deleted(time: str, **cells: Any) -> Row:
    return act("task_deleted", time, **cells)


def intervals(log: Log) -> list[tuple[str, str, str]]:
    """(open from, open to, due) of each version."""
    tasks = log.tasks
    return [
        (said(time_of(start)), said(time_of(end)), said(due))
        for start, end, due in zip(tasks.start, tasks.end, tasks.due, strict=True)
    ]


def versions(*rows: Row, **others: Any) -> list[tuple[str, str, str]]:
    return intervals(log_of(activities=rows, **others))


# ── intervals ──


def test_a_task_is_open_until_it_is_done() -> None:
    assert versions(task(T1, completed=T3)) == [(T1, T3, DUE)]


def test_a_task_that_is_not_done_stays_open() -> None:
    assert versions(task(T1)) == [(T1, "never", DUE)]


def test_a_task_without_a_due_date_has_none() -> None:
    assert versions(task(T1, None), task(T2)) == [(T1, "never", "never"), (T2, "never", DUE)]
    assert versions(act("task", T1)) == [(T1, "never", "never")]


def test_a_move_ends_one_version_and_begins_the_next() -> None:
    log = log_of(activities=[task(T1, task_id="7", completed=T3), moved(T2, task_id="7")])

    assert intervals(log) == [(T1, T2, DUE), (T2, T3, LATER_DUE)]
    assert log.tasks.version.tolist() == [0, 1]
    assert len(set(log.tasks.task.tolist())) == 1
    assert log.row[log.tasks.place].tolist() == [2002, 2003]


def test_several_rows_of_one_id_are_versions_of_one_task() -> None:
    assert versions(task(T1, task_id="7"), task(T2, LATER_DUE, task_id="7", completed=T3)) == [
        (T1, T2, DUE), (T2, T3, LATER_DUE),
    ]  # fmt: skip


def test_a_deletion_ends_a_task() -> None:
    assert versions(task(T1, task_id="7"), deleted(T2, task_id="7"), task(T3, task_id="8")) == [
        (T1, T2, DUE), (T3, "never", DUE),
    ]  # fmt: skip


def test_a_move_after_the_completion_opens_it_again() -> None:
    assert versions(task(T1, task_id="7", completed=T2), moved(T3, task_id="7")) == [
        (T1, T2, DUE), (T3, "never", LATER_DUE),
    ]  # fmt: skip


def test_one_id_in_two_deals_is_two_tasks() -> None:
    log = log_of(deals=[deal("1"), deal("2")], activities=[task(T1, task_id="7"), task(T2, task_id="7", deal="2")])

    assert intervals(log) == [(T1, "never", DUE), (T2, "never", DUE)]
    assert len(set(log.tasks.task.tolist())) == 2


def test_a_task_set_before_the_deal_counts_at_its_creation() -> None:
    assert versions(task("2024-02-01 09:00", completed=T1)) == [("2024-03-01 10:00:00", T1, DUE)]


def test_a_task_said_to_be_done_before_it_was_set_is_done_at_once() -> None:
    assert versions(task(T2, completed=T1)) == [(T2, T2, DUE)]


# ── done at an unknown moment ──


def test_done_without_a_moment_counts_as_done_in_time_at_its_due() -> None:
    early = "2024-03-03 09:00:00"

    assert versions(task(T1, early, done=True), act("comment", T5)) == [(T1, early, early)]
    assert versions(task(T2, T1, done=True), act("comment", T5)) == [(T2, T2, T1)]
    assert versions(task(T1, None, done=True), act("comment", T5)) == [(T1, T5, "never")]


def test_done_without_a_moment_is_the_last_that_happens_to_a_task() -> None:
    as_of = act("comment", T5, text="позже")
    by_id = [task(T1, T2, task_id="7", done=True), moved(T3, T4, task_id="7"), as_of]
    by_text = [task(T1, T2, text="Позвонить", done=True), moved(T3, T4, text="Позвонить"), as_of]
    for rows in (by_id, by_text):
        log = log_of(activities=rows)
        assert intervals(log) == [(T1, T3, T2), (T3, T4, T4)]
        assert log.kind[log.tasks.ended_by].tolist() == [Kind.TASK_MOVED, Kind.TASK_DONE]
        assert not log.tasks.lost.size


def test_done_ahead_of_its_due_at_an_unknown_moment_is_done_by_as_of() -> None:
    assert versions(task(T1, done=True), act("comment", T3)) == [(T1, T3, DUE)]


def test_a_known_moment_goes_before_the_mark() -> None:
    assert versions(task(T1, done=True, completed=T2), task(T3, done=False)) == [(T1, T2, DUE), (T3, "never", DUE)]


# ── without ids ──


def test_a_move_without_an_id_belongs_to_the_open_task_of_the_same_text() -> None:
    assert versions(task(T1, text="Позвонить"), task(T1, text="Написать"), moved(T2, text=" позвонить")) == [
        (T1, T2, DUE), (T1, "never", DUE), (T2, "never", LATER_DUE),
    ]  # fmt: skip


def test_of_two_of_the_same_text_it_is_the_one_still_open() -> None:
    rows = [task(T1, text="Звонок"), task(T2, text="Звонок", completed=T3), moved(T4, text="Звонок")]

    assert versions(*rows) == [(T1, T4, DUE), (T2, T3, DUE), (T4, "never", LATER_DUE)]


def test_a_task_moved_twice_without_an_id_has_three_versions() -> None:
    log = log_of(activities=[task(T1, text="Звонок"), moved(T2, text="Звонок"), moved(T3, DUE, text="Звонок")])

    assert intervals(log) == [(T1, T2, DUE), (T2, T3, LATER_DUE), (T3, "never", DUE)]
    assert log.tasks.version.tolist() == [0, 1, 2]


def test_else_it_belongs_to_the_only_open_task() -> None:
    rows = [task(T1, text="Звонок", completed=T2), task(T2, text="Письмо"), moved(T3, text="Другое")]

    assert versions(*rows) == [(T1, T2, DUE), (T2, T3, DUE), (T3, "never", LATER_DUE)]


def test_a_deletion_without_an_id_ends_the_task_it_belongs_to() -> None:
    assert versions(task(T1, text="Звонок"), task(T1, text="Письмо"), deleted(T2, text="Звонок")) == [
        (T1, T2, DUE), (T1, "never", DUE),
    ]  # fmt: skip


def test_a_completion_of_its_own_row_ends_the_task_of_its_id_its_text_or_the_only_open_one() -> None:
    done = act("task_done", T3)
    assert versions(task(T1), done) == [(T1, T3, DUE)]
    assert versions(task(T1, text="А"), task(T2, text="Б"), {**done, "text": "а"})[0] == (T1, T3, DUE)
    assert versions(task(T1, task_id="7"), task(T2), {**done, "task_id": "7"}) == [(T1, T3, DUE), (T2, "never", DUE)]
    assert versions(task(T1), task(T2), done) == [(T1, "never", DUE), (T2, "never", DUE)]


def test_after_a_deletion_another_task_is_the_only_open_one() -> None:
    rows = [task(T1, text="Звонок"), task(T1, text="Письмо"), deleted(T2, text="Звонок"), deleted(T3)]

    assert versions(*rows) == [(T1, T2, DUE), (T1, T3, DUE)]


def test_a_moves_own_completion_ends_the_moved_task() -> None:
    assert versions(task(T1, text="Звонок"), moved(T2, text="Звонок", completed=T3)) == [
        (T1, T2, DUE), (T2, T3, LATER_DUE),
    ]  # fmt: skip


def test_a_task_with_an_id_may_be_moved_by_its_text() -> None:
    assert versions(task(T1, text="Звонок", task_id="7"), moved(T2, text="Звонок")) == [
        (T1, T2, DUE), (T2, "never", LATER_DUE),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        [moved(T2, text="Звонок")],
        [deleted(T2)],
        [act("task_done", T2, text="Звонок")],
        [task(T1, text="Письмо", completed=T2), moved(T3, text="Письмо")],
        [task(T1, text="Письмо"), task(T1, text="Встреча"), moved(T3, text="Звонок")],
        [task(T4, text="Звонок"), moved(T3, text="Звонок")],
        [task(T1, text="Звонок", deal="2"), moved(T3, text="Звонок")],
    ],
)
def test_what_belongs_to_no_open_task_is_a_problem(rows: list[Row]) -> None:
    log = log_of(deals=[deal("1"), deal("2")], activities=rows)

    (problem,) = problems_of(log, log.tasks)
    assert str(problem.place) == f"activities.csv › {len(rows) + 1}"
    assert problem.what == "no open task that this move, completion or deletion could belong to"
    assert T3 not in [start for start, _end, _due in intervals(log)]


def test_a_lost_moves_completion_is_no_second_problem() -> None:
    log = log_of(activities=[moved(T2, text="Звонок", completed=T3)])
    assert len(problems_of(log, log.tasks)) == 1


def test_a_move_whose_id_nothing_else_names_is_a_task_of_its_own() -> None:
    assert versions(moved(T2, task_id="7")) == [(T2, "never", LATER_DUE)]


def test_a_task_set_in_the_second_of_a_move_above_it() -> None:
    assert versions(task(T1, text="Звонок"), moved(T1, text="Звонок")) == [(T1, T1, DUE), (T1, "never", LATER_DUE)]


# ── as of ──


def test_later_moves_completions_and_tasks_are_unseen() -> None:
    log = log_of(
        Settings(as_of=datetime.fromisoformat(T3)),
        activities=[task(T1, task_id="7", completed=T4), moved(T4, task_id="7"), task(T4), deleted(T5, text="Звонок")],
    )  # fmt: skip

    assert intervals(log) == [(T1, "never", DUE)]
    assert problems_of(log, log.tasks) == []


def test_completed_in_the_very_second_of_as_of_is_done() -> None:
    log = log_of(Settings(as_of=datetime.fromisoformat(T3)), activities=[task(T1, completed=T3)])

    assert intervals(log) == [(T1, T3, DUE)]


# ── whose act ──


def test_a_completion_is_the_act_of_the_addressee_else_of_the_author() -> None:
    log = log_of(
        activities=[
            task(T1, completed=T2, author="Анна", addressee="Борис"),
            task(T1, completed=T3, author="Анна"),
        ]
    )
    people = log.facts.people

    assert [people[code] for code in log.author[log.of_kind(Kind.TASK_DONE)]] == ["Борис", "Анна"]
    assert [people[code] for code in log.author[log.of_kind(Kind.TASK_SET)]] == ["Анна", "Анна"]


def test_versions_stand_in_order_of_their_start() -> None:
    log = log_of(
        deals=[deal("1"), deal("2")],
        activities=[
            task(T3, task_id="a"), task(T1, task_id="b", deal="2"), moved(T4, task_id="a"), task(T2, task_id="c"),
        ],
    )  # fmt: skip

    assert (np.diff(log.tasks.start) >= 0).all()
    assert [said(time_of(start)) for start in log.tasks.start] == [T2, T3, T4, T1]


def test_an_export_without_tasks_has_none() -> None:
    assert len(log_of(activities=[act("call", T1)]).tasks) == 0
    assert len(log_of().tasks) == 0
