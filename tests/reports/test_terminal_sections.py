"""The report's sections beside the violations: acts told once, what is broken most, what lies ahead, the sum."""

from datetime import datetime

from auditor.audit.result import Audit
from auditor.reports.terminal import print_report
from auditor.reports.view import View
from tests.reports.builders import CALLS_OWED, OWED_LATER, OWED_TODAY, STAYED, WENT_BACK, audit_of, duty, score
from tests.reports.conftest import Printed

TWICE = [
    duty(id="i1", clause="FUR0601", deal="7", arose=datetime(2024, 3, 1, 9), due=datetime(2024, 3, 1, 9),
         how="forbidden", why="«Предзамер» → «Просчёт».", incident="i1"),
    duty(id="i2", clause="FUR0902", deal="7", arose=datetime(2024, 3, 1, 9), due=datetime(2024, 3, 1, 9),
         why="То же самое.", incident="i1"),
]  # fmt: skip


def text(printed: Printed, audit: Audit) -> str:
    return printed(lambda console: print_report(audit, console), 100)


def test_an_act_that_breaks_two_clauses_is_told_once(printed: Printed) -> None:
    scores = [score("Петров Иван", code, "high", missed=1) for code in ("FUR0601", "FUR0902")]
    shown = text(printed, audit_of(TWICE, scores))
    assert "     this breaks FUR0902 as well: Сделка стоит в “Преддоговоре” не дольше 30 дней." in shown
    assert shown.count("Deal 7 · Кухня") == 1
    assert "То же самое." not in shown
    assert "Sum: 2 violations, in 1 incident, 2 of high severity. The whole list: --output report.csv" in shown


def test_acts_of_their_own_are_not_counted_as_incidents(printed: Printed) -> None:
    scores = [score("Петров Иван", "FUR0201", "high", missed=1), score("Петров Иван", "FUR0902", "high", late=1)]
    shown = text(printed, audit_of([CALLS_OWED, STAYED], scores))
    assert "Sum: 2 violations, 2 of high severity." in shown
    assert "as well" not in shown


def test_an_act_that_broke_clauses_of_two_people_is_told_to_both(printed: Printed) -> None:
    first, second = TWICE
    scores = [score("Петров Иван", "FUR0601", "high", missed=1), score("Смирнова Ольга", "FUR0902", "high", missed=1)]
    shown = text(printed, audit_of([first, {**second, "manager": "Смирнова Ольга"}], scores))
    assert "«Предзамер» → «Просчёт»." in shown and "То же самое." in shown


def test_what_is_broken_most_comes_first_with_who_broke_it(printed: Printed) -> None:
    scores = [
        score("Петров Иван", "FUR0201", "high", missed=2),
        score("Смирнова Ольга", "FUR0201", "high", missed=3),
        score("Смирнова Ольга", "FUR0601", "medium", forbidden=1),
    ]
    lines = [line.strip() for line in text(printed, audit_of([WENT_BACK], scores)).splitlines()]
    start = lines.index("WHAT IS BROKEN MOST")
    assert lines[start + 1].split() == ["how", "often", "who"]
    assert lines[start + 2].startswith("!  FUR0201  Пока лид в “Недозвоне”")
    assert lines[start + 2].endswith("5  Смирнова Ольга 3, Петров Иван")
    assert lines[start + 4] == "FUR0601 · once each"


def test_where_one_clause_alone_is_broken_nothing_is_broken_most(printed: Printed) -> None:
    scores = [score("Петров Иван", "FUR0201", "high", missed=2)]
    assert "WHAT IS BROKEN MOST" not in text(printed, audit_of([CALLS_OWED], scores))


def test_what_lies_ahead_stands_soonest_first(printed: Printed) -> None:
    scores = [score("Смирнова Ольга", code, "high", pending=1) for code in ("FUR0201", "FUR0902")]
    later = {**OWED_LATER, "measured": 23, "why": "Вошла 18.02."}
    lines = [line.strip() for line in text(printed, audit_of([later, OWED_TODAY], scores)).splitlines()]
    start = lines.index("WHAT LIES AHEAD")
    assert lines[start + 1 : start + 5] == [
        "by 2024-03-12  Смирнова Ольга · Deal 1005 · Кухня",
        "1 of 3 · FUR0201",
        "by 2024-03-20  Смирнова Ольга · Deal 1006 · Кухня",
        "Вошла 18.02. · day 23 of 30 · FUR0902",
    ]


def test_of_many_that_lie_ahead_the_first_few_are_told(printed: Printed) -> None:
    owed = [{**OWED_TODAY, "deal": str(number)} for number in range(13)]
    shown = text(printed, audit_of(owed, [score("Смирнова Ольга", "FUR0201", "high", pending=13)]))
    assert shown.count("by 2024-03-12") == 10
    assert "… and 3 more." in shown

    whole = printed(lambda console: print_report(audit_of(owed, []), console, View(full=True)), 100)
    assert whole.count("by 2024-03-12") == 13 and "… and" not in whole


def test_where_nothing_lies_ahead_nothing_is_said_of_it(printed: Printed) -> None:
    shown = text(printed, audit_of([], [score("Петров Иван", "FUR0201", "high", met=1)]))
    assert "WHAT LIES AHEAD" not in shown
