"""What a user asks of an audit."""

from dataclasses import dataclass
from datetime import date

from auditor.audit.result import Scope, Waiver
from auditor.audit.timeline import Record
from auditor.rules import Regulation, Severity


@dataclass(frozen=True)
class Request:
    """What to check and which duties to count; none of it changes a verdict.

    `regulations`: those that are known; `named`: codes of those the user chose (empty: those the data names).
    `select`, `ignore`: prefixes of clause codes. `managers`, `department`: names (empty: everybody). `severity`: the
    least severe clauses that count. `since`, `until`: the days between which a duty's due day lies (forbidden: the day
    it was done; pending: as-of). `parameters`: (clause, parameter, value) set by the configuration or `--set`; the
    parameters `enabled` and `severity` switch a clause off or regrade it; `supposed`: more of them, of which only the
    counts are wanted, beside those without them. `all_duties`: met and unknown ones are listed, too. `record`: the only
    deal whose duties count. `period`, `config`: the word and the file from which the days and the settings came, to be
    told.
    """

    regulations: tuple[Regulation, ...]
    named: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    managers: tuple[str, ...] = ()
    department: str = ""
    severity: Severity = Severity.LOW
    since: date | None = None
    until: date | None = None
    waivers: tuple[Waiver, ...] = ()
    parameters: tuple[tuple[str, str, str | float | bool | tuple[str, ...]], ...] = ()
    supposed: tuple[tuple[str, str, str | float | bool | tuple[str, ...]], ...] = ()
    all_duties: bool = False
    record: Record | None = None
    period: str = ""
    config: str = ""

    def scope(self, *, strict: bool) -> Scope:
        """What a report says of it."""
        return Scope(
            period=self.period or None,
            since=self.since,
            until=self.until,
            managers=self.managers,
            departments=(self.department,) if self.department else (),
            severity=None if self.severity == Severity.LOW else self.severity.value,
            select=self.select,
            ignore=self.ignore,
            strict=strict,
            config=self.config or None,
        )
