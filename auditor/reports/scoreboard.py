"""The table of managers, and that of the other roles."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from auditor.i18n import _
from auditor.reports.amounts import decimal, percent
from auditor.reports.console import STYLES, heading, safe_text
from auditor.reports.counts import Score
from auditor.reports.summary import Summary
from auditor.rules import Severity
from auditor.spelling import capital
from auditor.terms import Role, role_words

NAME_WIDTH = 18
GAP = 2


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
        return all(cell == "0" for cell in self.cells)


def scoreboard(summary: Summary, width: int) -> Iterator[RenderableType]:
    """Who kept how much of what. Numbers for which a line has no room stand in a second table."""
    yield heading(_("Managers"))
    if summary.managers:
        totals = (summary.totals,) if len(summary.managers) > 1 else ()
        names = [_name(score) for score in summary.managers] + [_("Together")] * len(totals)
        yield from _tables(names, (*summary.managers, *totals), width)
    else:
        yield safe_text(_("No duty of a manager arose in this data."))
    if summary.roles:
        yield heading(_("Other roles (not counted in the managers' scores)"))
        yield from _tables([_name(score) for score in summary.roles], summary.roles, width)


def _tables(names: list[str], scores: tuple[Score, ...], width: int) -> Iterator[RenderableType]:
    for number, columns in enumerate(_packed(_columns(scores), width - NAME_WIDTH)):
        if number:
            yield Text()
        yield _table(names, columns, width)


def _table(names: list[str], columns: list[Column], width: int) -> Table:
    room = max(width - sum(column.width + GAP for column in columns), 1)
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 0, 0, GAP - 1), header_style="dim")
    table.add_column(safe_text(_("Name")), overflow="fold", width=min(room, max(map(len, names))))
    for column in columns:
        table.add_column(safe_text(column.title), justify="right", vertical="bottom", width=column.width)
    for place, name in enumerate(names):
        cells = [safe_text(column.cells[place], column.style) for column in columns]
        table.add_row(safe_text(name), *cells, style="bold" if name == _("Together") else "")
    return table


def _packed(columns: list[Column], room: int) -> list[list[Column]]:
    """The columns in as few tables as the room allows."""
    tables: list[list[Column]] = [[]]
    for column in columns:
        if tables[-1] and sum(each.width + GAP for each in [*tables[-1], column]) > room:
            tables.append([])
        tables[-1].append(column)
    return tables


def _name(score: Score) -> str:
    if score.role == Role.MANAGER:
        who = score.manager or _("nobody by name")
        return f"{who} ({score.department})" if score.department else who
    return named_role(score)


def named_role(score: Score) -> str:
    """«Дизайнер: Иванов»; the role alone where nobody is named."""
    role = capital(role_words(score.role))
    return f"{role}: {score.manager}" if score.manager else role


def _columns(scores: tuple[Score, ...]) -> list[Column]:
    """The numbers worth a column: those that are nowhere zero, and the first ones always."""
    waived = any(score.counts.waived for score in scores)
    before = _column(_("before waivers"), scores, lambda score: percent(score.counts.compliance_before_waivers))
    always = [
        _column(_("kept"), scores, lambda score: percent(score.counts.compliance), "bold"),
        *([before] if waived else []),
        _column(_("met"), scores, lambda score: decimal(score.counts.met)),
        _column(_("violated"), scores, lambda score: decimal(score.counts.violated), "bold"),
    ]
    return always + [column for column in _details(scores) if not column.is_empty]


def _details(scores: tuple[Score, ...]) -> list[Column]:
    return [
        _column(_("high"), scores, lambda score: decimal(score.by_severity[Severity.HIGH]), STYLES["high"]),
        _column(_("medium"), scores, lambda score: decimal(score.by_severity[Severity.MEDIUM]), STYLES["medium"]),
        _column(_("low"), scores, lambda score: decimal(score.by_severity[Severity.LOW]), STYLES["low"]),
        _column(_("late"), scores, lambda score: decimal(score.counts.late)),
        _column(_("not done"), scores, lambda score: decimal(score.counts.missed)),
        _column(_("not allowed"), scores, lambda score: decimal(score.counts.forbidden)),
        _column(_("pending"), scores, lambda score: decimal(score.counts.pending)),
        _column(_("due today"), scores, lambda score: decimal(score.pending_today), "bold"),
        _column(_("unknown"), scores, lambda score: decimal(score.counts.unknown)),
        _column(_("waived"), scores, lambda score: decimal(score.counts.waived)),
    ]


def _column(title: str, scores: tuple[Score, ...], number: Callable[[Score], str], style: str = "") -> Column:
    return Column(title, tuple(number(score) for score in scores), style)
