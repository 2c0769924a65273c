"""Selectors joined otherwise than by `|`: both of them, the first that has any."""

from dataclasses import dataclass

import numpy as np

from auditor.i18n import _
from auditor.log.columns import Bools, Ints
from auditor.log.log import Log
from auditor.log.spine import key_of
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

    @property
    def needs(self) -> tuple[Need, ...]:
        return Either(self.parts).needs


def first_known(*parts: Selector) -> FirstKnown:
    """Per deal the moments of the first of these selectors that has any in it."""
    return FirstKnown(parts)


def both(*parts: Selector) -> Both:
    """For `expect`: done when the last of them is done."""
    return Both(parts)
