"""The report's sections beside the violations: acts told once, what is broken most, what lies ahead, the sum."""

from datetime import datetime

from auditor.audit.result import Audit
from auditor.reports.terminal import print_report
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
    assert "the same breaks FUR0902" in shown
    assert "Deal 7 · told above, under FUR0601" in shown
    assert "То же самое." not in shown
    assert "Sum: 2 violations, in 1 incident, 2 of high severity. The whole list: --output report.csv" in shown


def test_acts_of_their_own_are_not_counted_as_incidents(printed: Printed) -> None:
    scores = [score("Петров Иван", "FUR0201", "high", missed=1), score("Петров Иван", "FUR0902", "high", late=1)]
    shown = text(printed, audit_of([CALLS_OWED, STAYED], scores))
    assert "Sum: 2 violations, 2 of high severity." in shown
    assert "the same breaks" not in shown and "told above" not in shown


def test_what_is_broken_most_comes_first_with_who_broke_it(printed: Printed) -> None:
    scores = [
        score("Петров Иван", "FUR0201", "high", missed=2),
        score("Смирнова Ольга", "FUR0201", "high", missed=3),
        score("Смирнова Ольга", "FUR0601", "medium", forbidden=1),
    ]
    lines = [line.strip() for line in text(printed, audit_of([WENT_BACK], scores)).splitlines()]
    start = lines.index("What is broken most")
    assert lines[start + 1] == "FUR0201 · 5 violations · Смирнова Ольга, Петров Иван"
    assert lines[start + 3] == "FUR0601 · once each"


def test_where_one_clause_alone_is_broken_nothing_is_broken_most(printed: Printed) -> None:
    scores = [score("Петров Иван", "FUR0201", "high", missed=2)]
    assert "What is broken most" not in text(printed, audit_of([CALLS_OWED], scores))


def test_what_lies_ahead_stands_soonest_first(printed: Printed) -> None:
    scores = [score("Смирнова Ольга", code, "high", pending=1) for code in ("FUR0201", "FUR0902")]
    lines = [line.strip() for line in text(printed, audit_of([OWED_LATER, OWED_TODAY], scores)).splitlines()]
    start = lines.index("What lies ahead")
    assert lines[start + 1] == "by 2024-03-12 · Смирнова Ольга · Deal 1005 · Кухня"
    assert lines[start + 3] == "by 2024-03-20 · Смирнова Ольга · Deal 1006 · Кухня"
    assert lines[start + 4].startswith("FUR0902 · Сделка стоит в «Преддоговоре»")


def test_of_many_that_lie_ahead_the_first_few_are_told(printed: Printed) -> None:
    owed = [{**OWED_TODAY, "deal": str(number)} for number in range(13)]
    shown = text(printed, audit_of(owed, [score("Смирнова Ольга", "FUR0201", "high", pending=13)]))
    assert shown.count("by 2024-03-12") == 10
    assert "… and 3 more." in shown


def test_without_violations_there_is_no_sum(printed: Printed) -> None:
    shown = text(printed, audit_of([], [score("Петров Иван", "FUR0201", "high", met=1)]))
    assert "Sum:" not in shown and "What lies ahead" not in shown
