"""What is shown of a deal, or of a person's day, is what the log holds: everything, in order, each with its row."""

from datetime import date, datetime
from typing import Any

from auditor.audit.timeline import DayLine, DealLine, Happening, Timelines
from auditor.inputs.tables import DAY_OF
from auditor.log import build_log
from auditor.settings import Settings
from tests.log.builders import act, change, deal, log_of, stage, tables

NOON = datetime(2024, 3, 1, 12)
RECORD = ("deal", "1")


def of_deal(settings: Settings | None = None, **rows: Any) -> DealLine:
    line = Timelines(log_of(settings, **rows)).of_deal(RECORD)
    assert line is not None
    return line


def told(line: DealLine | DayLine) -> list[tuple[str, str, str]]:
    """Kind, clock and place of everything that happened."""
    return [
        (each.kind, f"{each.at:%d %H:%M}" if each.at else "?", f"{each.place.file}:{each.place.row}")
        for each in line.happened
    ]


def only(line: DealLine, kind: str) -> Happening:
    [found] = [each for each in line.happened if each.kind == kind]
    return found


def test_everything_that_happened_stands_in_order_with_its_row() -> None:
    line = of_deal(
        history=[
            stage("2024-03-01 11:00", "Замер", "Новая"),
            change("responsible", "2024-03-04 09:30", "Борис", "Анна"),
        ],
        activities=[
            act("call", "2024-03-01 12:00", direction="out", outcome="answered", duration=65.0, author="Анна"),
            act("task", "2024-03-01 13:00", text="Позвонить", due="2024-03-04 10:00", completed="2024-03-04 09:45"),
            act("comment", "2024-03-01 14:00", deal="2"),
        ],
        deals=[deal(), deal("2")],
        ledger=[{"deal": "1", "entity": "deal", "updated": "2024-03-02 08:00", "status": "Замер"}],
    )
    assert told(line) == [
        ("created", "01 10:00", "deals.csv:2"),
        ("stage", "01 11:00", "history.csv:2"),
        ("call", "01 12:00", "activities.csv:2"),
        ("task_set", "01 13:00", "activities.csv:3"),
        ("ledger", "02 08:00", "ledger.csv:2"),
        ("responsible", "04 09:30", "history.csv:3"),
        ("task_done", "04 09:45", "activities.csv:3"),
    ]


def test_a_happening_has_the_filled_cells_of_its_row_and_nothing_else() -> None:
    rows = [act("call", "2024-03-01 12:00", direction="in", outcome="unanswered", author="Анна", text=None)]
    call = only(of_deal(activities=rows), "call")
    assert dict(call.cells) == {"direction": "in", "outcome": "unanswered"}
    assert (call.author, call.direction, call.answer) == ("Анна", "in", "unanswered")


def test_between_two_events_stands_the_working_time_on_the_schedule_of_who_was_responsible() -> None:
    history = [stage("2024-03-01 17:00", "Замер"), stage("2024-03-04 10:00", "Договор")]
    assert [each.worked for each in of_deal(history=history).happened] == [None, 7 * 3600.0, 2 * 3600.0]
    people = [{"name": "Анна", "schedule": "пн-пт 10:00-20:00"}]
    line = of_deal(history=history, people=people)
    assert [each.worked for each in line.happened] == [None, 7 * 3600.0, 3 * 3600.0]


def test_the_working_time_is_unknown_where_the_schedule_is_not_understood() -> None:
    people = [{"name": "Анна", "schedule": "как получится"}]
    line = of_deal(history=[stage("2024-03-01 17:00", "Замер")], people=people)
    assert [each.worked for each in line.happened] == [None, None]


def test_what_came_before_the_creation_keeps_its_own_moment() -> None:
    call = only(of_deal(activities=[act("call", "2024-03-01 09:30", direction="in")]), "call")
    assert (call.at, call.early) == (datetime(2024, 3, 1, 9, 30), True)


def test_of_a_task_that_is_done_nobody_knows_when_no_moment_is_told() -> None:
    line = of_deal(activities=[act("task", "2024-03-01 12:00", done=True), act("comment", "2024-03-01 13:00")])
    assert told(line)[1:] == [
        ("task_set", "01 12:00", "activities.csv:2"),
        ("task_done", "?", "activities.csv:2"),
        ("comment", "01 13:00", "activities.csv:3"),
    ]
    assert only(line, "task_done").timeless
    assert [each.worked for each in line.happened] == [None, 2 * 3600, None, 3600]


def test_a_day_alone_is_no_midnight() -> None:
    export = tables(activities=[act("comment", "2024-03-02 00:00"), act("comment", "2024-03-03 00:00")])
    assert export.activities is not None
    export.activities[DAY_OF + "time"] = [True, False]
    line = Timelines(build_log(export, Settings())).of_deal(RECORD)
    assert line is not None
    assert [each.day_only for each in line.happened] == [False, True, False]
    assert [each.worked for each in line.happened] == [None, None, 8 * 3600]


def test_an_act_of_a_robot_is_flagged_and_a_row_told_twice_is_marked() -> None:
    line = of_deal(
        activities=[
            act("message", "2024-03-01 12:00", direction="out", author="Salesbot"),
            act("message", "2024-03-01 13:00", direction="out", author="Анна", maybe=True),
        ]
    )
    assert [(each.suspect, each.maybe) for each in line.happened[1:]] == [(("robot",), False), ((), True)]


def test_rows_that_could_not_be_read_are_told_where_they_may_belong() -> None:
    line = of_deal(
        activities=[act("comment", "2024-03-01 12:00"), act("comment", "2024-03-05 12:00")],
        unread=[{"kind": "call", "direction": "out", "day": "2024-03-05"}, {"kind": "message"}],
    )
    assert told(line) == [
        ("created", "01 10:00", "deals.csv:2"),
        ("comment", "01 12:00", "activities.csv:2"),
        ("unread", "05 00:00", "activities.csv:500"),
        ("comment", "05 12:00", "activities.csv:3"),
        ("unread", "?", "activities.csv:501"),
    ]
    assert dict(line.happened[2].cells) == {"kind": "call", "direction": "out"}


def test_what_is_later_than_the_audit_is_counted_and_not_told() -> None:
    history = [stage("2024-03-01 11:00", "Замер", "Новая"), stage("2024-03-04 11:00", "Договор", "Замер")]
    activities = [act("comment", "2024-03-05 12:00"), act("comment", "2024-03-05 13:00", deal="2")]
    line = of_deal(Settings(as_of=NOON), history=history, activities=activities, deals=[deal(), deal("2")])
    assert ([each.kind for each in line.happened], line.later) == (["created", "stage"], 2)


def test_a_deal_that_was_not_there_yet_is_none() -> None:
    assert Timelines(log_of(deals=[deal("2")])).of_deal(RECORD) is None
    later = log_of(Settings(as_of=NOON), deals=[deal(created="2024-03-02 10:00"), deal("2")])
    assert Timelines(later).of_deal(RECORD) is None


def test_a_deal_and_a_lead_of_one_id_are_two() -> None:
    log = log_of(deals=[deal(entity="lead", title="Лид"), deal(title="Сделка", lead_id="1")])
    lines = [Timelines(log).of_deal((entity, "1")) for entity in ("lead", "deal")]
    assert [(line.title, line.linked) for line in lines if line] == [
        ("Лид", (("deal", "1"),)),
        ("Сделка", (("lead", "1"),)),
    ]


def test_the_stays_say_when_each_was_entered_and_left() -> None:
    line = of_deal(
        deals=[deal(pipeline="Продажи")],
        history=[stage("2024-03-01 11:00", "Замер", "Новая"), stage("2024-03-02 11:00", "Сделка проиграна", "Замер")],
    )
    assert [(each.stage, each.outcome, each.entered.day, each.left and each.left.day) for each in line.stays] == [
        ("Новая", "", 1, 1),
        ("Замер", "", 1, 2),
        ("Сделка проиграна", "lost", 2, None),
    ]
    assert {each.pipeline for each in line.stays} == {"Продажи"}


def test_a_closing_that_nobody_dated_is_not_certain() -> None:
    line = of_deal(
        deals=[deal(stage="Сделка проиграна")],
        history=[stage("2024-03-01 11:00", "Замер", "Новая")],
        activities=[act("comment", "2024-03-09 11:00")],
    )
    assert [(each.stage, each.certain) for each in line.stays][-1] == ("Сделка проиграна", False)


def test_the_card_holds_every_cell_of_the_deal_and_the_responsible_is_that_of_the_audit() -> None:
    line = of_deal(
        deals=[deal(stage="Замер", **{"field:Город": "Самара", "field:Пусто": None})],
        history=[change("responsible", "2024-03-01 11:00", "Борис", "Анна")],
    )
    assert dict(line.card) == {
        "manager": "Анна",
        "stage": "Замер",
        "field:Город": "Самара",
        "created": datetime(2024, 3, 1, 10),
    }
    assert line.manager == "Борис"


DAY = date(2024, 3, 4)


def of_day(name: str = "Анна", **rows: Any) -> DayLine:
    return Timelines(log_of(**rows)).of_day(name, DAY)


def test_a_day_holds_his_acts_everywhere_and_what_happened_in_his_deals() -> None:
    line = of_day(
        deals=[deal(), deal("2", manager="Борис")],
        activities=[
            act("comment", "2024-03-04 12:00", author="Борис"),
            act("comment", "2024-03-04 11:00", author="Анна", deal="2"),
            act("comment", "2024-03-04 13:00", author="Борис", deal="2"),
            act("comment", "2024-03-05 09:00", author="Анна"),
        ],
    )
    assert [(each.deal, each.author, each.own) for each in line.happened] == [
        ("2", "Анна", True),
        ("1", "Борис", False),
    ]


def test_a_deal_is_his_up_to_the_second_in_which_it_was_handed_over() -> None:
    line = of_day(
        history=[change("responsible", "2024-03-04 12:00", "Борис", "Анна", author="Глава")],
        activities=[act("comment", f"2024-03-04 {clock}", author="Борис") for clock in ("11:00", "13:00")],
    )
    assert [each.kind for each in line.happened] == ["comment", "responsible"]


def test_his_calls_on_no_deal_are_told_too() -> None:
    calls = [act("call", "2024-03-04 12:00", author=who, deal=None, direction="out", outcome="answered")
             for who in ("Анна", "Борис")]  # fmt: skip
    [call] = of_day(activities=calls).happened
    assert (call.kind, call.deal, call.author, call.direction, call.answer) == ("call", "", "Анна", "out", "answered")


def test_of_what_is_on_no_deal_nothing_is_told_that_is_later_than_the_audit() -> None:
    calls = [
        act("call", f"2024-03-04 {clock}", author="Анна", deal=None, direction="out") for clock in ("11:00", "13:00")
    ]
    log = log_of(Settings(as_of=datetime(2024, 3, 4, 12)), activities=calls)
    assert [f"{each.at:%H}" for each in Timelines(log).of_day("Анна", DAY).happened] == ["11"]


def test_rows_of_his_deals_that_could_not_be_read_stand_at_the_beginning_of_the_day() -> None:
    line = of_day(
        deals=[deal(), deal("2", manager="Борис")],
        activities=[act("comment", f"2024-03-0{day} 12:00", author="Анна") for day in (1, 4)],
        unread=[{"kind": "call", "day": "2024-03-04"}, {"kind": "call", "day": "2024-03-04", "deal": "2"},
                {"kind": "call", "day": "2024-03-05"}, {"kind": "call"}],
    )  # fmt: skip
    assert [(each.kind, each.deal) for each in line.happened] == [("unread", "1"), ("comment", "1")]


def test_a_completion_of_an_unknown_moment_stands_at_its_task_in_a_day_too() -> None:
    acts = [act("comment", "2024-03-04 09:00"), act("task", "2024-03-04 12:00", done=True, addressee="Анна")]
    assert [each.kind for each in of_day(activities=acts).happened] == ["comment", "task_set", "task_done"]


def test_the_working_time_of_a_day_is_that_of_his_schedule() -> None:
    assert (of_day().opens, of_day().closes, of_day().idle) == (
        datetime(2024, 3, 4, 9),
        datetime(2024, 3, 4, 18),
        False,
    )
    people = [{"name": "Анна", "role": "менеджер", "department": "Розница", "schedule": "отпуск 01.03.2024-10.03.2024"}]
    line = of_day(people=people)
    assert (line.opens, line.known, line.role, line.department) == (None, True, "manager", "Розница")
    assert line.schedule == "отпуск 01.03.2024-10.03.2024"
    assert not of_day(people=[{"name": "Анна", "schedule": "как получится"}]).known


def test_a_shift_over_midnight_reaches_to_its_end() -> None:
    people = [{"name": "Анна", "schedule": "ежедневно 20:00-08:00"}]
    acts = [act("comment", f"2024-03-05 {clock}", author="Анна") for clock in ("07:00", "09:00")]
    assert [f"{each.at:%H}" for each in of_day(people=people, activities=acts).happened] == ["07"]


def test_a_working_day_without_an_act_of_his_is_idle() -> None:
    acts = [act("comment", "2024-03-04 12:00", author="Борис"), act("comment", "2024-03-05 12:00", author="Анна")]
    assert of_day(activities=acts).idle
    assert not of_day("Борис", activities=acts).idle
