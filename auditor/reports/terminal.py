"""The report for people, on a terminal or in a pipe."""

from collections.abc import Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.text import Text

from auditor.audit.result import Audit
from auditor.i18n import _, ngettext
from auditor.reports.ahead import ahead
from auditor.reports.amounts import decimal, violations
from auditor.reports.broken_most import broken_most
from auditor.reports.console import heading, lines, safe_text
from auditor.reports.data import data
from auditor.reports.findings import findings
from auditor.reports.header import header, headline, high, kept
from auditor.reports.notes import notes
from auditor.reports.nothing import nothing
from auditor.reports.rulebook import by_hand
from auditor.reports.scoreboard import scoreboard
from auditor.reports.summary import Summary, summary_of
from auditor.reports.suspected import suspected
from auditor.reports.view import SHORT, Part, View
from auditor.reports.what_if import what_if

LONG = 1000


def print_report(audit: Audit, console: Console, view: View = SHORT) -> None:
    """The part of the report that is wanted; the whole of it begins with what a head of sales asks first."""
    console.print(Group(*_parts(audit, console.width, view)))


def _parts(audit: Audit, width: int, view: View) -> Iterator[RenderableType]:
    summary = summary_of(audit)
    nothing_judged = nothing(audit, summary)
    sum_up = _nothing(nothing_judged) if nothing_judged else _sum(summary)
    if view.part == Part.WHOLE:
        yield from header(audit, summary)
        yield from (Text(), sum_up if nothing_judged else headline(summary))
        yield from what_if(audit)
        yield from _body(audit, summary, width, view)
    if view.part == Part.STATS:
        yield from broken_most(summary, View(full=True))
    if view.part != Part.WHOLE:
        yield from what_if(audit)
    if view.part != Part.WHOLE or not nothing_judged:
        yield sum_up


def _body(audit: Audit, summary: Summary, width: int, view: View) -> Iterator[RenderableType]:
    yield from scoreboard(summary, width)
    yield from broken_most(summary, view)
    yield from findings(audit, summary, view)
    yield from ahead(audit, view)
    yield from suspected(summary, view)
    yield from data(audit, summary, view)
    yield from notes(audit, view)
    if view.full:
        for regulation in audit.regulations:
            yield from by_hand(regulation)


def _nothing(why_and_advice: Sequence[str]) -> Text:
    return lines(safe_text(line, "bold yellow", LONG) for line in why_and_advice)


def _sum(summary: Summary) -> Text:
    """The last line: how many violations, in how many incidents, how grave, and where all of them stand."""
    violated = sum(summary.violated.values())
    if not violated:
        return heading(_("Sum: no violations, {kept}.").format(kept=kept(summary.counts)))
    parts = [
        violations(violated),
        ngettext("in {n} incident", "in {n} incidents", summary.incidents).format(n=decimal(summary.incidents)),
        high(summary),
    ]
    shown = parts if summary.incidents < violated else [parts[0], parts[2]]
    return heading(_("Sum: {numbers}. The whole list: --output report.csv").format(numbers=", ".join(shown)))
