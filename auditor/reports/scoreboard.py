"""The table of managers, and that of the other roles."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from auditor.i18n import _
from auditor.reports.amounts import decimal
from auditor.reports.console import STYLES, heading, safe_text
from auditor.reports.counts import Score
from auditor.reports.summary import Summary
from auditor.rules import Severity
from auditor.spelling import capital
from auditor.terms import Role, role_words

NAME_WIDTH = 18
GAP = 2
DOT, DASH = "·", "—"
"""A zero, which must not catch the eye; a rate of too few duties to compare."""


@dataclass(frozen=True)
class Column:
    """A number of each score, under a heading."""

    title: str
    cells: tuple[str, ...]
    style: str = ""

    @property
    def width(self) -> int:
        """Its longest word: headings are wrapped between words only."""
        return max(map(len, (*self.title.split(), *self.cells)))

    @property
    def is_empty(self) -> bool:
        return all(cell in (DOT, DASH) for cell in self.cells)


def scoreboard(summary: Summary, width: int) -> Iterator[RenderableType]:
    """Who broke how much of what. Numbers for which a line has no room stand in a second table."""
    yield heading(_("Managers").upper())
    if summary.managers:
        totals = (summary.totals,) if len(summary.managers) > 1 else ()
        names = [_name(score, summary) for score in summary.managers] + [_("Together")] * len(totals)
        yield from _tables(names, (*summary.managers, *totals), width)
    else:
        yield safe_text(_("No duty of a manager arose in this data."))
    if summary.departments:
        yield heading(_("Departments").upper())
        yield from _tables([department(each) for each in summary.departments], summary.departments, width)
    if summary.roles:
        yield heading(_("Other roles (not counted in the managers' scores)").upper())
        yield from _tables([named_role(score) for score in summary.roles], summary.roles, width)


def _tables(names: list[str], scores: tuple[Score, ...], width: int) -> Iterator[RenderableType]:
    for number, packed in enumerate(_packed(columns(scores), width - NAME_WIDTH)):
        if number:
            yield Text()
        yield _table(names, packed, width)


def _table(names: list[str], columns: list[Column], width: int) -> Table:
    room = max(width - sum(column.width + GAP for column in columns), 1)
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 0, 0, GAP - 1), header_style="dim")
    table.add_column(safe_text(_("Name")), overflow="fold", width=min(room, max(map(len, names))))
    for column in columns:
        table.add_column(safe_text(column.title), justify="right", vertical="bottom", width=column.width)
    for place, name in enumerate(names):
        cells = [_cell(column, place) for column in columns]
        table.add_row(safe_text(name), *cells, style="bold" if name == _("Together") else "")
    return table


def _cell(column: Column, place: int) -> Text:
    number = column.cells[place]
    return safe_text(number, "dim" if number in (DOT, DASH) else column.style)


def _packed(columns: list[Column], room: int) -> list[list[Column]]:
    """The columns in as few tables as the room allows."""
    tables: list[list[Column]] = [[]]
    for column in columns:
        if tables[-1] and sum(each.width + GAP for each in [*tables[-1], column]) > room:
            tables.append([])
        tables[-1].append(column)
    return tables


def _name(score: Score, summary: Summary) -> str:
    """The department beside the name only where there are several."""
    return f"{named(score)} ({department(score)})" if summary.departments else named(score)


def department(score: Score) -> str:
    return score.department or _("no department")


def named(score: Score) -> str:
    """A person as a list names him."""
    return (score.manager or _("nobody by name")) if score.role == Role.MANAGER else named_role(score)


def named_role(score: Score) -> str:
    """«Дизайнер: Иванов»; the role alone where nobody is named."""
    role = capital(role_words(score.role))
    return f"{role}: {score.manager}" if score.manager else role


def columns(scores: Sequence[Score]) -> list[Column]:
    """The numbers worth a column: those that are nowhere zero, and the first ones always."""
    always = [
        Column(_("per 100"), tuple(_rate(score.counts.rate) for score in scores)),
        _column(_("violated"), scores, lambda score: score.counts.violated, "bold"),
    ]
    return always + [column for column in _details(scores) if not column.is_empty]


def _rate(rate: float | None) -> str:
    return DASH if rate is None else decimal(round(rate, 1)) if rate else DOT


def _details(scores: Sequence[Score]) -> list[Column]:
    return [
        _column(_("important"), scores, lambda score: score.by_severity[Severity.HIGH], STYLES["high"]),
        _column(_("late"), scores, lambda score: score.counts.late),
        _column(_("not done"), scores, lambda score: score.counts.missed),
        _column(_("not allowed"), scores, lambda score: score.counts.forbidden),
        _column(_("ahead"), scores, lambda score: score.counts.pending),
        _column(_("due today"), scores, lambda score: score.pending_today, "bold"),
        _column(_("unknown"), scores, lambda score: score.counts.unknown),
        _column(_("waived"), scores, lambda score: score.counts.waived),
    ]


def _column(title: str, scores: Sequence[Score], number: Callable[[Score], int], style: str = "") -> Column:
    return Column(title, tuple(decimal(found) if (found := number(score)) else DOT for score in scores), style)
