"""A clause is a sentence and a pattern; a regulation is a tuple of clauses."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from auditor.terms import Pipeline, Role

if TYPE_CHECKING:
    from auditor.patterns.core.needs import Need
    from auditor.patterns.core.pattern import Pattern
    from auditor.patterns.core.selector import Selector


class Severity(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True)
class Clause:
    """One duty of a regulation.

    `where` is its place in the source, `text` the duty in our words (Russian), `role` who answers for it,
    `excused_by` the selector of what excuses a violation, `reading` how open words were read, `assumed` the
    names of parameters that the source does not give.
    """

    code: str
    severity: Severity
    where: str
    text: str
    duty: "Pattern"
    role: Role = Role.MANAGER
    excused_by: "Selector | None" = None
    reading: str = ""
    assumed: tuple[str, ...] = ()

    @cached_property
    def needs(self) -> "tuple[Need, ...]":
        """What the exports must hold for it to be judged."""
        return self.duty.needs

    @cached_property
    def excuses(self) -> "tuple[Need, ...]":
        """What could only excuse, and is no need."""
        return (*self.duty.excuses, *(self.excused_by.needs if self.excused_by is not None else ()))


@dataclass(frozen=True)
class ByHand:
    """A rule of the source that no export can show, and why; `auditor clauses` lists it."""

    where: str
    text: str
    why: str


@dataclass(frozen=True)
class Regulation:
    """A company's regulation: its pipelines, its clauses in the document's order, and what stays by hand."""

    code: str
    title: str
    pipelines: tuple[Pipeline, ...]
    clauses: tuple[Clause, ...]
    chapters: dict[str, str] = field(default_factory=dict, hash=False)
    by_hand: tuple[ByHand, ...] = ()
