"""What one deal cannot know: as-of, people, who worked when, calls that hang on no deal."""

from datetime import datetime
from typing import Any

import numpy as np
import pytest

from auditor.log import Facts, gather_facts
from auditor.log.kinds import DAY, Answer, Direction
from auditor.settings import Settings
from auditor.terms import Role

from .builders import Row, act, change, day, deal, log_of, said, stage, tables

LATE = "2024-03-09 12:00:00"


def facts(settings: Settings | None = None, **rows: Any) -> Facts:
    return gather_facts(tables(**rows), settings or Settings())


# ── as of ──


@pytest.mark.parametrize(
    "rows",
    [
        {"deals": [deal(created=LATE)]},
        {"deals": [deal(closed=LATE)]},
        {"history": [stage(LATE, "Б", "А")]},
        {"activities": [act("call", LATE)]},
        {"activities": [act("task", "2024-03-02", completed=LATE)]},
        {"activities": [act("email", "2024-03-02", opened=LATE)]},
        {"ledger": [{"deal": "1", "entity": "deal", "updated": LATE}]},
        {"activities": [act("call", LATE, deal=None)]},
    ],
)
def test_as_of_is_the_latest_moment_at_which_anything_happened(rows: dict[str, Any]) -> None:
    assert said(facts(**rows).as_of) == LATE


def test_planned_due_dates_do_not_happen() -> None:
    assert said(facts(activities=[act("task", "2024-03-02 10:00", due=LATE)]).as_of) == "2024-03-02 10:00:00"


def test_as_of_can_be_set() -> None:
    found = facts(Settings(as_of=datetime(2024, 2, 1, 9)), activities=[act("call", LATE)])

    assert said(found.as_of) == "2024-02-01 09:00:00"


# ── people ──


def test_everybody_who_is_named_anywhere_has_a_code() -> None:
    found = facts(
        deals=[deal(manager="Анна Ким")],
        history=[change("stage", LATE, "Б", author="Борис"), change("responsible", LATE, "Вера", "Глеб")],
        activities=[act("task", LATE, author="Дина", addressee="Егор")],
        people=[{"name": "Жанна"}],
    )

    assert set(found.people) == {"Анна Ким", "Борис", "Вера", "Глеб", "Дина", "Егор", "Жанна"}
    assert {name: found.people[found.person(name)] for name in ("анна  ким", "ВЕРА")} == {
        "анна  ким": "Анна Ким", "ВЕРА": "Вера",
    }  # fmt: skip
    assert found.person("Зина") == -1


def test_spellings_of_one_name_are_one_person_as_first_written() -> None:
    found = facts(deals=[deal(manager="Пётр")], activities=[act("call", LATE, author="петр ")])

    assert found.people == ("Пётр",)


def test_stages_are_no_people() -> None:
    assert facts(history=[stage(LATE, "Просчёт", "Новая")]).people == ("Анна",)


def test_roles_departments_and_last_days_come_from_the_people_table() -> None:
    found = facts(
        people=[
            {"name": "Анна", "role": "Менеджер", "department": "Розница", "until": None},
            {"name": "Глеб", "role": "Руководитель отдела продаж", "department": None, "until": "2024-03-05"},
            {"name": "Дина", "role": None, "department": "Опт", "until": None},
        ]
    )
    by_name = {found.people[code]: role for code, role in found.roles.items()}

    assert by_name == {"Анна": Role.MANAGER, "Глеб": Role.HEAD, "Дина": Role.MANAGER}
    assert found.departments[found.person("Дина")] == "Опт"
    assert {code: said(last) for code, last in found.until.items()} == {found.person("Глеб"): "2024-03-05 00:00:00"}
    assert found.has_people


def test_a_people_table_without_roles_tells_no_roles() -> None:
    assert not facts(people=[{"name": "Анна"}]).has_people
    assert not facts().has_people


@pytest.mark.parametrize(
    ("description", "role"),
    [
        ("Руководитель производства", Role.PRODUCTION_HEAD),
        ("Начальник производства", Role.PRODUCTION_HEAD),
        ("Руководитель группы", Role.HEAD),
        ("Технолог", Role.TECHNOLOGIST),
        ("Секретарь", Role.SECRETARY),
        ("Инженер-замерщик", Role.ENGINEER),
        ("Отдел коммуникаций", Role.COMMUNICATIONS),
        ("Дизайнер", Role.DESIGNER),
        ("Конструктор", Role.CONSTRUCTOR),
        ("Мастер цеха", Role.MASTER),
        ("Замерщик", Role.MEASURER),
        ("Продавец", Role.MANAGER),
        ("Специалист по производству", Role.MANAGER),
    ],
)
def test_roles_are_found_by_their_words(description: str, role: Role) -> None:
    found = facts(people=[{"name": "Анна", "role": description}])

    assert found.roles[found.person("Анна")] is role


# ── who did anything ──


def busy_days(found: Facts, name: str) -> list[str]:
    person = np.array([found.person(name)] * 9, np.int32)
    days = day("2024-03-01") + np.arange(9)
    return [said(number * DAY)[8:10] for number in days[~found.did_nothing(person, days)]]


def test_a_person_did_something_by_an_event_or_a_completed_task() -> None:
    found = facts(
        history=[stage("2024-03-02 10:00", "Б", "А", author="Анна")],
        activities=[
            act("call", "2024-03-03 10:00", author="Анна"),
            act("task", "2024-03-04 10:00", author="Глеб", addressee="Анна", completed="2024-03-05 10:00"),
            act("task", "2024-03-06 10:00", author="Анна", addressee=None, completed="2024-03-07 10:00"),
            act("task", "2024-03-08 10:00", author="Глеб", addressee="Борис", completed="2024-03-09 10:00"),
        ],
    )

    assert busy_days(found, "Анна") == ["02", "03", "05", "06", "07"]
    assert busy_days(found, "Борис") == ["09"]


def test_what_is_later_than_as_of_was_not_done() -> None:
    rows = [act("call", "2024-03-03 10:00", author="Анна"), act("call", "2024-03-05 10:00", author="Анна")]

    assert busy_days(facts(Settings(as_of=datetime(2024, 3, 4)), activities=rows), "Анна") == ["03"]


def test_nobody_by_name_is_never_said_to_do_nothing() -> None:
    found = facts(activities=[act("call", "2024-03-03 10:00", author="Анна")])

    assert found.did_nothing(np.array([-1], np.int32), np.array([day("2024-03-02")])).tolist() == [False]


def test_an_export_without_authors_says_nothing_of_days_off() -> None:
    found = facts(activities=[act("call", "2024-03-03 10:00")])

    assert found.did_nothing(np.array([0], np.int32), np.array([day("2024-03-02")])).tolist() == [False]


# ── calls that hang on no deal ──


def lost_days(calls: list[tuple[int, int]], settings: Settings | None = None, **cells: Any) -> list[str]:
    """Days on which too many of the calls (attached, unattached) are loose."""
    rows = [
        act("call", f"2024-03-0{number} 10:00", deal="1" if index < attached else None, **{"direction": "out", **cells})
        for number, (attached, unattached) in enumerate(calls, 1)
        for index in range(attached + unattached)
    ]
    return [said(number * DAY)[8:10] for number in np.unique(facts(settings, activities=rows).loose.day)]


def test_days_on_which_more_than_one_call_in_twenty_hangs_on_no_deal() -> None:
    assert lost_days([(19, 1), (18, 1), (0, 1), (5, 0)]) == ["02", "03"]


def test_the_tolerated_share_is_a_setting() -> None:
    assert lost_days([(19, 1), (18, 1), (1, 1)], Settings(unattached_share=0.5)) == []
    assert lost_days([(19, 1), (1, 2)], Settings(unattached_share=0)) == ["01", "02"]


def test_the_share_is_of_outgoing_calls() -> None:
    assert lost_days([(0, 5)], direction="in") == []
    assert lost_days([(0, 5)], direction=None) == ["01"]


def test_all_loose_calls_of_such_a_day_are_told_incoming_ones_too() -> None:
    rows = [
        act("call", LATE, deal=None, direction="out", outcome="unanswered", phone="79160000001"),
        act("call", LATE, deal=None, direction="in", outcome="answered", phone=None),
        act("call", LATE, deal=None, direction="out", outcome=None, phone=None, duration=float("nan")),
        act("call", LATE, direction="out", outcome="answered", phone="79160000002"),
    ]
    found = facts(activities=rows).loose

    assert found.direction.tolist() == [Direction.OUT, Direction.IN, Direction.OUT]
    assert found.answer.tolist() == [Answer.UNANSWERED, Answer.ANSWERED, Answer.UNKNOWN]
    assert [found.phone.at(row) for row in range(3)] == ["79160000001", "", ""]


CALL_OF_NOBODY = {"deal": None, "kind": "call"}


@pytest.mark.parametrize(
    ("unread", "days"),
    [
        ({"time": "2024-03-01 11:00", "direction": "out"}, ["01"]),
        ({"day": "2024-03-01"}, ["01"]),
        ({"day": "2024-03-01", "direction": "in"}, []),
        ({"day": "2024-03-01", "deal": "1"}, []),
    ],
)
def test_calls_that_could_not_be_read_of_deals_that_nobody_knows_are_loose(unread: Row, days: list[str]) -> None:
    attached = [act("call", "2024-03-01 10:00", direction="out") for _ in range(10)]
    found = facts(activities=attached, unread=[{**CALL_OF_NOBODY, **unread}]).loose
    assert [said(number * DAY)[8:10] for number in found.day] == days


def test_a_day_is_of_many_by_its_loose_calls_of_both_sorts() -> None:
    rows = [act("call", "2024-03-01 10:00", deal="1" if index else None, direction="out") for index in range(30)]
    assert len(facts(activities=rows).loose) == 0
    both = facts(activities=rows, unread=[{**CALL_OF_NOBODY, "day": "2024-03-01", "outcome": "answered"}]).loose
    assert both.answer.tolist() == [Answer.UNKNOWN, Answer.ANSWERED]


def test_letters_without_a_deal_are_no_loose_calls() -> None:
    assert len(facts(activities=[act("email", LATE, deal=None)]).loose) == 0


def test_fields_whose_changes_are_exported() -> None:
    found = facts(history=[change("field", LATE, "Омск", field="Населённый  Пункт"), stage(LATE, "Б", field="Этап")])

    assert found.known_fields == {"населенный пункт"}


# ── who knew a client first ──


def known(*managers: str | None) -> list[bool]:
    """Of deals of one phone, a day apart, whether another manager knew the phone before."""
    log = log_of(
        deals=[
            deal(str(number), f"2024-03-0{number} 10:00", phone="79161234567", manager=manager)
            for number, manager in enumerate(managers, 1)
        ]
    )
    return log.facts.clients.known_to_another(log.deals.frame, log.deals.manager, log.deals.created).tolist()


def test_another_managers_record_of_the_phone_came_first() -> None:
    assert known("Анна", "Борис") == [False, True]
    assert known("Анна", "Анна", "Борис", "Анна") == [False, False, True, True]


def test_without_managers_nobody_knew_a_phone_first() -> None:
    assert known(None, None) == [False, False]
