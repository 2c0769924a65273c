"""What was not read is not absent: which rows that could not be read lie in a window, and what they leave unknown."""

from typing import Any

import numpy as np
import pytest

from auditor.log import Log
from auditor.log.kinds import Answer, Direction
from auditor.log.spine import deal_of, key_of, time_of

from .builders import Row, act, change, deal, log_of, said, sec, stage, stays_of

ACTS = [act("call", "2024-03-02 10:00", direction="out"), act("comment", "2024-03-20 10:00")]


CALLS = [(Direction.OUT, Answer.NONE)]


def unread(*rows: Row, **tables: Any) -> Log:
    given = {"activities": ACTS, "deals": [deal("1"), deal("2")], **tables}
    return log_of(unread=rows, **given)


def counted(log: Log, names: str, first: str, last: str, number: int = 0) -> int:
    """How many rows of the deal of that number lie in the window."""
    window = (np.array([sec(moment)]) for moment in (first, last))
    return int(log.unread.counted(log.unread.of(names.split(", "), CALLS), np.array([number]), *window)[0])


def test_a_row_of_a_known_day_lies_in_windows_that_hold_a_second_of_it() -> None:
    log = unread({"day": "2024-03-05", "kind": "call", "direction": "out"})
    assert counted(log, "call out", "2024-03-05 23:59:59", "2024-03-06") == 1
    assert counted(log, "call out", "2024-03-04", "2024-03-05") == 1
    assert counted(log, "call out", "2024-03-06", "2024-03-07") == 0
    assert counted(log, "call out", "2024-03-04", "2024-03-04 23:59:59") == 0
    assert counted(log, "call out", "2024-03-05", "2024-03-05", number=1) == 0


def test_a_row_of_a_known_moment_lies_in_windows_that_hold_it() -> None:
    log = unread({"time": "2024-03-05 16:00"})
    assert counted(log, "call out", "2024-03-05 16:00", "2024-03-05 16:00") == 1
    assert counted(log, "call out", "2024-03-05 16:00:01", "2024-03-06") == 0


def test_a_row_without_a_day_lies_in_all_windows_since_the_first_day_of_its_sheet() -> None:
    log = unread({"kind": "call"})
    assert counted(log, "call out", "2024-03-02", "2024-03-02 00:00") == 1
    assert counted(log, "call out", "2024-03-01", "2024-03-01 23:59:59") == 0
    assert counted(log, "call out", "2024-03-20 10:00", "2024-03-25") == 1


def test_what_would_happen_after_the_audit_has_not() -> None:
    log = unread({"day": "2024-03-21", "kind": "call"})
    assert len(log.unread) == 0


OUT, IN = Direction.OUT, Direction.IN
ANSWERED, UNANSWERED = Answer.ANSWERED, Answer.UNANSWERED


@pytest.mark.parametrize(
    ("row", "streams"),
    [
        ({"kind": "email", "direction": "in"}, {"email", "email in"}),
        ({"kind": "task_moved"}, {"task"}),
        ({"kind": "stage", "of": "history"}, {"stage", "closed"}),
        ({"of": "history"}, {"created", "stage", "closed", "pipeline", "responsible", "field"}),
    ],
)
def test_a_row_may_be_of_the_streams_of_its_kind(row: Row, streams: set[str]) -> None:
    (kind,) = unread({"day": "2024-03-05", **row}, history=[stage("2024-03-01 10:00", "A")]).unread.kinds
    assert (kind.streams, kind.may_be_call) == (streams, False)


def test_a_row_may_be_a_call_as_far_as_its_direction_and_outcome_go() -> None:
    row = {"day": "2024-03-05", "kind": "call"}
    (anything,) = unread(row).unread.kinds
    (missed,) = unread({**row, "direction": "out", "outcome": "unanswered"}).unread.kinds
    calls = [(OUT, Answer.NONE), (IN, Answer.NONE), (Direction.UNKNOWN, ANSWERED), (OUT, UNANSWERED)]
    assert [anything.may_be((), [call]) for call in calls] == [True, True, True, True]
    assert [missed.may_be((), [call]) for call in calls] == [True, False, False, True]


def test_a_row_of_an_unknown_kind_may_be_any_of_its_table() -> None:
    (kind,) = unread({"day": "2024-03-05", "direction": "out"}).unread.kinds
    assert {"message out", "task", "comment", "payment"} < kind.streams
    assert kind.may_be_call and not {"stage", "message in", "call out"} & kind.streams


# ── stages ──

HISTORY = [
    change("created", "2024-03-01 10:00", None),
    stage("2024-03-02 10:00", "B", "A"),
    stage("2024-03-10 10:00", "C", "B"),
]
UNREAD = {"of": "history", "kind": "stage"}


def test_the_stay_is_unknown_from_the_day_of_an_unread_stage_row_to_the_next_stage_row() -> None:
    log = unread({**UNREAD, "day": "2024-03-05"}, history=HISTORY)
    assert [(name, entered[:16]) for name, entered, _left in stays_of(log)] == [
        ("a", "2024-03-01 10:00"),
        ("b", "2024-03-02 10:00"),
        ("?", "2024-03-05 00:00"),
        ("c", "2024-03-10 10:00"),
    ]
    assert log.stays.certain.tolist()[:4] == [True, True, False, True]


def test_before_the_first_stage_row_an_unread_one_hides_the_first_stage() -> None:
    log = unread({**UNREAD, "day": "2024-03-01"}, history=HISTORY)
    assert [name for name, _entered, _left in stays_of(log)] == ["?", "?", "b", "c"]


def test_an_unread_stage_row_without_a_day_leaves_all_stays_of_its_deal_unsure() -> None:
    history = [*HISTORY, {**HISTORY[0], "deal": "2"}, stage("2024-03-03 10:00", "B", "A", deal="2")]
    log = unread(UNREAD, history=history)
    assert log.stays.doubtful.tolist() == (log.stays.deal == 0).tolist()
    assert not log.stays.certain[log.stays.deal == 0].any()
    assert log.stays.certain[log.stays.deal == 1].all()


# ── fields and who is responsible ──


def versions(log: Log, caption: str) -> list[tuple[str, str, bool]]:
    """(since, value, unknown) of each version of the first deal."""
    found = log.field(caption)
    return [
        (said(time_of(found.start)[number])[:10], found.values[code] if code >= 0 else "", bool(found.unknown[number]))
        for number, code in enumerate(found.code)
        if deal_of(found.start)[number] == 0
    ]


def filled(time: str, after: str) -> Row:
    return change("field", time, after, field="Город")


def test_a_field_is_unknown_from_an_unread_change_to_the_next() -> None:
    history = [filled("2024-03-02 10:00", "Тверь"), filled("2024-03-09 10:00", "Клин")]
    log = unread({"of": "history", "kind": "field", "day": "2024-03-05", "field": "Город"}, history=history)
    assert versions(log, "Город") == [
        ("2000-01-01", "", False),
        ("2024-03-02", "Тверь", False),
        ("2024-03-05", "", True),
        ("2024-03-09", "Клин", False),
    ]
    assert versions(unread({"of": "history", "kind": "field", "field": "Индекс"}, history=history), "Город") == [
        ("2000-01-01", "", False),
        ("2024-03-02", "Тверь", False),
        ("2024-03-09", "Клин", False),
    ]


def test_a_field_is_unknown_all_along_where_an_unread_change_has_no_day() -> None:
    log = unread({"of": "history"}, history=[filled("2024-03-02 10:00", "Тверь")])
    assert versions(log, "Город") == [("2000-01-01", "", True), ("2024-03-02", "", True)]


def test_nobody_by_name_is_responsible_after_an_unread_change() -> None:
    history = [change("responsible", "2024-03-08 10:00", "Борис", "Анна")]
    log = unread({"of": "history", "kind": "responsible", "day": "2024-03-05"}, history=history)
    days = np.array([sec(f"2024-03-0{number} 12:00") for number in (4, 5, 7, 9)])
    code = log.responsible.code[log.responsible.at(key_of(np.zeros(4, np.int64), days))]
    assert [log.facts.people[person] if person >= 0 else "" for person in code] == ["Анна", "", "", "Борис"]
