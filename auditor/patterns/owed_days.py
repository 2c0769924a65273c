"""Which days a deal owes something of in a stage: the working days that it spends there."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from auditor.log.columns import Bools, Codes, Ints
from auditor.log.kinds import DAY, NEVER
from auditor.log.log import Log, key_of, time_of
from auditor.patterns.fields import spread
from auditor.terms import Stage

if TYPE_CHECKING:
    from auditor.patterns.base import Selector

GRACE_HOURS = 4


@dataclass(frozen=True, eq=False)
class OwedDays:
    """Days, a row each: `stay` its number, `deal`, `day` since 2000-01-01, `person` who is responsible at its end,
    `row` the row that shows the stay's beginning, `sure`: the deal surely was in the stage."""

    stay: Ints
    deal: Ints
    day: Ints
    person: Codes
    row: Codes
    sure: Bools

    def __len__(self) -> int:
        return len(self.day)

    def taken(self, index: "Ints | Bools") -> "OwedDays":
        return OwedDays(*(getattr(self, name)[index] for name in self.__dataclass_fields__))

    @property
    def start(self) -> Ints:
        """Keys of the days' first seconds."""
        return key_of(self.deal, self.day * DAY)

    @property
    def stop(self) -> Ints:
        """Keys of the days' last seconds."""
        return key_of(self.deal, self.day * DAY + DAY - 1)


class DayFilter(ABC):
    """Says which of the owed days are meant."""

    @abstractmethod
    def keeps(self, log: Log, days: OwedDays) -> Bools:
        """Per day whether it is one of them."""


@dataclass(frozen=True)
class DayAfterFailing(DayFilter):
    """The first owed day after the deal's first day with so many of `what` and no `without` up to its end."""

    what: "Selector"
    without: "Selector"
    at_least: int
    PARAMETERS: ClassVar[dict[str, str]] = {"at_least": "failed"}

    def keeps(self, log: Log, days: OwedDays) -> Bools:
        failed = self._failed_days(log)
        after = failed[days.deal]
        later = np.flatnonzero(days.day > after)
        order = later[np.lexsort((days.day[later], days.deal[later]))]
        first = order[np.append(True, np.diff(days.deal[order]) != 0)[: len(order)]]
        result = np.zeros(len(days), np.bool_)
        result[first] = True
        return result

    def _failed_days(self, log: Log) -> Ints:
        """Per deal that day; NEVER where there was none, or the client answered first."""
        found = self.what.find(log)
        found = found.taken(found.sure)
        group = found.deal * 2**17 + found.time // DAY
        day, count = np.unique(group, return_counts=True)
        day = day[count >= self.at_least]
        deal = day >> 17
        first = day[np.append(True, np.diff(deal) != 0)[: len(day)]]
        result = np.full(len(log.deals), NEVER)
        result[first >> 17] = first & (2**17 - 1)
        reached = self.without.find(log)
        answered = np.full(len(log.deals), NEVER)
        np.minimum.at(answered, reached.deal[reached.sure], reached.time[reached.sure] // DAY)
        return np.where(answered <= result, NEVER, result)


def owed_days(log: Log, stages: tuple[Stage, ...], grace: float = GRACE_HOURS) -> OwedDays:
    """The working days of the accountable person on which the deal is in one of the stages through the end of working
    time; the day of entry only where at least `grace` working hours were left of it. As-of's own day counts as well."""
    name = ("owed days", stages, grace)
    if name not in log.memo:
        log.memo[name] = _owed_days(log, stages, grace)
    return log.memo[name]


def _owed_days(log: Log, stages: tuple[Stage, ...], grace: float) -> OwedDays:
    stays = log.stays
    sure, possible = stays.of(*stages)
    chosen = np.flatnonzero(possible)
    entered, left = time_of(stays.entered[chosen]), time_of(stays.left[chosen])
    first = np.where(stays.certain[chosen], entered // DAY, np.maximum(entered // DAY, _history_begins(log)))
    number, day = spread(first, np.minimum(left, log.as_of) // DAY + 1)
    stay = chosen[number]
    deal = stays.deal[stay].astype(np.int64)
    versions = log.responsible
    person = versions.code[versions.at(key_of(deal, day * DAY + DAY - 1))]
    who = log.times.of(person)
    schedules = log.times.schedules
    owed = schedules.is_working(who, day) & (left[number] > schedules.closes(who, day))
    entry = np.flatnonzero(owed & (entered[number] > day * DAY))
    short = schedules.left_in_day(who[entry], entered[number[entry]]) < grace * 3600
    owed[entry[short]] = False
    return OwedDays(stay, deal, day, person, stays.row[stay], sure[stay]).taken(owed)


def _history_begins(log: Log) -> int:
    """The first day of which the history of stages speaks."""
    stream = log.facts.streams.get("stage")
    return 0 if stream is None else stream.first


def supposed_off(log: Log, days: OwedDays) -> Bools:
    """Days on which the accountable person, who has no schedule of his own, did nothing in any deal."""
    if not log.settings.suppose_days_off:
        return np.zeros(len(days), np.bool_)
    idle = log.facts.did_nothing(days.person, days.day) & (log.times.of(days.person) == 0)
    return idle & (days.day < log.as_of // DAY)


def day_after_failing(what: "Selector", *, without: "Selector", at_least: int) -> DayAfterFailing:
    return DayAfterFailing(what, without, at_least)
