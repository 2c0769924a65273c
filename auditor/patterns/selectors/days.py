"""Days: the working days that a deal spends in a stage, and which of them are meant."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from auditor.log.columns import Bools, Codes, Ints, set_first
from auditor.log.kinds import DAY, MINUTE, NEVER
from auditor.log.log import Log
from auditor.log.moves import history_begins
from auditor.log.remembered import remembered
from auditor.log.spine import day_key, deal_and_day_of, key_of, time_of
from auditor.patterns.core.deadline import schedules_of
from auditor.patterns.core.moments import Moments, points
from auditor.patterns.core.needs import Need, needs_of
from auditor.patterns.core.predicate import Predicate
from auditor.patterns.core.runs import spread, starts
from auditor.patterns.core.selector import Selector
from auditor.patterns.core.staying import stays_in
from auditor.patterns.core.truth import FALSE, TRUE, Truth, between, truth
from auditor.patterns.selectors.stages import request_time
from auditor.terms import Stage

COMPANY = 0
"""The number of the company's schedule."""


GRACE_HOURS = 4


@dataclass(frozen=True, eq=False)
class OwedDays:
    """Days in order of deal and day, a row each.

    `stay` the number of the stay that began the time in the stages, `deal`, `day` since 2000-01-01, `start` and `stop`
    the keys of its first and last second, `person` who answers at 23:59:59, and his `schedule`, `row` the row that
    shows the stay's beginning, `sure`: the deal surely was in the stage.

    A day whose shift goes on over midnight stops when the shift ends; the next day of the deal starts after it."""

    stay: Ints
    deal: Ints
    day: Ints
    start: Ints
    stop: Ints
    person: Codes
    schedule: Ints
    row: Codes
    sure: Bools

    def __len__(self) -> int:
        return len(self.day)

    @property
    def day_key(self) -> Ints:
        """Equal where deal and day are."""
        return day_key(self.deal, self.day)

    def narrowed(self, holds: Truth) -> "OwedDays":
        """The days of which it holds, or may hold."""
        return replace(self, sure=self.sure & (holds == TRUE)).taken(holds != FALSE)

    def taken(self, index: "Ints | Bools") -> "OwedDays":
        return OwedDays(*(getattr(self, name)[index] for name in self.__dataclass_fields__))


class DayFilter(ABC):
    """Says which of the owed days are meant."""

    @abstractmethod
    def keeps(self, log: Log, days: OwedDays) -> Truth:
        """Per day whether it is one of them."""

    @property
    def needs(self) -> tuple[Need, ...]:
        """What must be exported to tell which they are."""
        return ()

    def __and__(self, other: "DayFilter") -> "DayFilter":
        return AllOfDays((self, other))


@dataclass(frozen=True)
class AllOfDays(DayFilter):
    """Days that every part means; each part is asked of those alone that the parts before it leave."""

    parts: tuple[DayFilter, ...]

    def keeps(self, log: Log, days: OwedDays) -> Truth:
        value = np.full(len(days), TRUE)
        for part in self.parts:
            left = np.flatnonzero(value != FALSE)
            value[left] = np.minimum(value[left], part.keeps(log, days.taken(left)))
        return value

    @property
    def needs(self) -> tuple[Need, ...]:
        return needs_of(self)


@dataclass(frozen=True)
class While(DayFilter):
    """Days at whose end a predicate holds; of a day that goes on, as of the audit."""

    that: Predicate

    def keeps(self, log: Log, days: OwedDays) -> Truth:
        end = np.minimum(days.stop, key_of(days.deal, np.full(len(days), log.as_of)))
        return self.that.holds(log, points(log, end, days.row))

    @property
    def needs(self) -> tuple[Need, ...]:
        return self.that.needs


@dataclass(frozen=True)
class AllDay(While):
    """Days at whose beginning and end a predicate holds; the day of entry begins with the entry."""

    def keeps(self, log: Log, days: OwedDays) -> Truth:
        begin = np.maximum(days.start, log.stays.entered[days.stay])
        return np.minimum(super().keeps(log, days), self.that.holds(log, points(log, begin, days.row)))


@dataclass(frozen=True)
class DayAfterFailing(DayFilter):
    """The working day after the deal's first day with so many of `what` and no `without` up to its end."""

    what: Selector
    without: Selector
    at_least: int
    PARAMETERS: ClassVar[dict[str, str]] = {"at_least": "failed"}

    def keeps(self, log: Log, days: OwedDays) -> Truth:
        found, reached = self.what.find(log), self.without.find(log)
        surely = self._failed(log, found.certain, reached)
        perhaps = self._failed(log, found, reached.certain)
        sure, possible = (_working_day_after(log, days, failed[days.deal]) for failed in (surely, perhaps))
        return between(sure & (surely == perhaps)[days.deal], sure | possible)

    def _failed(self, log: Log, found: Moments, reached: Moments) -> Ints:
        """Per deal that day; NEVER where there was none, or the client answered first."""
        key = day_key(found.deal, log.times.schedules.day_of(schedules_of(log, found), found.time))
        begun = np.flatnonzero(starts(key))
        enough = begun[np.diff(np.append(begun, len(key))) >= self.at_least]
        deal, day = deal_and_day_of(key[enough])
        result = np.full(len(log.deals), NEVER)
        result[deal[starts(deal)]] = day[starts(deal)]
        answered = np.full(len(log.deals), NEVER)
        set_first(answered, reached.deal, reached.time // DAY)
        return np.where(answered <= result, NEVER, result)


def _working_day_after(log: Log, days: OwedDays, named: Ints) -> Bools:
    """Per owed day whether it is the first working day after the day named, by the schedule that the day is owed by."""
    schedules = log.times.schedules
    known = schedules.is_known(days.schedule)
    return (named < days.day) & (schedules.next_working_day(np.where(known, days.schedule, COMPANY), named) == days.day)


@remembered
def owed_days(log: Log, stages: tuple[Stage, ...], grace: float) -> OwedDays:
    """The working days of the accountable person on which the deal is in one of the stages through the end of working
    time; the day of entry only where at least `grace` working hours were left of it. As-of's own day counts as well.

    A day counts surely where the stays that surely are in the stages owe it by themselves."""
    sure, possible = stays_in(log, *stages)
    days = _owed(log, possible, grace)
    if (sure == possible).all():
        return days
    surely = _owed(log, sure, grace)
    return replace(days, sure=np.isin(days.day_key, surely.day_key[surely.sure]))


def _owed(log: Log, inside: Bools, grace: float) -> OwedDays:
    """The days that the stays `inside` owe; not surely where a deal's life began unseen on that very day."""
    stays, schedules = log.stays, log.times.schedules
    chosen, last = _runs(log, inside)
    entered, left = time_of(stays.entered[chosen]), time_of(stays.left[last])
    first = np.where(stays.certain[chosen], entered // DAY, np.maximum(entered // DAY, history_begins(log)))
    number, day = spread(first - 1, np.minimum(left, log.as_of) // DAY + 1)
    stay, began = chosen[number], entered[number]
    deal = stays.deal[stay].astype(np.int64)
    person = _answering_on(log, deal, day)
    schedule = log.times.of(person)
    supposed = np.where(schedules.is_known(schedule), schedule, COMPANY)
    closes = schedules.closes(supposed, day)
    goes_on = stays.certain[stay] & (began < closes)
    owed = schedules.is_working(supposed, day) & (left[number] > closes) & ((day >= first[number]) | goes_on)
    # of an entry whose day alone is known nobody can tell how much of that day was left
    owed &= (day > began // DAY) | (stays.last[stay] - stays.entered[stay] <= MINUTE) | ~stays.certain[stay]
    is_entry = began > day * DAY
    entry = np.flatnonzero(owed & is_entry)
    short = schedules.left_of_day(supposed[entry], day[entry], began[entry]) < grace * 3600
    owed[entry[short]] = False
    # an entry whose minute alone is known may have left a few seconds less
    latest = began[entry] + stays.last[stay[entry]] - stays.entered[stay[entry]]
    enough = schedules.left_of_day(supposed[entry], day[entry], latest) >= grace * 3600
    is_sure = stays.certain[stay] | ~is_entry
    is_sure[entry] &= enough
    kept = np.flatnonzero(owed)
    sure = is_sure[kept]
    stay, deal, day = stay[kept], deal[kept], day[kept]
    start, stop = _bounds(deal, day, closes[kept])
    return OwedDays(stay, deal, day, start, stop, person[kept], schedule[kept], stays.row[stay], sure)


def _answering_on(log: Log, deal: Ints, day: Ints) -> Codes:
    versions = log.answering
    return versions.code[versions.before(key_of(deal, day * DAY + DAY - 1))]


def _bounds(deal: Ints, day: Ints, closes: Ints) -> tuple[Ints, Ints]:
    """Keys of the first and the last second of days in order of deal and day. What happens while a shift goes on over
    midnight is of the day on which it began, and not of the next one as well."""
    midnight = day * DAY + DAY
    stop = key_of(deal, np.where(closes > midnight, closes, midnight - 1))
    follows = np.append(False, (np.diff(deal) == 0) & (np.diff(day) == 1))[: len(day)]
    start = key_of(deal, day * DAY)
    return np.where(follows, np.maximum(start, np.append(0, stop[:-1] + 1)[: len(day)]), start), stop


def _runs(log: Log, inside: Bools) -> tuple[Ints, Ints]:
    """The first and the last stay of each unbroken time in the stays `inside`."""
    goes_on = inside[:-1] & inside[1:] & log.stays.has_next[:-1]
    first = np.flatnonzero(inside & ~np.append(False, goes_on)[: len(inside)])
    last = np.flatnonzero(inside & ~np.append(goes_on, False)[: len(inside)])
    return first, last


def supposed_off(log: Log, days: OwedDays) -> Bools:
    """Days on which the accountable person, who has no schedule of his own, did nothing in any deal."""
    if not log.settings.suppose_days_off:
        return np.zeros(len(days), np.bool_)
    idle = log.facts.did_nothing(days.person, days.day) & (days.schedule == COMPANY)
    return idle & (days.day < log.as_of // DAY)


def day_after_failing(what: Selector, *, without: Selector, at_least: int) -> DayAfterFailing:
    """For `PerDay(days=…)`: the working day after the deal's first day with at least so many of `what`; none where
    `without` happened by the end of that day."""
    return DayAfterFailing(what, without, at_least)


@dataclass(frozen=True)
class FirstDays(DayFilter):
    """Days until that many after the request's creation."""

    days: int
    PARAMETERS: ClassVar[dict[str, str]] = {"days": "days"}

    def keeps(self, log: Log, days: OwedDays) -> Truth:
        return truth(days.day - request_time(log)[days.deal] // DAY <= self.days)


def while_(that: Predicate) -> While:
    """For `PerDay(days=…)`: the days at whose end the predicate holds, as `first_days(7) & while_(empty(F))`. What is
    quick to tell stands first: it leaves fewer days to ask about."""
    return While(that)


def all_day(that: Predicate) -> AllDay:
    """For `PerDay(days=…)`: the days at whose beginning (on the day of entry: the entry) and end the predicate
    holds."""
    return AllDay(that)


def first_days(days: int) -> FirstDays:
    """For `PerDay(days=…)`: the days up to so many after the request's creation, which is that of the linked lead, else
    of the deal."""
    return FirstDays(days)
