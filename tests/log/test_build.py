"""From tables to events: whose deal, whose act, in which direction, whether answered, and what is suspect."""

from datetime import datetime
from typing import Any

import pytest

from auditor.log import Log
from auditor.log.kinds import KIND_OF_ACTIVITY, Answer, Direction, Kind, Suspect
from auditor.log.spine import deal_of, time_of
from auditor.settings import Settings

from .builders import act, change, deal, log_of, said, stage

T1, T2, T3 = (f"2024-03-0{day} 12:00:00" for day in (2, 3, 4))


def of(log: Log, kind: Kind) -> list[tuple[str, str]]:
    """(deal id, moment) of the events of a kind."""
    places = log.of_kind(kind)
    return [(str(log.deals.ids[deal_of(key)]), said(time_of(key))) for key in log.key[places]]


# ── whose deal ──


def test_every_kind_of_row_becomes_its_event() -> None:
    kinds = {
        "call": Kind.CALL, "message": Kind.MESSAGE, "sms": Kind.SMS, "email": Kind.EMAIL, "form": Kind.FORM,
        "chat": Kind.CHAT, "invite": Kind.INVITED, "task": Kind.TASK_SET, "comment": Kind.COMMENT, "file": Kind.FILE,
        "document": Kind.DOCUMENT, "invoice": Kind.INVOICE, "payment": Kind.PAYMENT, "claim": Kind.CLAIM,
    }  # fmt: skip
    log = log_of(activities=[act(name, T1) for name in kinds])

    assert {Kind(kind) for kind in log.kind} == {Kind.CREATED, *kinds.values()}
    assert all(of(log, kind) == [("1", T1)] for kind in kinds.values())


def test_history_becomes_events_but_for_the_creation_which_the_deal_itself_tells() -> None:
    names = ("created", "stage", "pipeline", "responsible", "field", "closed", "converted")
    log = log_of(history=[change(name, T1, "won" if name == "closed" else "А") for name in names])

    assert sorted(Kind(kind).name for kind in log.kind) == [
        "CLOSED", "CLOSED", "CREATED", "FIELD", "PIPELINE", "RESPONSIBLE", "STAGE",
    ]  # fmt: skip


def test_a_lead_and_a_deal_of_one_id_keep_their_own() -> None:
    log = log_of(
        deals=[deal("7"), {**deal("7"), "entity": "lead"}],
        activities=[act("call", T1, deal="7"), act("sms", T1, deal="7", entity="lead")],
    )

    assert deal_of(log.key[log.of_kind(Kind.CALL)]).tolist() == [0]
    assert deal_of(log.key[log.of_kind(Kind.SMS)]).tolist() == [1]


def test_a_row_without_an_entity_belongs_to_the_deal_of_that_id_else_to_the_lead() -> None:
    rows = [{"deal": name, "type": "call", "time": T1} for name in ("7", "8")]
    log = log_of(deals=[deal("7"), {**deal("8"), "entity": "lead"}], activities=rows)

    assert of(log, Kind.CALL) == [("7", T1), ("8", T1)]


def test_rows_of_no_deal_are_not_in_the_log() -> None:
    log = log_of(activities=[act("call", T1, deal=None), act("call", T1, deal="99"), act("call", T1)])

    assert of(log, Kind.CALL) == [("1", T1)]


def test_a_deal_is_joined_to_its_lead() -> None:
    log = log_of(deals=[deal("1", lead_id="5"), {**deal("5"), "entity": "lead"}, deal("2", lead_id="99"), deal("3")])

    assert log.deals.linked.tolist() == [1, -1, -1, -1]
    assert log.deals.is_lead.tolist() == [False, True, False, False]


def test_a_deal_is_not_joined_to_a_deal() -> None:
    assert log_of(deals=[deal("1", lead_id="2"), deal("2")]).deals.linked.tolist() == [-1, -1]


# ── when ──


def test_events_before_the_creation_count_at_it_and_keep_their_own_time() -> None:
    log = log_of(activities=[act("call", "2024-03-01 09:00"), act("call", T1)])

    assert of(log, Kind.CALL) == [("1", "2024-03-01 10:00:00"), ("1", T1)]
    assert log.early.tolist() == [log.of_kind(Kind.CALL)[0]]
    assert [said(second) for second in log.early_time] == ["2024-03-01 09:00:00"]


def test_several_events_before_the_creation_stand_by_their_own_time() -> None:
    log = log_of(
        history=[stage("2024-03-01 09:30", "Б", "А"), stage("2024-03-01 09:00", "А", "Н"), stage(T1, "В", "Б"),
                 stage(T2, "Г", "В"), stage("2024-03-01 08:00", "Н", None)],
    )  # fmt: skip

    assert log.row[log.of_kind(Kind.STAGE)].tolist() == [1006, 1003, 1002, 1004, 1005]


def test_rows_later_than_as_of_are_unseen() -> None:
    log = log_of(Settings(as_of=datetime.fromisoformat(T2)), activities=[act("call", t) for t in (T1, T2, T3)])

    assert of(log, Kind.CALL) == [("1", T1), ("1", T2)]


def test_an_opened_letter_is_an_event_of_its_own() -> None:
    log = log_of(activities=[act("email", T1, opened=T2), act("email", T1, opened=None), act("sms", T1, opened=T2)])

    assert of(log, Kind.OPENED) == [("1", T2)]


def test_a_ledger_record_is_an_event_at_its_update() -> None:
    log = log_of(
        ledger=[{"deal": "1", "entity": "deal", "updated": T1}, {"deal": "1", "entity": "deal", "updated": None}]
    )

    assert of(log, Kind.LEDGER) == [("1", T1)]


# ── who and in which direction ──


def test_the_author_and_the_direction_of_an_act() -> None:
    log = log_of(
        activities=[
            act("call", T1, author="Анна", direction="out"),
            act("message", T1, author=None, direction="in"),
            act("email", T1, author="Анна", direction=None),
        ]
    )
    by_kind = {Kind(kind): place for place, kind in enumerate(log.kind)}

    assert log.author[by_kind[Kind.CALL]] == log.facts.person("Анна")
    assert log.author[by_kind[Kind.MESSAGE]] == -1
    assert [Direction(log.direction[by_kind[kind]]) for kind in (Kind.CALL, Kind.MESSAGE, Kind.EMAIL)] == [
        Direction.OUT, Direction.IN, Direction.UNKNOWN,
    ]  # fmt: skip


def test_the_author_of_a_change() -> None:
    log = log_of(history=[stage(T1, "Б", "А", author="Вера")])

    assert log.facts.people[log.author[log.of_kind(Kind.STAGE)[0]]] == "Вера"


# ── answered ──


@pytest.mark.parametrize(
    ("outcome", "duration", "answer"),
    [
        ("answered", None, Answer.ANSWERED),
        ("answered", 0.0, Answer.ANSWERED),
        ("unanswered", 300.0, Answer.UNANSWERED),
        (None, 9.9, Answer.UNANSWERED),
        (None, 10.0, Answer.ANSWERED),
        (None, None, Answer.UNKNOWN),
    ],
)
def test_a_call_is_answered_when_its_outcome_says_so_else_when_it_lasted(
    outcome: str | None, duration: float | None, answer: Answer
) -> None:
    others = [act("call", T2, outcome="answered", duration=60.0)]
    log = log_of(activities=[act("call", T1, outcome=outcome, duration=duration), *others])

    assert Answer(log.answer[log.of_kind(Kind.CALL)[0]]) is answer


def test_without_both_columns_nobody_knows() -> None:
    log = log_of(activities=[act("call", T1)])

    assert Answer(log.answer[log.of_kind(Kind.CALL)[0]]) is Answer.UNKNOWN


def test_how_long_a_talk_lasts_is_a_setting() -> None:
    log = log_of(Settings(talk_seconds=30), activities=[act("call", T1, duration=29.0), act("call", T2, duration=30.0)])

    assert [Answer(code) for code in log.answer[log.of_kind(Kind.CALL)]] == [Answer.UNANSWERED, Answer.ANSWERED]


# ── suspect ──


def flags(log: Log, kind: Kind = Kind.CALL) -> list[Suspect]:
    return [Suspect(int(flag)) for flag in log.flags[log.of_kind(kind)]]


@pytest.mark.parametrize(
    ("outcome", "duration", "flag"),
    [
        ("answered", 0.0, Suspect.SHORT_ANSWER),
        ("answered", 2.0, Suspect.SHORT_ANSWER),
        ("answered", 3.0, Suspect.NONE),
        ("unanswered", 1.0, Suspect.NONE),
        ("answered", None, Suspect.NONE),
    ],
)
def test_a_call_marked_answered_that_lasted_next_to_nothing(
    outcome: str, duration: float | None, flag: Suspect
) -> None:
    assert flags(log_of(activities=[act("call", T1, outcome=outcome, duration=duration)])) == [flag]


def calls(*times: str, **cells: Any) -> list[Suspect]:
    rows = [act("call", f"2024-03-02 12:{time}", **{"direction": "out", **cells}) for time in times]
    return flags(log_of(activities=rows))


def test_three_calls_within_five_minutes_count_with_a_flag_after_the_first() -> None:
    assert calls("00:00", "02:30", "05:00") == [Suspect.NONE, Suspect.BURST, Suspect.BURST]
    assert calls("00:00", "02:30", "05:01") == [Suspect.NONE] * 3
    assert calls("00:00", "01:00", "02:00", "09:00") == [Suspect.NONE, Suspect.BURST, Suspect.BURST, Suspect.NONE]


def test_incoming_calls_are_no_burst() -> None:
    assert calls("00:00", "01:00", "02:00", direction="in") == [Suspect.NONE] * 3


def test_calls_of_two_deals_are_no_burst() -> None:
    rows = [act("call", f"2024-03-02 12:0{n}", direction="out", deal=name) for n, name in enumerate("112")]

    assert flags(log_of(deals=[deal("1"), deal("2")], activities=rows)) == [Suspect.NONE] * 3


@pytest.mark.parametrize("name", ["message", "sms", "email"])
def test_a_letter_without_an_author_is_a_robots(name: str) -> None:
    kind = {"message": Kind.MESSAGE, "sms": Kind.SMS, "email": Kind.EMAIL}[name]
    rows = [
        act(name, T1, author=None, direction="out"),
        act(name, T2, author="Анна", direction="out"),
        act(name, T3, author=None, direction="in"),
    ]

    assert flags(log_of(activities=rows), kind) == [Suspect.ROBOT, Suspect.NONE, Suspect.NONE]


@pytest.mark.parametrize(
    ("name", "is_robot"),
    [("Робот", True), ("чат-бот компании", True), ("Salesbot", True), ("Интеграция с WhatsApp", True),
     ("BizProc (системный)", True), ("Роботов Иван", False), ("Ботова Анна", False), ("Анна", False)],
)  # fmt: skip
def test_an_author_who_is_named_as_a_robot_is_one_in_letters_and_calls(name: str, is_robot: bool) -> None:
    flag = Suspect.ROBOT if is_robot else Suspect.NONE
    for kind in ("message", "sms", "email"):
        rows = [act(kind, T1, author=name, direction="out"), act(kind, T2, author=name, direction="in")]
        assert flags(log_of(activities=rows), KIND_OF_ACTIVITY[kind]) == [flag, Suspect.NONE]
    calls = log_of(activities=[act("call", T1, author=name, direction="out", outcome="unanswered")])
    assert flags(calls, Kind.CALL) == [flag]
    assert flags(log_of(activities=[act("comment", T1, author=name)]), Kind.COMMENT) == [Suspect.NONE]


def test_a_call_without_an_author_is_no_robots() -> None:
    assert flags(log_of(activities=[act("call", T1, author=None, direction="out")])) == [Suspect.NONE]


def test_each_row_can_be_found_again() -> None:
    log = log_of(activities=[act("call", T1), act("comment", T2)], history=[stage(T3, "Б", "А")])
    rows = {Kind(kind): str(log.sources.locate(int(row))) for kind, row in zip(log.kind, log.row, strict=True)}

    assert rows == {
        Kind.CREATED: "deals.csv › 2", Kind.CALL: "activities.csv › 2", Kind.COMMENT: "activities.csv › 3",
        Kind.STAGE: "history.csv › 2",
    }  # fmt: skip
    assert log.sources.of(log.row).tolist() == [0, 2, 2, 1]


# ── calls that are only planned ──


def test_a_planned_call_is_a_task_of_its_kind_due_at_its_own_time_and_tells_nothing_of_other_tasks() -> None:
    log = log_of(activities=[act("call", T1), act("planned_call", T2, author="Анна")])

    assert of(log, Kind.CALL) == [("1", T1)]
    assert of(log, Kind.TASK_SET) == []  # as-of is the last moment that anything happened: a plan has not

    log = log_of(activities=[act("planned_call", T1, author="Анна"), act("comment", T2)])
    assert of(log, Kind.TASK_SET) == [("1", T1)]
    assert [said(due) for due in log.tasks.due] == [T1]
    row = log.activities.iloc[0]
    assert (row["kind"], row["addressee"]) == ("звонок", "Анна")
    assert "task" not in log.facts.streams and "call" not in log.facts.streams


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ({}, Kind.TASK_SET),
        ({"duration": 0.0}, Kind.TASK_SET),
        ({"duration": 30.0}, Kind.CALL),
        ({"outcome": "unanswered"}, Kind.CALL),
        ({"done": True}, Kind.CALL),
    ],
)
def test_a_call_due_later_than_the_audit_of_which_nothing_tells_that_it_took_place_is_planned(
    told: dict[str, Any], kind: Kind
) -> None:
    log = log_of(activities=[act("call", T1, due="2024-03-09 10:00:00", **told), act("call", T2, due=T2)])

    assert of(log, kind)[0] == ("1", T1)
    assert of(log, Kind.CALL)[-1] == ("1", T2)


def test_an_outcome_that_is_not_understood_leaves_a_call_unclear_however_long_it_lasted() -> None:
    log = log_of(activities=[act("call", T1, outcome="unclear", duration=90.0)])

    assert [Answer(answer) for answer in log.answer[log.of_kind(Kind.CALL)]] == [Answer.UNKNOWN]
