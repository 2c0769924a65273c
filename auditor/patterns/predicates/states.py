"""What has not happened in the deal: before the moment, since the stage was entered, until a deadline."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from auditor.i18n import _
from auditor.log.columns import Ints
from auditor.log.kinds import NEVER
from auditor.log.log import Log
from auditor.log.spine import key_of
from auditor.patterns.core.deadline import Deadline, schedules_of
from auditor.patterns.core.findings import Finding, Findings
from auditor.patterns.core.moments import Moments, beginning_of
from auditor.patterns.core.needs import Need
from auditor.patterns.core.predicate import Predicate
from auditor.patterns.core.searching import last_before, within
from auditor.patterns.core.selector import Selector, partly_covered
from auditor.patterns.core.truth import FALSE, TRUE, UNKNOWN, Truth
from auditor.patterns.core.words import moments_told, stage_names
from auditor.patterns.selectors.stages import enters
from auditor.terms import Stage


class Freeing(Predicate):
    """What frees from a duty where it does not hold: a stream that is not exported at all frees nobody."""

    what: Selector

    @property
    def needs(self) -> tuple[Need, ...]:
        return ()

    @property
    def excuses(self) -> tuple[Need, ...]:
        return self.what.needs

    def _told(self, log: Log, when: str, since: Ints, at: Moments) -> Finding:
        """What there was of it from those keys on until the moments."""
        found = self.what.find(log)
        first, last = np.searchsorted(found.key, since, side="left"), np.searchsorted(found.key, at.key, side="right")
        told = np.where(last > first, moments_told(found.time, first, last), _("none"))
        return Finding(f"{self.what.words()} {when}", _("none"), told, self.holds(log, at), otherwise=_("at least one"))


@dataclass(frozen=True)
class NotSinceEntering(Freeing):
    """Nothing of the kind since the deal entered the stage it is in; where stages are named, since it last entered one
    of them."""

    what: Selector
    stages: tuple[Stage, ...] = ()

    def holds(self, log: Log, at: Moments) -> Truth:
        since = self._since(log, at)
        surely, perhaps = within(self.what.find(log), since, at.key)
        first = np.maximum(since & NEVER, log.deals.created[at.deal])
        uncovered = partly_covered(log, self.what, at.deal, first, at.time)
        return np.where(surely, FALSE, np.where(perhaps | uncovered, UNKNOWN, TRUE)).astype(np.int8)

    def words(self) -> str:
        return _("not {when}: {what}").format(when=self._when(), what=self.what.words())

    def _since(self, log: Log, at: Moments) -> Ints:
        """Per moment the key of that entry; the deal's beginning where there was none."""
        if not self.stages:
            return np.where(at.stay >= 0, log.stays.entered[at.stay], beginning_of(at.deal))
        entered = enters(*self.stages).find(log).certain
        last = last_before(entered, at)
        return np.where(last >= 0, np.append(entered.key, 0)[last], beginning_of(at.deal))

    def findings(self, log: Log, at: Moments) -> Findings:
        return self._told(log, self._when(), self._since(log, at), at)

    def _when(self) -> str:
        if not self.stages:
            return _("since entering the stage")
        return _("since entering {stages}").format(stages=stage_names(self.stages))


@dataclass(frozen=True)
class NotFollowedBy(Freeing):
    """Nothing of the kind follows until the deadline; unknown while that lies ahead."""

    what: Selector
    until: Deadline
    PARAMETERS: ClassVar[dict[str, str]] = {"until": "until"}

    def holds(self, log: Log, at: Moments) -> Truth:
        due = self.until.due(log, at, schedules_of(log, at))
        found, end = self.what.next(log, at), key_of(at.deal, due)
        undecided = (due >= log.as_of) | partly_covered(log, self.what, at.deal, at.time, due)
        surely, perhaps = found.key <= end, (found.possible <= end) | undecided
        return np.where(surely, FALSE, np.where(perhaps, UNKNOWN, TRUE)).astype(np.int8)

    def words(self) -> str:
        return _("not until {deadline}: {what}").format(deadline=self.until.words(), what=self.what.words())


@dataclass(frozen=True)
class NotYet(Freeing):
    """Nothing of the kind before, as far as the exports show."""

    what: Selector

    def holds(self, log: Log, at: Moments) -> Truth:
        found = self.what.find(log)
        before = last_before(found.certain, at) >= 0
        perhaps = before if found.certain is found else last_before(found, at) >= 0
        uncovered = partly_covered(log, self.what, at.deal, log.deals.created[at.deal], at.time)
        return np.where(before, FALSE, np.where(perhaps | uncovered, UNKNOWN, TRUE)).astype(np.int8)

    def words(self) -> str:
        return _("not yet: {what}").format(what=self.what.words())

    def findings(self, log: Log, at: Moments) -> Findings:
        return self._told(log, _("before"), beginning_of(at.deal), at)


@dataclass(frozen=True)
class Perhaps(Predicate):
    """Where the predicate holds nobody knows; else it does not."""

    that: Predicate

    def holds(self, log: Log, at: Moments) -> Truth:
        return np.minimum(self.that.holds(log, at), UNKNOWN)

    def words(self) -> str:
        return self.that.words()

    def findings(self, log: Log, at: Moments) -> Findings:
        return self.that.findings(log, at)


def perhaps(that: Predicate) -> Perhaps:
    """Where the predicate holds it is not known; where it does not, it does not. For signs that prove nothing."""
    return Perhaps(that)


def not_yet(what: Selector) -> NotYet:
    """Not one of these before the moment, as far as the exports show: a stream that is not exported at all frees nobody
    from the duty."""
    return NotYet(what)


def not_since_entering(what: Selector, *stages: Stage) -> NotSinceEntering:
    """Not one of these since the deal entered the stage it is in, or last entered one of the stages named; a stream
    that is not exported at all frees nobody."""
    return NotSinceEntering(what, stages)


def not_followed_by(what: Selector, until: Deadline) -> NotFollowedBy:
    """Not one of these after the moment, until that deadline; unknown while it lies ahead. A stream that is not
    exported at all frees nobody."""
    return NotFollowedBy(what, until)
