"""What patterns are: from a log to duties, and what a report says of them."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from auditor.log.log import Log
from auditor.patterns.core.duties import Duties
from auditor.patterns.core.needs import Need, needs_of, parts_of
from auditor.patterns.core.predicate import Predicate
from auditor.patterns.core.selector import Selector
from auditor.patterns.core.words import Words
from auditor.terms import Checked


class Pattern(ABC):
    """The shape of a clause's duties: from a log to duties."""

    @abstractmethod
    def duties(self, log: Log) -> "Duties":
        """Every duty that arose, with its verdict."""

    @property
    def counts_hours(self) -> bool:
        """Whether its duties are due minutes or hours after their triggers."""
        return False

    @property
    def in_working_time(self) -> bool:
        """Whether the time that its duties leave is working time."""
        return False

    @property
    def asks_who(self) -> bool:
        """Whether it judges who did something: then nobody answers for it by name."""
        return any(part.asks_who for part in parts_of(self, Predicate))

    @property
    def needs(self) -> tuple[Need, ...]:
        """What the export must hold."""
        return needs_of(self)

    @property
    def excuses(self) -> tuple[Need, ...]:
        """What only frees from a duty: the clause is checked without it, and coverage says that it was not seen."""
        parts: list[Selector | Predicate] = [*parts_of(self, Selector), *parts_of(self, Predicate)]
        return tuple(dict.fromkeys(need for part in parts for need in part.excuses))

    @abstractmethod
    def details(self, log: Log, duties: "Duties") -> "Details":
        """What a report says of these duties."""


@dataclass(frozen=True, eq=False)
class Details:
    """Per duty: what was found, as a sentence (`why`) and as a checklist (`findings`), the measured number and its
    limit (NaN: none) in `unit`, by how much it was overrun (NaN: not), and the source `rows` that show it, beside the
    columns of the deal's own row that have these `captions`."""

    why: Words
    findings: Sequence[Sequence[Checked]]
    measured: "np.ndarray"
    limit: "np.ndarray"
    unit: str
    overrun: "np.ndarray"
    rows: list[list[int]]
    captions: tuple[str, ...] = ()

    @classmethod
    def without_numbers(cls, why: Words, findings: Sequence[Sequence[Checked]], rows: list[list[int]]) -> "Details":
        """What is told of duties of which nothing is measured."""
        nothing = np.full(len(why), np.nan)
        return cls(why, findings, measured=nothing, limit=nothing, unit="times", overrun=nothing, rows=rows)
