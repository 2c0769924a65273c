"""The company's working days: the country's production calendar, and the days that the settings add or take away."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

import holidays
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from auditor.i18n import _
from auditor.inputs.tables import EPOCH
from auditor.log.columns import Bools, Ints
from auditor.log.kinds import NEVER
from auditor.settings import Settings

NO_END = NEVER
SATURDAY = 5
"""The weekday of day 0, 2000-01-01."""


def day_number(day: date) -> int:
    """The number of days since 2000-01-01."""
    return int((np.datetime64(day, "D") - np.datetime64(EPOCH, "D")).astype(int))


def date_of(day: int) -> date:
    """The date of a day's number."""
    return (np.datetime64(EPOCH, "D") + day).astype(date)


@dataclass(frozen=True, eq=False)
class Calendar:
    """The days from number `first` on, one item a day.

    `weekday`: Monday is 0; `working`: the company works; `holiday`: a public holiday, moved day off or day off of the
    settings, on a weekend too; `weekend`: the country's days of rest; `known_until`: the last year whose moved days
    are official, `NO_END` for a country that moves none."""

    first: int
    weekday: NDArray[np.int8]
    working: Bools
    holiday: Bools
    weekend: frozenset[int]
    known_until: int

    @classmethod
    def of(cls, settings: Settings, first: int, last: int) -> "Calendar":
        """The calendar of the days `first` to `last`, both included; the country must be one that `holidays` knows."""
        years = range(date_of(first).year, date_of(last).year + 1)
        days, begins = np.arange(first, last + 1), first - day_number(date(years[0], 1, 1))
        parts = zip(*(_year(settings.country, year) for year in years), strict=True)
        worked, holiday = (np.concatenate(part)[begins:][: len(days)] for part in parts)
        off, on = (np.isin(days, [*map(day_number, told)]) for told in (settings.days_off, settings.working_days))
        weekday = ((days + SATURDAY) % 7).astype(np.int8)
        return cls(first, weekday, ~off & (on | worked), off | (holiday & ~on), *_official(settings.country))

    @cached_property
    def days(self) -> Ints:
        """The numbers of the days."""
        return self.first + np.arange(len(self.weekday), dtype=np.int64)

    def on_weekdays(self, weekdays: frozenset[int]) -> Bools:
        """All days of these weekdays, holidays too."""
        return np.isin(self.weekday, list(weekdays))

    @property
    def with_holidays(self) -> Bools:
        """The company's working days as if no holiday fell on a weekday."""
        return self.working | (self.holiday & ~self.on_weekdays(self.weekend))


def unofficial(known_until: int, day: int) -> str | None:
    """What to say of a day past the years whose moved holidays are official."""
    if date_of(day).year <= known_until:
        return None
    text = _(
        "The official working calendar is known up to {year}; later days off are a guess. "
        "Update the program, or name them in the settings (days_off, working_days)."
    )
    return text.format(year=known_until)


def working_days_after(settings: Settings, day: int, last: int) -> int:
    """Number of the company's working days in (day, last]."""
    return int(Calendar.of(settings, day, last).working[1:].sum())


def prepare(country: str) -> None:
    """Load what `holidays` knows. It imports every country for one: a tenth of a second, which is free while files are
    read."""
    holidays.country_holidays(country)


@lru_cache(maxsize=256)
def _year(country: str, year: int) -> tuple[Bools, Bools]:
    """Per day of the year whether it is worked, and whether it is a holiday, on a weekend too."""
    # a year may move a day into the one before or after
    official = holidays.country_holidays(country, years=range(year - 1, year + 2))
    dates = pd.date_range(date(year, 1, 1), date(year, 12, 31)).date.tolist()
    return np.array([*map(official.is_working_day, dates)]), np.array([day in official for day in dates])


@lru_cache(maxsize=8)
def _official(country: str) -> tuple[frozenset[int], int]:
    """The country's days of rest, and the last year whose moved days are official."""
    # `holidays` computes movable days for any year but knows moved ones only of published years; a country moves days
    # at all if the last published years have a working weekend
    known = max(getattr(holidays.country_holidays(country), "special_public_holidays", {}), default=0)
    official = holidays.country_holidays(country, years=range(known - 3, known + 1) if known else None)
    return frozenset(official.weekend), known if official.weekend_workdays else NO_END
