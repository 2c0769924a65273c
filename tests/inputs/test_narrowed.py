"""Captions of a company that mean a column in some files and sheets alone, or in a CRM's own list."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from auditor.inputs.mapped import is_meant
from auditor.inputs.tables import Tables

Write = Callable[..., None]
Loaded = Callable[..., Tables]


@pytest.fixture(autouse=True)
def deals(csv: Write) -> None:
    csv("deals.csv", "ID сделки;Этап;Дата создания", "1;Новая;01.03.2024 10:00:00")


@pytest.mark.parametrize(
    ("pattern", "file", "sheet", "expected"),
    [
        ("звонки*.xlsx", "Звонки март.xlsx", None, True),
        ("звонки*.xlsx", "март/Звонки.xlsx", "Лист1", True),
        ("март/*", "март/Звонки.xlsx", None, True),
        ("Лист1", "a.xlsx", "лист1", True),
        ("звонки*.xlsx", "a.xlsx", "Лист1", False),
        ("звонки", "Звонки.xlsx", None, False),
    ],
)
def test_which_sheets_a_pattern_means(pattern: str, file: str, sheet: str | None, expected: bool) -> None:
    assert is_meant(pattern, file, sheet) is expected


def test_one_caption_means_a_column_in_one_file_and_another_in_another(csv: Write, loaded: Loaded) -> None:
    csv("звонки.csv", "ID сделки;Время;Тип;Итог", "1;05.03.2024 10:00;звонок;недозвон")
    csv("задачи.csv", "ID сделки;Время;Тип;Итог", "1;05.03.2024 11:00;задача;Позвонить")
    narrowed = {"звонки*.csv": {"Итог": "outcome"}, "задачи*": {"Итог": "text"}}
    tables = loaded("deals.csv", "звонки.csv", "задачи.csv", narrowed=narrowed)
    assert tables.activities is not None
    assert tables.activities["outcome"].astype("str").fillna("").tolist() == ["unanswered", ""]
    assert tables.activities["text"].astype("str").fillna("").tolist() == ["", "Позвонить"]
    assert [dict(source.columns).get("Итог") for source in tables.sources.sources] == [None, "outcome", "text"]


def test_what_is_said_of_a_sheet_counts_before_what_is_said_of_all(loaded: Loaded, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for title in ("Звонки", "Ещё звонки"):
        sheet = book.create_sheet(title)
        sheet.append(["ID сделки", "Время", "Тип", "Итог"])
        sheet.append([1, "05.03.2024 10:00", "звонок", "недозвон"])
    book.save(tmp_path / "crm.xlsx")
    tables = loaded("deals.csv", "crm.xlsx", columns={"Итог": "text"}, narrowed={"Звонки": {"Итог": "outcome"}})
    assert [(source.sheet, dict(source.columns).get("Итог")) for source in tables.sources.sources] == [
        (None, None),
        ("Звонки", "outcome"),
        ("Ещё звонки", "text"),
    ]


def test_the_lists_of_a_crm_are_mapped_too(csv: Write, loaded: Loaded) -> None:
    csv(
        "calls.csv", "Сотрудник;Номер телефона;Тип звонка;Время звонка;Дата вызова;Итог;Статус",
        "Анна;+79161234567;исходящий;2 мин;05.03.2024 10:00:00;занято;Успешный звонок (200)",
    )  # fmt: skip
    csv(
        "grid.csv", "Сделка/Лид;Тип;Куратор;Момент", "Сделка: 1;Звонок (исходящий);Иван;06.03.2024 10:00:00",
    )  # fmt: skip
    narrowed = {"calls.csv": {"Итог": "outcome"}, "grid.csv": {"Куратор": "manager", "Момент": "time"}}
    tables = loaded("deals.csv", "calls.csv", "grid.csv", narrowed=narrowed)
    assert [source.reader for source in tables.sources.sources] == [
        "plain", "bitrix24 call details", "bitrix24 activities",
    ]  # fmt: skip
    frame = tables.activities
    assert frame is not None
    assert frame["outcome"].astype("str").fillna("").tolist() == ["unanswered", ""]
    assert frame["author"].astype("str").tolist() == ["Анна", "Иван"]


def test_a_caption_of_deals_leaves_a_list_s_own_column_as_it_is(csv: Write, loaded: Loaded) -> None:
    csv(
        "calls.csv", "Сотрудник;Номер телефона;Тип звонка;Время звонка;Дата вызова;Статус",
        "Анна;+79161234567;исходящий;2 мин;05.03.2024 10:00:00;Занято (486)",
    )  # fmt: skip
    tables = loaded("deals.csv", "calls.csv", columns={"Статус": "stage"})
    assert tables.activities is not None
    assert tables.activities["outcome"].astype("str").tolist() == ["unanswered"]
