"""How far ahead the date in a field lies, and of which moment that is asked."""

from dataclasses import dataclass

import numpy as np

from auditor.i18n import _, quoted
from auditor.log.columns import Ints
from auditor.log.kinds import DAY, NEVER
from auditor.log.log import Log
from auditor.log.shifts import company_hours
from auditor.patterns.core.deadline import Deadline, schedules_of
from auditor.patterns.core.findings import Finding, Findings
from auditor.patterns.core.moments import Moments, points
from auditor.patterns.core.predicate import Predicate
from auditor.patterns.core.truth import Truth, truth
from auditor.patterns.core.words import time_words
from auditor.patterns.predicates.values import FieldPredicate


@dataclass(frozen=True)
class LaterThan(FieldPredicate):
    """The date in a field lies later than a deadline that is run from the moment; unknown without a date."""

    field: str
    deadline: Deadline

    @property
    def fields(self) -> tuple[str, ...]:  # type: ignore[override]
        return (self.field,)

    def holds(self, log: Log, at: Moments) -> Truth:
        date, due = self._date(log, at), self.deadline.due(log, at, schedules_of(log, at))
        return truth(date > due, (date == NEVER) | (due == NEVER))

    def _date(self, log: Log, at: Moments) -> Ints:
        """Per moment the second of the date; a date without an hour begins when the company opens."""
        versions = log.field(self.field)
        date = versions.date[versions.at(at.key)]
        opens, _closes = company_hours(log.settings.opens, log.settings.closes)
        return np.where((date < NEVER) & (date % DAY == 0), date + opens, date)

    def words(self) -> str:
        return _("«{field}» is further ahead than {deadline}").format(field=self.field, deadline=self.deadline.words())

    def findings(self, log: Log, at: Moments) -> Findings:
        needed = _("later than {deadline}").format(deadline=self.deadline.words())
        return Finding(quoted(self.field), needed, time_words(self._date(log, at)), self.holds(log, at))


@dataclass(frozen=True)
class WhenBooked(Predicate):
    """The predicate held when the stage was entered with that value of a field, or the field was given it there."""

    field: str
    that: Predicate

    def holds(self, log: Log, at: Moments) -> Truth:
        return self.that.holds(log, self._booked(log, at))

    def _booked(self, log: Log, at: Moments) -> Moments:
        versions, entered = log.field(self.field), np.append(log.stays.entered, 0)[at.stay]
        return points(log, np.maximum(versions.start[versions.at(at.key)], entered), at.row)

    def words(self) -> str:
        return self.that.words()

    def findings(self, log: Log, at: Moments) -> Findings:
        return self.that.findings(log, self._booked(log, at))


def later_than(field: str, deadline: Deadline) -> LaterThan:
    """The date in a field lies later than that deadline, run from the moment, as `later_than(DATE, working_days(1))`;
    unknown without a date. One without an hour begins when the company opens."""
    return LaterThan(field, deadline)


def when_booked(field: str, that: Predicate) -> WhenBooked:
    """The predicate, asked of the moment of booking: when the field was given the value that it has, or the stage was
    entered with it."""
    return WhenBooked(field, that)
