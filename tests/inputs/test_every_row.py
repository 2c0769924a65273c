"""Whatever an export holds: every row ends in a table or is named by a problem, and nothing crashes."""

import csv as csv_module
import re
import tempfile
from datetime import datetime
from pathlib import Path

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.inputs import load
from auditor.inputs.tables import Tables
from auditor.settings import Settings

NOW = datetime(2024, 7, 1, 12)
MOMENTS = st.sampled_from(
    [
        "05.03.2024 10:00:00",
        "05.03.2024",
        "2024-03-06T11:00",
        "31.02.2024",
        "01.01.2030",
        "13/05/2024",
        "вчера",
        "",
        "0",
    ]
)
IDS = st.sampled_from(["1", "2", "3", "4", "99", "", " "])
WORDS = st.sampled_from(
    ["", "звонок", "этап", "закрыта", "Отказ/отложено (Дорого)", "А / Б", "да", "лид", "сделка", "5,5"]
)
ANY = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=6) | WORDS

SHEETS = {
    "Сделки": (("ID сделки", IDS), ("Сущность", WORDS), ("Этап", WORDS), ("Дата создания", MOMENTS), ("Сумма", ANY),
               ("Телефон", ANY), ("Город", ANY)),
    "История": (("ID сделки", IDS), ("Сущность", WORDS), ("Время", MOMENTS), ("Событие", WORDS), ("Было", ANY),
                ("Стало", WORDS)),
    "Дела": (("ID сделки", IDS), ("Время", MOMENTS), ("Тип", WORDS), ("Исход", WORDS), ("Длительность", ANY),
             ("Выполнено", MOMENTS | WORDS), ("Телефон", ANY)),
    "Учёт клиентов": (("ID сделки", IDS), ("Дата замера", MOMENTS), ("№ договора", ANY), ("Обновлено", MOMENTS)),
    "Сотрудники": (("Имя", ANY), ("Роль", WORDS), ("Работает до", MOMENTS)),
}  # fmt: skip

SHEET_ROWS = {
    name: st.lists(st.tuples(*(cells for _header, cells in columns)), max_size=30) for name, columns in SHEETS.items()
}
EXPORTS = st.fixed_dictionaries(SHEET_ROWS)


def headers(sheet: str) -> list[str]:
    return [header for header, _cells in SHEETS[sheet]]


def write_workbook(folder: Path, export: dict[str, list[tuple[str, ...]]]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in export.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate([headers(name), *rows], 1):
            for place, cell in enumerate(row, 1):
                sheet.cell(number, place, cell).data_type = "s"
    book.save(folder / "crm.xlsx")


def write_csv(folder: Path, export: dict[str, list[tuple[str, ...]]]) -> None:
    for name, rows in export.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv_module.writer(file, delimiter=";").writerows([headers(name), *rows])


def named_rows(tables: Tables) -> set[tuple[str, str | None, int]]:
    """Every row that a problem names: by its place, or in the list of rows that its line ends with."""
    named = set()
    for problem in tables.problems:
        place = problem.place
        if place.row is not None:
            named.add((place.file, place.sheet, place.row))
        elif found := re.search(r": ([\d–, ]+)$", problem.what):
            for run in found[1].split(", "):
                first, _dash, last = run.partition("–")
                named |= {(place.file, place.sheet, row) for row in range(int(first), int(last or first) + 1)}
    return named


def check(folder: Path, export: dict[str, list[tuple[str, ...]]]) -> None:
    tables = load([folder], Settings(now=NOW))
    kept = [tables.sources.locate(row) for _name, frame in tables.frames() for row in frame["row"]]
    in_tables = {(place.file, place.sheet, place.row) for place in kept}
    assert len(in_tables) == len(kept)
    named = named_rows(tables)
    for source in tables.sources.sources:
        name = source.sheet or source.file.removesuffix(".csv")
        filled = {n for n, row in enumerate(export[name], 2) if any(cell.strip() for cell in row)}
        here = {row for file, sheet, row in in_tables if (file, sheet) == (source.file, source.sheet)}
        told = {row for file, sheet, row in named if (file, sheet) == (source.file, source.sheet)}
        assert source.rows == len(filled)
        assert source.rows - source.rejected == len(here)
        assert filled - here <= told
        assert here <= filled


@given(EXPORTS)
@settings(max_examples=25, deadline=None)
def test_csv(export: dict[str, list[tuple[str, ...]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_csv(Path(folder), export)
        check(Path(folder), export)


@given(EXPORTS)
@settings(max_examples=10, deadline=None)
def test_workbooks(export: dict[str, list[tuple[str, ...]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_workbook(Path(folder), export)
        check(Path(folder), export)


@given(
    st.binary(max_size=300),
    st.sampled_from(["x.csv", "x.xlsx"]),
    st.sampled_from([b"", b"PK\x03\x04", b"ID;\xd0\xad\n"]),
)
@settings(max_examples=80, deadline=None)
def test_any_bytes_at_all(data: bytes, name: str, start: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(start + data)
        tables = load([path], Settings(now=NOW))
        assert tables.deals.empty or not data.isspace()
        assert tables.problems
