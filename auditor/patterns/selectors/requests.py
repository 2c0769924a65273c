"""The client's request: when it came, and how old it is."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from auditor.i18n import _
from auditor.log.columns import Bools, Ints
from auditor.log.kinds import DAY, NEVER
from auditor.log.log import Log
from auditor.log.spine import key_of, time_of
from auditor.patterns.core.moments import Moments, joined, own_time, points
from auditor.patterns.core.needs import Need, Stream
from auditor.patterns.core.selector import Selector
from auditor.patterns.core.staying import stays_in
from auditor.patterns.core.truth import Truth, between
from auditor.patterns.core.words import stage_names
from auditor.patterns.deadlines.spans import amount_words
from auditor.patterns.selectors.events import ANSWERED, IN, UNANSWERED, call, email, form
from auditor.patterns.selectors.refined import During, Refinable
from auditor.patterns.selectors.stages import request_time
from auditor.terms import Stage


@dataclass(frozen=True)
class RequestDelivered(Refinable):
    """When the request came: the moment in the field, else the first incoming letter, form or unanswered incoming call
    at or before the creation. It may lie before the creation.

    Where none of these is known the creation stands for it: surely where a robot created the lead, else nobody knows.
    A date without a clock is none to count minutes from. Who was spoken to by then is owed nothing: by his own call, or
    by any where nothing tells when the request came."""

    field: str

    def select(self, log: Log) -> Moments:
        created = log.deals.created
        versions = log.field(self.field)
        told = versions.date[versions.at(key_of(np.arange(len(created)), created))]
        request, perhaps = _up_to_creation(log, email(IN) | form | call(IN, UNANSWERED))
        untold = told == NEVER
        at = np.where(untold, np.where(perhaps < NEVER, perhaps, created), told)
        vague = np.where(untold, (request != perhaps) | ((perhaps == NEVER) & ~_made_by_robots(log)), told % DAY == 0)
        found = points(log, key_of(np.arange(len(created)), at), log.deals.row).doubted(vague)
        return found.narrowed(self._owed(log, untold & (perhaps == NEVER)))

    @staticmethod
    def _owed(log: Log, untold: Bools) -> Truth:
        """Per deal whether nobody had spoken to the client by the creation."""
        theirs, any_call = (_up_to_creation(log, what) for what in (call(IN, ANSWERED), call(ANSWERED)))
        spoken, perhaps = (np.where(untold, every, own) < NEVER for own, every in zip(theirs, any_call, strict=True))
        return between(~perhaps, ~spoken)

    def words(self) -> str:
        return _("the request's delivery")

    @property
    def needs(self) -> tuple[Need, ...]:
        return ()


def _up_to_creation(log: Log, what: Selector) -> tuple[Ints, Ints]:
    """Per deal the second of the first such moment at or before its creation, surely and possibly; NEVER for none."""
    found = what.find(log)
    own = own_time(log, found)
    early = own <= log.deals.created[found.deal]
    surely, possibly = np.full((2, len(log.deals)), NEVER)
    np.minimum.at(possibly, found.deal[early], own[early])
    early &= found.sure
    np.minimum.at(surely, found.deal[early], own[early])
    return surely, possibly


def _made_by_robots(log: Log) -> Bools:
    """Per deal whether its creation has an author who is a robot or an integration."""
    history, owned = log.arrays.history, np.flatnonzero(log.history_deals >= 0)
    born = owned[history.text("event").equals("created")[owned]]
    author = history.text("author").mapped(dict(log.facts.codes))[born]
    result = np.zeros(len(log.deals), np.bool_)
    result[log.history_deals[born]] = log.facts.robots[author]
    return result


@dataclass(frozen=True)
class FromDay(Refinable):
    """00:00 of that day after the request's creation, or the entry into the stage where that is later; and, from then
    on, each of `then` in the stage."""

    days: int
    stages: tuple[Stage, ...]
    then: Selector
    PARAMETERS: ClassVar[dict[str, str]] = {"days": "days"}

    def select(self, log: Log) -> Moments:
        stays = log.stays
        sure, possible = stays_in(log, *self.stages)
        chosen = np.flatnonzero(possible)
        opens = self._opens(log, stays.deal[chosen].astype(np.int64))
        at = np.maximum(opens, stays.entered[chosen])
        holds = (at < stays.left[chosen]) & (time_of(at) <= log.as_of)
        start = points(log, at[holds], stays.row[chosen[holds]])
        each = During(self.then, self.stages).arising(log)
        later = each.taken(each.key >= self._opens(log, each.deal))
        return joined([start.doubted(~(sure & stays.certain)[chosen[holds]]), later])

    def _opens(self, log: Log, deal: Ints) -> Ints:
        """00:00 of the day from which on each deal's moments count."""
        return key_of(deal, (request_time(log)[deal] // DAY + self.days) * DAY)

    def words(self) -> str:
        span = amount_words(self.days, "days")
        return _("{span} after the request, in {stages}").format(span=span, stages=stage_names(self.stages))

    @property
    def needs(self) -> tuple[Need, ...]:
        """The moments in between only re-arm: what they need, what is expected needs as well."""
        return (Stream("stage"),)


def request_delivered(field: str) -> RequestDelivered:
    """Once per deal, when the request came: the moment in the field, else the first incoming letter, form or missed
    incoming call up to the creation; it may lie before the creation. Without these it is the creation where a robot
    created the lead, else nobody knows. Nothing where the client was already spoken to."""
    return RequestDelivered(field)


def from_day(days: int, *, during: Stage, then: Selector) -> FromDay:
    """00:00 of the day so many days after the request's creation, or the entry into the stage where that is later; from
    then on each `then` in the stage as well."""
    return FromDay(days, (during,), then)
