"""Closings and reopenings, and the moments at which a deal is open."""

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from auditor.i18n import _, quoted
from auditor.log.columns import Bools
from auditor.log.log import Log
from auditor.patterns.core.moments import Moments
from auditor.patterns.core.selector import Next, next_of
from auditor.patterns.core.staying import is_act, outcome_words
from auditor.patterns.core.texts import says
from auditor.patterns.core.truth import truth
from auditor.patterns.core.words import Words, filled, one_of, values_shown
from auditor.patterns.selectors.refined import Refinable
from auditor.patterns.selectors.stages import OfStages, entries, flagged_brief, move_facts
from auditor.terms import Outcome

WON, LOST, CONVERTED, REJECTED = Outcome.WON, Outcome.LOST, Outcome.CONVERTED, Outcome.REJECTED
"""Ways in which a deal (WON, LOST) or lead (CONVERTED, REJECTED) is closed."""


@dataclass(frozen=True)
class Closed(Refinable):
    """The deal is closed in one of these ways (none: in any), for a reason that holds one of the words."""

    outcomes: tuple[Outcome, ...] = ()
    reasons: tuple[str, ...] = ()
    other_reasons: tuple[str, ...] = ()
    PARAMETERS: ClassVar[dict[str, str]] = {"reasons": "reasons", "other_reasons": "other_reasons"}

    def select(self, log: Log) -> Moments:
        stays = log.stays
        outcome = stays.outcome
        known = np.isin(outcome, self.outcomes) if self.outcomes else outcome > 0
        possible = known | (outcome == Outcome.UNTOLD)
        chosen = np.flatnonzero(possible)
        found = flagged_brief(log, entries(log, chosen, known[chosen]), chosen, outcome > 0)
        return found if not (self.reasons or self.other_reasons) else self._for_a_reason(log, found)

    def _for_a_reason(self, log: Log, found: Moments) -> Moments:
        """An empty reason may be any."""
        versions = log.field(REASON)
        code = versions.code[versions.at(found.key)]
        holds = np.ones(len(found), np.bool_)
        if self.reasons:
            holds &= _among(versions.folded, self.reasons)[code]
        if self.other_reasons:
            holds &= ~_among(versions.folded, self.other_reasons)[code]
        return found.narrowed(truth(holds, unknown=code < 0))

    def words(self) -> str:
        how = one_of(map(outcome_words, self.outcomes)) or _("closing")
        return how + (f" ({quoted(*self.reasons)})" if self.reasons else "")

    def facts(self, log: Log, t: Moments) -> Words:
        """The stage that was left, how the deal was closed, and the reason where the selector asks for one."""
        told = move_facts(log, t)
        if not (self.reasons or self.other_reasons):
            return told
        versions = log.field(REASON)
        given = versions.filled[versions.at(t.key)]
        reason = np.where(given, filled(quoted("{reason}"), reason=values_shown(log, REASON, t)), _("no reason given"))
        return filled("{move} ({reason})", move=told, reason=reason)

    @property
    def streams(self) -> frozenset[str]:
        return frozenset({"closed"})

    def because(self, *reasons: str) -> "Closed":
        """Only for a reason that holds one of the words; only possible where the reason is empty."""
        return replace(self, reasons=reasons)

    def not_because(self, *reasons: str) -> "Closed":
        """Only for a reason that holds none of the words; only possible where the reason is empty."""
        return replace(self, other_reasons=reasons)


REASON = "Причина отказа"


def _among(values: tuple[str, ...], words: tuple[str, ...]) -> Bools:
    search = says(*words)
    return np.array([*(bool(search(value)) for value in values), False], dtype=np.bool_)


@dataclass(frozen=True)
class Reopened(OfStages):
    """A closed deal comes back into an ordinary stage."""

    def select(self, log: Log) -> Moments:
        stays = log.stays
        was_closed = np.append(False, (stays.outcome[:-1] > 0) & (stays.deal[1:] == stays.deal[:-1]))[: len(stays)]
        chosen = np.flatnonzero(was_closed & (stays.outcome == 0))
        return entries(log, chosen, stays.certain[chosen])

    def words(self) -> str:
        return _("reopening")


reopened = Reopened()


def closed(*outcomes: Outcome) -> Closed:
    """The deal is closed in one of these ways; in any where none is named. A closing of untold outcome is only
    possible. `because` and `not_because` ask for the reason."""
    return Closed(outcomes)


def next_closing(log: Log, t: Moments) -> Next:
    """The first closing after each moment; one that is that very event is not after it."""
    return next_of(closed().find(log), t)


def while_open(log: Log, t: Moments) -> Moments:
    """Without the moments at which the deal was closed already, and still is; and without what only happens in the
    second of a closing or a reopening: a call, a letter, a task."""
    stays = log.stays
    if not len(t) or not len(stays):
        return t
    stay = stays.at(t.key)
    shut = (stays.outcome[stay] > 0) & (stay >= 0)
    moved = np.flatnonzero(stays.entered[stay] == t.key)
    before = stays.at(t.key[moved] - 1)
    was_shut = (stays.outcome[before] > 0) & (before >= 0)
    turned = was_shut != shut[moved]
    shut[moved] &= was_shut
    shut[moved[turned]] |= is_act(log, t.taken(moved[turned]))
    return t.taken(~shut)
