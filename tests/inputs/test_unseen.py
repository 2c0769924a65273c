"""Formulas without a value and hidden rows are told, with their cells and rows."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
from by_hand import SHEET, lines

from auditor.inputs.tables import Tables

Loaded = Callable[..., Tables]
CELL = '<c t="inlineStr"><is><t>{}</t></is></c>'


def test_formulas_that_nobody_calculated_are_told(loaded: Loaded, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Сделки & лиды"
    sheet.append(["ID", "Этап", "Дата создания", "Сумма"])
    for number in range(2, 14):
        sheet.append([number, "Новая", "01.03.2024", f"=A{number}*100"])
    book.save(tmp_path / "book.xlsx")
    tables = loaded("book.xlsx")
    assert tables.deals["amount"].isna().all()
    assert lines(tables.problems) == [
        "book.xlsx › Сделки & лиды: formulas that nobody has calculated (12) are read as empty cells: open the "
        "workbook in Excel, save it, and try again: D2, D3, D4, D5, D6, D7, D8, D9, D10, D11, …"
    ]


def test_a_calculated_formula_is_a_value(raw_workbook: Callable[..., Path], loaded: Loaded) -> None:
    captions = "".join(CELL.format(text) for text in ("ID", "Дата создания"))
    values = '<c r="A2"><f>1+6</f><v>7</v></c><c r="B2" t="str"><f>"x"</f><v>05.03.2024</v></c>'
    rows = f'<row r="1">{captions}</row><row r="2">{values}</row>'
    raw_workbook("book.xlsx", SHEET.format(f"<sheetData>{rows}</sheetData>"))
    tables = loaded("book.xlsx")
    assert tables.deals["id"].tolist() == ["7"] and lines(tables.problems) == []


def test_hidden_rows_are_read_and_told(loaded: Loaded, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Сделки"
    for row in (["ID", "Этап", "Дата создания"], *([number, "Новая", "01.03.2024"] for number in range(1, 6))):
        sheet.append(row)
    for hidden in (3, 4, 6):
        sheet.row_dimensions[hidden].hidden = True
    sheet.column_dimensions["B"].hidden = True
    book.save(tmp_path / "book.xlsx")
    tables = loaded("book.xlsx")
    assert len(tables.deals) == 5
    assert lines(tables.problems) == [
        "book.xlsx › Сделки: rows that are hidden, perhaps by a filter, are read like all others: 3–4, 6"
    ]
