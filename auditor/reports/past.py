"""The history for people, on a terminal or in a pipe: trends as lines of bars, and what stays open."""

from collections.abc import Iterator, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.console import Group as Together
from rich.table import Table
from rich.text import Text

from auditor.history.changes import Group
from auditor.history.past import Open, Past, Trend
from auditor.i18n import _, ngettext
from auditor.reports import words
from auditor.reports.amounts import and_more, day, decimal, violations
from auditor.reports.console import Indented, heading, joined, mark, marked, pairs, safe_text
from auditor.reports.sparkline import sparkline
from auditor.reports.trends.told import from_to, pace, rule_change, scope, shares_from_to, worst_first
from auditor.reports.view import View

FEW = 10
LONG = 500


def print_past(past: Past, console: Console, view: View) -> None:
    """Numbers night by night, compliance of managers, departments and clauses, what is open longest, what is broken
    again and again."""
    console.print(Together(*_parts(past, view)))


def _parts(past: Past, view: View) -> Iterator[RenderableType]:
    yield heading(_("History of violations").upper())
    yield joined(map(safe_text, scope(past)))
    yield Text()
    yield pairs(_numbers(past))
    yield from _rule_changes(past, view)
    yield from _compliance(_("Managers"), past.managers, view)
    if len(past.departments) > 1:
        yield from _compliance(_("Departments"), past.departments, view)
    yield from _compliance(_("Clauses"), sorted(past.clauses, key=worst_first), view)
    yield from _not_done(past.not_done, view)
    yield from _repeated(past, view)


def _numbers(past: Past) -> Iterator[tuple[str, Text]]:
    for group, trend in past.became.items():
        if any(trend.known):
            yield words.group(group), _line(trend, _in_all(group, trend))
    yield _("not done"), _line(past.open, from_to(past.open))
    if past.pile:
        yield _("of these due before {day}").format(day=day(past.pile.since)), _line(past.pile.trend, pace(past.pile))
    yield _("kept"), _line(past.compliance, shares_from_to(past.compliance))


def _line(trend: Trend, told: str) -> Text:
    return joined([safe_text(sparkline(trend)), safe_text(told)], "  ")


def _in_all(group: Group, trend: Trend) -> str:
    told = _("{n} the last night, {all} in all")
    return told.format(n=decimal(trend.known[-1]), all=decimal(sum(trend.known)))


def _rule_changes(past: Past, view: View) -> Iterator[RenderableType]:
    changes = list(past.rule_changes.items())[::-1]
    for when, codes in view.first(changes, FEW):
        some = ", ".join(view.first(codes, FEW)) + (" …" if len(codes) > FEW and not view.full else "")
        yield marked(Text("!", "yellow"), safe_text(rule_change(day(when), some), "yellow", LONG))


def _compliance(title: str, trends: Sequence[Trend], view: View) -> Iterator[RenderableType]:
    shown = [trend for trend in trends if trend.known]
    if not shown:
        return
    yield heading(title.upper())
    table = Table(box=SIMPLE_HEAD, show_edge=False, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for trend in view.first(shown, FEW):
        name = trend.name or _("without a name")
        table.add_row(safe_text(name), safe_text(sparkline(trend)), safe_text(shares_from_to(trend)))
    yield table
    yield from _rest(len(shown), view)


def _rest(number: int, view: View) -> Iterator[RenderableType]:
    more = 0 if view.full else number - FEW
    if more > 0:
        yield Indented(safe_text(and_more(more), "dim"), 3)


def _not_done(found: Sequence[Open], view: View) -> Iterator[RenderableType]:
    if not found:
        return
    yield heading(_("Not done longest").upper())
    for each in view.first(found, FEW):
        duty = each.duty
        age = ngettext("{n} day", "{n} days", each.days).format(n=decimal(each.days))
        parts = (duty.manager or _("nobody by name"), words.record(duty.entity, duty.deal), age, duty.clause)
        yield marked(mark(duty.severity), joined([safe_text(part) for part in parts]))
    yield from _rest(len(found), view)


def _repeated(past: Past, view: View) -> Iterator[RenderableType]:
    if not past.repeated:
        return
    yield heading(_("Again and again").upper())
    for each in view.first(past.repeated, FEW):
        weeks = ngettext("in {n} week", "in {n} weeks", each.weeks).format(n=decimal(each.weeks))
        times = violations(each.times)
        yield joined([safe_text(part) for part in (each.manager, each.clause, weeks, times)])
    yield from _rest(len(past.repeated), view)
