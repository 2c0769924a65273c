"""What is broken most: clauses by their violations, and by whom."""

from collections import Counter
from collections.abc import Iterator

from rich.console import RenderableType

from auditor.i18n import _, ngettext
from auditor.reports.amounts import decimal
from auditor.reports.console import STYLES, Indented, heading, joined, safe_text
from auditor.reports.counts import ClauseScore
from auditor.reports.summary import Summary

FEW = 10
FEW_NAMES = 3
LONG = 500


def broken_most(summary: Summary) -> Iterator[RenderableType]:
    """The clauses broken again and again, with who broke them; those broken once in one line. Nothing where one clause
    alone is broken."""
    broken = sorted(
        (clause for clause in summary.clauses if clause.counts.violated),
        key=lambda clause: (-clause.counts.violated, list(STYLES).index(clause.severity)),
    )
    if len(broken) < 2:
        return
    yield heading(_("What is broken most"))
    often = [clause for clause in broken if clause.counts.violated > 1][:FEW]
    for clause in often:
        yield from _clause(clause, _names(summary, clause.clause))
    yield from _others(broken[len(often) :])


def _others(clauses: list[ClauseScore]) -> Iterator[RenderableType]:
    if clauses:
        most = max(clause.counts.violated for clause in clauses)
        times = ngettext("at most {n} time each", "at most {n} times each", most).format(n=most)
        codes = ", ".join(clause.clause for clause in clauses)
        yield Indented(joined([safe_text(codes, most=LONG), safe_text(_("once each") if most == 1 else times)]), 2)


def _clause(clause: ClauseScore, names: str) -> Iterator[RenderableType]:
    times = ngettext("{n} violation", "{n} violations", clause.counts.violated)
    counted = safe_text(times.format(n=decimal(clause.counts.violated)), STYLES[clause.severity])
    yield Indented(joined([safe_text(clause.clause, "bold"), counted, safe_text(names)]), 2)
    yield Indented(safe_text(clause.text, most=LONG), 4)


def _names(summary: Summary, code: str) -> str:
    """Who broke it, most often first."""
    found: Counter[str] = Counter()
    for score in (*summary.managers, *summary.roles):
        name = score.manager or _("nobody by name")
        found[name] += sum(clause.counts.violated for clause in score.clauses if clause.clause == code)
    named = [name for name, times in found.most_common() if times]
    more = len(named) - FEW_NAMES
    rest = ngettext("and {n} more person", "and {n} more people", more).format(n=more) if more > 0 else ""
    return f"{', '.join(named[:FEW_NAMES])} {rest}".strip()
