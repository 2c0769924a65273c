"""What the exports leave open of *when*: violated is only what every reading of them has violated.

A duty is known again in another reading by its deal and day; one that an undated closing raises, by that."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from auditor.inputs.tables import Tables
from auditor.log import Log, build_log
from auditor.log.closings import last_keys, undated_keys
from auditor.log.columns import Bools, Ints
from auditor.log.kinds import DAY, DAY_BITS, NEVER
from auditor.log.readings import Reading, tells_days
from auditor.log.spine import day_key, time_of
from auditor.patterns.core.duties import Doubt, Duties, How, Verdict
from auditor.patterns.core.pattern import Pattern

NO_DAY = (1 << DAY_BITS) - 1
"""In place of the day of what an undated closing raises."""


@dataclass(frozen=True, eq=False)
class Readings:
    """The log of an export as told, and what other readings of the same tables say."""

    log: Log
    tables: Tables

    @cached_property
    def others(self) -> list[Log]:
        """The log read as early and as late as it may have been; none where nothing is left open."""
        # each is a whole log: of an export that leaves nothing open none is built, and no clause is judged twice
        days = tells_days(self.tables)
        wanted = [(Reading.EARLIEST, days or len(self.log.stays.undated) > 0), (Reading.LATEST, days)]
        return [
            build_log(self.tables, self.log.settings, self.log.facts, reading) for reading, differs in wanted if differs
        ]

    def duties(self, pattern: Pattern) -> Duties:
        """The duties of the log as told; unknown is what another reading does not have violated as well, or, of duties
        of minutes or hours, met. What an undated closing raises has its verdict in all readings, or is unknown."""
        duties = pattern.duties(self.log)
        if not len(duties) or not self.others:
            return duties
        raised = _raised_undated(self.log, duties)
        decided = (Verdict.VIOLATED, Verdict.MET) if pattern.counts_hours else (Verdict.VIOLATED,)
        asked = raised | np.isin(duties.verdict, decided)
        differs = np.zeros(len(duties), np.bool_)
        for other in self.others if asked.any() else ():
            differs |= asked & ~_found_again(_days(duties, raised), duties, pattern.duties(other), other)
        return _dated(self.log, _unknown(duties, differs), raised)


def _raised_undated(log: Log, duties: Duties) -> Bools:
    """Per duty whether an undated closing raises it: the moment and the row are that closing's."""
    codes = log.stays.undated
    closed = np.full(len(log.deals), -1)
    closed[codes] = time_of(undated_keys(log, codes))
    return (duties.arose == closed[duties.deal]) & (duties.row == log.deals.row[duties.deal])


def _days(duties: Duties, raised: Bools) -> Ints:
    return day_key(duties.deal, np.where(raised, NO_DAY, duties.arose // DAY))


def _found_again(day: Ints, duties: Duties, others: Duties, log: Log) -> Bools:
    """Per duty whether the other reading has as many duties of its deal, day and verdict."""
    other = _days(others, _raised_undated(log, others))
    result = np.zeros(len(duties), np.bool_)
    for verdict in Verdict:
        mine, theirs = duties.verdict == verdict, np.sort(other[others.verdict == verdict])
        result[mine] = _number(np.sort(day[mine]), day[mine]) <= _number(theirs, day[mine])
    return result


def _number(keys: Ints, wanted: Ints) -> Ints:
    """Per wanted key how many of the sorted keys are equal to it."""
    return np.searchsorted(keys, wanted, side="right") - np.searchsorted(keys, wanted, side="left")


def _unknown(duties: Duties, chosen: Bools) -> Duties:
    """The same duties, those chosen unknown."""
    return replace(
        duties,
        verdict=np.where(chosen, Verdict.UNKNOWN, duties.verdict).astype(np.uint8),
        doubt=np.where(chosen, Doubt.MOMENT, duties.doubt).astype(np.uint8),
        how=np.where(chosen, How.NONE, duties.how).astype(np.uint8),
    )


def _dated(log: Log, duties: Duties, raised: Bools) -> Duties:
    """The same duties; those that an undated closing raises arise with the deal's last recorded event, so that they
    are the same in every audit, and the due of a moment that nobody knows is unknown."""
    if not raised.any():
        return duties
    began = np.zeros(len(log.deals), np.int64)
    began[log.stays.undated] = time_of(last_keys(log, log.stays.undated))
    arose = np.where(raised, began[duties.deal], duties.arose)
    at_once = raised & (duties.due == duties.arose)
    due = np.where(at_once, arose, np.where(raised & (duties.verdict == Verdict.UNKNOWN), NEVER, duties.due))
    met = np.where(at_once & (duties.met < NEVER), arose, duties.met)
    return replace(duties, arose=arose, due=due, met=met)
