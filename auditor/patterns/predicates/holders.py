"""Who holds a deal."""

from dataclasses import dataclass

from auditor.i18n import _
from auditor.log.kinds import Kind
from auditor.log.log import Log
from auditor.patterns.core.findings import Finding, Findings
from auditor.patterns.core.moments import Moments, events
from auditor.patterns.core.needs import Need, People, Stream
from auditor.patterns.core.predicate import Predicate
from auditor.patterns.core.truth import Truth
from auditor.patterns.core.words import shown_texts
from auditor.patterns.selectors.marks import of_role
from auditor.terms import Role, role_words


@dataclass(frozen=True)
class HeldBy(Predicate):
    """Who is responsible for the deal has that role; a change in that very second counts."""

    role: Role

    def holds(self, log: Log, at: Moments) -> Truth:
        return of_role(log, log.responsible.code[log.responsible.at(at.key)], self.role)

    def changes(self, log: Log) -> list[Moments]:
        return [events(log, log.of_kind(Kind.RESPONSIBLE))]

    def words(self) -> str:
        return _("responsible: {role}").format(role=role_words(self.role))

    def findings(self, log: Log, at: Moments) -> Findings:
        held = log.responsible
        shown = shown_texts(held.values, held.code[held.at(at.key)])
        return Finding(_("responsible"), role_words(self.role), shown, self.holds(log, at))

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Stream("responsible"), People())


def held_by(role: Role) -> HeldBy:
    """Somebody of that role is responsible for the deal."""
    return HeldBy(role)
