"""The client's request: when it came, how old it is, whose client he was before."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from auditor.i18n import _
from auditor.log.columns import Ints
from auditor.log.kinds import DAY, NEVER, Kind
from auditor.log.log import Log
from auditor.log.spine import key_of, time_of
from auditor.patterns.core.moments import Moments, events, joined, own_time, points
from auditor.patterns.core.needs import Field, Need, Stream
from auditor.patterns.core.selector import Selector
from auditor.patterns.core.sentences import stage_names
from auditor.patterns.core.staying import stays_in
from auditor.patterns.deadlines.spans import amount_words
from auditor.patterns.selectors.events import IN, email, form
from auditor.patterns.selectors.refined import During, Refinable
from auditor.patterns.selectors.stages import request_time
from auditor.terms import Stage


@dataclass(frozen=True)
class RequestDelivered(Refinable):
    """When the request came: the moment in the field, else an incoming letter or form at or before the creation, else
    the creation. It may lie before the creation."""

    field: str

    def select(self, log: Log) -> Moments:
        created = log.deals.created
        versions = log.field(self.field)
        told = versions.date[versions.at(key_of(np.arange(len(created)), created))] if versions.exported else created
        letter = self._letters(log)
        at = np.where((told != NEVER) & versions.exported, told, np.where(letter != NEVER, letter, created))
        return points(log, key_of(np.arange(len(created)), at), log.deals.row)

    @staticmethod
    def _letters(log: Log) -> Ints:
        """Per deal the second of its first incoming letter or form up to the creation, NEVER where there is none."""
        found = (email(IN) | form).find(log)
        own = own_time(log, found)
        early = own <= log.deals.created[found.deal]
        result = np.full(len(log.deals), NEVER)
        np.minimum.at(result, found.deal[early], own[early])
        return result

    def words(self) -> str:
        return _("the request's delivery")

    @property
    def needs(self) -> tuple[Need, ...]:
        return ()


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


@dataclass(frozen=True)
class KnownElsewhere(Refinable):
    """The creation of a lead whose phone an earlier lead or deal of another manager has."""

    def select(self, log: Log) -> Moments:
        own, created = events(log, log.of_kind(Kind.CREATED)), log.deals.created
        deals = np.arange(len(created))
        manager = log.responsible.code[log.responsible.at(key_of(deals, created))]
        known = log.facts.clients.known_to_another(log.deals.frame, manager, created) & log.deals.is_lead
        return own.taken(known[own.deal])

    def words(self) -> str:
        return _("creation of a lead whose client another manager knows")

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Field("Телефон"),)


def request_delivered(field: str) -> RequestDelivered:
    """Once per deal, when the request came: the moment in the field, else the first incoming letter or form up to the
    creation, else the creation. It may lie before the creation."""
    return RequestDelivered(field)


def from_day(days: int, *, during: Stage, then: Selector) -> FromDay:
    """00:00 of the day so many days after the request's creation, or the entry into the stage where that is later; from
    then on each `then` in the stage as well."""
    return FromDay(days, (during,), then)


known_elsewhere = KnownElsewhere()
