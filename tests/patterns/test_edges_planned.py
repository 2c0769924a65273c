"""Edges of planned tasks: what ends in the second in which it is looked for."""

from datetime import datetime

import pytest
from log.builders import act, deal, log_of, stage

from auditor.patterns import enters, planned
from auditor.settings import Settings

from .world import A, found

CREATED, DUE = "2024-03-11 10:00", "2024-03-14 12:00"
STREAMS = ("task", "call", "message", "sms", "email")


@pytest.mark.parametrize(
    ("set_at", "moved_at", "verdict"),
    [
        ("2024-03-11 08:00", "2024-03-11 09:00", "met"),
        (CREATED, CREATED, "met"),
        ("2024-03-11 08:00", "2024-03-11 10:00:01", "met"),
        ("2024-03-11 10:00:01", "2024-03-11 10:00:01", "met"),
    ],
)
def test_a_task_that_loses_its_due_in_the_second_of_the_creation_was_open_in_it(
    set_at: str, moved_at: str, verdict: str
) -> None:
    """What came before the creation counts at it; in one second the order that favours the manager is taken."""
    log = log_of(
        Settings(as_of=datetime(2024, 3, 15), declared_streams=STREAMS),
        deals=[deal(created=CREATED)],
        history=[stage(CREATED, "A")],
        activities=[
            act("task", set_at, task_id="7", text="Позвонить", due=DUE),
            act("task_moved", moved_at, task_id="7", text="Позвонить", due=None),
        ],
    )
    assert [duty.verdict for duty in found(log, planned(on=enters(A)))] == [verdict]


def test_a_task_that_lost_its_due_a_second_before_is_not_open() -> None:
    log = log_of(
        Settings(as_of=datetime(2024, 3, 15), declared_streams=STREAMS),
        deals=[deal(created="2024-03-11 08:00")],
        history=[stage("2024-03-11 08:00", "B"), stage(CREATED, "A", "B")],
        activities=[
            act("task", "2024-03-11 08:30", task_id="7", text="Позвонить", due=DUE),
            act("task_moved", "2024-03-11 09:59:59", task_id="7", text="Позвонить", due=None),
        ],
    )
    assert [duty.verdict for duty in found(log, planned(on=enters(A)))] == ["violated"]
