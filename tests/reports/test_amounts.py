"""Numbers and amounts of time as people say them."""

from datetime import datetime

import pytest

from auditor import i18n
from auditor.reports.amounts import amount, decimal, lapse, moment, percent, value
from auditor.reports.rows import shown_rows
from tests.reports.builders import CALLS_OWED, STAYED, WENT_BACK, frame


@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [
        (1, "working_days", "1 working day"),
        (2, "working_days", "2 working days"),
        (200, "minutes", "3 h 20 min"),
        (60, "minutes", "1 h"),
        (59.9, "minutes", "59 min"),
        (0.5, "minutes", "less than a minute"),
        (3.5, "hours", "3 h 30 min"),
        (49, "hours", "2 days 1 h"),
        (90, "working_minutes", "1 h 30 min of working time"),
        (30, "working_hours", "30 h of working time"),
        (16723, "working_minutes", "278 h of working time"),
        (1, "days", "1 day"),
        (2.479, "days", "2 days 11 h"),
        (1234, "days", "1,234 days"),
        (3, "times", "3 times"),
        (5000, "rub", "5,000 roubles"),
        (5, "parrots", "5 parrots"),
    ],
)
def test_amounts_in_english(number: float, unit: str, words: str) -> None:
    assert amount(number, unit) == words


@pytest.mark.usefixtures("in_russian")
@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [
        (1, "working_days", "1 рабочий день"),
        (2, "working_days", "2 рабочих дня"),
        (5, "working_days", "5 рабочих дней"),
        (21, "days", "21 день"),
        (200, "minutes", "3 ч 20 мин"),
        (1.5, "working_hours", "1 ч 30 мин рабочего времени"),
    ],
)
def test_amounts_in_russian(number: float, unit: str, words: str) -> None:
    assert amount(number, unit) == words


@pytest.mark.parametrize(
    ("share", "text"),
    [(None, "—"), (1, "100%"), (0, "0%"), (0.99999, "99.9%"), (0.00001, "0.1%"), (0.875, "87.5%"), (7 / 9, "77.8%")],
)
def test_a_share_is_whole_only_where_nothing_is_missing(share: float | None, text: str) -> None:
    assert percent(share) == text


def test_russian_numbers_have_commas_and_thin_groups() -> None:
    i18n.activate("ru")
    assert percent(0.875) == "87,5\u00a0%"
    assert decimal(1234567.5) == "1\u00a0234\u00a0567,5"
    assert value(0.05) == "0,05"
    assert moment(datetime(2024, 3, 5, 9, 30)) == "05.03.2024 09:30"


def test_a_big_sum_keeps_its_kopecks_and_is_never_written_with_an_exponent() -> None:
    assert decimal(123456789012.25) == "123,456,789,012.25"
    assert decimal(0.1 + 0.2) == "0.3"
    assert amount(1234567, "rub") == "1,234,567 roubles"


def test_a_parameter_keeps_all_its_digits() -> None:
    assert value(0.005) == "0.005"
    assert value(30) == "30"
    assert value(("дубль", "спам")) == "дубль, спам"


def test_the_end_of_a_day_is_the_day() -> None:
    assert moment(datetime(2024, 3, 5, 23, 59, 59)) == "2024-03-05"
    assert moment(datetime(2024, 3, 5)) == "2024-03-05 00:00"
    assert moment(datetime(2024, 3, 5, 9, 30, 1)) == "2024-03-05 09:30:01"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (CALLS_OWED, "not done, 2 of 3"),
        (STAYED, "done 2 days 11 h late"),
        ({**STAYED, "how": "missed"}, "not done, overdue by 2 days 11 h"),
        ({**STAYED, "overrun": None}, "done late"),
        (WENT_BACK, "not allowed"),
        ({**CALLS_OWED, "measured": 33, "limit": 32}, "not done, 33 against 32"),
        ({**CALLS_OWED, "measured": None, "overrun": None}, "not done"),
        ({**STAYED, "unit": "working_hours", "overrun": 17.9}, "done 17 h 54 min of working time late"),
        ({**STAYED, "unit": "working_hours", "overrun": 18}, "done 2 working days late"),
        ({**STAYED, "unit": "working_minutes", "overrun": 38_280}, "done 70 working days late"),
    ],
)
def test_how_a_duty_was_broken(row: dict[str, object], words: str) -> None:
    (one,) = shown_rows(frame([row]))
    assert lapse(one, 9) == words
