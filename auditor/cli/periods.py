"""Days, moments and periods as people type them."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta

import numpy as np
from dateutil.relativedelta import MO, relativedelta

from auditor.choices import one_of
from auditor.i18n import _
from auditor.log.calendar import Calendar, date_of, day_number
from auditor.settings import Settings

DAYS = ("%d.%m.%Y", "%Y-%m-%d")
CLOCKS = ("%H:%M", "%H:%M:%S")
END_OF_DAY = time(23, 59, 59)
LAST_WORKING_DAY = "last-working-day"
OF_ONE_DAY = ("today", "yesterday", LAST_WORKING_DAY)
LONGEST_REST = 60
"""Days before today among which a working day is looked for."""

Days = tuple[date, date]


def day(typed: str) -> date:
    """11.03.2026 or 2026-03-11. Raises ValueError in words."""
    return _parsed(typed, DAYS, _("A date such as 11.03.2026 is expected, not “{value}”.")).date()


def day_or_word(typed: str, today: date, settings: Settings) -> date:
    """A date, or one of `OF_ONE_DAY`: the last working day itself, without the days off after it. Raises ValueError in
    words."""
    try:
        return days_of(one_of(*OF_ONE_DAY)(typed), today, settings)[0]
    except ValueError:
        otherwise = _("today, yesterday, last-working-day or a date such as 11.03.2026 is expected, not “{value}”.")
        return _parsed(typed, DAYS, otherwise).date()


def moment(typed: str) -> datetime:
    """A date with a time, or a date: its last second. Raises ValueError in words."""
    try:
        return datetime.combine(day(typed), END_OF_DAY)
    except ValueError:
        forms = [f"{form}{gap}{clock}" for form in DAYS for gap in " T" for clock in CLOCKS]
        return _parsed(typed, forms, _("A moment such as 11.03.2026 18:00 is expected, not “{value}”."))


def _parsed(typed: str, forms: tuple[str, ...] | list[str], otherwise: str) -> datetime:
    for form in forms:
        try:
            found = datetime.strptime(typed.strip(), form)
        except ValueError:
            continue
        if 2000 <= found.year <= 2135:
            return found
    raise ValueError(otherwise.format(value=typed))


def days_of(period: str, today: date, settings: Settings) -> Days:
    """The first and last day of one of `auditor.choices.PERIODS`, seen from a day."""
    return _last_working_day(today, settings) if period == LAST_WORKING_DAY else _OF_CALENDAR[period](today)


def _last_working_day(today: date, settings: Settings) -> Days:
    """The company's last working day before today and the days off after it: on a Monday from Friday to Sunday."""
    first = day_number(today) - LONGEST_REST
    worked = np.flatnonzero(Calendar.of(settings, first, day_number(today) - 1).working)
    return date_of(first + int(worked[-1]) if worked.size else first), today - timedelta(1)


def _today(today: date) -> Days:
    return today, today


def _yesterday(today: date) -> Days:
    return today - timedelta(1), today - timedelta(1)


def _this_week(today: date) -> Days:
    monday = today + relativedelta(weekday=MO(-1))
    return monday, monday + timedelta(6)


def _last_week(today: date) -> Days:
    return _this_week(today - timedelta(7))


def _this_month(today: date) -> Days:
    return today + relativedelta(day=1), today + relativedelta(day=31)


def _last_month(today: date) -> Days:
    return _this_month(today + relativedelta(months=-1))


_OF_CALENDAR: Mapping[str, Callable[[date], Days]] = {
    "today": _today,
    "yesterday": _yesterday,
    "this-week": _this_week,
    "last-week": _last_week,
    "this-month": _this_month,
    "last-month": _last_month,
}
