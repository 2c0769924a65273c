"""What is counted: of a clause, of a person."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce

from auditor.audit.result import COUNTS
from auditor.rules import Severity

ENOUGH = 10
"""So many duties must have been judged before a share of them tells anything of a person."""

Person = tuple[str, str, str]
"""Manager, department, role."""


@dataclass(frozen=True)
class Counts:
    """Duties by verdict; violated = late + missed + forbidden."""

    met: int = 0
    late: int = 0
    missed: int = 0
    forbidden: int = 0
    pending: int = 0
    unknown: int = 0
    waived: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, name) + getattr(other, name) for name in COUNTS))

    @property
    def violated(self) -> int:
        return self.late + self.missed + self.forbidden

    @property
    def judged(self) -> int:
        return self.met + self.violated

    @property
    def compliance(self) -> float | None:
        """met ÷ (met + violated), None where nothing was judged."""
        return _share(self.met, self.judged)

    @property
    def rate(self) -> float | None:
        """Violations per 100 duties that were judged; None where these are too few to compare."""
        return 100 * self.violated / self.judged if self.judged >= ENOUGH else None

    @property
    def compliance_before_waivers(self) -> float | None:
        return _share(self.met, self.judged + self.waived)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


@dataclass(frozen=True)
class ClauseScore:
    """One clause: of everybody, or of one person."""

    clause: str
    text: str
    severity: str
    counts: Counts
    at_stake: float | None = None
    """Of everybody: the amounts of the open deals in which it was violated, each once; None where none is known."""


@dataclass(frozen=True)
class Score:
    """One person in one role, the gravest clauses first; `pending_today`: pending duties due on the audit's day;
    `at_stake`: the amounts of the open deals with his violations, each once; None where none is known."""

    manager: str
    department: str
    role: str
    clauses: tuple[ClauseScore, ...]
    pending_today: int = 0
    at_stake: float | None = None

    @property
    def person(self) -> Person:
        return self.manager, self.department, self.role

    @cached_property
    def counts(self) -> Counts:
        return added(clause.counts for clause in self.clauses)

    @cached_property
    def violations(self) -> Mapping[str, int]:
        """Violations by clause."""
        found: Counter[str] = Counter()
        for clause in self.clauses:
            found[clause.clause] += clause.counts.violated
        return found

    @cached_property
    def by_severity(self) -> Mapping[str, int]:
        """Violations by severity, high first."""
        return {level.value: violated_at(self.clauses, level) for level in Severity}


def added(counts: Iterable[Counts]) -> Counts:
    return reduce(Counts.__add__, counts, Counts())


def violated_at(clauses: Iterable[ClauseScore], level: str) -> int:
    """Violations of the clauses of that severity."""
    return sum(clause.counts.violated for clause in clauses if clause.severity == level)
