"""One night: the duties that an audit listed, which days it could see, and by which rules it judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import pandas as pd

from auditor.audit.choice import RANK
from auditor.audit.result import Audit, Coverage, Scope, Status
from auditor.rules import Severity
from auditor.spelling import folded


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty as one night listed it; moments are local, a missing text is empty."""

    id: str
    clause: str
    severity: Severity
    entity: str
    deal: str
    manager: str
    role: str
    arose: datetime
    due: datetime | None
    met_at: datetime | None
    verdict: str
    how: str | None
    department: str = ""
    title: str = ""
    why: str = ""

    @property
    def place(self) -> tuple[str, str, str]:
        """What a duty keeps when its trigger moves."""
        return self.entity, self.deal, self.clause

    @property
    def day(self) -> date:
        """The day it fell due; that of its moment where it has no due."""
        return (self.due or self.arose).date()


@dataclass(frozen=True)
class Sight:
    """Whether a clause could be checked, between which days (None: no limit), and by which rule."""

    checked: bool = True
    since: date | None = None
    until: date | None = None
    rule: str = ""

    @classmethod
    def of(cls, coverage: Coverage) -> "Sight":
        return cls(coverage.status == Status.CHECKED, coverage.since, coverage.until, coverage.rule)

    def holds(self, duty: Duty) -> bool:
        """Whether all days of the duty could be seen."""
        began = self.since is None or duty.arose.date() >= self.since
        return self.checked and began and (self.until is None or duty.day <= self.until)


@dataclass(frozen=True)
class Night:
    """An audit as the history knows it. `as_of` is local to `timezone`, `sights` are by clause; `whole`: no input was
    refused."""

    as_of: datetime
    timezone: str
    duties: tuple[Duty, ...]
    sights: Mapping[str, Sight] = field(default_factory=dict)
    scope: Scope = field(default_factory=Scope)
    whole: bool = True

    @property
    def regulations(self) -> frozenset[str]:
        """The letters that its clauses' codes begin with."""
        return frozenset(map(regulation_of, self.sights))

    def sees(self, duty: Duty) -> bool:
        """Whether it would list the duty if that were still what it was."""
        sight = self.sights.get(duty.clause)
        return self._asks_for(duty) and (sight.holds(duty) if sight else self.dropped(duty.clause))

    def _asks_for(self, duty: Duty) -> bool:
        scope = self.scope
        return (
            self.whole
            and duty.arose <= self.as_of
            and (not scope.managers or folded(duty.manager) in map(folded, scope.managers))
            and (not scope.departments or folded(duty.department) in map(folded, scope.departments))
            and (scope.severity is None or RANK[duty.severity] <= RANK[Severity(scope.severity)])
            and (scope.since is None or duty.day >= scope.since)
            and (scope.until is None or duty.day <= scope.until)
        )

    def dropped(self, clause: str) -> bool:
        """Whether the clause is none of the regulation any more, or switched off: not merely left out this time."""
        scope = self.scope
        asked = clause.startswith(scope.select or "") and not clause.startswith(scope.ignore) and not scope.severity
        return asked and clause not in self.sights and regulation_of(clause) in self.regulations


def regulation_of(clause: str) -> str:
    """«FUR» of «FUR0201»."""
    return clause.rstrip("0123456789")


NAMES = (
    "id", "clause", "severity", "entity", "deal", "manager", "role", "arose", "due", "met_at", "verdict", "how",
    "department", "title",
)  # fmt: skip


def night_of(audit: Audit) -> Night:
    """The violated, waived and pending duties of an audit; no sentence is told."""
    listed = audit.duties[audit.duties["verdict"].isin(("violated", "waived", "pending"))]
    return Night(
        as_of=audit.as_of,
        timezone=audit.timezone,
        duties=tuple(map(Duty, *(_plain(listed, name) for name in NAMES))),
        sights={each.clause: Sight.of(each) for each in audit.coverage if each.status != Status.BY_HAND},
        scope=audit.scope,
        whole=not any(problem.refused for problem in audit.problems),
    )


def _plain(duties: pd.DataFrame, name: str) -> list[object]:
    values = duties[name]
    if name in ("arose", "due", "met_at"):
        return pd.to_datetime(values).to_numpy("datetime64[us]").astype(object).tolist()
    if name == "severity":
        return list(map(Severity, values))
    return values.astype(object).where(values.notna(), None if name == "how" else "").tolist()
