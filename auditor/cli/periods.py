"""Days, moments and periods as people type them."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import MO, relativedelta

from auditor.i18n import _

DAYS = ("%d.%m.%Y", "%Y-%m-%d")
CLOCKS = ("%H:%M", "%H:%M:%S")
END_OF_DAY = time(23, 59, 59)

Days = tuple[date, date]


def day(typed: str) -> date:
    """11.03.2026 or 2026-03-11. Raises ValueError in words."""
    return _parsed(typed, DAYS, _("A date such as 11.03.2026 is expected, not “{value}”.")).date()


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


def _yesterday(today: date) -> Days:
    return today - timedelta(1), today - timedelta(1)


def _last_week(today: date) -> Days:
    monday = today + relativedelta(weekday=MO(-1), weeks=-1)
    return monday, monday + timedelta(6)


def _last_month(today: date) -> Days:
    first = today + relativedelta(day=1, months=-1)
    return first, today + relativedelta(day=1, days=-1)


PERIODS: Mapping[str, Callable[[date], Days]] = {
    "yesterday": _yesterday,
    "last-week": _last_week,
    "last-month": _last_month,
}
"""The first and last day of a period, seen from a day. Weeks begin on Monday."""
