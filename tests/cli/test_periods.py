"""Which days a period is, seen from a day."""

from datetime import date

import pytest

from auditor.cli.periods import days_of
from auditor.settings import Settings


def days(period: str, today: str, settings: Settings | None = None) -> tuple[str, str]:
    first, last = days_of(period, date.fromisoformat(today), settings or Settings())
    return first.isoformat(), last.isoformat()


@pytest.mark.parametrize(
    ("period", "today", "expected"),
    [
        ("today", "2026-11-30", ("2026-11-30", "2026-11-30")),
        ("yesterday", "2026-03-01", ("2026-02-28", "2026-02-28")),
        ("this-week", "2026-11-30", ("2026-11-30", "2026-12-06")),
        ("this-week", "2026-11-29", ("2026-11-23", "2026-11-29")),
        ("last-week", "2026-11-30", ("2026-11-23", "2026-11-29")),
        ("last-week", "2026-11-29", ("2026-11-16", "2026-11-22")),
        ("this-month", "2026-02-14", ("2026-02-01", "2026-02-28")),
        ("last-month", "2026-03-31", ("2026-02-01", "2026-02-28")),
        ("last-month", "2026-01-01", ("2025-12-01", "2025-12-31")),
    ],
)
def test_periods_of_the_calendar(period: str, today: str, expected: tuple[str, str]) -> None:
    assert days(period, today) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2024-03-05", ("2024-03-04", "2024-03-04")),
        ("2024-03-04", ("2024-03-01", "2024-03-03")),
        ("2024-03-03", ("2024-03-01", "2024-03-02")),
        ("2024-03-02", ("2024-03-01", "2024-03-01")),
        ("2024-01-09", ("2023-12-29", "2024-01-08")),  # the New Year holidays
        ("2024-04-28", ("2024-04-27", "2024-04-27")),  # a Saturday that works for a day moved to the 29th
        ("2024-05-02", ("2024-04-27", "2024-05-01")),
    ],
)
def test_the_last_working_day_has_the_days_off_after_it(today: str, expected: tuple[str, str]) -> None:
    assert days("last-working-day", today) == expected


def test_the_settings_say_which_days_the_company_works() -> None:
    settings = Settings(days_off=(date(2024, 3, 4),), working_days=(date(2024, 3, 2),))
    assert days("last-working-day", "2024-03-05", settings) == ("2024-03-02", "2024-03-04")
