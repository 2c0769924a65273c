"""Quantities, numbers of a deal at a moment, and predicates that compare them."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from auditor.i18n import _
from auditor.log.kinds import FLAGS
from auditor.log.log import Log
from auditor.patterns.core.findings import Finding, Findings
from auditor.patterns.core.moments import Moments
from auditor.patterns.core.needs import Field, Need, needs_of, parts_of
from auditor.patterns.core.predicate import Predicate
from auditor.patterns.core.selector import Selector
from auditor.patterns.core.truth import FALSE, TRUE, UNKNOWN, Truth
from auditor.patterns.core.words import Words, filled, number_words, numbers_told

Numbers = NDArray[np.float64]


HALF_A_KOPECK = 0.005
"""Less than any two amounts differ by; more than a product of floats errs by."""


OPPOSITES = {">=": "<", ">": "<=", "<=": ">", "<": ">=", "==": "!="}


OPERATORS = {">=": np.greater_equal, ">": np.greater, "<=": np.less_equal, "<": np.less, "==": np.equal}


class Quantity(ABC):
    """A number that a deal has at any moment, known between two bounds.

    `label`: what a limit of it is called among a clause's parameters; `empty_is_zero`: an empty field fails `> 0`;
    `counts`: of too few it is said that they are «2 of 3»."""

    unit: str = "times"
    label: str = "at_least"
    empty_is_zero: ClassVar[bool] = False
    counts: ClassVar[bool] = False

    @abstractmethod
    def bounds(self, log: Log, at: Moments) -> tuple[Numbers, Numbers]:
        """The least and the greatest value that the record allows; NaN: nobody knows."""

    @abstractmethod
    def words(self) -> str: ...

    def suspects(self, log: Log, at: Moments) -> "np.ndarray":
        """`Suspect` of what makes up the number, per moment."""
        return np.zeros(len(at), FLAGS)

    @property
    def needs(self) -> tuple[Need, ...]:
        return tuple(need for part in parts_of(self, Selector) for need in part.needs)

    def told(self, log: Log, at: Moments, values: Numbers, form: str = "{n}") -> Words:
        """Per moment the number found, in words; `values` are its lower bounds, the `form` says what stands behind."""
        return filled(form, n=numbers_told(values))

    def counted(self, log: Log, at: Moments) -> list[list[int]]:
        """Per moment the source rows that make up the number; empty where no rows do."""
        return []

    def changes(self, log: Log) -> list[Moments]:
        return [part.find(log) for part in parts_of(self, Selector)]

    def columns(self, log: Log) -> tuple[str, ...]:
        """The captions of the fields that show it."""
        captions = (need.names[0] for need in self.needs if isinstance(need, Field))
        return tuple(log.settings.fields.get(caption, caption) for caption in captions)

    def __ge__(self, limit: "float | Quantity") -> "Compared":
        return Compared(self, ">=", limit)

    def __gt__(self, limit: "float | Quantity") -> "Compared":
        return Compared(self, ">", limit)

    def __le__(self, limit: "float | Quantity") -> "Compared":
        return Compared(self, "<=", limit)

    def __lt__(self, limit: "float | Quantity") -> "Compared":
        return Compared(self, "<", limit)

    def equals(self, limit: "float | Quantity", *, within: float = 0, of: "Quantity | None" = None) -> "Compared":
        """Compares by equality, `within` that share `of` another quantity more or less: `==` is kept for comparing two
        parts of clauses."""
        return Compared(self, "==", limit) if of is None else Near(self, "==", limit, within, of)


@dataclass(frozen=True)
class Compared(Predicate):
    """A quantity compared with a number or with another quantity."""

    left: Quantity
    operator: str
    limit: "float | Quantity"
    PARAMETERS: ClassVar[dict[str, str]] = {"limit": "{left.label}"}

    def holds(self, log: Log, at: Moments) -> Truth:
        low, high = self.left.bounds(log, at)
        other = self._limit(log, at)
        with np.errstate(invalid="ignore"):
            if self.operator == "==":
                sure, possible = (low == other) & (high == other), (low <= other) & (other <= high)
            else:
                compare = OPERATORS[self.operator]
                ends = compare(low, other), compare(high, other)
                sure, possible = ends[0] & ends[1], ends[0] | ends[1]
        result = np.where(sure, TRUE, np.where(possible, UNKNOWN, FALSE)).astype(np.int8)
        result[np.isnan(low) | np.isnan(other)] = UNKNOWN
        return self._of_zero(low, other, result)

    def suspects(self, log: Log, at: Moments) -> "np.ndarray":
        """Of what is enough; of too little nothing is suspect."""
        return self.left.suspects(log, at) if self.operator in (">=", ">") else super().suspects(log, at)

    def _of_zero(self, low: Numbers, other: Numbers, result: Truth) -> Truth:
        """An empty field counts as 0 in `> 0`: FALSE, not UNKNOWN."""
        if self.operator == ">" and self.left.empty_is_zero:
            result[np.isnan(low) & (other == 0)] = FALSE
        return result

    def _limit(self, log: Log, at: Moments) -> Numbers:
        if isinstance(self.limit, Quantity):
            return self.limit.bounds(log, at)[0]
        return np.full(len(at), float(self.limit))

    @property
    def needs(self) -> tuple[Need, ...]:
        return (*self.left.needs, *(self.limit.needs if isinstance(self.limit, Quantity) else ()))

    def changes(self, log: Log) -> list[Moments]:
        other = self.limit.changes(log) if isinstance(self.limit, Quantity) else []
        return [*self.left.changes(log), *other]

    def words(self) -> str:
        return f"{self.left.words()}: {self._needed(self.operator)}"

    def findings(self, log: Log, at: Moments) -> Findings:
        low, other = self.left.bounds(log, at)[0], self._limit(log, at)
        return Finding(
            self.left.words(),
            self._needed(self.operator),
            self._both_sides(self.left.told(log, at, low), other),
            self.holds(log, at),
            counted=self.left.counted(log, at),
            compared=(low, other, self.left.unit),
            otherwise=self._needed(OPPOSITES[self.operator]),
            failed=self._too_few(log, at, low),
        )

    def _too_few(self, log: Log, at: Moments, low: Numbers) -> Words | None:
        """«2 of 3», of what is counted; «none» where one is enough."""
        if not self.left.counts or self.operator != ">=" or isinstance(self.limit, Quantity):
            return None
        of = _("{{n}} of {limit}").format(limit=number_words(self.limit))
        return self.left.told(log, at, low, "{n}" if self.limit <= 1 else of)

    def _both_sides(self, told: Words, limit: Numbers) -> Words:
        """What was found, with the value of what it was compared with, where that is no plain number."""
        if not isinstance(self.limit, Quantity):
            return told
        return filled("{left} ({what}: {right})", left=told, what=self.limit.words(), right=numbers_told(limit))

    def _needed(self, operator: str) -> str:
        forms = {
            ">=": _("at least {limit}"), ">": _("more than {limit}"), "<=": _("at most {limit}"),
            "<": _("less than {limit}"), "==": "{limit}", "!=": _("not {limit}"),
        }  # fmt: skip
        limit = self.limit.words() if isinstance(self.limit, Quantity) else number_words(self.limit)
        return forms[operator].format(limit=limit)

    def columns(self, log: Log) -> tuple[str, ...]:
        sides = [side for side in (self.left, self.limit) if isinstance(side, Quantity)]
        return tuple(name for side in sides for name in side.columns(log))


@dataclass(frozen=True)
class Near(Compared):
    """A quantity that is equal to another one, or differs from it by at most a share of a third."""

    within: float
    of: Quantity
    PARAMETERS: ClassVar[dict[str, str]] = {**Compared.PARAMETERS, "within": "within"}

    def holds(self, log: Log, at: Moments) -> Truth:
        low, high = self.left.bounds(log, at)
        other, leeway = self._limit(log, at), self.of.bounds(log, at)[0] * self.within + HALF_A_KOPECK
        with np.errstate(invalid="ignore"):
            sure = (low >= other - leeway) & (high <= other + leeway)
            possible = (high >= other - leeway) & (low <= other + leeway)
        result = np.where(sure, TRUE, np.where(possible, UNKNOWN, FALSE)).astype(np.int8)
        result[np.isnan(low) | np.isnan(other) | np.isnan(leeway)] = UNKNOWN
        return result

    @property
    def needs(self) -> tuple[Need, ...]:
        return needs_of(self)

    def words(self) -> str:
        return f"{super().words()} ± {self.within:.0%} × {self.of.words()}"
