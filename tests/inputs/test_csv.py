"""CSV as the CRMs and people write it."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from by_hand import lines

from auditor.inputs.tables import Tables

Write = Callable[..., None]
Loaded = Callable[..., Tables]

HEADER = "ID сделки;Название;Ответственный;Дата создания;Город"
FIRST = "1;Кухня «Ёлка»;Иван Петров;05.03.2024 10:00:00;Москва"
SECOND = "2;Шкаф;Анна;06.03.2024 11:30:00;"


def rows(tables: Tables) -> list[list[object]]:
    """Deals as lists of what is told of them."""
    frame = tables.deals[["id", "title", "manager", "created", "field:Город"]]
    return [[None if pd.isna(cell) else str(cell) for cell in row] for row in frame.itertuples(index=False)]


EXPECTED = [
    ["1", "Кухня «Ёлка»", "Иван Петров", "2024-03-05 10:00:00", "Москва"],
    ["2", "Шкаф", "Анна", "2024-03-06 11:30:00", None],
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_encodings_and_delimiters(csv: Write, loaded: Loaded, encoding: str, delimiter: str) -> None:
    csv("export.csv", *(line.replace(";", delimiter) for line in (HEADER, FIRST, SECOND)), encoding=encoding)
    tables = loaded("export.csv")
    assert rows(tables) == EXPECTED
    assert lines(tables.problems) == []


def test_cyrillic_far_below_the_header_decides_the_encoding(csv: Write, loaded: Loaded) -> None:
    plain = [f"{n};Deal;Ann;05.03.2024 10:00:00;M" for n in range(1, 9000)]
    header = "Deal ID;Title;Manager;Created;City"
    csv("deals.csv", header, *plain, "9000;Шкаф;Ann;05.03.2024 10:00:00;M", encoding="cp1251")
    tables = loaded("deals.csv")
    assert len(tables.deals) == 9000
    assert tables.deals["title"].iloc[-1] == "Шкаф"


def test_a_damaged_letter_does_not_turn_the_others_into_gibberish(tmp_path: Path, loaded: Loaded) -> None:
    data = "\n".join((HEADER, FIRST, SECOND)).encode()
    (tmp_path / "deals.csv").write_bytes(data + b"\n3;\xff\xfe;" + "Пётр;05.03.2024;\n".encode())
    tables = loaded("deals.csv")
    assert rows(tables)[:2] == EXPECTED
    assert tables.deals["manager"].iloc[2] == "Пётр"


def test_utf_16_is_refused_in_words(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", HEADER, FIRST, encoding="utf-16")
    (problem, nothing) = loaded("deals.csv").problems[0], loaded("deals.csv").deals
    assert problem.refused and "UTF-16" in problem.what and "CSV UTF-8" in problem.what
    assert nothing.empty


def test_the_empty_column_that_bitrix24_ends_its_lines_with(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", *(line + ";" for line in (HEADER, FIRST, SECOND)))
    tables = loaded("deals.csv")
    assert rows(tables) == EXPECTED
    assert [name for name in tables.deals if name.startswith("field:")] == ["field:Город"]


def test_rows_that_end_in_a_delimiter_under_a_header_that_does_not(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", HEADER, FIRST + ";", SECOND + ";")
    tables = loaded("deals.csv")
    assert rows(tables) == EXPECTED
    assert lines(tables.problems) == []


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251"])
def test_short_and_long_rows(csv: Write, loaded: Loaded, encoding: str) -> None:
    long = "3;Стол;Анна;06.03.2024;Тверь;лишнее"
    csv(
        "deals.csv",
        HEADER,
        FIRST,
        "2;Шкаф;Анна;06.03.2024 11:30:00",
        *["4;а;б;06.03.2024;в"] * 200,
        long,
        encoding=encoding,
    )
    tables = loaded("deals.csv")
    assert rows(tables)[:2] == EXPECTED
    assert [tables.sources.locate(row).row for row in tables.deals["row"]] == [2, 3, 4]
    assert lines(tables.problems)[0] == "deals.csv › 204: the row has more cells than the header; it was left out"
    assert tables.sources.sources[0].rejected == 1 + 199


def test_line_breaks_in_quotes_and_blank_lines_keep_the_row_numbers(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", HEADER, '1;"Кухня\nбольшая";Иван;05.03.2024;', "", ";;;;", SECOND)
    tables = loaded("deals.csv")
    assert tables.deals["title"].tolist() == ["Кухня\nбольшая", "Шкаф"]
    assert [str(tables.sources.locate(row)) for row in tables.deals["row"]] == ["deals.csv › 2", "deals.csv › 5"]
    assert tables.sources.sources[0].rows == 2


def test_line_breaks_far_below_the_header_are_of_their_cell(csv: Write, loaded: Loaded) -> None:
    plain = [f"{n};Кухня;Анна;05.03.2024 10:00:00;Москва" for n in range(1, 9000)]
    broken = [f'{n};Шкаф;Анна;05.03.2024 10:00:00;"{"Москва" + chr(10) * 3_000_000}"' for n in range(9000, 9010)]
    csv("deals.csv", HEADER, *plain, *broken)
    assert len(loaded("deals.csv").deals) == 9009


def test_windows_line_ends(tmp_path: Path, loaded: Loaded) -> None:
    (tmp_path / "deals.csv").write_bytes("\r\n".join((HEADER, FIRST, SECOND, "")).encode())
    assert rows(loaded("deals.csv")) == EXPECTED


def test_headers_that_repeat_are_numbered_and_stripped(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", "ID; Дата создания ;Товар;Товар;utm_source;Товар", "1;05.03.2024;а;б;в;г")
    deals = loaded("deals.csv").deals
    told = {name.removeprefix("field:"): deals[name].iloc[0] for name in deals if name.startswith("field:")}
    assert told == {"Товар": "а", "Товар (2)": "б", "utm_source": "в", "Товар (3)": "г"}
    assert str(deals["created"].iloc[0]) == "2024-03-05 00:00:00"


def test_words_that_look_like_missing_values_stay_words(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", "ID сделки;Дата создания;Город", "1;05.03.2024;NA", "2;05.03.2024;null", "3;05.03.2024;nan")
    assert loaded("deals.csv").deals["field:Город"].tolist() == ["NA", "null", "nan"]


def test_ids_keep_their_zeros(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", "ID сделки;Дата создания", "007;05.03.2024", "7;05.03.2024")
    assert loaded("deals.csv").deals["id"].tolist() == ["007", "7"]


def test_a_quotation_mark_that_is_never_closed_is_told(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", HEADER, '1;"Кухня;Иван;05.03.2024;', *[SECOND] * 300_000)
    problem = loaded("deals.csv").problems[0]
    assert problem.refused
    assert "a quotation mark is opened in it and never closed" in problem.what


def test_more_columns_than_any_table_has(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", ";" * 5_000, ";" * 5_000)
    problem = loaded("deals.csv").problems[0]
    assert (
        problem.refused
        and problem.what
        == "more columns than any table has; check that the file is an export, and save only its table; if it is "
        "rightly so large, raise “columns” under [limits] in auditor.toml"
    )


def test_many_columns_are_still_a_table(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", HEADER + "".join(f";Поле {n}" for n in range(2000)), FIRST + ";1" * 2000)
    assert loaded("deals.csv").deals["field:Поле 1999"].tolist() == ["1"]


def test_a_header_alone_is_a_table_without_rows(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", HEADER)
    tables = loaded("deals.csv")
    assert tables.deals.empty
    assert [problem.what for problem in tables.problems] == ["no deal was found; the audit needs a list of deals"]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("tail", ["", ";;"])
def test_a_title_above_the_captions_is_passed_over(csv: Write, loaded: Loaded, delimiter: str, tail: str) -> None:
    lines_ = ["Сделки, открытые в марте; все" + tail, '"Отчёт\nдля отдела"', "", HEADER, FIRST, SECOND]
    csv("deals.csv", *lines_[:3], *(line.replace(";", delimiter) for line in lines_[3:]))
    tables = loaded("deals.csv")
    assert rows(tables) == EXPECTED
    assert [tables.sources.locate(row).row for row in tables.deals["row"]] == [5, 6]


def test_a_title_above_rows_of_many_lengths_keeps_the_row_numbers(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", "Сделки за март", HEADER, FIRST, "2;Шкаф;Анна;06.03.2024 11:30:00", "3;а;б;06.03.2024;в;г;д")
    tables = loaded("deals.csv")
    assert rows(tables) == EXPECTED
    assert [tables.sources.locate(row).row for row in tables.deals["row"]] == [3, 4]
    assert lines(tables.problems) == ["deals.csv › 5: the row has more cells than the header; it was left out"]


@pytest.mark.parametrize("text", ["42", "ID сделки;Этап", "Список\n"])
def test_a_file_of_captions_alone_is_no_unclosed_quotation(tmp_path: Path, loaded: Loaded, text: str) -> None:
    (tmp_path / "some.csv").write_text(text, encoding="utf-8")
    tables = loaded("some.csv")
    assert tables.deals.empty
    assert all("quotation" not in problem.what for problem in tables.problems)
    assert any(problem.refused for problem in tables.problems)


def test_one_endless_line_is_no_table(tmp_path: Path, loaded: Loaded) -> None:
    (tmp_path / "some.csv").write_text("x" * 1_000_000, encoding="utf-8")
    (problem,) = loaded("some.csv").problems
    assert problem.refused and problem.what.startswith("this is no table")


def test_a_long_cell_is_no_unclosed_quotation(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", HEADER, f'1;"{"z" * 140_000}";Иван;05.03.2024;', *[SECOND] * 200, f'3;"{"z" * 140_000}"')
    tables = loaded("deals.csv")
    assert len(tables.deals["title"].iloc[0]) == 140_000
    assert tables.deals["id"].tolist() == ["1", "2"]


def test_hundreds_of_thousands_of_short_rows_are_refused(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", HEADER, FIRST, *["1"] * 500_001)
    (problem,) = loaded("deals.csv").problems
    assert problem.refused and problem.what.startswith("hundreds of thousands of rows have more or fewer cells")


CALLS = "ID сделки;Время;Тип;Направление;Исход;Автор"
CALL = "1;12.03.2024 10:00;звонок;исходящий;недозвон;Анна"


@pytest.fixture
def deal(csv: Write) -> None:
    csv("deals.csv", HEADER, FIRST)


@pytest.mark.usefixtures("deal")
def test_rows_that_a_quotation_mark_swallows_are_told_and_not_absent(csv: Write, loaded: Loaded) -> None:
    opened, closed = CALL.replace("недозвон", '"недозвон'), CALL.replace("12.03", "13.03").replace("звонок", 'зво"нок')
    csv("calls.csv", CALLS, CALL, opened, closed, CALL.replace("10:00", "11:00"))
    tables = loaded("deals.csv", "calls.csv")
    assert lines(tables.problems) == [
        "calls.csv › 3: a quotation mark that is opened here swallows 1 row below; both were left out: correct the "
        "file, or export it as .xlsx"
    ]
    assert tables.activities is not None and tables.unread is not None
    assert [tables.sources.locate(row).row for row in tables.activities["row"]] == [2, 4]
    assert [str(day)[:10] for day in tables.unread["first"]] == ["2024-03-12", "2024-03-13"]
    assert tables.unread["deal"].tolist() == ["1", "1"] and tables.unread["kind"].isna().all()
    assert tables.sources.sources[1].rejected == 2


def test_rows_that_fill_one_cell_of_a_row_of_the_right_length_are_told(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", HEADER, FIRST, '2;"Шкаф;Анна;06.03.2024;', "3;Стол;Анна;06.03.2024;", '4;дача";Анна;06.03.2024;')
    tables = loaded("deals.csv")
    assert tables.deals["id"].tolist() == ["1"]
    assert "deals.csv › 3: a quotation mark that is opened here swallows 2 rows below" in lines(tables.problems)[0]
    assert tables.sources.sources[0].rows == 4


def test_a_comment_of_several_lines_swallows_nothing(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", HEADER, '1;"Кухня; стол\nи; два; стула";Иван;05.03.2024;', '2;а;б;06.03.2024;"Тверь\nне; Москва"')
    tables = loaded("deals.csv")
    assert tables.deals["id"].tolist() == ["1", "2"]
    assert lines(tables.problems) == []


@pytest.mark.usefixtures("deal")
def test_a_row_whose_cells_are_shifted_is_told_and_not_absent(csv: Write, loaded: Loaded) -> None:
    csv("calls.csv", CALLS + ";Текст;", CALL + ";;", CALL + ";;", CALL.replace("12.03", "13.03") + ";не; берёт")
    tables = loaded("deals.csv", "calls.csv")
    beyond = "the row goes on beyond the last caption, so its cells may stand in wrong columns; it was left out"
    assert f"calls.csv › 4: {beyond}" in lines(tables.problems)
    assert tables.unread is not None
    assert [(deal, str(day)) for deal, day in zip(tables.unread["deal"], tables.unread["first"], strict=True)] == [
        ("1", "2024-03-13 00:00:00")
    ]


@pytest.mark.usefixtures("deal")
def test_a_long_row_without_a_moment_is_told_too(csv: Write, loaded: Loaded) -> None:
    csv("calls.csv", CALLS, CALL, "1;;звонок;исходящий;недозвон;Анна;лишнее;ещё")
    tables = loaded("deals.csv", "calls.csv")
    assert tables.unread is not None and tables.unread[["first", "last"]].isna().all(axis=None)
    assert tables.unread["deal"].tolist() == ["1"]


def test_a_column_without_a_caption_and_rows_above_the_captions_are_told(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", "5;Новая;Анна", "id;stage;;created", "1;Новая;;01.03.2024", ";;лишь здесь;", "3;Новая;;01.03.2024")
    tables = loaded("deals.csv")
    assert tables.deals["id"].tolist() == ["1", "3"]
    assert lines(tables.problems) == [
        "deals.csv: a row that stands above the captions was not read; move it below them, row: 1",
        "deals.csv: a column without a caption holds something that was not read, row: 4",
    ]


@pytest.mark.parametrize("first", ["utf-8", "cp1251"])
@pytest.mark.parametrize("tail", ["", ";"], ids=["regular", "ragged"])
@pytest.mark.parametrize("far", [0, 9000])
def test_an_encoding_that_changes_inside_a_file(
    tmp_path: Path, loaded: Loaded, first: str, tail: str, far: int
) -> None:
    other = {"utf-8": "cp1251", "cp1251": "utf-8"}[first]
    head = [HEADER, FIRST, *(f"{n};Шкаф;Анна;06.03.2024;" for n in range(10, 10 + far))]
    more = ["2;Шкаф;Анна;06.03.2024 11:30:00;" + tail, "3;Стол;Ольга;06.03.2024;Тверь"]
    data = "\n".join(head).encode(first) + b"\n" + "\n".join(more).encode(other)
    (tmp_path / "deals.csv").write_bytes(data)
    tables = loaded("deals.csv")
    assert tables.deals["manager"].iloc[[0, -2, -1]].tolist() == ["Иван Петров", "Анна", "Ольга"]
    assert lines(tables.problems) == [
        f"deals.csv: written in another encoding than the rest of the file, or damaged; check rows: {far + 3}–{far + 4}"
    ]


@pytest.mark.parametrize(
    "written",
    ["й", "и\u0306", "и\u200b\u0306", "&#1081;", "&#x439;"],
    ids=["one letter", "two", "a hidden one between", "an entity", "another entity"],
)
def test_letters_are_those_that_are_seen(csv: Write, loaded: Loaded, written: str) -> None:
    header = "\u200bID сделки;Этап;Дата создания;Ответственный\u200e;Горо\u00adд"
    csv("deals.csv", header, f'\u202a1\u202c;"Нова{written}";\u200e05.03.2024 10:00;"\ufeffАндре{written}";Тверь')
    deals = loaded("deals.csv").deals
    assert deals[["id", "stage", "manager", "field:Город"]].iloc[0].tolist() == ["1", "Новай", "Андрей", "Тверь"]
    assert str(deals["created"].iloc[0]) == "2024-03-05 10:00:00"
