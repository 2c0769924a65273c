"""Leads: whose they are, what made them, what they become."""

from dataclasses import dataclass

import numpy as np

from auditor.i18n import _, quoted
from auditor.log.columns import Ints
from auditor.log.kinds import Kind
from auditor.log.log import Log
from auditor.log.remembered import remembered
from auditor.log.spine import deal_of
from auditor.patterns.core.findings import Finding, Findings
from auditor.patterns.core.moments import Moments, own_time
from auditor.patterns.core.needs import Field, Need, Stream
from auditor.patterns.core.predicate import Predicate
from auditor.patterns.core.runs import starts
from auditor.patterns.core.staying import stay_names, stays_in
from auditor.patterns.core.truth import FALSE, UNKNOWN, Truth, between, truth
from auditor.patterns.core.words import time_words
from auditor.patterns.deadlines.spans import Span
from auditor.terms import Stage


@dataclass(frozen=True)
class IsLead(Predicate):
    """The record is a lead, not a deal."""

    def holds(self, log: Log, at: Moments) -> Truth:
        return truth(log.deals.is_lead[at.deal])

    def words(self) -> str:
        return _("a lead")


def _blur_of_creation(log: Log) -> Ints:
    """Per deal how many seconds later than the log has it its creation may have been."""
    result = np.zeros(len(log.deals), np.int64)
    if log.blur is not None:
        places = log.of_kind(Kind.CREATED)
        result[deal_of(log.key[places])] = log.blur[places]
    return result


@dataclass(frozen=True)
class NearCreation(Predicate):
    """The event's own time lies within the span of the deal's creation, before it or after."""

    span: Span

    def holds(self, log: Log, at: Moments) -> Truth:
        own, created = own_time(log, at), log.deals.created[at.deal]
        first, last = own - created - _blur_of_creation(log)[at.deal], own - created + at.blur
        nearest = np.where((first <= 0) & (last >= 0), 0, np.minimum(np.abs(first), np.abs(last)))
        furthest = np.maximum(np.abs(first), np.abs(last))
        return between(furthest <= self.span.seconds, nearest <= self.span.seconds)

    def words(self) -> str:
        return _("within {span} of the creation").format(span=self.span.words())

    def findings(self, log: Log, at: Moments) -> Findings:
        return Finding(_("its own time"), self.words(), time_words(own_time(log, at)), self.holds(log, at))


def near_creation(span: Span) -> NearCreation:
    """The event itself happened at most so long before or after the deal's creation."""
    return NearCreation(span)


@remembered
def _first_stays(log: Log) -> Ints:
    """Per deal the number of its first stay, −1 where it has none."""
    deal, first = log.stays.deal, np.full(len(log.deals), -1)
    first[deal[starts(deal)]] = np.flatnonzero(starts(deal))
    return first


@dataclass(frozen=True)
class LinkedDealBegins(Predicate):
    """The deal that the lead became begins in that stage; without such a deal nobody knows."""

    stage: Stage

    def holds(self, log: Log, at: Moments) -> Truth:
        linked = log.deals.linked
        begun = np.where(log.stays.certain, between(*stays_in(log, self.stage)), UNKNOWN)
        begun = np.append(begun, FALSE)[_first_stays(log)]
        deals = np.flatnonzero(linked >= 0)
        best = np.full(len(log.deals), -1, np.int8)
        np.maximum.at(best, linked[deals], begun[deals])
        return np.where(best[at.deal] < 0, UNKNOWN, best[at.deal]).astype(np.int8)

    def words(self) -> str:
        text = _("its deal begins in «{pipeline}», «{stage}»")
        return text.format(pipeline=self.stage.pipeline, stage=self.stage.name)

    def findings(self, log: Log, at: Moments) -> Findings:
        linked = log.deals.linked
        deals = np.flatnonzero(linked >= 0)
        begun = np.full(len(log.deals), -1)
        begun[linked[deals]] = _first_stays(log)[deals]
        names = stay_names(log, begun[at.deal])
        found = np.where(names == "", _("no deal"), names)
        return Finding(_("its deal begins in"), quoted(self.stage.name), found, self.holds(log, at))

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Stream("stage"),)


def linked_deal_begins(stage: Stage) -> LinkedDealBegins:
    """The deal that the lead became begins in that stage; unknown where the export has no such deal."""
    return LinkedDealBegins(stage)


is_lead = IsLead()


@dataclass(frozen=True)
class KnownElsewhere(Predicate):
    """A lead or deal of another manager than the one of this moment, created earlier, has the phone of this one."""

    def holds(self, log: Log, at: Moments) -> Truth:
        manager = log.responsible.code[log.responsible.at(at.key)]
        frame, created = log.deals.frame.take(at.deal), log.deals.created[at.deal]
        return truth(log.facts.clients.known_to_another(frame, manager, created))

    def words(self) -> str:
        return _("another manager knows the client")

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Field("Телефон"),)


known_elsewhere = KnownElsewhere()
