"""The report for people: what stands in it, and that nothing of a CRM can spoil it."""

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from syrupy.assertion import SnapshotAssertion

from auditor.audit.result import Audit, Coverage, Crash, Extent, PipelineFound, Remark, Scope, Status, Suspected
from auditor.inputs.tables import Place, Problem, Source
from auditor.reports.console import PIPE_WIDTH, console_for
from auditor.reports.terminal import print_report
from auditor.reports.view import View
from tests.reports.builders import AS_OF, CALLS_OWED, SCORES, STAYED, WAIVED, WAIVER, audit_of, duty, sample, score
from tests.reports.conftest import Printed


def text(printed: Printed, audit: Audit, width: int = 100) -> str:
    return printed(lambda console: print_report(audit, console), width)


EXTENT = Extent(1700, 1000, date(2024, 1, 9), date(2024, 3, 12))
SCOPE = Scope("last-week", date(2024, 3, 4), date(2024, 3, 10), ("Петров Иван", "Смирнова Ольга"), severity="medium",
              config="auditor.toml")  # fmt: skip
ODD = Suspected("Смирнова Ольга", "FUR0201", "burst", 5, ("501", "507"))
EVERYTHING = replace(sample(), extent=EXTENT, scope=SCOPE, suspected=(ODD,))
WIDTHS = pytest.mark.parametrize("width", [80, 120, PIPE_WIDTH])


@WIDTHS
def test_the_whole_report(printed: Printed, snapshot: SnapshotAssertion, width: int) -> None:
    assert text(printed, EVERYTHING, width) == snapshot


@WIDTHS
@pytest.mark.usefixtures("in_russian")
def test_the_whole_report_in_russian(printed: Printed, snapshot: SnapshotAssertion, width: int) -> None:
    assert text(printed, EVERYTHING, width) == snapshot


@pytest.mark.parametrize("width", [40, 60, 80, 120, 160])
def test_every_number_is_shown_whole_at_any_width(printed: Printed, width: int) -> None:
    audit = audit_of([], [score("Петров", "FUR0201", "high", met=11, late=222, missed=333, forbidden=444, pending=555,
                                unknown=666, waived=777)])  # fmt: skip
    shown = text(printed, audit, width)
    assert max(map(len, shown.splitlines())) <= width
    table = shown[shown.index("MANAGERS") :].split()
    for number in ("98.9", "999", "222", "333", "444", "555", "666", "777", "violated"):
        assert number in table
    for number in ("(11", "1,010),", "1.1%", "0.6%"):
        assert number in shown.split()


@pytest.mark.parametrize("width", [40, 80])
def test_words_are_never_cut(printed: Printed, width: int) -> None:
    shown = text(printed, sample(), width).split()
    assert not [
        word for word in ("unknown", "allowed", "«Преддоговор»", "https://crm.example/lead/501/") if word not in shown
    ]


@pytest.mark.parametrize(("columns", "width"), [("", 100), ("0", 100), ("x", 100), ("7", 40), ("72", 72), ("140", 140)])
def test_a_pipe_is_plain_and_as_wide_as_it_is_told(monkeypatch: pytest.MonkeyPatch, columns: str, width: int) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    long = {**CALLS_OWED, "why": "слово " * 80}
    stream = io.StringIO()
    print_report(audit_of([long], [score("Петров Иван", "FUR0201", "high", missed=1)]), console_for(stream))
    assert "\x1b" not in stream.getvalue()
    assert width - 6 <= max(map(len, stream.getvalue().splitlines())) <= width


def test_a_terminal_gets_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    stream = Terminal()
    print_report(sample(), console_for(stream))
    assert "\x1b[31m" in stream.getvalue()


def test_pipelines_are_told_only_where_they_are_renamed_or_left_out(printed: Printed) -> None:
    own = PipelineFound("Лиды", "FUR", None, 3, judged=True)
    assert "Pipelines" not in text(printed, replace(sample(), pipelines=(own,)))
    other = PipelineFound("Воронка продаж", "AGY", None, 3, judged=False)
    shown = text(printed, replace(sample(), pipelines=(own, other)))
    assert "Pipelines        not judged: “Воронка продаж” (3 deals)\n" in shown


def test_of_many_pipelines_the_first_few_are_told_and_how_many_more(printed: Printed) -> None:
    many = tuple(PipelineFound(f"П{number}", None, None, 1, judged=False) for number in range(8))
    shown = " ".join(text(printed, replace(sample(), pipelines=many)).split())
    assert "not judged: “П0” (1 deal), “П1” (1 deal)," in shown
    assert "“П5” (1 deal), and 2 more pipelines" in shown


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_violation_says_which_when_how_and_where(printed: Printed) -> None:
    lines = [line.strip() for line in text(printed, sample()).splitlines()]
    start = lines.index("!  Lead 501 · Лид с сайта, Анна · due 2024-03-05 · not done, 2 of 3 · FUR0201")
    assert lines[start + 1 : start + 5] == [
        "rule: Пока лид в “Недозвоне”, менеджер звонит клиенту не реже трёх раз в день.",
        "В «Недозвоне» 05.03.2024: нужно звонков 3, было 2.",
        "suspicious: three calls within five minutes",
        "Дела › 12, 13 · https://crm.example/lead/501/",
    ]


def test_what_was_judged_at_once_says_when_and_what_is_not_grave_has_no_mark(printed: Printed) -> None:
    assert "\n   Deal 1004 · Шкаф · 2024-03-11 12:00 · not allowed · FUR0601\n" in text(printed, sample())


def test_long_working_time_is_told_in_days(printed: Printed) -> None:
    long = duty(how="late", unit="working_hours", overrun=63.5, due=AS_OF)
    row = audit_of([long], [score("Петров Иван", "FUR0201", "high", late=1)])
    assert "done 7 working days late" in text(printed, row)
    assert "done 2 working days late" in text(printed, replace(row, hours_a_day=24))


def test_waived_ones_come_last_and_are_marked(printed: Printed) -> None:
    audit = audit_of([WAIVED, STAYED], [score("Петров Иван", "FUR0902", "high", late=1, waived=1)])
    shown = text(printed, audit)
    assert shown.index("!  Deal 1002") < shown.index("   Deal 1003")
    assert "\n     waived by Главный until 2024-03-31: клиент в отпуске\n" in shown
    assert "ПЕТРОВ ИВАН — 1 violation · 1 waived · kept 0% (0 of 1), 0% before waivers" in shown


def test_long_lists_are_cut_and_say_so(printed: Printed) -> None:
    duties = [{**CALLS_OWED, "deal": str(9000 + number)} for number in range(37)]
    shown = text(printed, audit_of(duties, [score("Петров Иван", "FUR0201", "high", missed=37)]))
    assert [number for number in range(9000, 9037) if f"Lead {number}" in shown] == list(range(9000, 9005))
    assert "… and 32 more of FUR0201. The whole list: --output report.csv" in shown
    assert shown.count("rule: Пока лид") == 1
    whole = printed(lambda console: print_report(audit_of(duties, SCORES), console, View(full=True)), 100)
    assert "Lead 9036" in whole and "more of FUR0201" not in whole


def test_a_list_that_fits_is_not_cut(printed: Printed) -> None:
    duties = [{**CALLS_OWED, "deal": str(9000 + number)} for number in range(5)]
    shown = text(printed, audit_of(duties, [score("Петров Иван", "FUR0201", "high", missed=5)]))
    assert "Lead 9004" in shown
    assert "more of" not in shown


def test_the_gravest_clauses_of_a_manager_come_first(printed: Printed) -> None:
    low = {**CALLS_OWED, "clause": "FUR0203", "severity": "low"}
    audit = audit_of([low, STAYED], [score("Петров Иван", "FUR0203", "low", missed=1),
                                     score("Петров Иван", "FUR0902", "high", late=1)])  # fmt: skip
    shown = text(printed, audit)
    assert shown.index("done 2 days 11 h late · FUR0902") < shown.index("not done, 2 of 3 · FUR0203")


def test_markup_and_control_characters_of_a_crm_are_harmless(printed: Printed) -> None:
    bad = "[red]a[/red] :smile: \x1b[31m\u202eb\x07[/]"
    row = {**CALLS_OWED, "title": bad, "why": bad, "manager": bad, "link": bad, "suspect": [bad], "deal": bad,
           "evidence": [Place(bad, bad, 3, bad)]}  # fmt: skip
    audit = replace(
        audit_of([row], [score(bad, "FUR0201", "high", missed=1)]),
        problems=(Problem(Place(bad), bad),),
        coverage=(Coverage("FUR0202", Status.NOT_CHECKED, bad),),
        crashes=(Crash("FUR0601", bad),),
        supposed_days_off={bad: (date(2024, 3, 4),)},
    )
    shown = text(printed, audit, 160)
    assert not set("\x1b\u202e\x07") & set(shown)
    assert shown.count("[red]a[/red] :smile: [31mb[/]") >= 8


def test_a_huge_title_does_not_fill_the_screen(printed: Printed) -> None:
    audit = audit_of([{**CALLS_OWED, "title": "ы" * 1_000_000}], [score("Петров Иван", "FUR0201", "high", missed=1)])
    assert len(text(printed, audit)) < 3000


def test_an_empty_audit_says_that_nothing_was_owed(printed: Printed) -> None:
    audit = replace(audit_of([], []), regulations=(), coverage=())
    shown = text(printed, audit)
    assert "No duty of a manager arose in this data." in shown
    assert "Nothing to judge: no clause is left to check by." in shown
    assert "2024" not in shown


def test_a_clean_audit_says_so(printed: Printed) -> None:
    shown = text(printed, audit_of([], [score("Петров Иван", "FUR0201", "high", met=12)]))
    assert shown.endswith("\nSum: no violations, kept 100% (12 of 12).")


def test_an_audit_of_unknowns_promises_nothing(printed: Printed) -> None:
    shown = text(printed, audit_of([], [score("Петров Иван", "FUR0201", "high", unknown=12)]))
    row = next(line for line in shown.splitlines() if line.startswith("Петров Иван"))
    assert row.split()[-3:] == ["—", "·", "12"]
    assert "100%" not in shown
    assert "Nothing to judge: 12 duties arose, and all are unknown." in shown


def test_violations_are_not_denied(printed: Printed) -> None:
    assert "no violations" not in text(printed, sample())


def test_a_crash_is_named_and_the_rest_reported(printed: Printed) -> None:
    shown = text(printed, replace(sample(), crashes=(Crash("FUR0601", "ValueError: no such stage"),)), 160)
    assert "The check of FUR0601 failed, so nothing is known of it; the other clauses are reported." in shown
    assert "ValueError: no such stage" in shown
    assert "done 2 days 11 h late · FUR0902" in shown


def test_the_header_says_what_was_read_and_what_could_not_be_checked(printed: Printed) -> None:
    shown = text(printed, sample(), 160)
    assert "as of 2024-03-12 18:00 (Europe/Moscow)" in shown
    assert "march.xlsx › Дела · activities · 60,000 rows · 1 row not read" in shown
    assert "4 clauses checked · 1 not checked · 1 to be checked by hand" in shown
    assert "Нет исходящих сообщений — 1 clause" in shown
    assert "FUR0201.at_least = 4 (by default 3)" in shown
    assert "march.xlsx › Дела › 77 › Время: не дата: «вчера»" in shown


def test_what_is_missing_most_stands_first(printed: Printed) -> None:
    gone = [
        Coverage("FUR0201", Status.NOT_CHECKED, "needs calls", missing=("calls",)),
        Coverage("FUR0202", Status.NOT_CHECKED, "needs messages, calls", missing=("messages", "calls")),
    ]
    shown = text(printed, replace(sample(), coverage=tuple(gone)))
    assert shown.index("Calls — 2 clauses") < shown.index("Messages — 1 clause")
    assert "all of it" not in shown


def test_of_much_that_is_missing_the_first_is_shown_and_the_way_to_the_rest(printed: Printed) -> None:
    gone = [Coverage(f"FUR02{n:02}", Status.NOT_CHECKED, missing=(f"field {n:02}",)) for n in range(1, 8)]
    shown = text(printed, replace(sample(), coverage=tuple(gone)))
    assert "Field 06 — 1 clause" in shown
    assert "Field 07" not in shown
    assert "… all of it: auditor inspect FILES" in shown


def test_clauses_checked_in_part_for_one_reason_share_a_line(printed: Printed) -> None:
    part = [Coverage(code, Status.CHECKED, "approvals could not be seen") for code in ("FUR0902", "FUR0903")]
    shown = text(printed, replace(sample(), coverage=tuple(part)))
    assert "Approvals could not be seen: FUR0902, FUR0903" in shown


def test_many_problems_show_the_first_and_the_way_to_all(printed: Printed) -> None:
    problems = tuple(Problem(Place("f.csv", None, number), "bad") for number in range(2, 1002))
    shown = text(printed, replace(sample(), problems=problems))
    assert "1,000:" in shown
    assert "f.csv › 2: bad; and 999 more rows like it: 3, 4, 5, 6, 7 …" in shown
    assert "f.csv › 3: bad" not in shown
    assert "… all of them: auditor inspect FILES" in shown


def test_many_files_show_the_first_and_their_number(printed: Printed) -> None:
    inputs = tuple(Source(f"{number}.csv", None, "deals", "plain", 1, 0, number) for number in range(40))
    shown = text(printed, replace(sample(), inputs=inputs))
    assert "11.csv · deals · 1 row" in shown
    assert "12.csv" not in shown
    assert "… and 28 more sheets" in shown


def test_waivers_to_look_at_and_supposed_days_off_are_named(printed: Printed) -> None:
    days = tuple(date(2024, 1, 9) + timedelta(days) for days in range(13))
    shown = text(printed, replace(sample(), supposed_days_off={"Смирнова Ольга": days}), 160)
    assert "SUPPOSED DAYS OFF" in shown
    assert (
        "WAIVERS TO LOOK AT\n"
        "waivers.csv › 2: expired\n"
        "  FUR02, Петров Иван until 2024-02-01, approved by Главный: болел\n"
        "waivers.csv › 3: excused nothing; the exports have no deal 1009\n"
        "  1009 until 2024-04-01, approved by Главный: спор с клиентом\n"
    ) in shown
    assert shown.count("клиент в отпуске") == 1
    assert "2024-01-18 and 3 more days" in shown


def test_a_waiver_that_excuses_is_told_before_it_ends(printed: Printed) -> None:
    ending = replace(WAIVER, remarks=(Remark("ends_soon", "ends in 3 days"),), place=Place("w.csv", None, 7))
    shown = text(printed, replace(sample(), waivers=(WAIVER, ending)), 160)
    assert "w.csv › 7: ends in 3 days\n  FUR0902, 1003 until 2024-03-31, approved by Главный: клиент" in shown
    assert shown.count("FUR0902, 1003 until") == 1


def test_nothing_is_said_of_waivers_and_days_off_where_there_are_none(printed: Printed) -> None:
    shown = text(printed, audit_of([STAYED], SCORES))
    assert "WAIVERS TO LOOK AT" not in shown
    assert "SUPPOSED DAYS OFF" not in shown


def test_a_duty_without_a_name_is_nobodys(printed: Printed) -> None:
    row = duty(deal="7", manager="", department="", due=AS_OF)
    line = {**score("", "FUR0201", "high", missed=1), "department": ""}
    shown = text(printed, audit_of([row], [line]))
    assert "NOBODY BY NAME — 1 violation" in shown
    assert "Deal 7 · Кухня" in shown


def test_rows_of_one_sheet_stand_together_and_are_cut(printed: Printed) -> None:
    places = [Place("a.csv", None, 2), Place("a.csv", None, 3, "Телефон"), *(Place("b.xlsx", "И", n) for n in range(9))]
    audit = audit_of([{**CALLS_OWED, "evidence": places}], [score("Петров Иван", "FUR0201", "high", missed=1)])
    assert "a.csv › 2, 3 (Телефон); b.xlsx › И › 0, 1 and 7 more rows" in text(printed, audit)


def test_of_one_file_only_the_sheets_are_named(printed: Printed) -> None:
    one, *_others = sample().inputs
    audit = replace(audit_of([STAYED], [score("Петров Иван", "FUR0902", "high", late=1)]), inputs=(one,))
    assert "     История › 7, 9" in text(printed, audit)
    assert "     march.xlsx › История › 7, 9" in text(printed, replace(audit, inputs=(one, replace(one, file="b.csv"))))
