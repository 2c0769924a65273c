"""The sheet of clauses: the figures of each, and who broke it; those that were not checked, and why."""

from collections.abc import Iterator

from auditor.audit.result import Audit, Coverage, Status
from auditor.i18n import _
from auditor.reports import words
from auditor.reports.summary import Summary, reason, texts_of
from auditor.reports.workbook.book import Book, Cell
from auditor.reports.workbook.figures import of_clauses
from auditor.reports.workbook.heat import Heat

MOST_PEOPLE = 200
WIDTHS = (11, 70, 11, 34)


def write_clauses(book: Book, audit: Audit, summary: Summary) -> None:
    """A row per clause; those that were checked come first, the rules to be checked by hand last."""
    figures, heat = of_clauses(summary.clauses), Heat.of(summary, MOST_PEOPLE)
    sheet = book.sheet(_("Clauses"), (*WIDTHS, *[11] * (len(figures) + len(heat.titles))))
    own = (_("Clause"), _("What it asks"), _("Severity"), _("Checked"))
    sheet.head(*own, figures=[*(figure.title for figure in figures), *heat.titles])
    sheet.made.freeze_panes(sheet.row, 1)
    sheet.made.repeat_rows(0)
    in_part = {coverage.clause: coverage.why for coverage in summary.coverage[Status.CHECKED]}
    for clause in summary.clauses:
        checked = in_part.get(clause.clause) or _("yes")
        told = _told(clause.clause, clause.text, clause.severity, checked)
        sheet.line(*told, *(figure.cell(clause) for figure in figures), *heat.cells(clause.clause))
    heat.colour(sheet, 1, len(own) + len(figures))
    texts = texts_of(audit)
    for coverage in summary.coverage[Status.NOT_CHECKED]:
        sheet.line(*_told(coverage.clause, texts.get(coverage.clause, ""), "", _no(coverage)))
    for coverage in summary.coverage[Status.BY_HAND]:
        sheet.line(*_told(coverage.clause, coverage.why, "", _("by hand")))
    sheet.made.autofilter(0, 0, max(sheet.row - 1, 1), len(own) + len(figures) + len(heat.titles) - 1)


def _told(code: str, text: str, severity: str, checked: str) -> Iterator[Cell]:
    yield code, "text"
    yield text, "wrapped"
    yield words.severity(severity), "high" if severity == "high" else "text"
    yield checked, "wrapped"


def _no(coverage: Coverage) -> str:
    return _("no: {why}").format(why=reason(coverage))
