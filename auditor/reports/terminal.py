"""The report for people, on a terminal or in a pipe."""

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType

from auditor.audit.result import Audit
from auditor.i18n import _
from auditor.reports.console import heading
from auditor.reports.findings import findings
from auditor.reports.header import header
from auditor.reports.notes import notes
from auditor.reports.scoreboard import scoreboard
from auditor.reports.summary import Summary, summary_of


def print_report(audit: Audit, console: Console) -> None:
    """Header, table of managers, violations of each, and what is left to say."""
    console.print(Group(*_parts(audit, console.width)))


def _parts(audit: Audit, width: int) -> Iterator[RenderableType]:
    summary = summary_of(audit)
    yield from header(audit, summary)
    yield from scoreboard(summary, width)
    if not any(summary.violated.values()):
        yield heading(_innocent(summary))
    yield from findings(audit, summary)
    yield from notes(audit)


def _innocent(summary: Summary) -> str:
    """No violation means little where nothing could be judged."""
    if any(clause.counts.compliance is not None for clause in summary.clauses):
        return _("No violations among the duties that could be judged.")
    return _("No duty could be judged, so nothing is known of violations.")
