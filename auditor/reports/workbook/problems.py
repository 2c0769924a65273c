"""The sheet of problems: what of the data could not be used, with its place."""

from auditor.audit.result import Audit
from auditor.i18n import _
from auditor.inputs.tables import Problem
from auditor.reports import words
from auditor.reports.data import GRAVITIES
from auditor.reports.workbook.book import ROWS, Book, Sheet

WIDTHS = (14, 36, 22, 10, 22, 90)


def write_problems(book: Book, audit: Audit) -> None:
    """A row per problem, the gravest first; no sheet where there are none."""
    problems = sorted(audit.problems, key=lambda problem: GRAVITIES.index(problem.gravity))
    for first in range(0, len(problems), ROWS):
        sheet = _begun(book)
        for problem in problems[first : first + ROWS]:
            _write(sheet, problem)
        sheet.made.autofilter(0, 0, sheet.row - 1, len(WIDTHS) - 1)


def _begun(book: Book) -> Sheet:
    sheet = book.sheet(_("Problems"), WIDTHS)
    sheet.head(_("Gravity"), _("File"), _("Sheet"), _("Row"), _("Column"), _("What"))
    sheet.made.freeze_panes(sheet.row, 0)
    sheet.made.repeat_rows(0)
    return sheet


def _write(sheet: Sheet, problem: Problem) -> None:
    place, grade = problem.place, "high" if problem.refused else "text"
    sheet.line(
        (words.gravity(problem.gravity), f"{grade} top"),
        (place.file, "wrapped top"),
        (place.sheet, "wrapped top"),
        (place.row, "number top"),
        (place.column, "wrapped top"),
        (problem.what, "wrapped top"),
    )
