"""What is broken most: clauses by their violations, and by whom."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table

from auditor.i18n import _, ngettext
from auditor.reports.amounts import decimal
from auditor.reports.console import STYLES, Indented, heading, joined, mark, safe_text
from auditor.reports.scoreboard import named
from auditor.reports.summary import Broken, Summary
from auditor.reports.view import View

FEW = 10
FEW_NAMES = 3
LONG = 500
MANY_CODES = 4000


def broken_most(summary: Summary, view: View) -> Iterator[RenderableType]:
    """The clauses broken again and again, with who broke them; those broken once, and those for which there is no room,
    in one line. Nothing where one clause alone is broken; in full all of them have their own line."""
    broken = summary.broken
    if not broken or (len(broken) == 1 and not view.full):
        return
    yield heading(_("What is broken most").upper())
    often = view.first([each for each in broken if view.full or each.clause.counts.violated > 1], FEW)
    if often:
        yield _table(often)
    yield from _others(broken[len(often) :])


def _table(broken: Sequence[Broken]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(width=1)
    table.add_column(no_wrap=True)
    table.add_column(ratio=3, overflow="fold")
    table.add_column(justify="right", no_wrap=True)
    table.add_column(ratio=2, overflow="fold")
    titles = ("", "", "", _("how often"), _("who"))
    table.add_row(*(safe_text(title, "dim") for title in titles))
    for each in broken:
        clause = each.clause
        table.add_row(
            mark(clause.severity),
            safe_text(clause.clause, "bold"),
            safe_text(clause.text, most=LONG),
            safe_text(decimal(clause.counts.violated), STYLES[clause.severity]),
            safe_text(names(each)),
        )
    return table


def _others(broken: Sequence[Broken]) -> Iterator[RenderableType]:
    if broken:
        most = max(each.clause.counts.violated for each in broken)
        times = ngettext("at most {n} time each", "at most {n} times each", most).format(n=decimal(most))
        codes = ", ".join(each.clause.clause for each in broken)
        yield Indented(
            joined([safe_text(codes, most=MANY_CODES), safe_text(_("once each") if most == 1 else times)]), 3
        )


def names(broken: Broken) -> str:
    """Who broke it, most often first, and how often where that tells them apart."""
    alike = len({times for _score, times in broken.by}) == 1
    first = [named(score) if alike else f"{named(score)} {times}" for score, times in broken.by[:FEW_NAMES]]
    more = len(broken.by) - FEW_NAMES
    rest = ngettext("and {n} more person", "and {n} more people", more).format(n=decimal(more)) if more > 0 else ""
    return f"{', '.join(first)} {rest}".strip()
