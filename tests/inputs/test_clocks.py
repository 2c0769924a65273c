"""A date and its clock in two columns, hidden sheets, merged cells, and what stands in a folder beside the exports."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest
from by_hand import lines

from auditor.inputs.tables import Tables

Write = Callable[..., None]
Loaded = Callable[..., Tables]
DEALS = ("ID;Этап;Дата создания", "1;Новая;01.03.2024", "2;Новая;01.03.2024")


@pytest.fixture(autouse=True)
def deals(csv: Write) -> None:
    csv("deals.csv", *DEALS)


def moments(tables: Tables) -> list[str]:
    assert tables.activities is not None
    return [str(moment) for moment in tables.activities["time"]]


def test_a_date_and_a_clock_are_one_moment(csv: Write, loaded: Loaded) -> None:
    csv(
        "calls.csv",
        "ID сделки;Дата;Время;Тип",
        "1;05.03.2024;10:05;звонок",
        "1;06.03.2024;9:05:07;звонок",
        "1;07.03.2024;;звонок",
    )
    tables = loaded("deals.csv", "calls.csv")
    assert moments(tables) == ["2024-03-05 10:05:00", "2024-03-06 09:05:07", "2024-03-07 00:00:00"]
    assert tables.activities is not None and tables.activities["day:time"].tolist() == [False, False, True]
    assert lines(tables.problems) == []


def test_a_clock_joins_the_date_of_its_own_words_alone(csv: Write, loaded: Loaded) -> None:
    csv("more.csv", "ID;Этап;Дата создания;Время создания;Время замера", "3;Новая;05.03.2024;10:05;11:00")
    deal = loaded("more.csv").deals.iloc[0]
    assert str(deal["created"]) == "2024-03-05 10:05:00" and deal["field:Время замера"] == "11:00"


@pytest.mark.parametrize(
    "rows",
    [("1;05.03.2024 09:00;2:15;звонок",), ("1;05.03.2024;2 мин;звонок",)],
    ids=["the date has a clock", "the clock is none"],
)
def test_what_is_no_date_and_clock_stays_two_columns(rows: Sequence[str], csv: Write, loaded: Loaded) -> None:
    csv("calls.csv", "ID сделки;Дата;Время;Тип", *rows)
    assert "calls.csv › 2 › Время" in lines(loaded("deals.csv", "calls.csv").problems)[0]


def test_a_clock_without_its_date_is_told(csv: Write, loaded: Loaded) -> None:
    csv("calls.csv", "ID сделки;Дата;Время;Тип", "1;05.03.2024;10:05;звонок", "1;;10:05;звонок")
    assert lines(loaded("deals.csv", "calls.csv").problems) == [
        "calls.csv › 3 › Дата: “10:05” is not a date between 2000 and 2135; the row was left out"
    ]


Book = Mapping[str, Sequence[Sequence[object]]]


def test_a_hidden_sheet_is_left_out_and_told(loaded: Loaded, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Звонки"
    draft = book.create_sheet("Черновик звонков")
    for sheet in book.worksheets:
        sheet.append(["ID сделки", "Время", "Тип"])
        sheet.append([1, "05.03.2024 10:00", "звонок"])
    draft.sheet_state = "hidden"
    book.save(tmp_path / "book.xlsx")
    tables = loaded("deals.csv", "book.xlsx")
    assert moments(tables) == ["2024-03-05 10:00:00"]
    assert lines(tables.problems) == [
        "book.xlsx › Черновик звонков: the sheet is hidden and was not read; if it belongs to the export, show it in "
        "Excel, or set hidden_sheets = true under [reading] in auditor.toml"
    ]
    with_hidden = loaded("deals.csv", "book.xlsx", hidden_sheets=True)
    assert [source.sheet for source in with_hidden.sources.sources] == [None, "Звонки", "Черновик звонков"]
    assert lines(with_hidden.problems) == [
        "book.xlsx › Черновик звонков: 1 row says what a row of book.xlsx › Звонки says, and was counted once with it; "
        "left out was row: 2"
    ]


def test_a_merged_cell_is_that_of_all_its_rows(loaded: Loaded, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    captions = [[], [None, "Звонки за март"], [None, "ID сделки", "Время", "Тип"]]
    calls = [[1, "05.03.2024 10:00", "звонок"], [None, "05.03.2024 11:00"], [2, "05.03.2024 12:00", "звонок"]]
    for row in (*captions, *([None, *call] for call in calls)):
        sheet.append(row)
    for merged in ("B2:D2", "B4:B5", "D4:D5", "A1:A5", "F1:F9"):
        sheet.merge_cells(merged)
    book.save(tmp_path / "book.xlsx")
    tables = loaded("deals.csv", "book.xlsx")
    assert tables.activities is not None and tables.activities["deal"].tolist() == ["1", "1", "2"]
    assert lines(tables.problems) == []


def test_a_folder_tells_what_is_not_read(csv: Write, loaded: Loaded, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    csv("in/deals.csv", *DEALS)
    csv("in/calls.txt", "ID сделки;Время;Тип", "1;05.03.2024 10:00;звонок")
    (tmp_path / "in" / "выгрузка.rar").write_bytes(b"Rar!\x1a\x07\x00")
    (tmp_path / "in" / "readme.md").write_text("что здесь лежит")
    tables = loaded("in")
    assert moments(tables) == ["2024-03-05 10:00:00"]
    assert [line.partition(";")[0] for line in lines(tables.problems)] == ["выгрузка.rar: neither a workbook nor text"]


def test_a_literal_name_comes_before_a_pattern(csv: Write, loaded: Loaded) -> None:
    csv("[1] deals.csv", *DEALS)
    csv("1 deals.csv", "ID;Этап;Дата создания", "9;Новая;01.03.2024")
    assert loaded("[1] deals.csv").deals["id"].tolist() == ["1", "2"]
