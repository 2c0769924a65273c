"""How often, on how many days, how long ago."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from auditor.i18n import _
from auditor.log.columns import Bools, Ints
from auditor.log.kinds import DAY, FLAGS
from auditor.log.log import Log
from auditor.log.spine import time_of
from auditor.patterns.core.moments import Moments, beginning_of
from auditor.patterns.core.needs import Need
from auditor.patterns.core.runs import slices, starts
from auditor.patterns.core.searching import count_before, first_after, last_before, open_order
from auditor.patterns.core.selector import Selector, fulfilling, unread_between
from auditor.patterns.core.words import Words, dates_behind, filled, moments_told, numbers_told
from auditor.patterns.deadlines.spans import Span, shifted
from auditor.patterns.predicates.numbers import Compared, Numbers, Quantity


@dataclass(frozen=True)
class Count(Quantity):
    """How many such moments lie before this one: in the deal's life, since the last `since`, within the last days.

    `since` without a moment: since the deal's beginning. `no_sooner`: only those that long after `since`."""

    of: Selector
    since: Selector | None = None
    within: Span | None = None
    no_sooner: Span | None = None
    on_days: bool = False
    counts = True

    def bounds(self, log: Log, at: Moments) -> tuple[Numbers, Numbers]:
        found = fulfilling(log, self.of.find(log))
        latest, surely = self._marks(log, at)
        low = self._counted(found.certain, latest, at)
        high = low if found.certain is found and surely is latest else self._counted(found, surely, at)
        start = log.deals.created[at.deal]
        if surely is not None:
            start = np.where(surely[1], np.maximum(surely[0].time, start), start)
        high = high + unread_between(log, self.of, at.deal, start, at.time)
        return low, np.where(self.of.may_be_missing_between(log, at.deal, start, at.time), np.inf, high)

    def suspects(self, log: Log, at: Moments) -> "np.ndarray":
        """The flags of all moments that count; under `strict` none that has any does."""
        found = fulfilling(log, self.of.find(log))
        latest, _surely = self._marks(log, at)
        result = np.zeros(len(at), FLAGS)
        for flag in np.unique(found.flags[found.flags > 0]):
            result[self._counted(found.taken(found.flags == flag), latest, at) > 0] |= flag
        return result

    def _marks(self, log: Log, at: Moments) -> "tuple[Marks, Marks] | tuple[None, None]":
        """The last mark before each moment, and the last sure one."""
        if self.since is None:
            return None, None
        marks = self.since.find(log)
        latest = _last_marks(marks, at)
        return latest, latest if marks.certain is marks else _last_marks(marks.certain, at)

    def _first(self, found: Moments, marks: "Marks | None", at: Moments) -> Ints:
        """Per moment the index of the first of `found` that counts."""
        first = np.searchsorted(found.key, beginning_of(at.deal), side="left")
        if marks is not None:
            mark, there = marks
            if self.no_sooner is None:
                either = np.bincount(open_order(found, mark)[0], minlength=len(mark))
                first = np.where(there, first_after(found, mark) - either, first)
            else:
                first = np.where(there, np.searchsorted(found.key, shifted(mark, self.no_sooner)), first)
        if self.within is not None:
            first = np.maximum(first, np.searchsorted(found.key, shifted(at, self.within, -1)))
        return first

    def _counted(self, found: Moments, marks: "Marks | None", at: Moments) -> Numbers:
        first, last = self._first(found, marks, at), count_before(found, at)
        if not self.on_days:
            return np.maximum(last - first, 0).astype(np.float64)
        day = np.cumsum(starts(found.day_key))
        day = np.append(day, 0)
        many = day[np.maximum(last - 1, 0)] - day[np.minimum(first, len(found))] + 1
        return np.where(last > first, many, 0).astype(np.float64)

    @property
    def label(self) -> str:  # type: ignore[override]
        return "on_days" if self.on_days else "at_least"

    def told(self, log: Log, at: Moments, values: Numbers, form: str = "{n}") -> Words:
        """The number with the moments that were counted: «2 (21.05.2024 10:41, 22.05.2024 16:41)»; of days alone."""
        found, first, last = self._span(log, at)
        number = filled(form, n=numbers_told(values))
        none = _("none") if form == "{n}" else number
        if self.on_days:
            return np.where(last > first, number, none)
        return np.where(last > first, number + " (" + moments_told(found.time, first, last) + ")", none)

    def counted(self, log: Log, at: Moments) -> list[list[int]]:
        found, first, last = self._span(log, at)
        return slices(found.row, first, last)

    def _span(self, log: Log, at: Moments) -> tuple[Moments, Ints, Ints]:
        """The sure moments, and per moment from which to which of them count."""
        found = fulfilling(log, self.of.find(log)).certain
        return found, self._first(found, self._marks(log, at)[0], at), count_before(found, at)

    def words(self) -> str:
        what = self.of.words()
        if self.on_days:
            what = _("days with: {what}").format(what=what)
        if self.since is not None:
            what = _("{what} since: {since}").format(what=what, since=self.since.words())
        if self.within is not None:
            what = _("{what} within {span}").format(what=what, span=self.within.words())
        return what

    @property
    def needs(self) -> tuple[Need, ...]:
        return self.of.needs


Marks = tuple[Moments, Bools]
"""Per moment the last mark before it, and whether there is one."""


def _last_marks(found: Moments, at: Moments) -> Marks:
    last = last_before(found, at)
    return (found if len(found) else at).taken(np.maximum(last, 0) if len(found) else np.arange(len(at))), last >= 0


@dataclass(frozen=True)
class Silence(Quantity):
    """Calendar days since the last such moment; since the creation where there was none."""

    of: Selector
    label = "silent_days"
    unit = "days"
    counts = True

    def bounds(self, log: Log, at: Moments) -> tuple[Numbers, Numbers]:
        found = self.of.find(log)
        since = _last_times(log, found.certain, at)
        latest = since if found.certain is found else _last_times(log, found, at)
        blind = self.of.may_be_missing_between(log, at.deal, since, at.time)
        blind |= unread_between(log, self.of, at.deal, since, at.time) > 0
        longest, shortest = ((at.time // DAY - day).astype(np.float64) for day in (since // DAY, latest // DAY))
        return np.where(blind, 0, shortest), longest

    def told(self, log: Log, at: Moments, values: Numbers, form: str = "{n}") -> Words:
        """The days with the day that they are counted from."""
        found = self.of.find(log)
        latest = _last_times(log, found.certain, at)
        return dates_behind(filled(form, n=numbers_told(self.bounds(log, at)[1])), latest)

    def words(self) -> str:
        return _("days since: {what}").format(what=self.of.words())


def _last_times(log: Log, found: Moments, at: Moments) -> Ints:
    """The second of the last of `found` before each moment, of the deal's creation where there is none."""
    last = last_before(found, at)
    return np.where(last >= 0, time_of(np.append(found.key, 0)[last]), log.deals.created[at.deal])


def count(
    of: Selector, *, since: Selector | None = None, within: Span | None = None, no_sooner: Span | None = None
) -> Count:
    """How many of these lie before the moment, to compare: `count(call(OUT)) >= 3`. Only those since the last `since`
    (without one since the deal's beginning), `no_sooner` than so long after it, `within` the last span."""
    return Count(of, since, within, no_sooner)


def count_days(of: Selector) -> Count:
    """On how many local days of the deal one of these lies before the moment, to compare."""
    return Count(of, on_days=True)


def silence(of: Selector) -> Silence:
    """Calendar days since the last of these before the moment, or since the creation, to compare: `silence(contact) >=
    21`."""
    return Silence(of)


@dataclass(frozen=True)
class Existence(Compared):
    """At least once, or never: no number that could be set."""

    PARAMETERS: ClassVar[dict[str, str]] = {}

    def _needed(self, operator: str) -> str:
        return _("at least one") if operator in (">=", ">") else _("none")


def never(of: Selector) -> Compared:
    """Not one of these before the moment; unknown where one may have gone unseen."""
    return Existence(Count(of), "<=", 0)


def once(of: Selector, *, since: Selector | None = None) -> Compared:
    """At least one of these before the moment, and after the last `since`; unknown where one may have gone unseen."""
    return Existence(Count(of, since), ">=", 1)
