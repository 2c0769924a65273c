"""What the conditions of a clause found: the facts that a report tells of a duty, as a sentence and as a checklist."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from itertools import count, groupby

import numpy as np

from auditor.i18n import _
from auditor.patterns.core.truth import FALSE, TRUE, UNKNOWN, Truth
from auditor.patterns.core.words import Words, few, texts_of
from auditor.terms import Checked

Numbers = tuple["np.ndarray", "np.ndarray", str]
"""Per moment the number measured and its limit, and the unit of both."""


class Findings(ABC):
    """What a predicate found at some moments; made for the moments of duties that a report shows."""

    holds: Truth
    """Per moment whether it holds."""

    @abstractmethod
    def denied(self) -> "Findings":
        """What was found where the opposite is needed: of «not (a or b)» that neither may hold."""

    @abstractmethod
    def leaves(self) -> "Iterator[Finding]":
        """Its single findings, in the clause's order."""

    @abstractmethod
    def said(self, i: int) -> str:
        """What a sentence says of the i-th moment: of what fails there all, of what holds nothing."""

    def checked(self, i: int) -> list[Checked]:
        """The checklist of the i-th moment."""
        return [leaf.line(i) for leaf in self.leaves()]

    def differences(self) -> "Iterator[Words | np.ndarray]":
        """Per moment what makes its words other than those of other moments."""
        for leaf in self.leaves():
            yield from (leaf.found, leaf.holds)

    def told(self) -> tuple[Words, list[list[Checked]]]:
        """Per moment what a sentence says of it and its checklist, made once for those at which the same was found."""
        alike = np.zeros(len(self.holds), np.int64)
        for each in self.differences():
            alike = _numbered(zip(alike.tolist(), each.tolist(), strict=True))
        _number, first, place = np.unique(alike, return_index=True, return_inverse=True)
        lines = [self.checked(i) for i in first.tolist()]
        said = texts_of(map(self.said, first.tolist()))
        return said[place], [lines[number] for number in place.tolist()]

    def rows(self) -> list[list[list[int]]]:
        """Of each finding that counts rows: per moment those."""
        return [leaf.counted for leaf in self.leaves() if leaf.counted]

    @property
    def numbers(self) -> Numbers | None:
        """The numbers compared, where one comparison is all."""
        return None


@dataclass(frozen=True, eq=False)
class Finding(Findings):
    """What one condition found: `what` it asks about, what it `needed`, and per moment what it `found`, in words.

    `counted`: per moment the source rows that were counted; empty where nothing is. `otherwise`: what is needed of the
    same where it must not hold. `failed`: what a sentence says where it does not hold, which makes plain both what was
    found and what was needed."""

    what: str
    needed: str
    found: Words
    holds: Truth
    counted: list[list[int]] = field(default_factory=list)
    compared: Numbers | None = None
    otherwise: str = ""
    failed: Words | None = None

    def denied(self) -> "Finding":
        return replace(
            self,
            failed=None,
            needed=self.otherwise or _("that it is not so"),
            otherwise=self.needed,
            holds=_opposite(self.holds),
            compared=None,
        )

    def leaves(self) -> "Iterator[Finding]":
        yield self

    def line(self, i: int) -> Checked:
        held = self.holds[i]
        return Checked(self.what, self.needed, self.found[i], None if held == UNKNOWN else bool(held == TRUE))

    def said(self, i: int) -> str:
        return f"{self.what}: {self.outcome(i)}"

    def outcome(self, i: int) -> str:
        """What was found at the i-th moment, and what was needed."""
        if self.failed is not None and self.holds[i] == FALSE:
            return str(self.failed[i])
        return _("{found}, needed: {needed}").format(found=self.found[i], needed=self.needed)

    @property
    def numbers(self) -> Numbers | None:
        return self.compared


def yes_or_no(what: str, holds: Truth) -> Finding:
    """A finding of which the record says no more than whether it is so."""
    found = np.array([_("no"), _("not known"), _("yes")], object)[holds]
    return Finding(what, _("yes"), found, holds, otherwise=_("no"), failed=found)


@dataclass(frozen=True, eq=False)
class Several(Findings):
    """What the parts of a joined predicate found."""

    parts: Sequence[Findings]

    def leaves(self) -> Iterator[Finding]:
        for part in self.parts:
            yield from part.leaves()

    def _deciding(self, i: int) -> list[Findings]:
        """The parts that made the whole what it is at the i-th moment."""
        return [part for part in self.parts if part.holds[i] == self.holds[i]]


@dataclass(frozen=True, eq=False)
class All(Several):
    """Of parts that all must hold, only those are told that fail; alike ones together. `note` is told behind them."""

    note: str = ""

    def denied(self) -> "Any":
        return Any([part.denied() for part in self.parts])

    @cached_property
    def holds(self) -> Truth:  # type: ignore[override]
        return reduce(np.minimum, [part.holds for part in self.parts])

    def said(self, i: int) -> str:
        deciding = self._deciding(i)
        told = [
            _alike([part for part in parts if isinstance(part, Finding)], i) if single else [p.said(i) for p in parts]
            for single, group in groupby(deciding, lambda part: isinstance(part, Finding))
            for parts in [list(group)]
        ]
        return "; ".join(words for group in told for words in group) + self.note


def _alike(findings: list[Finding], i: int) -> list[str]:
    """What these found at the i-th moment; neighbours of which the same is to be said in one part."""
    told = groupby(findings, lambda finding: finding.outcome(i))
    return [f"{few([one.what for one in group])}: {outcome}" for outcome, group in told]


@dataclass(frozen=True, eq=False)
class Any(Several):
    """Of parts one of which must hold, every one is told: each says what it lacks."""

    def denied(self) -> All:
        return All([part.denied() for part in self.parts])

    @cached_property
    def holds(self) -> Truth:  # type: ignore[override]
        return reduce(np.maximum, [part.holds for part in self.parts])

    def said(self, i: int) -> str:
        return _("; or ").join(part.said(i) for part in self._deciding(i))


@dataclass(frozen=True, eq=False)
class Chosen(Several):
    """Of each moment the part of that number alone is told."""

    which: "np.ndarray"

    def denied(self) -> "Chosen":
        return replace(self, parts=[part.denied() for part in self.parts])

    @cached_property
    def holds(self) -> Truth:  # type: ignore[override]
        return np.array([part.holds for part in self.parts])[self.which, np.arange(len(self.which))]

    def differences(self) -> "Iterator[Words | np.ndarray]":
        yield self.which
        yield from super().differences()

    def said(self, i: int) -> str:
        return self.parts[self.which[i]].said(i)

    def checked(self, i: int) -> list[Checked]:
        return self.parts[self.which[i]].checked(i)


def _numbered(keys: Iterable[Hashable]) -> "np.ndarray":
    """Per key the number of those equal to it."""
    numbers: defaultdict[Hashable, int] = defaultdict(count().__next__)
    return np.array([numbers[key] for key in keys], np.int64)


def _opposite(holds: Truth) -> Truth:
    return (TRUE - holds).astype(np.int8)
