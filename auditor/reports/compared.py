"""Two counts of the same duties: by the present parameters, and by others."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from auditor.audit.result import Audit, WhatIf
from auditor.reports.counts import Score
from auditor.reports.summary import Summary, summary_of


@dataclass(frozen=True)
class Moved:
    """The same duties counted twice: as they are, and as they would be."""

    now: Score
    then: Score

    @property
    def moves(self) -> bool:
        return (self.now.counts, self.now.by_severity) != (self.then.counts, self.then.by_severity)


@dataclass(frozen=True)
class Comparison:
    """Everybody's duties, those of each clause that would be judged otherwise, and each person's in the present order.

    Whom only the supposed parameters give a duty comes last."""

    whole: Moved
    clauses: dict[str, Moved]
    persons: tuple[Moved, ...]


def compared(audit: Audit, what_if: WhatIf) -> Comparison:
    """The present figures of the audit, and what they would be."""
    now, then = summary_of(audit), summary_of(replace(audit, scores=what_if.scores))
    codes = dict.fromkeys(parameter.clause for parameter in what_if.parameters)
    return Comparison(
        Moved(_everybody(now), _everybody(then)),
        {code: Moved(_everybody(now, code), _everybody(then, code)) for code in codes},
        tuple(_persons(now, then)),
    )


def _everybody(summary: Summary, code: str = "") -> Score:
    """All duties, or those of one clause, under no name."""
    return Score("", "", "", tuple(clause for clause in summary.clauses if code in ("", clause.clause)))


def _persons(now: Summary, then: Summary) -> Iterator[Moved]:
    present, other = ({each.person: each for each in (*summary.managers, *summary.roles)} for summary in (now, then))
    for person in {**present, **other}:
        nothing = Score(*person, ())
        yield Moved(present.get(person, nothing), other.get(person, nothing))
