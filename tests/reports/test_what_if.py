"""What other parameters would make of the figures stands beside them, and changes nothing else."""

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from auditor.audit.result import Audit, Parameter, WhatIf
from auditor.reports.console import console_for
from auditor.reports.csv_report import csv_of
from auditor.reports.json_report import json_of
from auditor.reports.masking import masked
from auditor.reports.terminal import print_report
from auditor.reports.view import Part, View
from tests.reports.builders import SCORES, sample, score
from tests.reports.conftest import Printed

CALLS, STAYS = Parameter("FUR0201", "at_least", 4, 3), Parameter("FUR0902", "days", 20, 30)
STRICTER = [
    score("Петров Иван", "FUR0201", "high", met=3, missed=3),
    score("Лишний Пётр", "FUR0201", "high", missed=1000),
    *SCORES[1:],
]


def supposing(scores: list[dict[str, Any]], *parameters: Parameter) -> Audit:
    return replace(sample(), what_if=WhatIf(parameters, pd.DataFrame(scores)))


def told(audit: Audit) -> dict[str, Any]:
    return json.loads("".join(json_of(audit)))["what_if"]


def section(printed: Printed, audit: Audit, view: View | None = None) -> list[str]:
    """The lines of the section."""
    text = printed(lambda console: print_report(audit, console, view or View(part=Part.SUM)))
    lines = words(text)
    return lines[lines.index("WHAT IF") :][: lines[lines.index("WHAT IF") :].index("")]


def words(text: str) -> list[str]:
    """The lines, what fills their columns made one blank."""
    return [re.sub(" +", " ", line).strip(" ") for line in text.splitlines()]


def test_the_terminal_shows_what_moves_now_and_then(printed: Printed) -> None:
    assert section(printed, supposing(STRICTER, CALLS, STAYS)) == [
        "WHAT IF",
        "FUR0201.at_least = 4 (now 3)",
        "FUR0902.days = 20 (now 30)",
        "now then",
        "violated 4 1,006 +1,002",
        "important 2 1,004 +1,002",
        "met 23 21 −2",
        "kept 85.2% 2.0%",
        "FUR0201: violated 1 1,003 +1,002",
        "FUR0902: violated 1 1 ·",
        "Петров Иван: violated 2 4 +2",
        "Лишний Пётр: violated 0 1,000 +1,000",
    ]


@pytest.mark.parametrize("part", Part)
def test_it_is_shown_once_in_every_part_of_the_report(printed: Printed, part: Part) -> None:
    shown = printed(lambda console: print_report(supposing(STRICTER, CALLS), console, View(part)))
    assert shown.count("WHAT IF") == 1


def test_numbers_of_russian_reports_have_blanks_and_commas(in_russian: None, printed: Printed) -> None:
    shown = printed(lambda console: print_report(supposing(STRICTER, CALLS), console, View(Part.SUM)))
    assert "FUR0201: нарушено 1 1 003 +1 002" in words(shown)
    assert "соблюдено 85,2 % 2,0 %" in words(shown)


def test_where_nothing_moves_it_is_said(printed: Printed) -> None:
    assert section(printed, supposing(SCORES, CALLS))[2:] == ["No figure would change."]


def test_a_clause_that_becomes_graver_moves_though_no_verdict_does(printed: Printed) -> None:
    graver = [{**each, "severity": "high"} if each["clause"] == "FUR0601" else each for each in SCORES]
    lines = section(printed, supposing(graver, Parameter("FUR0601", "severity", "high", "medium")))
    assert "important 2 3 +1" in lines
    assert "Смирнова Ольга: violated 1 1 ·" in lines


def test_json_has_every_person_and_each_clause_last() -> None:
    report = json.loads("".join(json_of(supposing(STRICTER, CALLS, STAYS))))
    assert list(report)[-2:] == ["duties", "what_if"]
    found = report["what_if"]
    assert list(found) == ["parameters", "whole", "managers", "clauses"]
    assert found["parameters"][0] == {"clause": "FUR0201", "parameter": "at_least", "now": 3, "then": 4}
    assert (found["whole"]["now"]["violated"], found["whole"]["then"]["violated"]) == (4, 1006)
    moved = {each["manager"]: (each["now"]["missed"], each["then"]["missed"]) for each in found["managers"]}
    assert moved["Петров Иван"] == (1, 3)
    assert moved["Лишний Пётр"] == (0, 1000)
    assert moved["Смирнова Ольга"] == (0, 0)
    assert [(each["clause"], each["now"]["met"], each["then"]["met"]) for each in found["clauses"]] == [
        ("FUR0201", 14, 12), ("FUR0902", 2, 2),
    ]  # fmt: skip


def test_the_present_figures_are_those_of_the_report() -> None:
    report = json.loads("".join(json_of(supposing(STRICTER, CALLS))))
    for person in report["managers"]:
        (moved,) = [each for each in report["what_if"]["managers"] if each["manager"] == person["manager"]]
        assert moved["now"].items() <= person.items()


def test_names_are_masked_in_it_too() -> None:
    stranger = [score("Анна +7 916 123-45-67", "FUR0201", "high", missed=1), *SCORES]
    names = [each["manager"] for each in told(masked(supposing(stranger, CALLS)))["managers"]]
    assert "Анна +7 *** ***-45-67" in names


@pytest.mark.parametrize("report", [json_of, csv_of])
def test_without_it_the_reports_are_as_ever(report: Callable[[Audit], Any]) -> None:
    assert "what_if" not in "".join(report(sample()))


def test_csv_lists_the_present_duties() -> None:
    assert "".join(csv_of(supposing(STRICTER, CALLS))) == "".join(csv_of(sample()))


def test_the_terminal_without_it_has_no_section() -> None:
    stream = io.StringIO()
    print_report(sample(), console_for(stream))
    assert "WHAT IF" not in stream.getvalue()
