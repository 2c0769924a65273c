"""The report for people, on a terminal or in a pipe."""

from rich.console import Console

from auditor.audit.result import Audit
from auditor.i18n import _
from auditor.reports.console import heading
from auditor.reports.findings import findings
from auditor.reports.header import header
from auditor.reports.notes import notes
from auditor.reports.scoreboard import scoreboard
from auditor.reports.summary import summary_of


def print_report(audit: Audit, console: Console) -> None:
    """Header, table of managers, violations of each, and what is left to say."""
    summary = summary_of(audit)
    for part in header(audit, summary):
        console.print(part)
    for part in scoreboard(summary, console.width):
        console.print(part)
    if not sum(summary.violated.values()):
        console.print(heading(_("No violations among the duties that could be judged.")))
    for part in findings(audit, summary):
        console.print(part)
    for part in notes(audit):
        console.print(part)
