"""The report as a workbook, read back: its figures, its texts, how it is set to be printed."""

import gc
import io
import re
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from syrupy.assertion import SnapshotAssertion

from auditor.audit.result import Crash, Extent, Scope
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import Place, Problem
from auditor.reports.names import file_names, sheet_names
from auditor.reports.safe import clean
from auditor.reports.workbook import book, lists, people, problems
from auditor.reports.workbook.book import fitting, written_book
from auditor.reports.workbook.report import write_workbook
from tests.reports.builders import (
    AS_OF,
    CALLS_OWED,
    DUTIES,
    OWED_LATER,
    SCORES,
    STAYED,
    WENT_BACK,
    audit_of,
    duty,
    row,
    sample,
    score,
)
from tests.reports.workbooks import Front, book_of, bytes_of, listed, parts_of, rows_of, text_of

EXTENT = Extent(1000, 701, date(2024, 1, 9), date(2024, 3, 12))
WHOLE = replace(sample(), extent=EXTENT)


# ── the whole ──


def test_the_workbook_in_english(snapshot: SnapshotAssertion) -> None:
    assert text_of(book_of(WHOLE)) == snapshot


@pytest.mark.usefixtures("in_russian")
def test_the_workbook_in_russian(snapshot: SnapshotAssertion) -> None:
    assert text_of(book_of(WHOLE)) == snapshot


def test_the_same_audit_gives_the_same_bytes() -> None:
    assert bytes_of(WHOLE) == bytes_of(WHOLE)


def test_the_properties_tell_the_moment_of_the_audit_and_neither_path_nor_user() -> None:
    made = book_of(WHOLE).properties
    assert (made.creator, made.created, made.modified) == ("auditor", AS_OF, AS_OF)
    assert (made.title, made.lastModifiedBy) == ("Audit of sales regulations", "auditor")
    parts = parts_of(bytes_of(WHOLE))
    assert not [name for name, text in parts.items() if re.search(r"/tmp|/home|/root|\\Users", text)]


def test_what_cannot_be_written_is_an_error_of_the_system_and_nothing_fails_after_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    later: list[Any] = []
    monkeypatch.setattr("sys.unraisablehook", later.append)

    class Full(io.BytesIO):
        def write(self, content: Any, /) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        write_workbook(WHOLE, Full())
    gc.collect()
    assert later == []


# ── the first sheet ──


def test_what_was_judged_and_what_narrows_the_report_stand_above_the_figures() -> None:
    audit = replace(WHOLE, scope=Scope(managers=("Петров Иван",), severity="medium"))
    assert [values[0] for values in Front.of(book_of(audit)).rows[:4]] == [
        "Audit by the regulation FUR · Мебельная компания",
        "as of 2024-03-12 18:00 (Europe/Moscow) · 1,000 deals, 701 leads · records of 2024-01-09 – 2024-03-12",
        "period: all · only Петров Иван · severity from medium on",
        "4 clauses checked · 1 not checked · 1 to be checked by hand",
    ]


def test_what_narrows_the_report_is_seen_as_a_whole_however_long_it_is() -> None:
    audit = replace(WHOLE, scope=Scope(managers=tuple(f"Менеджеров Менеджер {n}" for n in range(14))))
    sheet = book_of(audit).worksheets[0]
    assert "A3:O3" in {str(merged) for merged in sheet.merged_cells.ranges}
    assert (sheet.row_dimensions[2].height, sheet.row_dimensions[3].height) == (13.5, 2 * 13.5)


def test_what_failed_and_why_nothing_was_judged_is_told_in_the_first_sheet() -> None:
    audit = replace(audit_of([], []), crashes=(Crash("FUR0201", "ValueError: no"),))
    shown = [values[0] for values in Front.of(book_of(audit)).rows[:8]]
    assert [text for text in shown if text and text.startswith("Nothing to judge")]
    assert [text for text in shown if text and text.startswith("The check of FUR0201 failed")]


def test_the_heat_map_tells_who_broke_what_and_is_coloured() -> None:
    made = book_of(WHOLE)
    assert Front.of(made).table("What is broken most, and by whom") == [
        {"Clause": f"{clause} · {text}", "how often": 1, "Петров Иван": him, "Смирнова Ольга": her, "CRM robot": robot}
        for clause, text, him, her, robot in (
            ("FUR0201", "Пока лид в “Недозвоне”, менеджер звонит клиенту не реже трёх раз в день.", 1, 0, 0),
            ("FUR0902", "Сделка стоит в “Преддоговоре” не дольше 30 дней.", 1, 0, 0),
            ("FUR0601", "Из “Предзамера” не возвращаются в “Просчёт”.", 0, 1, 0),
            ("FUR0203", "О недозвоне сообщают секретарю.", 0, 0, 1),
        )
    ]
    [(cells, [rule])] = made.worksheets[0].conditional_formatting._cf_rules.items()
    start = next(n for n, values in enumerate(Front.of(made).rows, 1) if values[1] == "how often") + 1
    assert (str(cells.sqref), rule.type) == (f"C{start}:E{start + 3}", "colorScale")


def test_of_many_people_the_heat_map_tells_the_first_and_the_others_together() -> None:
    many = [score(f"М{n:02}", "FUR0201", "high", met=90, missed=20 - n) for n in range(14)]
    [clause] = Front.of(book_of(audit_of([], many))).table("What is broken most, and by whom")
    assert list(clause)[2:] == [*(f"М{n:02}" for n in range(11)), "others"]
    assert clause["others"] == 9 + 8 + 7


def test_of_many_clauses_the_first_sheet_tells_where_the_others_stand() -> None:
    clauses = tuple(replace(WHOLE.regulations[0].clauses[0], code=f"FUR{n:04}") for n in range(30))
    broken = [score("Петров", clause.code, "high", met=10, missed=1) for clause in clauses]
    audit = replace(audit_of([], broken), regulations=(replace(WHOLE.regulations[0], clauses=clauses),))
    made = book_of(audit)
    assert "… and 5 more clauses: sheet “Clauses”" in [values[0] for values in Front.of(made).rows]
    assert [values[0] for values in rows_of(made["Clauses"])[1:31]] == [clause.code for clause in clauses]


def test_departments_and_money_are_told_where_there_are_some() -> None:
    other = {**score("Орлов", "FUR0201", "high", met=10, late=5), "department": "Опт"}
    audit = audit_of([{**CALLS_OWED, "at_stake": 120000.5}], [*SCORES, other])
    front = Front.of(book_of(audit))
    assert [(each["Name"], each["violated"]) for each in front.table("Departments")] == [("Опт", 5), ("Розница", 3)]
    assert front.figure("Open deals with violations, sum") == 120000.5
    [him] = [each for each in front.table("Managers") if each["Name"] == "Петров Иван"]
    assert him["sum of deals with violations"] == 120000.5
    plain = Front.of(book_of(WHOLE))
    assert not [values for values in plain.rows if values[0] in ("Departments", "Open deals with violations, sum")]


def test_the_chart_shows_each_managers_violations_by_how() -> None:
    made = book_of(WHOLE)
    sheet = made.worksheets[0]
    [chart] = sheet._charts
    first = next(n for n, values in enumerate(rows_of(sheet), 1) if values[0] == "Смирнова Ольга")
    titles = rows_of(sheet)[first - 2]
    drawn = {
        titles["ABCDEFGHIJK".index(series.val.numRef.f.split("$")[1])]: series.val.numRef.f for series in chart.series
    }
    assert drawn == {
        title: f"Summary!${column}${first}:${column}${first + 1}"
        for title, column in (("late", "E"), ("not done", "F"), ("not allowed", "G"))
    }
    xml = parts_of(bytes_of(WHOLE))["xl/charts/chart1.xml"]
    assert re.findall(r"<c:v>([^<]*)</c:v>", xml) == [
        "late", "Смирнова Ольга", "Петров Иван", "0", "1",
        "not done", "Смирнова Ольга", "Петров Иван", "0", "1",
        "not allowed", "Смирнова Ольга", "Петров Иван", "1", "0",
    ]  # fmt: skip


def test_without_a_violation_there_is_no_chart() -> None:
    assert book_of(audit_of([], [score("Петров", "FUR0201", "high", met=10)])).worksheets[0]._charts == []


# ── a person's sheet ──


def test_what_is_owed_stands_first_then_what_was_violated_the_gravest_first() -> None:
    duties = [
        {**WENT_BACK, "manager": "Петров Иван"},
        STAYED,
        {**OWED_LATER, "manager": "Петров Иван"},
        {**OWED_LATER, "manager": "Петров Иван", "id": "b0", "due": datetime(2024, 3, 14)},
        {**STAYED, "id": "w", "verdict": "waived"},
        {**STAYED, "id": "m", "verdict": "met"},
        {**STAYED, "id": "u", "verdict": "unknown"},
    ]
    audit = audit_of(duties, SCORES)
    shown = listed(book_of(audit)["Петров Иван"])
    assert [each["Duty id"] for each in shown] == ["b0", "b3", "a2", "b1", "w", "u", "m"]


def test_a_violation_in_full() -> None:
    audit = audit_of([{**CALLS_OWED, "at_stake": 5000}, {**STAYED, "id": "x", "incident": "a1"}], SCORES)
    [him] = [each for each in listed(book_of(audit)["Петров Иван"]) if each["Duty id"] == "a1"]
    assert him == {
        "Verdict": "Violated", "How": "not done", "Severity": "high", "Clause": "FUR0201", "Deal or lead": "Lead 501",
        "Title": "Лид с сайта, Анна", "Due": datetime(2024, 3, 5, 23, 59, 59), "Overrun": 1, "Unit": "times",
        "What happened": "В «Недозвоне» 05.03.2024: нужно звонков 3, было 2.",
        "Source rows": "march.xlsx › Дела › 12, 13",
        "What it asks": "Пока лид в “Недозвоне”, менеджер звонит клиенту не реже трёх раз в день.",
        "Checklist": "✗ звонок — 2, needed: 3",
        "The same act breaks":
            "this breaks FUR0902 as well: Сделка стоит в “Преддоговоре” не дольше 30 дней.",
        "Arose": datetime(2024, 3, 5), "Done": None, "Measured": 2, "Limit": 3, "Amount of the open deal": 5000,
        "Suspicious": "three calls within five minutes", "Waiver": None, "Manager": "Петров Иван",
        "Department": "Розница", "Duty id": "a1",
    }  # fmt: skip


def test_a_deal_opens_where_its_address_is_one_of_the_web() -> None:
    links = ["https://crm.example/lead/501/", "javascript:alert(1)", "file:///etc/passwd", "https://x/" + "y" * 2000]
    audit = audit_of([{**CALLS_OWED, "id": f"a{n}", "link": link} for n, link in enumerate(links)], SCORES)
    cells = [cells[4] for cells in book_of(audit)["Петров Иван"].iter_rows(min_row=7)]
    assert [cell.hyperlink and cell.hyperlink.target for cell in cells] == [links[0], None, None, None]
    assert [cell.value for cell in cells] == ["Lead 501", *(f"Lead 501 {link}" for link in links[1:])]


def test_all_rows_that_show_a_violation_are_named() -> None:
    audit = audit_of([{**CALLS_OWED, "evidence": [row(n) for n in range(1, 21)]}], SCORES)
    [him] = listed(book_of(audit)["Петров Иван"])
    assert him["Source rows"] == f"march.xlsx › Дела › {', '.join(map(str, range(1, 21)))}"


def test_a_list_is_filtered_keeps_its_head_in_sight_and_is_printed_across_one_page() -> None:
    sheet = book_of(WHOLE)["Петров Иван"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A7", "A6:X9", "$6:$6")
    assert sheet.print_area == "'Петров Иван'!$A$1:$K$9"
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToHeight) == ("landscape", 9, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_wrapped_texts_have_room() -> None:
    long = {**CALLS_OWED, "why": "Ждали. " * 60}
    heights = [book_of(audit_of([each], SCORES))["Петров Иван"].row_dimensions[7].height for each in (CALLS_OWED, long)]
    assert heights[1] > 2 * heights[0]


def test_what_does_not_fit_into_one_sheet_stands_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "ROWS", 2)
    audit = audit_of([{**CALLS_OWED, "id": f"a{n}"} for n in range(5)], SCORES)
    made = book_of(audit)
    assert made.sheetnames[1:4] == ["Петров Иван", "Петров Иван (2)", "Петров Иван (3)"]
    assert [len(listed(made[name])) for name in made.sheetnames[1:4]] == [2, 2, 1]


def test_so_many_problems_that_they_need_a_second_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problems, "ROWS", 2)
    made = book_of(replace(WHOLE, problems=tuple(Problem(Place("a.csv", None, n), "no date") for n in range(1, 4))))
    assert [len(rows_of(made[name])) for name in ("Problems", "Problems (2)")] == [3, 2]


def test_people_without_a_sheet_of_their_own_share_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "MOST_SHEETS", 1)
    made = book_of(WHOLE)
    assert made.sheetnames == ["Summary", "Смирнова Ольга", "Other people", "Clauses", "Problems"]
    shown = listed(made["Other people"])
    assert [(each["Manager"], each["Duty id"]) for each in shown] == [
        ("Петров Иван", "a1"), ("Петров Иван", "a2"), ("Петров Иван", "a3"), (None, "c1"),
    ]  # fmt: skip


# ── the other sheets ──


def test_clauses_that_were_not_checked_say_why() -> None:
    shown = {values[0]: values for values in rows_of(book_of(WHOLE)["Clauses"])}
    assert shown["FUR0202"][1:4] == ["Каждый рабочий день клиенту пишут.", None, "no: нет исходящих сообщений"]
    assert shown["FUR"][3] == "by hand"
    assert shown["FUR0201"][2:4] == ["high", "yes"]


def test_problems_stand_with_their_places_what_was_refused_first() -> None:
    refused = Problem(Place("b.csv"), "damaged", Trouble.REFUSED)
    shown = rows_of(book_of(replace(WHOLE, problems=(*WHOLE.problems, refused)))["Problems"])
    assert shown == [
        ["Gravity", "File", "Sheet", "Row", "Column", "What"],
        ["not read", "b.csv", None, None, None, "damaged"],
        ["slight", "march.xlsx", "Дела", 77, "Время", "не дата: «вчера»"],
    ]


def test_without_problems_there_is_no_sheet_of_them() -> None:
    assert book_of(audit_of(DUTIES, SCORES)).sheetnames[-1] == "Clauses"


# ── texts ──

HOSTILE = [
    "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "＝1", "\u202e=1", "{=1+1}", "'quoted", "http://evil.example", "1e5",
    "007", "TRUE", "#REF!", "_x0041_", "a\x07b\tc", "<r><t>x</t></r>", "<b>&amp;", "]]>", "internal:Sheet!A1",
]  # fmt: skip


def shown_as(text: str) -> str:
    """A blank before it keeps what looks like the writer's own markup a text."""
    return f" {clean(text)}" if clean(text).startswith("<r>") else clean(text)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["title", "why", "deal", "manager", "link"])
def test_a_text_is_a_text_and_never_a_formula(name: str, text: str) -> None:
    who = text if name == "manager" else "Петров Иван"
    audit = audit_of([{**CALLS_OWED, name: text}], [score(who, "FUR0201", "high", missed=1)])
    content = bytes_of(audit)
    assert not [part for part, xml in parts_of(content).items() if "sheet" in part and re.search(r"<f\b", xml)]
    [shown] = listed(load_workbook(io.BytesIO(content)).worksheets[1])
    titles = {"title": "Title", "why": "What happened", "manager": "Manager"}
    if name in titles:
        assert shown[titles[name]].replace("_x005F_", "_") == shown_as(text)  # so Excel writes «_» before «x0041_»
    assert "\x07" not in str(shown)


def test_what_would_be_computed_stays_a_text_when_its_cell_is_edited() -> None:
    audit = audit_of([{**CALLS_OWED, "title": "=1+1"}, {**CALLS_OWED, "title": "Кухня"}], SCORES)
    cells = [cells[5] for cells in book_of(audit)["Петров Иван"].iter_rows(min_row=7)]
    assert [(cell.value, cell.data_type, bool(cell.style and cell.quotePrefix)) for cell in cells] == [
        ("=1+1", "s", True), ("Кухня", "s", False),
    ]  # fmt: skip


@given(st.lists(st.text(max_size=40), min_size=1, max_size=40))
@settings(max_examples=15, deadline=None)
def test_any_text_comes_back_as_it_is_shown(texts: list[str]) -> None:
    file = io.BytesIO()
    with written_book(file, texts[0], AS_OF) as made:
        sheet = made.sheet(texts[0], [10, 10])
        for text in texts:
            sheet.line(("", "text"), (text, "text"), ((text, text), "wrapped"))
    for text, (_blank, one, lines) in zip(texts, rows_of(load_workbook(file).worksheets[0]), strict=True):
        assert (one or "") == fitting(clean(text))
        assert (lines or "").strip() == fitting(f"{clean(text)}\n{clean(text)}").strip()


def test_a_text_longer_than_a_cell_says_that_it_was_cut() -> None:
    audit = audit_of([{**CALLS_OWED, "why": "Ж" * 40_000}, {**CALLS_OWED, "id": "e", "why": "🙂" * 20_000}], SCORES)
    told = " … (no more fits into a cell: the whole text is in the JSON report)"
    for shown in listed(book_of(audit)["Петров Иван"]):
        assert shown["What happened"].endswith(told)
        assert len(shown["What happened"].encode("utf-16-le")) // 2 in (32_766, 32_767)
    assert fitting("Ж" * 32_767) == "Ж" * 32_767


# ── names ──


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("Иванов Иван", "Иванов Иван"),
        ("Дизайнер: Петров/Сидоров [опт]", "Дизайнер Петров Сидоров опт"),
        ("'Орлов'", "Орлов"),
        ("а" * 40, "а" * 31),
        ("🙂" * 20, "🙂" * 15),
        ("History", "History (2)"),
        ("***", "_"),
        ("", "_"),
    ],
)
def test_names_of_sheets_are_those_that_excel_allows(wanted: str, name: str) -> None:
    assert sheet_names().free(wanted) == name


def test_no_two_sheets_have_one_name_whatever_its_case() -> None:
    names, long = sheet_names(), "а" * 40
    assert [names.free(name) for name in ("Орлов", "орлов", "ОРЛОВ", long, long)] == [
        "Орлов", "орлов (2)", "ОРЛОВ (3)", "а" * 31, "а" * 27 + " (2)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ('Отдел "Кухни" <опт>', "Отдел Кухни опт"),
        ("../../etc/passwd", "etc passwd"),
        ("con", "con (2)"),
        ("Орлов А.", "Орлов А"),
        ("ж" * 200, "ж" * 80),
    ],
)
def test_names_of_files_are_those_that_every_system_allows(wanted: str, name: str) -> None:
    assert file_names().free(wanted) == name


def test_a_workbook_of_many_people_with_one_name_in_the_first_letters() -> None:
    names = [f"{'Константинопольский ' * 2}{n}" for n in range(3)]
    audit = audit_of(
        [duty(id=f"d{n}", manager=name) for n, name in enumerate(names)],
        [score(name, "FUR0201", "high", missed=1) for name in names],
    )
    made = book_of(audit)
    assert len({name.casefold() for name in made.sheetnames}) == len(made.sheetnames) == 5
    assert max(map(len, made.sheetnames)) <= 31


def test_a_list_is_so_short_that_excel_follows_all_its_links() -> None:
    assert book.ROWS <= 65_530 < 1_048_576
