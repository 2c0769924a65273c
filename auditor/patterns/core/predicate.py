"""What predicates are, and joining them by and, or, not; three-valued."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np

from auditor.i18n import _
from auditor.log.kinds import FLAGS
from auditor.log.log import Log
from auditor.patterns.core.findings import All, Any, Findings, yes_or_no
from auditor.patterns.core.moments import Moments
from auditor.patterns.core.needs import Need, any_of, needs_of, parts_of
from auditor.patterns.core.truth import TRUE, Truth
from auditor.patterns.core.words import one_of


class Predicate(ABC):
    """A part of a clause that says whether something holds at a moment of a deal."""

    @abstractmethod
    def holds(self, log: Log, at: Moments) -> Truth:
        """TRUE, FALSE or UNKNOWN at each moment."""

    @abstractmethod
    def words(self) -> str:
        """What must hold, in the active language."""

    def changes(self, log: Log) -> "list[Moments]":
        """The moments at which its value may become another, a part for each kind of change."""
        return [moments for part in parts_of(self, Predicate) for moments in part.changes(log)]

    def findings(self, log: Log, at: Moments) -> Findings:
        """What was found at each moment, in words for a report; by itself, whether it is so."""
        return yes_or_no(self.words(), self.holds(log, at))

    @property
    def needs(self) -> tuple[Need, ...]:
        """What must be exported for it to be judged."""
        return needs_of(self)

    @property
    def excuses(self) -> tuple[Need, ...]:
        """What only frees from a duty where it is exported: the clause is judged without it."""
        return tuple(need for part in parts_of(self, Predicate) for need in part.excuses)

    def suspects(self, log: Log, at: Moments) -> "np.ndarray":
        """Per moment the `Suspect` flags of what makes it hold."""
        return np.zeros(len(at), FLAGS)

    def columns(self, log: Log) -> tuple[str, ...]:
        """The captions of the fields that a report names as evidence."""
        return tuple(dict.fromkeys(caption for part in parts_of(self, Predicate) for caption in part.columns(log)))

    @property
    def forbids(self) -> bool:
        """Whether breaking it means doing what must not be done, rather than leaving something undone."""
        return False

    @property
    def asks_who(self) -> bool:
        """Whether it asks who did something: who breaks it is another than who should have done it."""
        return any(part.asks_who for part in parts_of(self, Predicate))

    def __and__(self, other: "Predicate") -> "Predicate":
        return AllOf((self, other))

    def __or__(self, other: "Predicate") -> "Predicate":
        return AnyOf((self, other))

    def __invert__(self) -> "Predicate":
        return Not(self)


@dataclass(frozen=True)
class AllOf(Predicate):
    """Every part holds."""

    parts: tuple[Predicate, ...]

    def holds(self, log: Log, at: Moments) -> Truth:
        return np.minimum.reduce([part.holds(log, at) for part in self.parts])

    def words(self) -> str:
        return _(" and ").join(part.words() for part in self.parts)

    def findings(self, log: Log, at: Moments) -> Findings:
        return All([part.findings(log, at) for part in self.parts])

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
        return one_of(part.words() for part in self.parts)

    def findings(self, log: Log, at: Moments) -> Findings:
        return Any([part.findings(log, at) for part in self.parts])

    @property
    def needs(self) -> tuple[Need, ...]:
        return any_of(*(part.needs for part in self.parts))

    def suspects(self, log: Log, at: Moments) -> "np.ndarray":
        """The flags of all parts that hold; none where one of them holds without any, since it alone would do."""
        holding = [(part.holds(log, at) == TRUE, part.suspects(log, at)) for part in self.parts]
        clean = np.logical_or.reduce([holds & (flags == 0) for holds, flags in holding])
        together = np.bitwise_or.reduce([np.where(holds, flags, 0) for holds, flags in holding])
        return np.where(clean, 0, together).astype(FLAGS)

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

    def findings(self, log: Log, at: Moments) -> Findings:
        return self.part.findings(log, at).denied()

    def __invert__(self) -> Predicate:
        return self.part
