"""XLSX as Excel, the CRMs and hostile people write it."""

import zipfile
import zlib
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import pytest
from by_hand import PARTS, SHEET, inline, lines

from auditor.inputs.cells import unique_headers
from auditor.inputs.tables import Problem, Tables

Loaded = Callable[..., Tables]
Write = Callable[..., None]
Raw = Callable[..., Path]

DEALS = [["ID сделки", "Ответственный", "Дата создания"], [1, "Иван", "05.03.2024 10:00:00"]]


def refusal(tables: Tables) -> Problem:
    """The one refusal of a file that gave nothing."""
    assert tables.deals.empty
    refused = [problem for problem in tables.problems if problem.refused]
    assert refused
    return refused[0]


def test_several_sheets_in_two_languages(workbook: Write, loaded: Loaded) -> None:
    workbook("crm.xlsx", {
        "Deals": DEALS,
        "История": [["deal_id", "Время", "Event", "Было", "After"], [1, "06.03.2024 10:00", "этап", "Новая", "Вторая"]],
        "Activities": [["Deal ID", "Time", "Тип", "Direction"], [1, "06.03.2024 10:00:00", "звонок", "out"]],
        "Учёт клиентов": [["ID сделки", "Дата замера", "№ договора"], [1, date(2024, 3, 20), "К-7"]],
        "Сотрудники": [["Имя", "Роль", "График"], ["Иван", "менеджер", "2/2 с 01.05.2024 10:00-22:00"]],
    })  # fmt: skip
    tables = loaded("crm.xlsx")
    assert lines(tables.problems) == []
    assert {source.sheet: (source.table, source.rows) for source in tables.sources.sources} == {
        "Deals": ("deals", 1), "История": ("history", 1), "Activities": ("activities", 1),
        "Учёт клиентов": ("ledger", 1), "Сотрудники": ("people", 1),
    }  # fmt: skip
    assert tables.history is not None and tables.activities is not None
    assert tables.ledger is not None and tables.people is not None
    assert tables.history[["event", "before", "after"]].iloc[0].tolist() == ["stage", "Новая", "Вторая"]
    assert tables.activities[["type", "direction"]].iloc[0].tolist() == ["call", "out"]
    assert str(tables.ledger["measurement_date"].iloc[0]) == "2024-03-20 00:00:00"
    assert tables.people["schedule"].iloc[0] == "2/2 с 01.05.2024 10:00-22:00"


def test_types_of_excel_cells(workbook: Write, loaded: Loaded) -> None:
    workbook("crm.xlsx", {
        "Сделки": [
            ["ID сделки", "Дата создания", "Сумма", "Дата монтажа", "Код", "Готово", "Доля"],
            [10021, datetime(2024, 3, 5, 10, 20, 30), 1500.5, date(2024, 4, 1), 12.0, True, 0.25],
            ["А-7", "2024-03-06", "2 000", datetime(2024, 4, 1, 9, 30), "x", False, None],
        ],
        "Звонки": [["ID сделки", "Время", "Длительность"], [10021, datetime(2024, 3, 6), time(0, 2, 15)]],
    })  # fmt: skip
    tables = loaded("crm.xlsx")
    deals = tables.deals
    assert lines(tables.problems) == []
    assert deals["id"].tolist() == ["10021", "А-7"]
    assert [str(moment) for moment in deals["created"]] == ["2024-03-05 10:20:30", "2024-03-06 00:00:00"]
    assert deals["amount"].tolist() == [1500.5, 2000]
    assert deals["field:Дата монтажа"].tolist() == ["01.04.2024", "01.04.2024 09:30:00"]
    assert deals["field:Код"].tolist() == ["12", "x"]
    assert deals["field:Готово"].tolist() == ["да", "нет"]
    assert deals["field:Доля"].iloc[0] == "0.25"
    assert tables.activities is not None
    assert tables.activities[["type", "duration"]].iloc[0].tolist() == ["call", 135]


def test_the_sheets_of_amocrm_have_no_dimension_sparse_rows_and_dates_as_text(
    raw_workbook: Raw, loaded: Loaded
) -> None:
    raw_workbook("crm.xlsx", inline(
        ("ID", "Название сделки", "Бюджет ", "Дата создания", "Дата закрытия", "Мобильный телефон"),
        ("7", "", "1000", "05.03.2024 10:00:00", "06.03.2024 11:00", "'+79161234567"),
        ("8", "Стол", "", "05.03.2024 10:00:00"),
        ("9", "", "", "05.03.2024 10:00:00", "не закрыта"),
    ))  # fmt: skip
    tables = loaded("crm.xlsx")
    assert lines(tables.problems) == []
    assert tables.deals["id"].tolist() == ["7", "8", "9"]
    assert [str(moment) for moment in tables.deals["closed"]] == ["2024-03-06 11:00:00", "NaT", "NaT"]
    assert tables.deals["phone"].iloc[0] == "79161234567"
    assert tables.deals["amount"].iloc[0] == 1000


def test_rows_keep_their_numbers_below_blank_ones(workbook: Write, loaded: Loaded) -> None:
    workbook(
        "crm.xlsx", {"Сделки": [[], [], DEALS[0], DEALS[1], [], [2, "Анна", "31.02.2024"], [3, "Анна", "05.03.2024"]]}
    )
    tables = loaded("crm.xlsx")
    assert [str(tables.sources.locate(row)) for row in tables.deals["row"]] == [
        "crm.xlsx › Сделки › 4",
        "crm.xlsx › Сделки › 7",
    ]
    assert lines(tables.problems) == [
        "crm.xlsx › Сделки › 6 › Дата создания: “31.02.2024” is not a date between 2000 and 2135; the row was left out"
    ]


def test_a_title_above_the_captions_is_passed_over(workbook: Write, loaded: Loaded) -> None:
    workbook("crm.xlsx", {"Сделки": [[], ["Сделки отдела", "за март"], [], *DEALS]})
    tables = loaded("crm.xlsx")
    assert tables.deals["id"].tolist() == ["1"]
    assert str(tables.sources.locate(tables.deals["row"].iloc[0])) == "crm.xlsx › Сделки › 5"
    assert lines(tables.problems) == []


def test_rows_that_name_captions_are_no_captions_below_them(workbook: Write, loaded: Loaded) -> None:
    told = ["1", "05.03.2024", "Телефон", "Почта", "E-mail"]
    workbook("crm.xlsx", {"Сделки": [["ID сделки", "Дата создания", "Нужно", "И", "Ещё"], told]})
    assert loaded("crm.xlsx").deals["field:Нужно"].tolist() == ["Телефон"]


def test_an_empty_sheet_is_told_and_the_others_are_read(workbook: Write, loaded: Loaded) -> None:
    workbook("crm.xlsx", {"Сделки": DEALS, "Лист2": []})
    tables = loaded("crm.xlsx")
    assert tables.deals["id"].tolist() == ["1"]
    assert lines(tables.problems) == ["crm.xlsx › Лист2: the sheet is empty"]


def test_the_content_decides_and_not_the_ending(tmp_path: Path, workbook: Write, loaded: Loaded) -> None:
    workbook("crm.xlsx", {"Сделки": DEALS})
    (tmp_path / "crm.xlsx").rename(tmp_path / "сделки.csv")
    assert loaded("сделки.csv").deals["id"].tolist() == ["1"]


def test_two_cells_in_opposite_corners_do_not_fill_the_memory(raw_workbook: Raw, loaded: Loaded) -> None:
    path = raw_workbook("crm.xlsx", SHEET.format(
        "<sheetData><row r='1'><c r='A1'><v>1</v></c></row><row><c r='XFD1048576'><v>1</v></c></row></sheetData>"
    ))  # fmt: skip
    assert path.stat().st_size < 5000
    assert "far outside" in refusal(loaded("crm.xlsx")).what


def test_far_columns_and_far_rows_in_different_places_add_up(raw_workbook: Raw, loaded: Loaded) -> None:
    filler = " " * (1 << 20)
    raw_workbook("crm.xlsx", SHEET.format(
        f"<sheetData><row><c r='XFD1'><v>1</v></c></row>{filler}<row><c r='B99999'><v>1</v></c></row></sheetData>"
    ))  # fmt: skip
    assert "far outside" in refusal(loaded("crm.xlsx")).what


def test_a_wide_sheet_is_no_bomb(workbook: Write, loaded: Loaded) -> None:
    fields = [f"Поле {n}" for n in range(800)]
    workbook("crm.xlsx", {"Сделки": [[*DEALS[0], *fields], [*DEALS[1], *range(800)]]})
    assert loaded("crm.xlsx").deals["field:Поле 799"].tolist() == ["799"]


def test_a_zip_bomb_is_refused(raw_workbook: Raw, loaded: Loaded) -> None:
    raw_workbook("crm.xlsx", inline(("ID",)), **{"xl/sharedStrings.xml": "0" * (100 << 20)})
    assert "fill the memory" in refusal(loaded("crm.xlsx")).what


def test_one_long_text_in_a_million_cells_is_refused(raw_workbook: Raw, loaded: Loaded) -> None:
    cells = "<row>" + "<c t='s'><v>0</v></c>" * 10 + "</row>"
    text = "".join(f"{number:08}" for number in range(20_000))
    strings = f"<sst><si><t>{text}</t></si></sst>"
    raw_workbook(
        "crm.xlsx", SHEET.format(f"<sheetData>{cells * 1000}</sheetData>"), **{"xl/sharedStrings.xml": strings}
    )
    assert "fill the memory" in refusal(loaded("crm.xlsx")).what


def test_a_sheet_under_another_name_is_guarded_too(raw_workbook: Raw, loaded: Loaded) -> None:
    rels = PARTS["xl/_rels/workbook.xml.rels"].replace("worksheets/sheet1.xml", "media/image.png")
    far = SHEET.format('<sheetData><row><c r="A1"/></row><row><c\nr = "XFD1048576"><v>1</v></c></row></sheetData>')
    raw_workbook("crm.xlsx", inline(("ID",)), **{"xl/_rels/workbook.xml.rels": rels, "xl/media/image.png": far})
    assert "far outside" in refusal(loaded("crm.xlsx")).what


def test_article_numbers_in_quotes_are_no_cell_references(workbook: Write, loaded: Loaded) -> None:
    workbook("crm.xlsx", {"Сделки": [[*DEALS[0], "Товар"], [*DEALS[1], 'Кухня "XY12345678" и "ABC9999999"']]})
    assert loaded("crm.xlsx").deals["id"].tolist() == ["1"]


def test_a_lie_about_the_unpacked_size_is_refused(tmp_path: Path, raw_workbook: Raw, loaded: Loaded) -> None:
    path = raw_workbook("crm.xlsx", inline(("ID сделки",), ("1" * 4000,)))
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    path.write_bytes(data.replace(size.to_bytes(4, "little"), (9).to_bytes(4, "little")))
    assert refusal(loaded("crm.xlsx"))


def test_an_entity_bomb_is_refused(raw_workbook: Raw, loaded: Loaded) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;">]>' + inline(("&b;",))[21:]
    raw_workbook("crm.xlsx", bomb)
    assert "instructions that no export has" in refusal(loaded("crm.xlsx")).what


@pytest.mark.parametrize("left", [100, 0.3, 0.6, 0.95, -1])
def test_a_workbook_cut_off_is_refused_in_words(tmp_path: Path, workbook: Write, loaded: Loaded, left: float) -> None:
    workbook("crm.xlsx", {"Сделки": DEALS})
    data = (tmp_path / "crm.xlsx").read_bytes()
    (tmp_path / "crm.xlsx").write_bytes(data[: int(left if abs(left) >= 1 else len(data) * left)])
    assert refusal(loaded("crm.xlsx")).what == "the workbook is damaged or incomplete; export it once more"


def test_another_zip_is_no_workbook(tmp_path: Path, loaded: Loaded) -> None:
    with zipfile.ZipFile(tmp_path / "docs.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert "no Excel workbook" in refusal(loaded("docs.xlsx")).what


def test_broken_xml_inside_is_refused_in_words(raw_workbook: Raw, loaded: Loaded) -> None:
    raw_workbook("crm.xlsx", "<worksheet><sheetData><row><c r=")
    assert refusal(loaded("crm.xlsx")).what.startswith(("the workbook cannot be read", "the workbook is damaged"))


USUAL = '<row r="1"><c r="A1" t="inlineStr"><is><t>ID</t></is></c></row>'


@pytest.mark.parametrize(
    "cells",
    [
        "<row r='1'>" + "<c/>" * 16_384 + "</row><row r='1048576'><c/></row>",
        "<row r='1'><c r='a1'/></row><row><c r='xfd1048576'><v>1</v></c></row>",
        "<row r='1'><c r='A1'/></row><row><c r='&#88;FD1048576'><v>1</v></c></row>",
        '<row r="1"><c s="1" r="A1"/></row><row><c s="1" r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><x:c r="A1"/></row><row><x:c r="XFD1048576"><v>1</v></x:c></row>',
        '<row r="1"><c r="A1"/></row><row><c r="CCC3000"><v>1</v></c></row>',
        USUAL + '<row r="2"><c r="ZZZZ2"><v>1</v></c></row>' * 2000,
    ],
    ids=["no reference", "small letters", "an entity", "another attribute first", "a prefix", "few cells", "a number"],
)
def test_cells_are_counted_however_they_are_spelt(raw_workbook: Raw, loaded: Loaded, cells: str) -> None:
    sheet = SHEET.replace(
        "<worksheet ", '<worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    )
    raw_workbook("crm.xlsx", sheet.format(f"<sheetData>{cells}</sheetData>"))
    refused = refusal(loaded("crm.xlsx"))
    assert refused.place.file == "crm.xlsx"


@pytest.mark.parametrize("name", ["xl/sharedStrings.xml", "xl/SharedStrings.xml", "xl/media/image.png"])
@pytest.mark.parametrize("between", ["", ' title="' + "x" * 100 + '"'], ids=["usual", "a long attribute"])
@pytest.mark.parametrize("before", ["", "<!-- </si> --><si/>"], ids=["first", "after an empty one"])
def test_shared_texts_are_counted_wherever_they_stand(
    raw_workbook: Raw, loaded: Loaded, name: str, between: str, before: str
) -> None:
    number = before.count("<si/>")
    cells = "".join(f'<c r="A{n}" t="s"{between}><v>{number}</v></c>' for n in range(1, 10_001))
    text = "".join(f"{number:08}" for number in range(2_000))
    raw_workbook(
        "crm.xlsx", SHEET.format(f"<sheetData><row>{cells}</row></sheetData>"),
        **{name: f"<sst>{before}<si><t>{text}</t></si></sst>"},
    )  # fmt: skip
    assert "fill the memory" in refusal(loaded("crm.xlsx")).what


def test_more_than_is_declared_is_counted_too(raw_workbook: Raw, loaded: Loaded) -> None:
    """A part that declares nine bytes, and their checksum."""
    far = '<sheetData><row r="1"><c r="A1"/></row><row><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    path = raw_workbook("crm.xlsx", SHEET.format(far))
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        entry = archive.getinfo("xl/worksheets/sheet1.xml")
        start = zlib.crc32(archive.read(entry)[:9])
    for real, told in ((entry.file_size, 9), (entry.CRC, start)):
        data = data.replace(real.to_bytes(4, "little"), told.to_bytes(4, "little"))
    path.write_bytes(data)
    assert "far outside" in refusal(loaded("crm.xlsx")).what


def test_a_damaged_stream_inside_a_workbook_is_refused_in_words(
    tmp_path: Path, workbook: Write, loaded: Loaded, csv: Write
) -> None:
    workbook("crm.xlsx", {"Сделки": [DEALS[0], *([n, "Иван", "05.03.2024"] for n in range(500))]})
    csv("deals.csv", "ID сделки;Дата создания", "1;05.03.2024")
    data = bytearray((tmp_path / "crm.xlsx").read_bytes())
    with zipfile.ZipFile(tmp_path / "crm.xlsx") as archive:
        start = archive.getinfo("xl/worksheets/sheet1.xml").header_offset + 80
    data[start : start + 400] = bytes(400)
    (tmp_path / "crm.xlsx").write_bytes(data)
    tables = loaded("crm.xlsx", "deals.csv")
    assert tables.deals["id"].tolist() == ["1"]
    assert lines(tables.problems) == ["crm.xlsx: the workbook is damaged or incomplete; export it once more"]


@pytest.mark.parametrize("other", ["content.xml", "xl/workbook.bin"])
def test_a_workbook_that_is_another_format_as_well_is_refused(raw_workbook: Raw, loaded: Loaded, other: str) -> None:
    raw_workbook("crm.xlsx", inline(("ID",)), **{other: "<x/>"})
    assert "save it as .xlsx" in refusal(loaded("crm.xlsx")).what


def test_an_archive_of_many_parts_is_refused_at_once(raw_workbook: Raw, loaded: Loaded) -> None:
    raw_workbook("crm.xlsx", inline(("ID",)), **{f"p{n}.xml": "" for n in range(5_001)})
    assert "fill the memory" in refusal(loaded("crm.xlsx")).what


def test_many_parts_under_the_limit_of_each_add_up(raw_workbook: Raw, loaded: Loaded) -> None:
    raw_workbook("crm.xlsx", inline(("ID",)), **{f"p{n}.xml": "0" * (33 << 20) for n in range(2)})
    assert "fill the memory" in refusal(loaded("crm.xlsx")).what


def test_more_captions_than_any_table_has_are_refused(workbook: Write, loaded: Loaded) -> None:
    workbook("crm.xlsx", {"Сделки": [["ID сделки"] * 5_001, ["1"]]})
    assert "more columns than any table has" in refusal(loaded("crm.xlsx")).what


def test_equal_captions_are_numbered_in_no_time() -> None:
    headers = unique_headers(["ID", "ID (3)", *["ID"] * 20_000])
    assert headers[:5] == ["ID", "ID (3)", "ID (2)", "ID (4)", "ID (5)"]
    assert len(set(headers)) == len(headers)


def test_empty_columns_far_right_are_passed_over(raw_workbook: Raw, loaded: Loaded) -> None:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>ID сделки</t></is></c><c r="B1" t="inlineStr"><is><t>Дата создания'
        '</t></is></c><c r="XFD1"/></row><row r="2"><c r="A2"><v>7</v></c><c r="B2" t="inlineStr"><is><t>05.03.2024</t>'
        "</is></c></row>"
    )
    raw_workbook("crm.xlsx", SHEET.format(f"<sheetData>{rows}</sheetData>"))
    assert loaded("crm.xlsx").deals["id"].tolist() == ["7"]


def test_a_number_with_three_digits_behind_the_point_is_not_in_thousands(workbook: Write, loaded: Loaded) -> None:
    workbook("crm.xlsx", {"Сделки": [["ID сделки", "Дата создания", "Сумма"], [1, "05.03.2024", 10.125]]})
    assert loaded("crm.xlsx").deals["amount"].tolist() == [10.125]


def test_an_error_of_the_spreadsheet_is_told_and_is_no_empty_cell(raw_workbook: Raw, loaded: Loaded) -> None:
    head = "".join(
        f'<c r="{letter}1" t="inlineStr"><is><t>{caption}</t></is></c>'
        for letter, caption in zip("ABCD", ("ID сделки", "Дата создания", "Город", "Ответственный"), strict=True)
    )
    row = '<c r="A2"><v>7</v></c><c r="B2" t="inlineStr"><is><t>05.03.2024</t></is></c>'
    errors = '<c r="C2" s="1" t="e"><f>B2/0</f><v>#DIV/0!</v></c><c r="D2" t="e"><v>#N/A</v></c>'
    raw_workbook(
        "crm.xlsx", SHEET.format(f'<sheetData><row r="1">{head}</row><row r="2">{row}{errors}</row></sheetData>')
    )
    tables = loaded("crm.xlsx")
    assert tables.deals["field:Город"].tolist() == ["#DIV/0!"]
    assert "manager" not in tables.deals or tables.deals["manager"].isna().all()
    assert lines(tables.problems) == [
        "crm.xlsx › Сделки › Город: “#DIV/0!” is an error of the spreadsheet, and no value, row: 2",
        "crm.xlsx › Сделки › Ответственный: “#N/A” is an error of the spreadsheet, and no value, row: 2",
    ]
