"""Between which moments a task must be due."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from auditor.i18n import _
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


@dataclass(frozen=True)
class NamedDays(Window):
    """The days from `first` to `until` after (negative: before) the date in a field, both included; without `until` the
    day `first` alone. The date is the value that stands at the trigger."""

    field: str
    first: int
    until: int | None = None
    PARAMETERS: ClassVar[dict[str, str]] = {"first": "day", "until": "last_day"}

    @property
    def last(self) -> int:
        return self.first if self.until is None else self.until

    def bounds(self, log: Log, t: Moments) -> tuple[Ints, Ints]:
        versions = log.field(self.field)
        day = versions.day[versions.at(t.key)]
        known = day != NEVER
        day = np.where(known, day, t.time // DAY * DAY)
        opens = window_opens(log, t.deal, day + self.first * DAY)
        return np.where(known, opens, NEVER), np.where(known, day + self.last * DAY + DAY - 1, NEVER)

    def words(self) -> str:
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
    included; it opens on the last working day before where the first is a day off."""
    return NamedDays(field, first, last)


def not_later(than: Deadline) -> NotLater:
    """A window: due from the trigger's day on, at the latest by that deadline."""
    return NotLater(than)


def further_than(days: int) -> FurtherThan:
    """A window: due more than so many calendar days after the trigger's day."""
    return FurtherThan(days)


def window_opens(log: Log, deal: Ints, named: Ints) -> Ints:
    """00:00 of the named day, or of the last working day before it, by the schedule of who answers for the deal then;
    NEVER where that schedule is not understood."""
    schedules = log.times.schedules
    schedule = log.times.of(log.answering.code[log.answering.before(key_of(deal, named))])
    opens = schedules.working_day_on_or_before(schedule, named // DAY) * DAY
    return np.where(schedules.is_known(schedule), opens, NEVER)
