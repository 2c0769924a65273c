"""The opening and closing of every day of each schedule, from the rules of the people table."""

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from auditor.i18n import _
from auditor.log.calendar import Calendar
from auditor.log.columns import Bools, Ints
from auditor.log.kinds import DAY
from auditor.log.shifts import Away, Hours, Rule, ScheduleError, Shift, Week, read_schedule


def schedule_cells(people: pd.DataFrame | None) -> Iterator[tuple[str, str]]:
    """Names and schedules of those who have one."""
    if people is None or "schedule" not in people:
        return
    given = people[people["schedule"].notna()]
    yield from zip(given["name"].astype(str), given["schedule"].astype(str), strict=True)


def numbered(
    cells: Iterable[tuple[str, str]], most: int
) -> tuple[list[tuple[Rule, ...]], dict[str, int], list[tuple[str, str]]]:
    """The distinct schedules (number 0, the company's, has no rules), their number by person, one past the last for
    those whose cell is not understood, and (name, error) for these. `most`: so many schedules the tables have room
    for."""
    rules: dict[tuple[Rule, ...], int] = {(): 0}
    numbers: dict[str, int] = {}
    errors: list[tuple[str, str]] = []
    for name, cell in cells:
        try:
            read = read_schedule(cell)
            if read not in rules and len(rules) >= most:
                raise ScheduleError(_("there are too many different schedules in this table"))
        except ScheduleError as error:
            errors.append((name, str(error)))
            continue
        if read:
            numbers[name] = rules.setdefault(read, len(rules))
    return list(rules), numbers | dict.fromkeys((name for name, _error in errors), len(rules)), errors


def hours_by_day(calendar: Calendar, rules: tuple[Rule, ...], company: Hours) -> Ints:
    """Opening and closing second of each day, [2, day]; equal on a day off, the closing past 24 hours where the shift
    goes on in the next day.

    Without a rule for work the company's days and hours hold, and before the first shift too."""
    hours = np.full((2, len(calendar.days)), company[0])
    weeks = [rule for rule in rules if isinstance(rule, Week)] or [Week(None, None)]
    for week in weeks:
        _set(hours, _days_of(week, calendar), week.hours or company)
    for shift in sorted((rule for rule in rules if isinstance(rule, Shift)), key=lambda shift: shift.since):
        begun = calendar.days >= shift.since
        on = (calendar.days - shift.since) % (shift.on + shift.off) < shift.on
        on &= ~calendar.holiday | shift.on_holidays
        _set(hours, begun & on, shift.hours or company)
        hours[1, begun & ~on] = hours[0, begun & ~on]
    for away in (rule for rule in rules if isinstance(rule, Away)):
        gone = (calendar.days >= away.first) & (calendar.days <= away.last)
        hours[1, gone] = hours[0, gone]
    return _apart(hours)


def _days_of(week: Week, calendar: Calendar) -> Bools:
    if week.weekdays is None:
        return calendar.with_holidays if week.on_holidays else calendar.working
    days = calendar.on_weekdays(week.weekdays)
    return days if week.on_holidays else days & ~calendar.holiday


def _set(hours: Ints, days: Bools, to: Hours) -> None:
    hours[0, days], hours[1, days] = to


def _apart(hours: Ints) -> Ints:
    """A shift ends at the latest where that of the next day begins: no second is worked twice."""
    works = hours[1, 1:] > hours[0, 1:]
    hours[1, :-1] = np.where(works, np.minimum(hours[1, :-1], DAY + hours[0, 1:]), hours[1, :-1])
    return hours
