"""Selectors joined otherwise than by `|`: both of them, the first that has any; moments of a lead and its deal."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from auditor.i18n import _
from auditor.log.columns import Bools, Ints
from auditor.log.log import Log
from auditor.log.spine import key_of, time_of
from auditor.patterns.core.moments import Moments, joined, points
from auditor.patterns.core.needs import Need
from auditor.patterns.core.selector import Next, Selector
from auditor.patterns.core.words import Words
from auditor.patterns.selectors.refined import Either, Refinable, facts_of_parts


@dataclass(frozen=True)
class Both(Selector):
    """Done when the later of the two is done."""

    parts: tuple[Selector, ...]

    def select(self, log: Log) -> Moments:
        return joined([part.find(log) for part in self.parts])

    def next(self, log: Log, t: Moments) -> Next:
        found = [part.next(log, t) for part in self.parts]
        keys = np.stack([each.key for each in found])
        latest = keys.argmax(axis=0)
        across = np.arange(len(latest))
        row, flags = (np.stack([getattr(each, name) for each in found])[latest, across] for name in ("row", "flags"))
        possible, last = (
            np.stack([getattr(each, name) for each in found]).max(axis=0) for name in ("possible", "last")
        )
        return Next(keys.max(axis=0), row, flags, possible, last)

    def may_be_missing(self, log: Log, t: Moments, last: Ints) -> Bools:
        """One of them may be missing, and each of them may be there."""
        missing = np.stack([part.may_be_missing(log, t, last) for part in self.parts])
        there = np.stack([part.next(log, t).possible <= key_of(t.deal, last) for part in self.parts])
        return np.logical_and(missing.any(axis=0), (missing | there).all(axis=0))

    def words(self) -> str:
        return _(" and ").join(part.words() for part in self.parts)


@dataclass(frozen=True)
class FirstKnown(Refinable):
    """Per deal the moments of the first of the selectors that has any."""

    parts: tuple[Selector, ...]

    def select(self, log: Log) -> Moments:
        told, found = np.zeros(len(log.deals), np.bool_), []
        for part in self.parts:
            moments = part.find(log)
            found.append(moments.taken(~told[moments.deal]))
            told[moments.deal] = True
        return joined(found)

    def words(self) -> str:
        return _(", else ").join(part.words() for part in self.parts)

    def facts(self, log: Log, t: Moments) -> Words:
        return facts_of_parts(log, self.parts, t)

    @property
    def needs(self) -> tuple[Need, ...]:
        return Either(self.parts).needs


@dataclass(frozen=True)
class InLeadOrDeal(Refinable):
    """Those in the deal that came of a lead are moments of the lead, too."""

    of: Selector

    def select(self, log: Log) -> Moments:
        found = self.of.find(log)
        lead = log.deals.linked[found.deal]
        theirs, lead = found.taken(lead >= 0), lead[lead >= 0]
        last = None if theirs.last is None else key_of(lead, time_of(theirs.last))
        moved = replace(theirs, key=key_of(lead, theirs.time), last=last)
        return joined([found, moved.taken(np.argsort(moved.key, kind="stable"))])

    def may_be_unread(self, log: Log, t: Moments, last: Ints) -> Bools:
        return self._asked(log, t, last, self.of.may_be_unread)

    def may_be_missing(self, log: Log, t: Moments, last: Ints) -> Bools:
        return self._asked(log, t, last, self.of.may_be_missing)

    @staticmethod
    def _asked(log: Log, t: Moments, last: Ints, ask: Callable[[Log, Moments, Ints], Bools]) -> Bools:
        """What is asked of the triggers' own deals, asked of the deals that came of them as well."""
        deals = np.flatnonzero(log.deals.linked >= 0)
        became = np.full(len(log.deals), -1)
        became[log.deals.linked[deals]] = deals
        deal, result = became[t.deal], ask(log, t, last)
        there = np.flatnonzero(deal >= 0)
        since = None if t.since is None else key_of(deal[there], time_of(t.since[there]))
        moved = replace(points(log, key_of(deal, t.time)[there], t.row[there]), since=since)
        result[there] |= ask(log, moved, last[there])
        return result

    def words(self) -> str:
        return _("{what}, in the lead or its deal").format(what=self.of.words())


def first_known(*parts: Selector) -> FirstKnown:
    """Per deal the moments of the first of these selectors that has any in it."""
    return FirstKnown(parts)


def both(*parts: Selector) -> Both:
    """For `expect`: done when the last of them is done."""
    return Both(parts)


def in_lead_or_deal(of: Selector) -> InLeadOrDeal:
    """Of leads: one in the deal that the lead became counts as well."""
    return InLeadOrDeal(of)
