"""Every number of a report, computed once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from auditor.audit.result import COUNTS, Audit, Coverage, Status
from auditor.i18n import clause_text
from auditor.reports.counts import ClauseScore, Counts, Person, Score, added, violated_at
from auditor.rules import Clause, Severity
from auditor.terms import Role

KEYS = ["manager", "department", "role"]


@dataclass(frozen=True)
class Summary:
    """The numbers of an audit.

    `managers`: those of role manager, most violations first; `roles`: the other roles, apart; `clauses`: those that
    were checked, in the regulations' order.
    """

    managers: tuple[Score, ...]
    roles: tuple[Score, ...]
    clauses: tuple[ClauseScore, ...]
    coverage: Mapping[Status, tuple[Coverage, ...]]

    @cached_property
    def totals(self) -> Score:
        """All managers together, under no name."""
        clauses = tuple(clause for score in self.managers for clause in score.clauses)
        return Score("", "", Role.MANAGER, clauses, sum(score.pending_today for score in self.managers))

    @cached_property
    def violated(self) -> Mapping[str, int]:
        """Violations by severity, of all roles."""
        return {level.value: violated_at(self.clauses, level) for level in Severity}


def summary_of(audit: Audit) -> Summary:
    """The numbers of this audit."""
    lines = _lines(audit)
    scores = _persons(lines, _due_today(audit))
    return Summary(
        managers=tuple(score for score in scores if score.role == Role.MANAGER),
        roles=tuple(score for score in scores if score.role != Role.MANAGER),
        clauses=tuple(_clauses(audit, lines)),
        coverage={status: tuple(c for c in audit.coverage if c.status == status) for status in Status},
    )


Line = tuple[Person, ClauseScore]


def _lines(audit: Audit) -> list[Line]:
    """What each person did of each clause, in the regulations' order."""
    texts = {clause.code: clause_text(clause.code, clause.text) for clause in _listed(audit)}
    order = {code: place for place, code in enumerate(texts)}
    names = audit.scores[KEYS].astype(object).fillna("").itertuples(index=False, name=None)
    rows = audit.scores[["clause", "severity", *COUNTS]].itertuples(index=False, name=None)
    lines = [
        ((str(manager), str(department), str(role)), ClauseScore(code, texts[code], str(severity), _counts(numbers)))
        for (manager, department, role), (code, severity, *numbers) in zip(names, rows, strict=True)
    ]
    return sorted(lines, key=lambda line: order[line[1].clause])


def _listed(audit: Audit) -> Iterable[Clause]:
    return (clause for regulation in audit.regulations for clause in regulation.clauses)


def _counts(numbers: Iterable[int]) -> Counts:
    return Counts(*map(int, numbers))


def _persons(lines: list[Line], today: Mapping[Person, int]) -> list[Score]:
    """Role by role, most violations first."""
    found: dict[Person, list[ClauseScore]] = defaultdict(list)
    for person, score in lines:
        found[person].append(score)
    scores = [Score(*person, _gravest_first(clauses), today.get(person, 0)) for person, clauses in found.items()]
    return sorted(scores, key=lambda score: (score.role, -score.counts.violated, score.manager, score.department))


def _gravest_first(clauses: Iterable[ClauseScore]) -> tuple[ClauseScore, ...]:
    grades = list(Severity)
    return tuple(sorted(clauses, key=lambda clause: grades.index(Severity(clause.severity))))


def _due_today(audit: Audit) -> Mapping[Person, int]:
    """Pending duties due on the day of the audit."""
    duties = audit.duties
    today = pd.to_datetime(duties["due"]).dt.normalize() == pd.Timestamp(audit.as_of).normalize()
    owed = duties.loc[(duties["verdict"] == "pending") & today, KEYS].astype(object).fillna("")
    return Counter((str(m), str(d), str(r)) for m, d, r in owed.itertuples(index=False, name=None))


def _clauses(audit: Audit, lines: list[Line]) -> Iterable[ClauseScore]:
    """Every clause that was checked or has a duty, of everybody."""
    found: dict[str, list[ClauseScore]] = defaultdict(list)
    for _, score in lines:
        found[score.clause].append(score)
    checked = {coverage.clause for coverage in audit.coverage if coverage.status == Status.CHECKED}
    for clause in _listed(audit):
        if scores := found.get(clause.code):
            yield replace(scores[0], counts=added(score.counts for score in scores))
        elif clause.code in checked:
            yield ClauseScore(clause.code, clause_text(clause.code, clause.text), clause.severity.value, Counts())
