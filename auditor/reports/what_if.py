"""What the figures would be with other parameters, beside the present ones."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table

from auditor.audit.result import Audit, WhatIf
from auditor.i18n import _
from auditor.reports.amounts import decimal, percent, value
from auditor.reports.compared import Comparison, Moved, compared
from auditor.reports.console import heading, safe_text
from auditor.reports.scoreboard import DOT, named

LONG = 500
MINUS = "\u2212"


def what_if(audit: Audit) -> Iterator[RenderableType]:
    """What was supposed, and the figures that would move; nothing where nothing was supposed."""
    if audit.what_if:
        yield heading(_("What if").upper())
        yield from (safe_text(line, most=LONG) for line in supposed(audit.what_if))
        comparison = compared(audit, audit.what_if)
        yield _table(comparison) if comparison.whole.moves else safe_text(_("No figure would change."), "bold")


def supposed(what_if: WhatIf) -> Iterator[str]:
    """«FUR0201.at_least = 4 (сейчас 3)»."""
    told = _("{name} = {value} (now {now})")
    for each in what_if.parameters:
        name = f"{each.clause}.{each.parameter}"
        yield told.format(name=name, value=value(each.value), now=value(each.default))


def _table(comparison: Comparison) -> Table:
    table = Table.grid(padding=(0, 3, 0, 0))
    table.add_column(overflow="fold")
    for _column in range(3):
        table.add_column(justify="right", no_wrap=True)
    for row in (("", _("now"), _("then"), ""), *moves(comparison)):
        table.add_row(*map(safe_text, row))
    return table


Row = tuple[str, str, str, str]
"""Label, now, then, by how much."""


def moves(comparison: Comparison) -> Iterator[Row]:
    """The figures of the whole, those of the clauses, and of the persons whose figures would move."""
    yield from _figures(comparison.whole)
    for code, moved in comparison.clauses.items():
        yield _row(_("{clause}: violated").format(clause=code), *_violated(moved))
    for moved in comparison.persons:
        if moved.moves:
            yield _row(_("{name}: violated").format(name=named(moved.now)), *_violated(moved))


def _figures(whole: Moved) -> Iterator[Row]:
    """The share that is kept, and the numbers that would move."""
    now, then = whole.now.counts, whole.then.counts
    numbers = (
        (_("violated"), *_violated(whole)),
        (_("important"), whole.now.by_severity["high"], whole.then.by_severity["high"]),
        (_("met"), now.met, then.met),
        (_("ahead"), now.pending, then.pending),
        (_("unknown"), now.unknown, then.unknown),
        (_("waived"), now.waived, then.waived),
    )
    yield from (_row(*each) for each in numbers if each[1] != each[2])
    yield _("kept"), percent(now.compliance), percent(then.compliance), ""


def _violated(moved: Moved) -> tuple[int, int]:
    return moved.now.counts.violated, moved.then.counts.violated


def _row(label: str, now: int, then: int) -> Row:
    return label, decimal(now), decimal(then), _signed(then - now)


def _signed(more: int) -> str:
    return f"{'+' if more > 0 else MINUS}{decimal(abs(more))}" if more else DOT
