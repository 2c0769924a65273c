"""Who holds a deal."""

from dataclasses import dataclass

import numpy as np

from auditor.i18n import _
from auditor.log.columns import Codes
from auditor.log.kinds import Kind
from auditor.log.log import Log
from auditor.patterns.core.findings import Finding, Findings
from auditor.patterns.core.moments import Moments, events
from auditor.patterns.core.needs import Need, People, Stream
from auditor.patterns.core.predicate import Predicate
from auditor.patterns.core.truth import UNKNOWN, Truth, truth
from auditor.patterns.core.words import shown_texts
from auditor.patterns.selectors.marks import of_role
from auditor.terms import Role, role_words


class OfHolder(Predicate):
    """Who is responsible for the deal; a change in that very second counts."""

    def changes(self, log: Log) -> list[Moments]:
        return [events(log, log.of_kind(Kind.RESPONSIBLE))]

    def _found(self, log: Log, at: Moments, needed: str) -> Finding:
        shown = shown_texts(log.facts.people, _holder(log, at))
        return Finding(_("responsible"), needed, shown, self.holds(log, at))


def _holder(log: Log, at: Moments) -> Codes:
    """Per moment the person responsible for the deal; −1 for nobody by name."""
    return log.responsible.code[log.responsible.at(at.key)]


def _of_now(log: Log, value: Truth) -> Truth:
    """The value; without a history of the responsible, which shows the last one alone, what does not hold is not
    known."""
    return value if "responsible" in log.facts.streams else np.maximum(value, UNKNOWN)


@dataclass(frozen=True)
class HeldBy(OfHolder):
    """Who is responsible for the deal has that role."""

    role: Role

    def holds(self, log: Log, at: Moments) -> Truth:
        return of_role(log, _holder(log, at), self.role)

    def words(self) -> str:
        return _("responsible: {role}").format(role=role_words(self.role))

    def findings(self, log: Log, at: Moments) -> Findings:
        return self._found(log, at, role_words(self.role))

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Stream("responsible"), People())


@dataclass(frozen=True)
class HeldBySomebody(OfHolder):
    """Somebody is responsible for the deal, and no robot. Without a history nobody knows who was before."""

    def holds(self, log: Log, at: Moments) -> Truth:
        holder, held = _holder(log, at), log.responsible
        return _of_now(log, truth((holder >= 0) & ~log.facts.robots[holder], held.unknown[held.at(at.key)]))

    def words(self) -> str:
        return _("somebody is responsible")

    def findings(self, log: Log, at: Moments) -> Findings:
        return self._found(log, at, _("anybody"))


held_by_somebody = HeldBySomebody()


def held_by(role: Role) -> HeldBy:
    """Somebody of that role is responsible for the deal."""
    return HeldBy(role)
