"""Days on which the client was tried and not reached."""

from dataclasses import dataclass, replace

import numpy as np

from auditor.i18n import _
from auditor.log.columns import Bools, Ints
from auditor.log.kinds import DAY
from auditor.log.log import Log
from auditor.log.spine import key_of, time_of
from auditor.patterns.core.moments import Moments, points
from auditor.patterns.core.needs import Need, Stream
from auditor.patterns.core.runs import slices, starts
from auditor.patterns.core.searching import within
from auditor.patterns.core.selector import Selector, partly_covered
from auditor.patterns.core.words import Words, filled, moments_told
from auditor.patterns.selectors.days import GRACE_HOURS, owed_days
from auditor.patterns.selectors.refined import During, Refinable
from auditor.terms import Stage


@dataclass(frozen=True)
class DaysWith(Refinable):
    """The end of the first day of each stay on which x happened and `without` did not, among the days that the stay
    owes. What is expected counts from the beginning of the day; deadlines run from the day itself, even where its shift
    goes on over midnight."""

    x: Selector
    without: Selector
    stages: tuple[Stage, ...] = ()

    def during(self, *stages: Stage) -> During:
        return During(self, stages)

    def select(self, log: Log) -> Moments:
        days = owed_days(log, self.stages, GRACE_HOURS)
        start, stop = days.start, days.stop
        happened, perhaps = within(self.x.find(log), start, stop)
        freed, perhaps_freed = within(self.without.find(log), start, stop)
        unseen_day = self.x.may_be_missing_between(log, days.deal, time_of(start), time_of(stop))
        unseen_excuse = partly_covered(log, self.without, days.deal, time_of(start), time_of(stop))
        possible = (perhaps | unseen_day) & ~freed & (stop <= key_of(days.deal, np.full(len(stop), log.as_of)))
        unsure = ~happened | ~days.sure | perhaps_freed | unseen_excuse
        first = _first_of_each_stay(days.stay, possible)
        named = key_of(days.deal, days.day * DAY + DAY - 1)
        return replace(points(log, stop, days.row), since=start, base=named).doubted(unsure).taken(first)

    @property
    def needs(self) -> tuple[Need, ...]:
        return (*self.x.needs, Stream("stage"))

    @property
    def excuses(self) -> tuple[Need, ...]:
        return self.without.needs

    def words(self) -> str:
        return _("a day with {x} but without {without}").format(x=self.x.words(), without=self.without.words())

    def facts(self, log: Log, t: Moments) -> Words:
        """What happened on the day, and when."""
        found, first, last = self._of_the_day(log, t)
        told = filled("{what} ({times})", what=self.x.words(), times=moments_told(found.time, first, last))
        return np.where(last > first, told, self.words())

    def counted(self, log: Log, t: Moments) -> list[list[int]]:
        found, first, last = self._of_the_day(log, t)
        return slices(found.row, first, last)

    def _of_the_day(self, log: Log, t: Moments) -> tuple[Moments, Ints, Ints]:
        """What happened, and per day from which to which of it was on that day."""
        found = self.x.find(log).certain
        first = np.searchsorted(found.key, key_of(t.deal, t.time // DAY * DAY), side="left")
        return found, first, np.searchsorted(found.key, t.key, side="right")


def _first_of_each_stay(stay: Ints, possible: Bools) -> Bools:
    """The first possible day of each stay."""
    index = np.flatnonzero(possible)
    chosen = np.zeros(len(stay), np.bool_)
    chosen[index[starts(stay[index])]] = True
    return chosen


def first_unanswered_day(x: Selector, *, without: Selector, during: Stage) -> DaysWith:
    """The end of the first owed day of each stay in the stage on which x happened and `without` did not. What is
    expected counts from 00:00 of that day."""
    return DaysWith(x, without, (during,))
