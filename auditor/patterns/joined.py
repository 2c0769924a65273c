"""Predicates joined by and, or, not; three-valued."""

from dataclasses import dataclass

import numpy as np

from auditor.i18n import _
from auditor.log.log import Log
from auditor.patterns.base import Need, Predicate, any_of
from auditor.patterns.logic import TRUE, Truth
from auditor.patterns.moments import Moments


@dataclass(frozen=True)
class AllOf(Predicate):
    """Every part holds."""

    parts: tuple[Predicate, ...]

    def holds(self, log: Log, at: Moments) -> Truth:
        return np.minimum.reduce([part.holds(log, at) for part in self.parts])

    def words(self) -> str:
        return _(" and ").join(part.words() for part in self.parts)

    def found(self, log: Log, at: Moments) -> list[str]:
        told = [(part.holds(log, at) != TRUE, part.found(log, at)) for part in self.parts]
        return ["; ".join(words[i] for broken, words in told if broken[i] and words[i]) for i in range(len(at))]

    def suspects(self, log: Log, at: Moments) -> "np.ndarray":
        return np.bitwise_or.reduce([part.suspects(log, at) for part in self.parts])

    @property
    def forbids(self) -> bool:
        return any(part.forbids for part in self.parts)

    def __and__(self, other: Predicate) -> Predicate:
        return AllOf((*self.parts, other))


@dataclass(frozen=True)
class AnyOf(Predicate):
    """Some part holds."""

    parts: tuple[Predicate, ...]

    def holds(self, log: Log, at: Moments) -> Truth:
        return np.maximum.reduce([part.holds(log, at) for part in self.parts])

    def words(self) -> str:
        return _(" or ").join(part.words() for part in self.parts)

    def found(self, log: Log, at: Moments) -> list[str]:
        told = [part.found(log, at) for part in self.parts]
        return ["; ".join(words[i] for words in told if words[i]) for i in range(len(at))]

    @property
    def needs(self) -> tuple[Need, ...]:
        return any_of(*(part.needs for part in self.parts))

    def suspects(self, log: Log, at: Moments) -> "np.ndarray":
        """Of the parts that hold, unless one that nothing is suspect of holds, too."""
        holding = [(part.holds(log, at) == TRUE, part.suspects(log, at)) for part in self.parts]
        clean = np.logical_or.reduce([holds & (flags == 0) for holds, flags in holding])
        together = np.bitwise_or.reduce([np.where(holds, flags, 0) for holds, flags in holding])
        return np.where(clean, 0, together).astype(np.uint8)

    @property
    def forbids(self) -> bool:
        return all(part.forbids for part in self.parts)

    def __or__(self, other: Predicate) -> Predicate:
        return AnyOf((*self.parts, other))


@dataclass(frozen=True)
class Not(Predicate):
    """The part does not hold."""

    part: Predicate

    def holds(self, log: Log, at: Moments) -> Truth:
        return (TRUE - self.part.holds(log, at)).astype(np.int8)

    def words(self) -> str:
        return _("not: {what}").format(what=self.part.words())

    def found(self, log: Log, at: Moments) -> list[str]:
        return self.part.found(log, at)

    def __invert__(self) -> Predicate:
        return self.part
