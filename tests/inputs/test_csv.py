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
        and problem.what == "more columns than any table has; check that the file is an export, and save only its table"
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
