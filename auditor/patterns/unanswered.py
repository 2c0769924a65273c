"""Days of a stay on which something happened and nothing else did."""

from dataclasses import dataclass, replace

import numpy as np

from auditor.i18n import _
from auditor.log.columns import Bools, Ints
from auditor.log.log import Log
from auditor.log.spine import key_of, time_of
from auditor.patterns.core.moments import Moments, points, within
from auditor.patterns.core.needs import Need
from auditor.patterns.core.runs import starts
from auditor.patterns.core.selector import Selector, half_seen
from auditor.patterns.selectors.days import owed_days
from auditor.patterns.selectors.refined import During, Refinable
from auditor.terms import Stage


@dataclass(frozen=True)
class DaysWith(Refinable):
    """The end of each day of a stay on which x happened and `without` did not, where the stay owes that day.

    What is expected counts from 00:00 of the day."""

    x: Selector
    without: Selector
    stages: tuple[Stage, ...] = ()

    def during(self, *stages: Stage) -> During:
        return During(self, stages)

    def select(self, log: Log) -> Moments:
        days = owed_days(log, self.stages)
        start, stop = days.start, days.stop
        happened, perhaps = within(self.x.find(log), start, stop)
        freed, perhaps_freed = within(self.without.find(log), start, stop)
        unseen_day = self.x.hidden(log, time_of(start), time_of(stop))
        unseen_excuse = half_seen(log, self.without.streams, time_of(start), time_of(stop))
        possible = (perhaps | unseen_day) & ~freed & (stop <= key_of(days.deal, np.full(len(stop), log.as_of)))
        sure = happened & days.sure & ~perhaps_freed & ~unseen_excuse
        first = _first_of_each_stay(days.stay, possible)
        return replace(points(log, stop, days.row), since=start, sure=sure).taken(first)

    @property
    def needs(self) -> tuple[Need, ...]:
        return (*self.x.needs, Need("stream", ("stage",)))

    @property
    def excuses(self) -> tuple[Need, ...]:
        return self.without.needs

    def words(self) -> str:
        return _("a day with {x} but without {without}").format(x=self.x.words(), without=self.without.words())


def _first_of_each_stay(stay: Ints, possible: Bools) -> Bools:
    """The first possible day of each stay."""
    index = np.flatnonzero(possible)
    chosen = np.zeros(len(stay), np.bool_)
    chosen[index[starts(stay[index])]] = True
    return chosen


def first_unanswered_day(x: Selector, *, without: Selector, during: Stage) -> DaysWith:
    """The first owed day of each stay in that stage with x and without the other."""
    return DaysWith(x, without, (during,))
