"""The report for people, on a terminal or in a pipe."""

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType

from auditor.audit.result import Audit
from auditor.i18n import _, ngettext
from auditor.reports.ahead import ahead
from auditor.reports.amounts import decimal
from auditor.reports.broken_most import broken_most
from auditor.reports.console import heading
from auditor.reports.findings import findings
from auditor.reports.header import header
from auditor.reports.notes import notes
from auditor.reports.scoreboard import scoreboard
from auditor.reports.summary import Summary, summary_of


def print_report(audit: Audit, console: Console) -> None:
    """Header, table of managers, what is broken most, violations of each, what lies ahead, and what is left to say."""
    console.print(Group(*_parts(audit, console.width)))


def _parts(audit: Audit, width: int) -> Iterator[RenderableType]:
    summary = summary_of(audit)
    yield from header(audit, summary)
    yield from scoreboard(summary, width)
    if not any(summary.violated.values()):
        yield heading(_innocent(summary))
    yield from broken_most(summary)
    yield from findings(audit, summary)
    yield from ahead(audit, summary)
    yield from notes(audit)
    yield from _sum(audit, summary)


def _sum(audit: Audit, summary: Summary) -> Iterator[RenderableType]:
    """The last line: how many violations, in how many incidents, how grave, and where all of them stand."""
    violated = sum(summary.violated.values())
    if not violated:
        return
    incidents = audit.duties.loc[audit.duties["verdict"] == "violated", "incident"].nunique()
    parts = [
        ngettext("{n} violation", "{n} violations", violated).format(n=decimal(violated)),
        ngettext("in {n} incident", "in {n} incidents", incidents).format(n=decimal(incidents)),
        _("{n} of high severity").format(n=decimal(summary.violated["high"])),
    ]
    shown = parts if incidents < violated else [parts[0], parts[2]]
    yield heading(_("Sum: {numbers}. The whole list: --output report.csv").format(numbers=", ".join(shown)))


def _innocent(summary: Summary) -> str:
    """No violation means little where nothing could be judged."""
    if any(clause.counts.compliance is not None for clause in summary.clauses):
        return _("No violations among the duties that could be judged.")
    return _("No duty could be judged, so nothing is known of violations.")
