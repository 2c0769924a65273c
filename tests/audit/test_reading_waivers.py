"""Waivers as people write them: what is read, and which rows do not count and why."""

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from auditor import i18n
from auditor.audit.read_waivers import read_waivers
from auditor.audit.result import Waiver
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import Place, Problem

CODES = ("FUR0201", "FUR0902", "AGY0001")
HEADER = "Пункт;Сделка;Менеджер;С;По;Утвердил;Причина\n"


@pytest.fixture(autouse=True)
def english() -> None:
    i18n.activate("en")


def read(tmp_path: Path, text: str, encoding: str = "utf-8") -> tuple[list[Waiver], list[Problem]]:
    path = tmp_path / "waivers.csv"
    path.write_bytes(text.encode(encoding))
    return read_waivers(path, CODES)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
def test_a_table_in_russian(tmp_path: Path, encoding: str) -> None:
    text = (
        HEADER + "FUR0902;101;;01.03.2026;31.05.2026;Главный;Клиент в отпуске\n;;Иванов;;2026-06-30;Главный;Обучение\n"
    )
    assert read(tmp_path, text, encoding) == (
        [
            Waiver("FUR0902", "101", "", date(2026, 3, 1), date(2026, 5, 31), "Главный", "Клиент в отпуске"),
            Waiver("", "", "Иванов", None, date(2026, 6, 30), "Главный", "Обучение"),
        ],
        [],
    )


def test_each_waiver_knows_its_row(tmp_path: Path) -> None:
    waivers, _problems = read(tmp_path, HEADER + ";1;;;31.05.2026;Главный;Отпуск\n;2;;;31.05.2026;Главный;Отпуск\n")
    assert [waiver.place for waiver in waivers] == [Place("waivers.csv", None, 2), Place("waivers.csv", None, 3)]


def test_a_workbook_in_english_with_real_dates_and_a_prefix(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Waivers"
    book.active.append(["Reason", "clause", "Approved by", "until", "deal"])
    book.active.append(["Holidays", "fur09", "Boss", datetime(2026, 5, 31), 101])
    book.save(tmp_path / "w.xlsx")
    expected = Waiver("FUR09", "101", "", None, date(2026, 5, 31), "Boss", "Holidays")
    assert read_waivers(tmp_path / "w.xlsx", CODES) == ([expected], [])


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("FUR0902;1;;;;Главный;Отпуск", "“по” (until) is empty"),
        ("FUR0902;1;;;31.05.2026;;", "“утвердил” (approved_by), “причина” (reason) is empty"),
        (";;;;31.05.2026;Главный;Отпуск", "it names no clause, no deal and no manager, and would excuse everything"),
        (
            "FUR0903;1;;;31.05.2026;Главный;Отпуск",
            "no clause's code begins with “FUR0903”. Did you mean “FUR0902”?",
        ),
        ("FUR0902;1;;01.06.2026;31.05.2026;Главный;Отпуск", "it ends before it begins"),
        ("FUR0902;1;;;31.02.2026;Главный;Отпуск", "“31.02.2026” is no date; write 31.05.2026"),
    ],
)
def test_a_row_that_does_not_count_is_a_problem_with_its_place(tmp_path: Path, row: str, why: str) -> None:
    good = "FUR0201;1;;;31.05.2026;Главный;Отпуск\n"
    waivers, problems = read(tmp_path, HEADER + good + row + "\n")
    assert [waiver.clause for waiver in waivers] == ["FUR0201"]
    assert problems == [Problem(Place("waivers.csv", None, 3), f"this waiver does not count: {why}", Trouble.SETTING)]


def test_a_table_without_its_columns_is_refused_with_the_nearest(tmp_path: Path) -> None:
    waivers, [problem] = read(tmp_path, "Пункт;По;Утвердилл;Причина\nFUR0201;31.05.2026;Главный;Отпуск\n")
    assert not waivers
    assert problem.refused
    assert problem.what == "a table of waivers needs the columns “утвердил” (approved_by). Did you mean “утвердил”?"


def test_an_empty_table_is_told(tmp_path: Path) -> None:
    assert read(tmp_path, HEADER) == (
        [],
        [Problem(Place("waivers.csv"), "there are no waivers in it", Trouble.SETTING)],
    )
    assert read(tmp_path, "") == ([], [Problem(Place("waivers.csv"), "there are no waivers in it", Trouble.SETTING)])


def test_a_missing_or_strange_file_is_refused(tmp_path: Path) -> None:
    for content in (None, b"\x89PNG\r\n\x1a\n", b"PK\x03\x04broken", b"[1]"):
        path = tmp_path / "w.xlsx"
        if content is not None:
            path.write_bytes(content)
        waivers, [problem] = read_waivers(path, CODES)
        assert not waivers
        assert problem.refused
        assert problem.what.startswith("the waivers cannot be read: ")
