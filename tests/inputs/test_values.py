"""Single cells."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from auditor.inputs.columns import ids
from auditor.inputs.values import duration_of, id_of, moment_of, number_of, phone_of, truth_of

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5", 5),
        ("-5,5", -5.5),
        ("−3", -3),
        ("1 234,50 ₽", 1234.5),
        (f"1{NBSP}234{NBSP}567 руб.", 1_234_567),
        ("1.234.567,89", 1_234_567.89),
        ("1,234,567.89", 1_234_567.89),
        ("1,234.5", 1234.5),
        ("12 345.67", 12_345.67),
        ("12,5", 12.5),
        ("$100", 100),
        ("10 %", 10),
        ("250000|RUB", 250_000),
        ("1e3", 1000),
        ("007", 7),
        ("10.000", 10_000),
        ("12,000", 12_000),
        ("-1.500", -1500),
        ("0,125", 0.125),
        ("1234.500", 1234.5),
        ("(10 000)", -10_000),
        ("RUB 10 000", 10_000),
        ("€ 5,50", 5.5),
    ],
)
def test_numbers(text: str, number: float) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize(
    "text",
    ["", " ", "+79161234567", "01.05.2024", "1 23", "12-5", "десять", "1.2.3", "1e999", "nan", "inf", "5 шт", "٣"],
)
def test_no_numbers(text: str) -> None:
    assert number_of(text) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("05.03.2024", datetime(2024, 3, 5)),
        ("05.03.2024 10:20", datetime(2024, 3, 5, 10, 20)),
        ("05.03.2024 10:20:30", datetime(2024, 3, 5, 10, 20, 30)),
        ("5.3.24 9:05", datetime(2024, 3, 5, 9, 5)),
        ("05.03.2024, 10:20", datetime(2024, 3, 5, 10, 20)),
        ("2024-03-05", datetime(2024, 3, 5)),
        ("2024-03-05T10:20:30", datetime(2024, 3, 5, 10, 20, 30)),
        ("2024-03-05 10:20:30.999", datetime(2024, 3, 5, 10, 20, 30)),
        ("2024/03/05 10:20", datetime(2024, 3, 5, 10, 20)),
        ("29.02.2024", datetime(2024, 2, 29)),
        ("31.12.2135 23:59:59", datetime(2135, 12, 31, 23, 59, 59)),
    ],
)
def test_moments(text: str, moment: datetime) -> None:
    assert moment_of(text) == moment


@pytest.mark.parametrize(
    "text",
    ["", "31.02.2024", "29.02.2023", "01.13.2024", "31.12.1999", "01.01.2136", "05.03.2024 24:00", "05/03/2024",
     "вчера", "45000", "20240305", "2024-W10-1", "05.03"],
)  # fmt: skip
def test_no_moments(text: str) -> None:
    assert moment_of(text) is None


def test_an_offset_is_converted_to_the_account_and_kept_without_one() -> None:
    assert moment_of("2024-03-05T10:00:00+05:00", ZoneInfo("Europe/Moscow")) == datetime(2024, 3, 5, 8)
    assert moment_of("2024-03-05T10:00:00Z", ZoneInfo("Asia/Vladivostok")) == datetime(2024, 3, 5, 20)
    assert moment_of("2024-03-05T10:00:00+05:00") == datetime(2024, 3, 5, 10)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("125", 125), ("0", 0), ("2:05", 125), ("1:02:05", 3725), ("00:02:05", 125), ("2 мин, 15 сек", 135),
        ("15 сек", 15), ("1 ч 2 мин", 3720), ("3 мин.", 180), ("1h 2m 3s", 3723), ("90,0", 90),
        ("00:00:45.120", 45), ("2:05,5", 125),
    ],
)  # fmt: skip
def test_durations(text: str, seconds: float) -> None:
    assert duration_of(text) == seconds


@pytest.mark.parametrize("text", ["", "-5", "долго", "2:5", "мин", "1e300", "9" * 400 + " мин", "1:2:3:4"])
def test_no_durations(text: str) -> None:
    assert duration_of(text) is None


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("8 (916) 123-45-67", "79161234567"), ("+7 916 123 45 67", "79161234567"), ("'79161234567", "79161234567"),
        ("9161234567", "79161234567"), ("+375 29 123-45-67", "375291234567"),
        ("8 916 123-45-67, 8 903 1", "79161234567"),
        ("101", "101"), ("нет", None), ("", None), ("1" * 30, None), ("7,91600E+10", None), ("7.9E+10", None),
        ("79161234567.0", "79161234567"), ("+7 495 123-45-67 доб. 12", "74951234567"),
    ],
)  # fmt: skip
def test_phones(text: str, digits: str | None) -> None:
    assert phone_of(text) == digits


def test_yes_and_no() -> None:
    assert [truth_of(word) for word in ("Да", "yes", "1", "TRUE", "нет", "No", "0", "-", "может быть")] == [
        True, True, True, True, False, False, False, False, None,
    ]  # fmt: skip


IDS = [
    ("501", "501"),
    ("501.0", "501"),
    ("501,00", "501"),
    ("'501", "501"),
    ("’501", "501"),
    ("#501", "501"),
    ("№ 501", "501"),
    (f"12{NBSP}345{NBSP}678", "12345678"),
    ("007", "007"),
    ("501.5", "501.5"),
    ("12 34", "12 34"),
    ("К-12 345", "К-12 345"),
    ("1,23457E+15", None),
    ("5E+2", None),
]


@pytest.mark.parametrize(("text", "found"), IDS)
def test_ids(text: str, found: str | None) -> None:
    assert id_of(text) == found


def test_a_column_of_ids_reads_each_as_it_is_read_alone() -> None:
    read = ids(pd.Series([text for text, _found in IDS]))
    assert [None if pd.isna(one) else one for one in read.values] == [found for _text, found in IDS]
    assert read.bad.tolist() == [found is None for _text, found in IDS]
