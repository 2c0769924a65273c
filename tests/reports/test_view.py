"""What `--quiet`, `--stats`, `--full` and `--all-duties` make of the report."""

from dataclasses import replace

from auditor.audit.result import Audit, Suspected
from auditor.reports.terminal import print_report
from auditor.reports.view import Part, View
from tests.reports.builders import CALLS_OWED, STAYED, audit_of, duty, sample, score
from tests.reports.conftest import Printed

ODD = Suspected("Петров Иван", "FUR0201", "burst", 5, ("501", "502"))


def text(printed: Printed, audit: Audit, view: View) -> str:
    return printed(lambda console: print_report(audit, console, view), 120)


def test_the_sum_alone(printed: Printed) -> None:
    told = "\nSum: 4 violations, 2 of high severity. The whole list: --output report.csv"
    assert text(printed, sample(), View(Part.SUM)) == told
    clean = audit_of([], [score("Петров Иван", "FUR0201", "high", met=12)])
    assert text(printed, clean, View(Part.SUM)) == "\nSum: no violations, kept 100% (12 of 12)."


def test_the_sum_of_nothing_says_why(printed: Printed) -> None:
    told = text(printed, audit_of([], []), View(Part.SUM)).splitlines()
    assert told[0] == "Nothing to judge: no deal came to a point at which a clause asks for anything."
    assert told[1].startswith("→ see with auditor inspect FILES")


def test_what_is_broken_most_alone_and_in_full(printed: Printed) -> None:
    scores = [score("Петров Иван", "FUR0201", "high", missed=1), score("Орлов", "FUR0601", "medium", forbidden=1)]
    shown = text(printed, audit_of([], scores), View(Part.STATS))
    assert shown.splitlines()[1] == "WHAT IS BROKEN MOST"
    assert "MANAGERS" not in shown and "Sum: 2 violations" in shown
    rows = [line for line in shown.splitlines() if "FUR0" in line]
    assert [row[:10] for row in rows] == ["!  FUR0201", "   FUR0601"]
    assert [row.split()[-1] for row in rows] == ["Иван", "Орлов"]
    alone = text(printed, audit_of([], scores[:1]), View(Part.STATS))
    assert "!  FUR0201" in alone


def test_in_full_nothing_is_cut_and_the_rules_to_check_by_hand_are_named(printed: Printed) -> None:
    short, full = text(printed, sample(), View()), text(printed, sample(), View(full=True))
    assert "Разговор ведут по сценарию." not in short
    assert "FUR: what no export can show\n  Недозвон · Разговор ведут по сценарию. · Записей разговоров нет" in full


def test_met_and_unknown_duties_come_after_what_was_broken(printed: Printed) -> None:
    met = {**STAYED, "id": "m1", "deal": "2001", "verdict": "met", "how": "", "overrun": None, "why": "Ушла в срок."}
    unknown = duty(id="u1", clause="FUR0902", deal="2002", verdict="unknown", how="", why="Нет выгрузки сообщений.")
    scores = [
        score("Петров Иван", "FUR0902", "high", met=1, unknown=1),
        score("Петров Иван", "FUR0201", "high", missed=1),
    ]
    shown = text(printed, audit_of([met, unknown, CALLS_OWED], scores), View())
    assert shown.index("Lead 501") < shown.index("Deal 2002") < shown.index("Deal 2001")
    assert "   Deal 2001 · Кухня для Сидоровой · due 2024-03-02 · met · FUR0902" in shown
    assert "   Deal 2002 · Кухня · unknown · FUR0902" in shown
    assert "Нет выгрузки сообщений." in shown


def test_what_was_met_by_something_odd_is_named_with_its_deals(printed: Printed) -> None:
    shown = text(printed, replace(sample(), suspected=(ODD,)), View())
    start = shown.index("COUNTED AS DONE, BUT SUSPICIOUS")
    assert shown[start:].splitlines()[1:3] == [
        "  Петров Иван  FUR0201 · three calls within five minutes — 5 times: 501, 502 and 3 more",
        "Each of them: --all-duties. Not to count them: --strict.",
    ]
    assert "COUNTED AS DONE" not in text(printed, sample(), View())


def test_of_many_oddities_those_that_repeat_most_are_shown(printed: Printed) -> None:
    many = tuple(replace(ODD, clause=f"FUR02{n:02}", times=n) for n in range(1, 14))
    shown = text(printed, replace(sample(), suspected=many), View())
    assert "FUR0213" in shown and "FUR0204 " in shown and "FUR0203 · three" not in shown
    assert "… and 3 more lines. --full" in shown
    assert "FUR0203 · three" in text(printed, replace(sample(), suspected=many), View(full=True))
