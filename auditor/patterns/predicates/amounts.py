"""Amounts of money that events tell, and a number that several sources tell."""

from dataclasses import dataclass
from functools import reduce

import numpy as np

from auditor.i18n import _
from auditor.log.columns import Bools, Ints
from auditor.log.log import Log
from auditor.patterns.core.moments import Moments, beginning_of
from auditor.patterns.core.needs import Column, Need, any_of
from auditor.patterns.core.runs import spread
from auditor.patterns.core.searching import count_before
from auditor.patterns.core.selector import unread_between
from auditor.patterns.core.words import one_of
from auditor.patterns.predicates.numbers import Numbers, Quantity
from auditor.patterns.selectors.events import Events


@dataclass(frozen=True)
class Amount(Quantity):
    """The amount of the one such event before the moment; of several, anything from the least of them to their sum.

    NaN where there is none, where one tells no amount, and where one may have gone unseen."""

    of: Events
    label = "amount"
    unit = "rub"

    def bounds(self, log: Log, at: Moments) -> tuple[Numbers, Numbers]:
        number, told, sure = self._told(log, at)
        told = np.where(sure, told, np.nan)
        least, total = np.full(len(at), np.inf), np.zeros(len(at))
        with np.errstate(invalid="ignore"):  # the least of numbers one of which is not told is not told
            np.minimum.at(least, number, told)
        np.add.at(total, number, told)
        least[self._unseen(log, at) | np.isinf(least)] = np.nan
        return least, np.where(np.isnan(least), np.nan, total)

    def _told(self, log: Log, at: Moments) -> tuple[Ints, Numbers, Bools]:
        """The events before each moment: the number of that moment, the amount told (NaN: none), and whether the event
        is sure."""
        found = self.of.find(log)
        first = np.searchsorted(found.key, beginning_of(at.deal), side="left")
        number, index = spread(first, count_before(found, at))
        return number, _amounts(log)[log.ref[found.pos[index]]], found.sure[index]

    def _unseen(self, log: Log, at: Moments) -> Bools:
        """Per moment whether one before it may have gone unseen."""
        created = log.deals.created[at.deal]
        missing = self.of.may_be_missing_between(log, at.deal, created, at.time)
        return missing | (unread_between(log, self.of, at.deal, created, at.time) > 0)

    def words(self) -> str:
        return _("the amount of {what}").format(what=self.of.words())

    @property
    def needs(self) -> tuple[Need, ...]:
        return (*self.of.needs, Column("amount"))


def _amounts(log: Log) -> Numbers:
    """Per activity its amount; NaN where it tells none."""
    if "amount" not in log.activities:
        return np.full(len(log.activities), np.nan)
    return log.activities["amount"].to_numpy(dtype=float, na_value=np.nan)


@dataclass(frozen=True)
class Total(Amount):
    """The sum of all such events before the moment; more than it where one tells no amount, or may have gone unseen."""

    def bounds(self, log: Log, at: Moments) -> tuple[Numbers, Numbers]:
        number, told, sure = self._told(log, at)
        low, high = np.zeros((2, len(at)))
        np.add.at(low, number, np.nan_to_num(np.where(sure, told, 0)))
        np.add.at(high, number, told)
        return low, np.where(np.isnan(high) | self._unseen(log, at), np.inf, high)

    def words(self) -> str:
        return _("all of: {what}").format(what=self.of.words())


class OneNumber(Quantity):
    """One number that any of several sources may tell."""

    parts: tuple[Quantity, ...]
    label = "amount"

    @property
    def unit(self) -> str:  # type: ignore[override]
        return self.parts[0].unit

    @property
    def needs(self) -> tuple[Need, ...]:
        return any_of(*(part.needs for part in self.parts))

    def changes(self, log: Log) -> list[Moments]:
        return [moments for part in self.parts for moments in part.changes(log)]

    def columns(self, log: Log) -> tuple[str, ...]:
        return tuple(name for part in self.parts for name in part.columns(log))


@dataclass(frozen=True)
class FirstTold(OneNumber):
    """The first of these numbers that is told and not 0; the last of them where none is."""

    parts: tuple[Quantity, ...]

    def bounds(self, log: Log, at: Moments) -> tuple[Numbers, Numbers]:
        return reduce(_told_first, [part.bounds(log, at) for part in self.parts])

    def words(self) -> str:
        return _(", else ").join(part.words() for part in self.parts)


def _told_first(one: tuple[Numbers, Numbers], other: tuple[Numbers, Numbers]) -> tuple[Numbers, Numbers]:
    untold = np.isnan(one[0]) | (one[0] == 0)
    return np.where(untold, other[0], one[0]), np.where(untold, other[1], one[1])


@dataclass(frozen=True)
class ToldBy(OneNumber):
    """One number that several sources tell; where they differ, anything from the least of them to the greatest."""

    parts: tuple[Quantity, ...]

    def bounds(self, log: Log, at: Moments) -> tuple[Numbers, Numbers]:
        told = [part.bounds(log, at) for part in self.parts]
        known = [[np.where(np.isfinite(low) & np.isfinite(high), x, np.nan) for x in (low, high)] for low, high in told]
        lows, highs = zip(*known, strict=True)
        return reduce(np.fmin, lows), reduce(np.fmax, highs)

    def words(self) -> str:
        return one_of(part.words() for part in self.parts)


def amount(of: Events) -> Amount:
    """The amount of the one such event before the moment, to compare; of several, anything from the least of them to
    their sum; unknown where one tells no amount."""
    return Amount(of)


def total(of: Events) -> Total:
    """The sum of the amounts of all such events before the moment, to compare: 0 where there is none."""
    return Total(of)


def first_told(*parts: Quantity) -> FirstTold:
    """The first of these numbers that is told and not 0, to compare: `first_told(total(payment), field(PREPAID))`."""
    return FirstTold(parts)


def told_by(*parts: Quantity) -> ToldBy:
    """One number that several sources tell, to compare: any one of them is enough; where they differ, it is anything
    from the least to the greatest."""
    return ToldBy(parts)
