"""Between which moments a task must be due."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from auditor.i18n import _, quoted
from auditor.log.columns import Ints
from auditor.log.kinds import DAY, NEVER
from auditor.log.log import Log
from auditor.log.spine import key_of
from auditor.patterns.core.deadline import Deadline, schedules_of
from auditor.patterns.core.moments import Moments
from auditor.patterns.core.needs import Field, Need, needs_of
from auditor.patterns.deadlines.spans import amount_words


class Window(ABC):
    """A part of a clause that says between which moments a task must be due."""

    @abstractmethod
    def bounds(self, log: Log, t: Moments) -> tuple[Ints, Ints]:
        """Per trigger the first and the last second at which the task may be due, both NEVER where the record does not
        say."""

    @abstractmethod
    def words(self) -> str: ...

    @property
    def needs(self) -> tuple[Need, ...]:
        return needs_of(self)


@dataclass(frozen=True)
class AnyTime(Window):
    """A window that every task with a due date is in."""

    def bounds(self, log: Log, t: Moments) -> tuple[Ints, Ints]:
        return np.zeros(len(t), np.int64), np.full(len(t), NEVER - 1)  # without a due date it is NEVER

    def words(self) -> str:
        return _("with a due date")


@dataclass(frozen=True)
class Whenever(Window):
    """A window that every task is in, with a due date or without."""

    def bounds(self, log: Log, t: Moments) -> tuple[Ints, Ints]:
        return np.zeros(len(t), np.int64), np.full(len(t), NEVER)

    def words(self) -> str:
        return _("with or without a due date")


ANY_TIME = AnyTime()
whenever = Whenever()


class Days(Window):
    """The days from `first` to `until`, both included; without `until` the day `first` alone."""

    first: int
    until: int | None
    PARAMETERS: ClassVar[dict[str, str]] = {"first": "day", "until": "last_day"}

    @property
    def last(self) -> int:
        return self.first if self.until is None else self.until


@dataclass(frozen=True)
class NamedDays(Days):
    """Days after (negative: before) the date in a field. The date is the value that stands at the trigger.

    A day off is moved away from the date: before it the window opens on the last working day before, after it the
    window closes on the next one."""

    field: str
    first: int
    until: int | None = None

    def bounds(self, log: Log, t: Moments) -> tuple[Ints, Ints]:
        versions = log.field(self.field)
        day = versions.day[versions.at(t.key)]
        known = day != NEVER
        day = np.where(known, day, t.time // DAY * DAY)
        opens, closes = day + self.first * DAY, day + self.last * DAY
        opens = opens if self.first > 0 else window_opens(log, t.deal, opens)
        closes = window_closes(log, t.deal, closes) if self.last > 0 else closes + DAY - 1
        told = known & (opens != NEVER) & (closes != NEVER)
        return np.where(told, opens, NEVER), np.where(told, closes, NEVER)

    def words(self) -> str:
        if self.first == self.last > 0:
            shift = amount_words(self.first, "days")
            return _("due {shift} after «{field}»").format(shift=shift, field=self.field)
        if self.first == self.last:
            shift = amount_words(-self.first, "days")
            return _("due {shift} before «{field}»").format(shift=shift, field=self.field)
        return _("due {most} to {least} days before «{field}»").format(
            most=-self.first, least=-self.last, field=self.field
        )

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Field(self.field),)


@dataclass(frozen=True)
class NotLater(Window):
    """From 00:00 of the trigger's day to a deadline."""

    than: Deadline

    def bounds(self, log: Log, t: Moments) -> tuple[Ints, Ints]:
        due = self.than.due(log, t, schedules_of(log, t))
        return np.where(due == NEVER, NEVER, t.time // DAY * DAY), due

    def words(self) -> str:
        return _("due no later than {deadline}").format(deadline=self.than.words())


@dataclass(frozen=True)
class DueOn(Days):
    """Days after the trigger's day."""

    first: int
    until: int | None = None

    def bounds(self, log: Log, t: Moments) -> tuple[Ints, Ints]:
        day = t.time // DAY
        return (day + self.first) * DAY, (day + self.last) * DAY + DAY - 1

    def words(self) -> str:
        if self.first == self.last:
            return _("due on day {n}").format(n=self.first)
        return _("due on days {first} to {last}").format(first=self.first, last=self.last)


@dataclass(frozen=True)
class ByDate(Window):
    """From the trigger's day to the day in the first of the date fields that names one, as they stand at the
    trigger."""

    fields: tuple[str, ...]

    def bounds(self, log: Log, t: Moments) -> tuple[Ints, Ints]:
        day = np.full(len(t), NEVER)
        for caption in self.fields:
            versions = log.field(caption)
            day = np.where(day == NEVER, versions.day[versions.at(t.key)], day)
        known = day != NEVER
        return np.where(known, t.time // DAY * DAY, NEVER), np.where(known, day + DAY - 1, NEVER)

    def words(self) -> str:
        return _("due no later than {fields}").format(fields=_(", else ").join(map(quoted, self.fields)))

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Field(*self.fields),)


@dataclass(frozen=True)
class FurtherThan(Window):
    """More than so many calendar days after the trigger's day, without an end."""

    days: int
    PARAMETERS: ClassVar[dict[str, str]] = {"days": "days"}

    def bounds(self, log: Log, t: Moments) -> tuple[Ints, Ints]:
        return (t.time // DAY + self.days + 1) * DAY, np.full(len(t), NEVER - 1)

    def words(self) -> str:
        return _("due more than {span} ahead").format(span=amount_words(self.days, "days"))


def named_day(field: str, first: int, last: int | None = None) -> NamedDays:
    """A window: the day so many days from the date in a field (−3: three before), or from that to another, both
    included; it opens on the last working day before where the first is a day off. After the date (1: the day after) it
    closes on the next working day where the last is a day off."""
    return NamedDays(field, first, last)


def by_date(*fields: str) -> ByDate:
    """A window: due from the trigger's day on, at the latest on the day in the first of these fields that has a date;
    unknown where none has."""
    return ByDate(fields)


def due_on(first: int, last: int | None = None) -> DueOn:
    """A window: due on the day so many days after the trigger's, on no other; or from that day to another, both
    included."""
    return DueOn(first, last)


def not_later(than: Deadline) -> NotLater:
    """A window: due from the trigger's day on, at the latest by that deadline."""
    return NotLater(than)


def further_than(days: int) -> FurtherThan:
    """A window: due more than so many calendar days after the trigger's day."""
    return FurtherThan(days)


def window_opens(log: Log, deal: Ints, named: Ints) -> Ints:
    """00:00 of the named day, or of the last working day before it, by the schedule of who answers for the deal then;
    NEVER where that schedule is not understood."""
    schedules, schedule = log.times.schedules, _schedule_then(log, deal, named)
    opens = schedules.working_day_on_or_before(schedule, named // DAY) * DAY
    return np.where(schedules.is_known(schedule), opens, NEVER)


def window_closes(log: Log, deal: Ints, named: Ints) -> Ints:
    """23:59:59 of the named day, or of the next working day where it is a day off; like `window_opens`."""
    schedules, schedule = log.times.schedules, _schedule_then(log, deal, named)
    closes = schedules.moment(schedules.working_day_on_or_after(schedule, named // DAY), DAY - 1)
    return np.where(schedules.is_known(schedule), closes, NEVER)


def _schedule_then(log: Log, deal: Ints, named: Ints) -> Ints:
    return log.times.of(log.answering.code[log.answering.before(key_of(deal, named))])
