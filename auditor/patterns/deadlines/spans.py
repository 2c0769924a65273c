"""Deadlines a span of time after the trigger: minutes, hours, days, weeks, working time."""

from dataclasses import dataclass
from typing import ClassVar

from auditor.i18n import ngettext, numeral
from auditor.log.columns import Ints
from auditor.log.kinds import DAY
from auditor.log.log import Log
from auditor.log.spine import key_of
from auditor.patterns.core.deadline import EXACT, Deadline
from auditor.patterns.core.moments import Moments

CALENDAR = {"days": 1, "weeks": 7}
"""The length of a calendar unit in days."""
UNITS = (*EXACT, *CALENDAR, "working_minutes", "working_hours", "working_days")


@dataclass(frozen=True)
class Span(Deadline):
    """So many units of time after the trigger; calendar days and weeks end at 23:59:59 of the last day."""

    unit: str
    amount: float
    PARAMETERS: ClassVar[dict[str, str]] = {"amount": "{unit}"}

    def due(self, log: Log, t: Moments, schedule: Ints) -> Ints:
        start, schedules = t.start, log.times.schedules
        if self.unit in EXACT:
            return self.later(log, start)
        if self.unit in CALENDAR:
            return (start // DAY + int(self.amount) * CALENDAR[self.unit]) * DAY + DAY - 1
        if self.unit == "working_days":
            return schedules.after_working_days(schedule, start, int(self.amount))
        return schedules.after(schedule, start, int(self.amount * EXACT[self.unit.removeprefix("working_")]))

    @property
    def counts_hours(self) -> bool:  # type: ignore[override]
        return self.unit.removeprefix("working_") in EXACT

    @property
    def seconds(self) -> int:
        """The length of an exact or calendar span in seconds; working time has no fixed one."""
        return int(self.amount * (EXACT.get(self.unit) or CALENDAR[self.unit] * DAY))

    def later(self, log: Log, t: Ints, times: int = 1) -> Ints:
        """The seconds so many spans after these (before them: −1): hours and minutes as they elapse, days and weeks by
        the clock."""
        seconds = times * self.seconds
        return log.clock.later(t, seconds) if self.unit in EXACT else t + seconds

    def words(self) -> str:
        return amount_words(self.amount, self.unit)


def amount_words(amount: float, unit: str) -> str:
    """«3 working days», in the active language."""
    shown = numeral(amount)
    count = int(amount) if amount == int(amount) else 5  # a fraction is worded as a plural
    forms = {
        "minutes": ngettext("{n} minute", "{n} minutes", count),
        "hours": ngettext("{n} hour", "{n} hours", count),
        "days": ngettext("{n} day", "{n} days", count),
        "weeks": ngettext("{n} week", "{n} weeks", count),
        "working_minutes": ngettext("{n} working minute", "{n} working minutes", count),
        "working_hours": ngettext("{n} working hour", "{n} working hours", count),
        "working_days": ngettext("{n} working day", "{n} working days", count),
    }
    return forms[unit].format(n=shown)


def shifted(t: Moments, span: Span, times: int = 1) -> Ints:
    """Keys of the moments so many spans later; of 00:00 of the day where the span is one of calendar days."""
    moved = span.later(t.log, t.time, times)
    return key_of(t.deal, moved if span.unit in EXACT else moved // DAY * DAY)


def minutes(amount: float) -> Span:
    """So many minutes after the trigger, to the second."""
    return Span("minutes", amount)


def hours(amount: float) -> Span:
    """So many hours after the trigger, to the second."""
    return Span("hours", amount)


def days(amount: int) -> Span:
    """23:59:59 of the calendar day so many days later: `days(1)` ends tomorrow."""
    return Span("days", amount)


def weeks(amount: int) -> Span:
    """23:59:59 of the calendar day so many weeks later."""
    return Span("weeks", amount)


def working_minutes(amount: float) -> Span:
    """So many minutes of the working time of who is responsible at the trigger; outside it they begin at the next
    opening."""
    return Span("working_minutes", amount)


def working_hours(amount: float) -> Span:
    """So many hours of working time, like `working_minutes`."""
    return Span("working_hours", amount)


def working_days(amount: int) -> Span:
    """The same clock time so many working days later; outside working time that of the next opening."""
    return Span("working_days", amount)
