"""The production calendar: the official days, the settings' days, and the years nobody knows yet."""

from datetime import date, timedelta

import pytest

from auditor.log.calendar import NO_END, Calendar, date_of, day_number
from auditor.settings import Settings

OFFICIAL = {
    2021: (247, "0101 0104-0108 0222 0223 0308 0503 0510 0614 1104 1105 1231", "0220"),
    2022: (247, "0103-0107 0223 0307 0308 0502 0503 0509 0510 0613 1104", "0305"),
    2023: (247, "0102-0106 0223 0224 0308 0501 0508 0509 0612 1106", ""),
    2024: (248, "0101-0105 0108 0223 0308 0429 0430 0501 0509 0510 0612 1104 1230 1231", "0427 1102 1228"),
    2025: (247, "0101-0103 0106-0108 0501 0502 0508 0509 0612 0613 1103 1104 1231", "1101"),
    2026: (247, "0101 0102 0105-0109 0223 0309 0501 0511 0612 1104 1231", ""),
    2027: (247, "0101 0104-0108 0222 0223 0308 0503 0510 0614 1104 1105 1231", "0220"),
}
"""Of each year: how many working days, the weekdays that are days off, and the weekend days that are worked."""


def days(year: int, text: str) -> set[date]:
    found = set()
    for item in text.split():
        first, last = (date(year, int(end[:2]), int(end[2:])) for end in (item.split("-")[0], item.split("-")[-1]))
        found |= {first + timedelta(number) for number in range((last - first).days + 1)}
    return found


def working(settings: Settings, first: date, last: date) -> set[date]:
    calendar = Calendar.of(settings, day_number(first), day_number(last))
    return {date_of(int(day)) for day in calendar.days[calendar.working]}


@pytest.mark.parametrize("year", OFFICIAL)
def test_russias_official_calendar_day_by_day(year: int) -> None:
    count, off, moved = OFFICIAL[year]
    every = [date(year, 1, 1) + timedelta(number) for number in range(366 if year % 4 == 0 else 365)]
    expected = ({day for day in every if day.weekday() < 5} - days(year, off)) | days(year, moved)

    assert working(Settings(), date(year, 1, 1), date(year, 12, 31)) == expected
    assert len(expected) == count


def test_days_over_the_turn_of_years_are_those_of_each_year() -> None:
    first, last = date(2023, 12, 28), date(2026, 1, 12)
    calendar = Calendar.of(Settings(), day_number(first), day_number(last))
    ends = [
        (first, date(2023, 12, 31)),
        *((date(y, 1, 1), date(y, 12, 31)) for y in (2024, 2025)),
        (date(2026, 1, 1), last),
    ]

    assert working(Settings(), first, last) == set().union(*(working(Settings(), *each) for each in ends))
    assert [date_of(int(day)) for day in calendar.days[[0, -1]]] == [first, last]
    assert calendar.holiday[calendar.days == day_number(date(2024, 1, 6))].all(), "a holiday on a Saturday, too"


def test_days_have_their_number_and_weekday() -> None:
    calendar = Calendar.of(Settings(), -2, 1)

    assert [date_of(int(day)) for day in calendar.days] == [
        date(1999, 12, 30), date(1999, 12, 31), date(2000, 1, 1), date(2000, 1, 2),
    ]  # fmt: skip
    assert calendar.weekday.tolist() == [3, 4, 5, 6]
    assert day_number(date(2024, 2, 29)) == 8825


def test_the_settings_add_and_take_away_days() -> None:
    settings = Settings(days_off=(date(2024, 3, 5),), working_days=(date(2024, 3, 8), date(2024, 3, 9)))

    found = working(settings, date(2024, 3, 4), date(2024, 3, 10))

    assert found == {date(2024, 3, day) for day in (4, 6, 7, 8, 9)}


def test_a_day_that_the_settings_call_both_is_off() -> None:
    settings = Settings(days_off=(date(2024, 3, 5),), working_days=(date(2024, 3, 5),))

    assert working(settings, date(2024, 3, 5), date(2024, 3, 5)) == set()


def test_another_country_has_its_own_holidays() -> None:
    week = date(2024, 3, 18), date(2024, 3, 24)

    assert working(Settings(country="KZ"), *week) == {date(2024, 3, 18), date(2024, 3, 19), date(2024, 3, 20)}
    assert len(working(Settings(country="RU"), *week)) == 5


def known_until(country: str) -> int:
    return Calendar.of(
        Settings(country=country), day_number(date(2026, 1, 1)), day_number(date(2029, 1, 1))
    ).known_until


def test_moved_days_are_official_up_to_2027_at_least() -> None:
    assert 2027 <= known_until("RU") < 2100


def test_a_country_that_moves_no_days_is_always_known() -> None:
    assert known_until("DE") == NO_END
