"""The whole workbook."""

from typing import BinaryIO

from auditor.audit.result import Audit
from auditor.i18n import _
from auditor.reports.summary import summary_of
from auditor.reports.workbook.book import written_book
from auditor.reports.workbook.clauses import write_clauses
from auditor.reports.workbook.front import write_front
from auditor.reports.workbook.people import write_people
from auditor.reports.workbook.problems import write_problems


def write_workbook(audit: Audit, file: BinaryIO) -> None:
    """The front sheet, the people, the clauses, the problems; the same audit gives the same bytes."""
    summary = summary_of(audit)
    with written_book(file, _("Audit of sales regulations"), audit.as_of) as book:
        write_front(book, audit, summary)
        write_people(book, audit, summary)
        write_clauses(book, audit, summary)
        write_problems(book, audit)
