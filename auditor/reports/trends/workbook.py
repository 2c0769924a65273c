"""The history as a workbook: numbers night by night with charts, what each kept, what is not done longest."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import BinaryIO

from xlsxwriter.utility import xl_range

from auditor.history.past import Open, Past, Repeated, Trend
from auditor.i18n import _, active
from auditor.reports import words
from auditor.reports.rows import number
from auditor.reports.trends.told import Chart, charts, notes, scope, shares
from auditor.reports.workbook.book import Book, Cell, Sheet, written_book
from auditor.reports.workbook.lists import Column, Listing
from auditor.reports.workbook.styles import DAYS

CHART_WIDTH, CHART_HEIGHT, CHART_ROWS = 640, 260, 15
"""Pixels, and the rows that one covers."""
COLOURS = ("#B03A37", "#5B2C6F", "#1E6B33", "#B9770E")
GRID = {"visible": True, "line": {"color": "#D9D9D9"}}
DASHES = ("solid", "dash", "round_dot", "long_dash_dot")


def write_workbook(past: Past, file: BinaryIO) -> None:
    """The whole workbook; the same nights give the same bytes."""
    with written_book(file, _("History of violations"), past.as_of) as book:
        _write_nights(book, past)
        _write_shares(book, past)
        head = [_scope(past)]
        Listing(_("Not done longest"), head, _open_columns(), 6).write(book, past.not_done)
        Listing(_("Again and again"), head, _repeated_columns(), 4).write(book, past.repeated)


def _scope(past: Past) -> Cell:
    return " · ".join(scope(past)), "note"


def _write_nights(book: Book, past: Past) -> None:
    """A row a night, the charts to the right of them."""
    drawn = charts(past)
    lines = [line for chart in drawn for line in chart.lines]
    sheet = book.sheet(_("Trends"), (12, *[13] * len(lines), 30))
    sheet.line((_("History of violations"), "title"))
    sheet.line(_scope(past))
    sheet.lines(notes(past), "note")
    sheet.line(
        (_("Night"), "head"),
        *((line.title, "head right") for line in lines),
        (_("Another rule from here on"), "head indent"),
    )
    first = sheet.row
    for at, day in enumerate(past.days):
        numbers = (_cell(line.trend.values[at], "share" if line.share else "count") for line in lines)
        sheet.line(_day(day), *numbers, (", ".join(past.rule_changes.get(day, ())), "wrapped indent"))
    column = 1
    for place, chart in enumerate(drawn):
        _add_chart(book, sheet, chart, column, first, first + place * CHART_ROWS, len(lines) + 2)
        column += len(chart.lines)


def _day(day: date) -> Cell:
    return datetime.combine(day, time()), "day"


def _cell(value: float | None, style: str) -> Cell:
    return number(value), style


def _add_chart(book: Book, sheet: Sheet, chart: Chart, column: int, first: int, row: int, beside: int) -> None:
    """The lines that stand in the sheet from this column and this first row on."""
    made = book.made.add_chart({"type": "line"})
    for place, line in enumerate(chart.lines):
        trend, last = line.trend, first + len(line.trend.days) - 1
        made.add_series(
            {
                "name": line.title,
                "categories": [sheet.made.name, first, 0, last, 0],
                "values": [sheet.made.name, first, column + place, last, column + place],
                "values_data": [number(value) for value in trend.values],
                "line": {"color": COLOURS[place], "dash_type": DASHES[place], "width": 2},
                "marker": {"type": "circle", "size": 3, "border": {"none": True}, "fill": {"color": COLOURS[place]}},
            }
        )
    made.set_title({"name": chart.title, "name_font": {"size": 11}})
    made.set_x_axis({"date_axis": True, "num_format": DAYS[active()], "num_font": {"size": 8}})
    scale = {"max": 1, "num_format": "0%"} if chart.lines[0].share else {"num_format": "0"}
    made.set_y_axis({"min": 0, "major_gridlines": GRID, **scale})
    made.set_legend({"position": "bottom"})
    made.set_size({"width": CHART_WIDTH, "height": CHART_HEIGHT})
    sheet.made.insert_chart(row, beside, made, {"object_position": 3})


def _write_shares(book: Book, past: Past) -> None:
    """A row a manager, department or clause: a line in a cell, then what was kept night by night."""
    sheet = book.sheet(_("Kept"), (16, 30, 24, *[11] * len(past.days)))
    own = (_("Of what"), _("Name"), _("Trend"))
    sheet.line(
        *((title, "head") for title in own), *((value, f"head {style}") for value, style in map(_day, past.days))
    )
    sheet.made.freeze_panes(1, len(own))
    sheet.made.repeat_columns(0, len(own) - 1)
    sheet.made.set_print_scale(100)
    for title, trends in shares(past).items():
        _write_trends(sheet, title, trends, len(own))


def _write_trends(sheet: Sheet, title: str, trends: Sequence[Trend], first: int) -> None:
    for trend in trends:
        numbers = xl_range(sheet.row, first, sheet.row, first + len(trend.days) - 1)
        sheet.made.add_sparkline(sheet.row, first - 1, {"range": numbers, "min": 0, "max": 1})
        name = trend.name or _("without a name")
        values = (_cell(value, "share") for value in trend.values)
        sheet.line((title, "text"), (name, "wrapped"), (None, "text"), *values)


def _open_columns() -> tuple[Column[Open], ...]:
    return (
        Column(_("Days"), 9, "count", lambda each: each.days),
        Column(_("Manager"), 24, "wrapped", lambda each: each.duty.manager or _("nobody by name")),
        Column(_("Deal or lead"), 16, "text", lambda each: words.record(each.duty.entity, each.duty.deal)),
        Column(_("Clause"), 10, "text", lambda each: each.duty.clause),
        Column(_("Severity"), 10, "text", lambda each: words.severity(each.duty.severity)),
        Column(_("Due"), 16, "moment", lambda each: each.duty.due),
        Column(_("Department"), 20, "wrapped", lambda each: each.duty.department),
        Column(_("Duty id"), 18, "text", lambda each: each.duty.id),
    )


def _repeated_columns() -> tuple[Column[Repeated], ...]:
    return (
        Column(_("Manager"), 24, "wrapped", lambda each: each.manager),
        Column(_("Clause"), 10, "text", lambda each: each.clause),
        Column(_("Weeks"), 9, "count", lambda each: each.weeks),
        Column(_("Violations"), 12, "count", lambda each: each.times),
    )
