"""The figures of people, departments and clauses, as columns of a sheet: those that are nowhere zero, some always."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from auditor.i18n import _
from auditor.reports.counts import ClauseScore, Score
from auditor.reports.rows import number
from auditor.reports.workbook.book import Cell
from auditor.rules import Severity

DASH = "—"
"""What nobody can say: the rate of too few duties, the share of none."""


@dataclass(frozen=True)
class Figure:
    """A number of each score under its title; `always`: though it is nowhere more than zero."""

    title: str
    style: str
    of: Callable[[Any], float | None]
    always: bool = False
    none: str = DASH

    def cell(self, score: Score | ClauseScore) -> Cell:
        found = number(self.of(score))
        return (self.none, "right") if found is None else (found, self.style)


def of_scores(scores: Sequence[Score]) -> list[Figure]:
    """What is said of these people or departments."""
    before = Figure(_("kept before waivers"), "share", lambda score: score.counts.compliance_before_waivers)
    return _shown(
        scores,
        Figure(_("per 100"), "rate", lambda score: score.counts.rate, always=True),
        _violated(),
        Figure(_("important"), "count high", lambda score: score.by_severity[Severity.HIGH], always=True),
        *_counted(),
        Figure(_("due today"), "count bold", lambda score: score.pending_today),
        *_kept(),
        *([before] if any(score.counts.waived for score in scores) else []),
        _at_stake(),
    )


def of_clauses(clauses: Sequence[ClauseScore]) -> list[Figure]:
    """What is said of these clauses."""
    return _shown(clauses, _violated(), *_counted(), *_kept(), _at_stake())


def _shown(scores: Sequence[Score] | Sequence[ClauseScore], *figures: Figure) -> list[Figure]:
    """The figures worth a column."""
    return [figure for figure in figures if figure.always or any(map(figure.of, scores))]


def _violated() -> Figure:
    return Figure(_("violated"), "count bold", lambda score: score.counts.violated, always=True)


def _counted() -> tuple[Figure, ...]:
    return (
        Figure(_("late"), "count", lambda score: score.counts.late, always=True),
        Figure(_("not done"), "count", lambda score: score.counts.missed, always=True),
        Figure(_("not allowed"), "count", lambda score: score.counts.forbidden, always=True),
        Figure(_("ahead"), "count", lambda score: score.counts.pending, always=True),
        Figure(_("unknown"), "count", lambda score: score.counts.unknown),
        Figure(_("waived"), "count", lambda score: score.counts.waived),
    )


def _kept() -> tuple[Figure, ...]:
    return (
        Figure(_("met"), "count", lambda score: score.counts.met, always=True),
        Figure(_("kept"), "share", lambda score: score.counts.compliance, always=True),
    )


def _at_stake() -> Figure:
    return Figure(_("sum of deals with violations"), "money", lambda score: score.at_stake, none="")
