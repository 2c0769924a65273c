"""A comparison for people, on a terminal or in a pipe."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.console import Group as Together
from rich.table import Table
from rich.text import Text

from auditor.history.changes import Change, Group
from auditor.history.night import Duty
from auditor.i18n import _
from auditor.reports import words
from auditor.reports.amounts import and_more, decimal, moment, percent, violations
from auditor.reports.comparison import LISTED, TOLD, Comparison, Person
from auditor.reports.console import Indented, heading, joined, lines, mark, marked, pairs, safe_text
from auditor.reports.counts import Counts, Score
from auditor.reports.read_report import Report
from auditor.reports.scoreboard import DOT
from auditor.reports.scoreboard import named as name_of
from auditor.reports.view import View
from auditor.spelling import capital

LONG = 500
SHOWN = 10
"""Violations of one group that are named."""
COLUMNS = (Group.NEW, Group.REOPENED, Group.CLOSED_LATE, Group.WITHDRAWN, Group.OPEN)
"""The groups that the table of people counts."""


def print_comparison(comparison: Comparison, console: Console, view: View) -> None:
    """What differs, the sums, who, and the violations that came, went and were closed."""
    console.print(Together(*_parts(comparison, view)))


def _parts(comparison: Comparison, view: View) -> Iterator[RenderableType]:
    yield heading(_("Two audits side by side").upper())
    reports = zip((_("was"), _("now")), (comparison.before, comparison.after), comparison.counts, strict=True)
    yield pairs([(label, safe_text(_report(report, counts), most=LONG)) for label, report, counts in reports])
    yield from (marked(Text("!", "yellow"), safe_text(line, "yellow", LONG)) for line in comparison.differences)
    if comparison.changes:
        yield Text("\n").append_text(safe_text(sums(comparison), "bold", LONG))
    yield _people(comparison)
    for group in TOLD if view.full else LISTED:
        found = [change for change in comparison.changes if change.group == group]
        yield from _listed(group, found, view)


def _report(report: Report, counts: Counts) -> str:
    as_of = _("as of {moment} ({zone})").format(moment=moment(report.night.as_of), zone=report.night.timezone)
    return " · ".join((report.name, as_of, violations(counts.violated), kept(counts)))


def kept(counts: Counts) -> str:
    return _("kept {share}").format(share=percent(counts.compliance))


def sums(comparison: Comparison) -> str:
    """How many violations are in each group; of those withdrawn, why."""
    reasons = ", ".join(f"{words.withdrawn_because(why)} {decimal(n)}" for why, n in comparison.reasons.items())
    said = {Group.WITHDRAWN: f" ({reasons})" if reasons else ""}
    parts = (f"{words.group(g)} {decimal(n)}{said.get(g, '')}" for g in TOLD if (n := comparison.groups.get(g, 0)))
    return capital(" · ".join(parts))


def _people(comparison: Comparison) -> Table:
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    table.add_column(safe_text(_("Name")), overflow="fold")
    for title in headings(comparison):
        table.add_column(safe_text(title), justify="right", vertical="bottom")
    for person in comparison.people:
        table.add_row(safe_text(named(person)), *map(safe_text, cells(comparison, person)))
    return table


def named(person: Person) -> str:
    return name_of(Score(person.manager, "", person.role, ()))


def _groups(comparison: Comparison) -> tuple[Group, ...]:
    return tuple(group for group in COLUMNS if comparison.groups.get(group))


def headings(comparison: Comparison) -> tuple[str, ...]:
    """Of the table of people, after the name."""
    return (*(words.group(group) for group in _groups(comparison)), _("violated"), _("kept"))


def cells(comparison: Comparison, person: Person) -> tuple[str, ...]:
    numbers = [decimal(n) if (n := person.groups.get(group, 0)) else DOT for group in _groups(comparison)]
    violated = f"{decimal(person.before.violated)} → {decimal(person.after.violated)}"
    return (*numbers, violated, f"{percent(person.before.compliance)} → {percent(person.after.compliance)}")


def _listed(group: Group, found: Sequence[Change], view: View) -> Iterator[RenderableType]:
    if not found:
        return
    yield heading(f"{words.group(group).upper()} — {decimal(len(found))}")
    for manager, theirs in groupby(view.first(found, SHOWN), key=lambda change: change.duty.manager):
        yield safe_text(manager or _("nobody by name"), "bold")
        yield from _named(theirs)
    if not view.full and len(found) > SHOWN:
        yield Indented(safe_text(and_more(len(found) - SHOWN), "dim"), 3)


def _named(theirs: Iterable[Change]) -> Iterator[RenderableType]:
    for change in theirs:
        yield marked(mark(change.duty.severity), joined([safe_text(part, most=80) for part in which(change)]))
        yield Indented(lines([safe_text(change.duty.why, most=LONG)]), 5)


def which(change: Change) -> Iterator[str]:
    """The deal, when it fell due, why it was withdrawn, and the clause."""
    duty = change.duty
    yield words.record(duty.entity, duty.deal)
    yield duty.title
    yield _when(duty)
    yield words.withdrawn_because(change.why) if change.why else ""
    yield duty.clause


def _when(duty: Duty) -> str:
    at = duty.due or duty.arose
    return moment(at) if at == duty.arose else _("due {moment}").format(moment=moment(at))
