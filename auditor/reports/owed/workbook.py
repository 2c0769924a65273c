"""What is owed, as a workbook: a row a duty, with filters; moments are dates, shares are numbers."""

from typing import BinaryIO

from auditor.i18n import _
from auditor.reports import words
from auditor.reports.amounts import moment
from auditor.reports.owed.agenda import Agenda, Owed, when_words
from auditor.reports.workbook.book import Link, Value, written_book
from auditor.reports.workbook.lists import Column, Listing
from auditor.terms import role_words

PRINTED = 9


def write_workbook(agenda: Agenda, file: BinaryIO) -> None:
    """The whole workbook; nothing in it names the files or the machine."""
    name, at = _("What lies ahead"), _("as of {moment} ({zone})")
    as_of = at.format(moment=moment(agenda.as_of), zone=agenda.timezone)
    with written_book(file, name, agenda.as_of) as book:
        Listing(name, [(as_of, "note")], _columns(), PRINTED).write(book, agenda.owed)


def _columns() -> tuple[Column[Owed], ...]:
    return (
        Column(_("When"), 13, "text", lambda each: when_words(each.when)),
        Column(_("Due"), 16, "moment", lambda each: each.duty.due),
        Column(_("Manager"), 19, "wrapped", lambda each: each.duty.manager or _("nobody by name")),
        Column(_("Deal"), 14, "text", _deal),
        Column(_("Title"), 24, "wrapped", lambda each: each.duty.title),
        Column(_("Clause"), 10, "text", lambda each: each.duty.clause),
        Column(_("What it asks"), 36, "wrapped", lambda each: each.text),
        Column(_("Why"), 44, "wrapped", lambda each: each.duty.why),
        Column(_("Time used"), 9, "share", lambda each: each.used),
        Column(_("Severity"), 10, _grade, lambda each: words.severity(each.duty.severity)),
        Column(_("Department"), 16, "wrapped", lambda each: each.duty.department),
        Column(_("Role"), 14, "text", lambda each: role_words(each.duty.role)),
        Column(_("Arose"), 16, "moment", lambda each: each.duty.arose),
    )


def _grade(each: Owed) -> str:
    return "high" if each.duty.severity == "high" else "text"


def _deal(each: Owed) -> Value:
    text = words.record(each.duty.entity, each.duty.deal)
    return Link(text, each.duty.link) if each.duty.link else text
