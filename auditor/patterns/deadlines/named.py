"""Deadlines at the end of a day, at a clock time, after the date in a field, on a working day, after what came last."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from auditor.i18n import _
from auditor.log.columns import Ints
from auditor.log.fields import Versions
from auditor.log.kinds import DAY, NEVER
from auditor.log.log import Log
from auditor.log.spine import deal_of, key_of, time_of
from auditor.patterns.core.deadline import Deadline
from auditor.patterns.core.moments import Moments
from auditor.patterns.core.needs import Field, Need
from auditor.patterns.core.searching import last_before
from auditor.patterns.core.selector import Selector
from auditor.patterns.deadlines.spans import UNITS, Span, amount_words


class Named(Deadline):
    """A deadline without numbers, which a configuration gives by its name."""

    name: ClassVar[str]


@dataclass(frozen=True)
class EndOfDay(Named):
    """23:59:59 of the trigger's day."""

    name = "end_of_day"
    unit = "hours"

    def due(self, log: Log, t: Moments, schedule: Ints) -> Ints:
        return t.start // DAY * DAY + DAY - 1

    def words(self) -> str:
        return _("the end of the day")


@dataclass(frozen=True)
class EndOfWorkingDay(Named):
    """The close of the trigger's working day; of the next one where fewer working hours are left than the settings
    want left."""

    name = "end_of_working_day"
    unit = "working_hours"

    def due(self, log: Log, t: Moments, schedule: Ints) -> Ints:
        return log.times.schedules.end_of_working_day(schedule, t.start, log.settings.leave_hours * 3600)

    def words(self) -> str:
        return _("the end of the working day")


@dataclass(frozen=True)
class EndOfThisWorkingDay(EndOfWorkingDay):
    """The close of the trigger's working day, however little of it is left; of the next one where the trigger lies
    after it."""

    name = "end_of_this_working_day"

    def due(self, log: Log, t: Moments, schedule: Ints) -> Ints:
        return log.times.schedules.end_of_working_day(schedule, t.start)


@dataclass(frozen=True)
class EndOfNextWorkingDay(Named):
    """The close of the first working day after the trigger's calendar day."""

    name = "end_of_next_working_day"
    unit = "working_hours"

    def due(self, log: Log, t: Moments, schedule: Ints) -> Ints:
        return log.times.schedules.end_of_next_working_day(schedule, t.start)

    def words(self) -> str:
        return _("the end of the next working day")


@dataclass(frozen=True)
class NextWorkingDay(Deadline):
    """A clock time of the first working day after the trigger's calendar day."""

    clock: str
    unit = "hours"
    PARAMETERS: ClassVar[dict[str, str]] = {"clock": "clock"}

    def due(self, log: Log, t: Moments, schedule: Ints) -> Ints:
        return log.times.schedules.clock_of_next_working_day(schedule, t.start, clock_seconds(self.clock))

    def words(self) -> str:
        return _("{clock} of the next working day").format(clock=self.clock)


def clock_seconds(clock: str) -> int:
    """Seconds of the day of «11:00»."""
    hour, minute = clock.split(":")
    return int(hour) * 3600 + int(minute) * 60


@dataclass(frozen=True)
class OfField(Deadline):
    """A deadline that a date field names. It moves with the field: the value counts that stands when its own deadline
    passes."""

    field: str
    unit = "hours"

    def due(self, log: Log, t: Moments, schedule: Ints) -> Ints:
        versions = log.field(self.field)
        return following(versions, self.of_versions(versions), t)

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Field(self.field),)

    @abstractmethod
    def of_versions(self, versions: Versions) -> Ints:
        """Per version of the field its deadline; NEVER where there is no date."""


@dataclass(frozen=True)
class ClockOf(OfField):
    """A clock time some days before or after the date; «start» is the date's own moment, of a date without an hour the
    end of its day."""

    shift_days: int
    clock: str
    PARAMETERS: ClassVar[dict[str, str]] = {"shift_days": "shift_days", "clock": "clock"}

    def of_versions(self, versions: Versions) -> Ints:
        known = versions.day != NEVER
        if self.clock == "start":
            return np.where((versions.date == versions.day) & known, versions.day + DAY - 1, versions.date)
        moment = versions.day + self.shift_days * DAY + clock_seconds(self.clock)
        return np.where(known, moment, NEVER)

    def words(self) -> str:
        if self.clock == "start":
            return _("the moment in «{field}»").format(field=self.field)
        if self.shift_days == 0:
            return _("{clock} of the day in «{field}»").format(clock=self.clock, field=self.field)
        shift = amount_words(abs(self.shift_days), "days")
        return _("{clock}, {shift} before «{field}»").format(clock=self.clock, shift=shift, field=self.field)


@dataclass(frozen=True)
class EndOf(OfField):
    """23:59:59 of the date's day."""

    unit = "days"

    def of_versions(self, versions: Versions) -> Ints:
        return np.where(versions.day != NEVER, versions.day + DAY - 1, NEVER)

    def words(self) -> str:
        return _("the end of the day in «{field}»").format(field=self.field)


def following(versions: Versions, deadline: Ints, t: Moments) -> Ints:
    """Per trigger the deadline of the first version of the field, from the one that stands at the trigger on, whose
    deadline passes while that version stands; NEVER where there is none. `deadline`: per version.

    A version set after its own deadline is due in its first second."""
    begun = time_of(versions.start)
    passes = (deadline != NEVER) & (np.maximum(deadline, begun) < time_of(versions.end))
    number = np.where(passes, np.arange(len(passes)), len(passes))
    # a running minimum from the end gives, per version, the number of the first one from it on whose deadline passes
    first = np.minimum.accumulate(number[::-1])[::-1] if len(number) else number
    standing = versions.at(t.key)
    chosen = np.append(first, len(passes))[standing]
    ours = np.append(deal_of(versions.start), -1)[chosen] == t.deal
    moved = chosen != standing
    due = np.append(np.where(passes, deadline, NEVER), NEVER)[chosen]
    since = np.append(begun, 0)[chosen]
    return np.where(ours, np.where(moved, np.maximum(due, since), due), NEVER)


def eve_of(field: str, clock: str) -> ClockOf:
    """That clock time of the day before the date. It follows the field: the value counts that stands when its deadline
    passes."""
    return ClockOf(field, -1, clock)


def start_of(field: str) -> ClockOf:
    """The date's own moment; follows the field like `eve_of`."""
    return ClockOf(field, 0, "start")


def end_of(field: str) -> EndOf:
    """23:59:59 of the date's day; follows the field like `eve_of`: a date that is moved before its day is over takes
    the deadline with it."""
    return EndOf(field)


end_of_day = EndOfDay()
end_of_working_day = EndOfWorkingDay()
end_of_this_working_day = EndOfThisWorkingDay()
end_of_next_working_day = EndOfNextWorkingDay()


def parse_deadline(text: str) -> Deadline:
    """«end_of_day» or «3 working_hours»; ValueError says what is allowed."""
    ends = (end_of_day, end_of_working_day, end_of_this_working_day, end_of_next_working_day)
    named = {deadline.name: deadline for deadline in ends}
    if text in named:
        return named[text]
    amount, _blank, unit = text.partition(" ")
    if unit in UNITS and amount.isdigit():
        return Span(unit, int(amount))
    allowed = ", ".join([*named, *(f"3 {unit}" for unit in UNITS)])
    raise ValueError(_("«{text}» is no deadline; it may be: {allowed}").format(text=text, allowed=allowed))


def next_working_day(clock: str) -> NextWorkingDay:
    """That clock time («11:00») of the first working day after the trigger's calendar day."""
    return NextWorkingDay(clock)


@dataclass(frozen=True)
class LatestOf(Deadline):
    """The later of the trigger and a deadline that runs from the day in a date field; NEVER without a date."""

    field: str
    of: Deadline

    @property
    def unit(self) -> str:  # type: ignore[override]
        return self.of.unit

    def due(self, log: Log, t: Moments, schedule: Ints) -> Ints:
        versions = log.field(self.field)
        day = versions.day[versions.at(t.key)]
        moved = t.running_from(key_of(t.deal, np.where(day == NEVER, t.time, self._from(t, day))))
        return np.where(day == NEVER, NEVER, np.maximum(self.of.due(log, moved, schedule), time_of(t.latest)))

    def _from(self, t: Moments, day: Ints) -> Ints:
        """Per trigger the second that the deadline runs from."""
        return day

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Field(self.field),)

    def words(self) -> str:
        return _("{deadline} after «{field}»").format(deadline=self.of.words(), field=self.field)


@dataclass(frozen=True)
class AfterLater(LatestOf):
    """A deadline that runs from the later of the trigger and the day in a date field; NEVER without a date."""

    def _from(self, t: Moments, day: Ints) -> Ints:
        return np.maximum(day, t.start)


@dataclass(frozen=True)
class WholeDayOr(Deadline):
    """A deadline; from 00:00, which is a date without an hour, 23:59:59 of the day."""

    of: Deadline

    @property
    def unit(self) -> str:  # type: ignore[override]
        return self.of.unit

    def due(self, log: Log, t: Moments, schedule: Ints) -> Ints:
        due = self.of.due(log, t, schedule)
        return np.where(t.start % DAY == 0, end_of_day.due(log, t, schedule), due)

    def words(self) -> str:
        return _("{deadline}, of a date without an hour the whole day").format(deadline=self.of.words())


def whole_day_or(of: Deadline) -> WholeDayOr:
    """That deadline; from a date without an hour the end of its day."""
    return WholeDayOr(of)


@dataclass(frozen=True)
class OnWorkingDay(Deadline):
    """A deadline; where it falls on a day off, 23:59:59 of the next working day."""

    of: Deadline
    PARAMETERS: ClassVar[dict[str, str]] = {"of": "due"}

    @property
    def unit(self) -> str:  # type: ignore[override]
        return self.of.unit

    @property
    def counts_hours(self) -> bool:  # type: ignore[override]
        return self.of.counts_hours

    def due(self, log: Log, t: Moments, schedule: Ints) -> Ints:
        due = self.of.due(log, t, schedule)
        schedules = log.times.schedules
        day = schedules.working_day_on_or_after(schedule, due // DAY)
        return np.where(day > due // DAY, schedules.moment(day, DAY - 1), due)

    def words(self) -> str:
        return _("{deadline}, on a working day").format(deadline=self.of.words())


@dataclass(frozen=True)
class WorkingDates(Deadline):
    """23:59:59 of the n-th working day after the trigger's day."""

    amount: int
    unit = "days"
    PARAMETERS: ClassVar[dict[str, str]] = {"amount": "working_dates"}

    def due(self, log: Log, t: Moments, schedule: Ints) -> Ints:
        schedules = log.times.schedules
        return schedules.moment(schedules.next_working_day(schedule, t.start // DAY, self.amount), DAY - 1)

    def words(self) -> str:
        return amount_words(self.amount, "working_days")


@dataclass(frozen=True)
class AfterLast(Deadline):
    """A deadline that runs from the last of these moments up to the trigger; from the last `otherwise` where there is
    none, or where it was over by then; without `otherwise` from the trigger."""

    of: Selector
    deadline: Deadline
    otherwise: Selector | None = None

    @property
    def unit(self) -> str:  # type: ignore[override]
        return self.deadline.unit

    @property
    def counts_hours(self) -> bool:  # type: ignore[override]
        return self.deadline.counts_hours

    def due(self, log: Log, t: Moments, schedule: Ints) -> Ints:
        begun = key_of(t.deal, t.start) if self.otherwise is None else _last(self.otherwise, log, t)
        due = self.deadline.due(log, t.running_from(_last(self.of, log, t, begun)), schedule)
        if self.otherwise is None:
            return due
        return np.where(due < time_of(begun), self.deadline.due(log, t.running_from(begun), schedule), due)

    def words(self) -> str:
        parts = (self.of,) if self.otherwise is None else (self.of, self.otherwise)
        what = _(", else ").join(part.words() for part in parts)
        return _("{deadline} after {what}").format(deadline=self.deadline.words(), what=what)


def _last(of: Selector, log: Log, t: Moments, otherwise: Ints | None = None) -> Ints:
    """Per trigger the key that deadlines of the last of these moments up to it run from; where none of them is sure,
    `otherwise`, or the trigger's own."""
    found = of.find(log)
    last, surely = last_before(found, t), last_before(found.certain, t) >= 0
    nothing = key_of(t.deal, t.start) if otherwise is None else otherwise
    return np.where(surely, np.append(key_of(found.deal, found.start), 0)[last], nothing)


def on_working_day(of: Deadline) -> OnWorkingDay:
    """That deadline; where it falls on a day off, the end of the next working day."""
    return OnWorkingDay(of)


def working_dates(amount: int) -> WorkingDates:
    """23:59:59 of the n-th working day after the trigger's calendar day."""
    return WorkingDates(amount)


def after_last(of: Selector, deadline: Deadline, *, otherwise: Selector | None = None) -> AfterLast:
    """That deadline, run from the last of these up to the trigger; from the last `otherwise` where there was none, or
    where it was over by then; without `otherwise` from the trigger."""
    return AfterLast(of, deadline, otherwise)


def after_date(field: str, deadline: Deadline) -> LatestOf:
    """That deadline, run from the day in a date field, never before the trigger; unknown without a date."""
    return LatestOf(field, deadline)


def after_later(field: str, deadline: Deadline) -> AfterLater:
    """That deadline, run from the later of the trigger and the day in a date field; unknown without a date."""
    return AfterLater(field, deadline)


@dataclass(frozen=True)
class TheSooner(Deadline):
    """The sooner of several deadlines."""

    parts: tuple[Deadline, ...]

    def due(self, log: Log, t: Moments, schedule: Ints) -> Ints:
        return np.minimum.reduce([part.due(log, t, schedule) for part in self.parts])

    def words(self) -> str:
        return _("{first}, at the latest {last}").format(first=self.parts[0].words(), last=self.parts[-1].words())

    @property
    def unit(self) -> str:  # type: ignore[override]
        return self.parts[0].unit


def the_sooner(first: Deadline, last: Deadline) -> TheSooner:
    """That deadline, at the latest the other: `the_sooner(hours(3), end_of_day)`."""
    return TheSooner((first, last))
