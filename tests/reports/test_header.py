"""The head of the report: what was judged, everything that narrows it, and the figures that are asked for first."""

from dataclasses import replace
from datetime import date

import pytest

from auditor.audit.result import Audit, Coverage, Extent, Scope, Status
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import Place, Problem, Source
from auditor.reports.terminal import print_report
from tests.reports.builders import CALLS_OWED, SCORES, audit_of, sample, score
from tests.reports.conftest import Printed

TEN = [score("Петров Иван", "FUR0201", "high", met=8, missed=2)]
WHOLE = replace(audit_of([], TEN), coverage=(Coverage("FUR0201", Status.CHECKED),))


def lines(printed: Printed, audit: Audit) -> list[str]:
    return printed(lambda console: print_report(audit, console), 120).splitlines()


def test_the_first_ten_lines_say_what_is_asked_first(printed: Printed) -> None:
    audit = replace(sample(), extent=Extent(1000, 701, date(2024, 1, 9), date(2024, 3, 12)))
    assert lines(printed, audit)[1:8] == [
        "Audit by the regulation FUR · Мебельная компания",
        "as of 2024-03-12 18:00 (Europe/Moscow) · 1,000 deals, 701 leads · records of 2024-01-09 – 2024-03-12",
        "period: all",
        "4 clauses checked · 1 not checked · 1 to be checked by hand",
        "",
        "4 violations · 2 of high severity    kept 85.2% (23 of 27), 82.1% before waivers",
        "2 ahead · 2 unknown · 1 waived       data incomplete: 1 row not read, 1 clause not checked",
    ]


@pytest.mark.usefixtures("in_russian")
def test_the_first_lines_in_russian(printed: Printed) -> None:
    audit = replace(sample(), extent=Extent(1, 0, date(2024, 1, 9), date(2024, 3, 12)))
    assert lines(printed, audit)[2:4] == [
        "на 12.03.2024 18:00 (Europe/Moscow) · 1 сделка · записи за 09.01–12.03.2024",
        "период: весь",
    ]


@pytest.mark.parametrize(
    ("scope", "told"),
    [
        (Scope(), "period: all"),
        (Scope("yesterday", date(2024, 3, 11), date(2024, 3, 11)), "period: yesterday, Monday 2024-03-11"),
        (Scope("last-week", date(2024, 3, 4), date(2024, 3, 10)), "period: last week, 2024-03-04 – 2024-03-10"),
        (Scope(since=date(2024, 3, 4)), "period: from 2024-03-04 on"),
        (Scope(until=date(2024, 3, 4)), "period: until 2024-03-04"),
        (Scope(managers=("Петров Иван", "Орлов")), "period: all · only Петров Иван, Орлов"),
        (Scope(departments=("Розница",)), "period: all · only the department Розница"),
        (Scope(severity="medium"), "period: all · severity from medium on"),
        (Scope(select=("FUR02", "FUR09")), "period: all · only clauses FUR02, FUR09"),
        (Scope(ignore=("FUR0203",)), "period: all · without clauses FUR0203"),
        (Scope(strict=True), "period: all · strict: what is suspicious does not count"),
        (Scope(config="auditor.toml"), "period: all · settings: auditor.toml"),
    ],
)
def test_everything_that_narrows_the_report_is_told(printed: Printed, scope: Scope, told: str) -> None:
    assert lines(printed, replace(WHOLE, scope=scope))[2] == told


def test_data_that_was_read_and_checked_as_a_whole_is_complete(printed: Printed) -> None:
    assert lines(printed, WHOLE)[6].split("  ")[-1] == "data complete"


def test_what_open_deals_with_violations_are_worth_is_told_where_it_is_known(printed: Printed) -> None:
    worth = audit_of([{**CALLS_OWED, "at_stake": 1234000}], SCORES)
    assert lines(printed, worth)[7].strip() == "open deals with violations are worth 1,234,000"
    assert not [line for line in lines(printed, audit_of([CALLS_OWED], SCORES)) if "worth" in line]


def test_what_is_incomplete_is_counted(printed: Printed) -> None:
    lossy = Source("a.csv", None, "deals", "plain", 500, 12, 0)
    refused = Problem(Place("b.csv"), "damaged", kind=Trouble.REFUSED)
    unchecked = tuple(Coverage(f"FUR020{n}", Status.NOT_CHECKED, "needs calls") for n in range(3))
    grave = Problem(Place("a.csv"), "page 2 is missing", Trouble.PAGE)
    audit = replace(WHOLE, inputs=(lossy,), problems=(refused, grave), coverage=unchecked)
    told = "data incomplete: 1 input not read, 12 rows not read, 3 clauses not checked, 1 grave data problem"
    assert told in " ".join(map(str.strip, lines(printed, audit)[6:9]))


def test_the_rate_stands_beside_the_count_and_zeros_are_dots(printed: Printed) -> None:
    many = score("Орлов", "FUR0201", "high", met=97, late=3)
    nine = score("Новый", "FUR0201", "high", met=8, missed=1)
    clean = score("Чистый", "FUR0201", "high", met=10)
    rows = {
        line.split()[0]: line.split()[1:] for line in lines(printed, audit_of([], [*TEN, many, nine, clean])) if line
    }
    assert rows["Орлов"] == ["3", "3", "3", "3", "·"]
    assert rows["Петров"] == ["Иван", "20", "2", "2", "·", "2"]
    assert rows["Чистый"] == ["·", "·", "·", "·", "·"]
    assert rows["Новый"] == ["—", "1", "1", "·", "1"]


def test_departments_stand_beside_the_names_only_where_there_are_several(printed: Printed) -> None:
    assert not [line for line in lines(printed, audit_of([], SCORES)) if "Розница" in line or "DEPARTMENTS" in line]
    other = {**score("Орлов", "FUR0201", "high", met=10, late=5), "department": "Опт"}
    shown = lines(printed, audit_of([], [*SCORES, other]))
    start = shown.index("DEPARTMENTS")
    assert [line.split()[0] for line in shown[start + 4 : start + 6]] == ["Опт", "Розница"]
    assert [line for line in shown if line.startswith("Орлов (Опт)")]


def test_of_few_duties_no_share_is_told(printed: Printed) -> None:
    broken = {**CALLS_OWED, "manager": "Новый"}
    few = audit_of([broken], [score("Новый", "FUR0201", "high", met=8, missed=1)])
    assert "НОВЫЙ — 1 violation · kept 8 of 9" in lines(printed, few)
    ten = audit_of([broken], [score("Новый", "FUR0201", "high", met=9, missed=1)])
    assert "НОВЫЙ — 1 violation · kept 90.0% (9 of 10)" in lines(printed, ten)
