"""A comparison as Markdown, for a chat or a letter."""

from collections.abc import Iterator
from itertools import groupby

from auditor.history.changes import Group
from auditor.i18n import _
from auditor.reports import words
from auditor.reports.amounts import and_more, decimal, moment, violations
from auditor.reports.comparison import LISTED, Comparison
from auditor.reports.comparison_table import SHOWN, cells, headings, kept, named, sums, which
from auditor.reports.rulebook_markdown import cell, row, table
from auditor.reports.view import View
from auditor.spelling import capital


def comparison_markdown(comparison: Comparison, view: View) -> str:
    """The sums, who, and the violations that came, went and were closed, the first of each."""
    return "\n".join(_lines(comparison, view)) + "\n"


def _lines(comparison: Comparison, view: View) -> Iterator[str]:
    days = (moment(report.night.as_of) for report in (comparison.before, comparison.after))
    yield f"**{cell(_('Two audits side by side'))}: {' → '.join(days)}**"
    yield ""
    yield f"{_side_by_side(comparison)}"
    yield from ("", *(f"> {cell(line)}" for line in comparison.differences)) if comparison.differences else ()
    yield from ("", cell(sums(comparison))) if comparison.changes else ()
    yield ""
    yield from table((_("Name"), *headings(comparison)))
    yield from (row((named(person), *cells(comparison, person))) for person in comparison.people)
    for group in LISTED:
        yield from _listed(comparison, group, view)


def _side_by_side(comparison: Comparison) -> str:
    return cell(" → ".join(f"{violations(counts.violated)}, {kept(counts)}" for counts in comparison.counts))


def _listed(comparison: Comparison, group: Group, view: View) -> Iterator[str]:
    found = [change for change in comparison.changes if change.group == group]
    if not found:
        return
    yield from ("", f"**{cell(capital(words.group(group)))} — {decimal(len(found))}**")
    for manager, theirs in groupby(view.first(found, SHOWN), key=lambda change: change.duty.manager):
        yield from ("", cell(manager or _("nobody by name")))
        for change in theirs:
            why = f": {change.duty.why}" if change.duty.why else ""
            yield "- " + cell(" · ".join(filter(None, which(change))) + why)
    if not view.full and len(found) > SHOWN:
        yield and_more(len(found) - SHOWN)
