"""Selectors joined: both, and the first that is known."""

from dataclasses import dataclass

import numpy as np

from auditor.i18n import _
from auditor.log.log import Log
from auditor.patterns.core.moments import Moments, joined
from auditor.patterns.core.needs import Need
from auditor.patterns.core.selector import Next, Selector
from auditor.patterns.selectors.refined import Either, Refinable


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
        return Next(keys.max(axis=0), row, flags, np.stack([each.possible for each in found]).max(axis=0))

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

    @property
    def needs(self) -> tuple[Need, ...]:
        return Either(self.parts).needs


def first_known(*parts: Selector) -> FirstKnown:
    return FirstKnown(parts)


def both(*parts: Selector) -> Both:
    return Both(parts)
