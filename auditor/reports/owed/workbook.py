"""What is owed, as a workbook: a row a duty, with filters; moments are dates, shares are numbers."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from auditor.i18n import _, active
from auditor.reports import words
from auditor.reports.amounts import moment
from auditor.reports.owed.agenda import Agenda, Owed, when_words
from auditor.reports.safe import short
from auditor.reports.workbook.book import fitting
from auditor.terms import role_words

LONG = 2000
FIRST = 2
"""The row of the captions, below the title."""
PRINTED, LINE = 9, 15
"""Columns that are printed, and the points of a line."""
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
    "constant_memory": False,
}
"""Texts of a CRM stay texts."""


def write_workbook(agenda: Agenda, file: BinaryIO) -> None:
    """The whole workbook; nothing in it names the files or the machine."""
    with Workbook(file, OPTIONS) as book:
        book.set_properties({"title": _("What lies ahead"), "created": agenda.as_of})
        date = "dd.mm.yyyy hh:mm" if active() == "ru" else "yyyy-mm-dd hh:mm"
        forms = {name: book.add_format({"valign": "top", **form}) for name, form in _forms(date).items()}
        sheet = book.add_worksheet(_("What lies ahead"))
        _set_up(sheet, len(agenda.owed))
        at = _("as of {moment} ({zone})").format(moment=moment(agenda.as_of), zone=agenda.timezone)
        sheet.write_string(0, 0, f"{_('What lies ahead')} · {at}", forms["title"])
        sheet.set_row(FIRST, 2 * LINE)
        for column, (caption, width, _form) in enumerate(_columns()):
            sheet.set_column(column, column, width)
            sheet.write_string(FIRST, column, caption, forms["caption"])
        for row, each in enumerate(agenda.owed, FIRST + 1):
            cells = list(_cells(each))
            sheet.set_row(row, _height(cells))
            for column, (value, (_caption, _width, form)) in enumerate(zip(cells, _columns(), strict=True)):
                _write(sheet, row, column, value, forms[form])


def _forms(date: str) -> dict[str, dict[str, Any]]:
    return {
        "title": {"bold": True, "font_size": 14},
        "caption": {"bold": True, "bottom": 1, "text_wrap": True},
        "text": {"text_wrap": True},
        "date": {"num_format": date, "align": "left"},
        "share": {"num_format": "0%"},
    }


def _set_up(sheet: Worksheet, rows: int) -> None:
    """To be printed on landscape pages as wide as the table, with the captions on each."""
    sheet.freeze_panes(FIRST + 1, 0)
    sheet.autofilter(FIRST, 0, FIRST + max(rows, 1), len(_columns()) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(FIRST)
    sheet.print_area(0, 0, FIRST + rows, PRINTED - 1)


def _columns() -> tuple[tuple[str, int, str], ...]:
    """Caption, width and form of each column; the first `PRINTED` are printed."""
    return (
        (_("When"), 13, "text"),
        (_("Due"), 16, "date"),
        (_("Manager"), 19, "text"),
        (_("Deal"), 14, "text"),
        (_("Title"), 24, "text"),
        (_("Clause"), 10, "text"),
        (_("What it asks"), 36, "text"),
        (_("Why"), 44, "text"),
        (_("Time used"), 9, "share"),
        (_("Severity"), 10, "text"),
        (_("Department"), 16, "text"),
        (_("Role"), 14, "text"),
        (_("Arose"), 16, "date"),
        (_("Link"), 25, "text"),
    )


def _cells(each: Owed) -> Iterator[Any]:
    duty = each.duty
    yield from (when_words(each.when), duty.due, duty.manager or _("nobody by name"))
    yield from (words.record(duty.entity, duty.deal), duty.title, duty.clause, each.text, duty.why, each.used)
    yield from (words.severity(duty.severity), duty.department, role_words(duty.role), duty.arose, duty.link)


def _height(cells: Sequence[Any]) -> int:
    """Of a row in which no wrapped text is cut: a program that opens the book need not find it out itself."""
    widths = (width for _caption, width, _form in _columns())
    lines = (
        -(-len(value) // (width - 1)) for value, width in zip(cells, widths, strict=True) if isinstance(value, str)
    )
    return LINE * max(1, *list(lines)[:PRINTED])


def _write(sheet: Worksheet, row: int, column: int, value: Any, form: Any) -> None:
    if isinstance(value, datetime):
        sheet.write_datetime(row, column, value, form)
    elif isinstance(value, float):
        sheet.write_number(row, column, value, form)
    elif value:
        sheet.write_string(row, column, fitting(short(str(value), LONG)), form)
    else:
        sheet.write_blank(row, column, None, form)
