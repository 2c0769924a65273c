"""The first sheet, which a head of sales reads and prints."""

from collections.abc import Iterator, Sequence

from auditor.audit.result import Audit, Status
from auditor.i18n import _, ngettext
from auditor.reports.amounts import decimal
from auditor.reports.counts import Score
from auditor.reports.header import header, whole
from auditor.reports.nothing import nothing
from auditor.reports.rows import number
from auditor.reports.scoreboard import department, named, named_role
from auditor.reports.summary import Broken, Summary, lacks
from auditor.reports.workbook.book import Book, Cell, Sheet
from auditor.reports.workbook.chart import HEIGHT, add_chart
from auditor.reports.workbook.figures import DASH, of_scores
from auditor.reports.workbook.heat import Heat
from auditor.rules import Severity

NAMES, FIGURES, COLUMNS = 54, 11, 14
"""The widths of the first column and of the others, and how many these are."""
MOST_PEOPLE, MOST_CLAUSES, MOST_LACKS = 11, 25, 6


def write_front(book: Book, audit: Audit, summary: Summary) -> None:
    """What was judged, the figures, who broke how much, what is broken most and by whom, what the data lack."""
    sheet = book.sheet(_("Summary"), (NAMES, *[FIGURES] * COLUMNS))
    _judged(sheet, audit, summary)
    chart_row = sheet.row
    _figures(sheet, summary)
    sheet.row = max(sheet.row, chart_row + HEIGHT) + 1
    sheet.lines(_how_to_read(), "note")
    first_row = _managers(sheet, summary)
    _broken(sheet, summary)
    _data(sheet, audit, summary)
    if first_row and summary.totals.counts.violated:
        add_chart(book, sheet, chart_row, first_row, summary.managers)


def _judged(sheet: Sheet, audit: Audit, summary: Summary) -> None:
    """By what and as of when, what narrows the report; why nothing was judged, what failed."""
    head, *crashes = (text.plain.strip() for text in header(audit, summary))
    title, *rest = head.splitlines()
    sheet.line((title, "title"))
    sheet.lines(rest, "note")
    sheet.lines([*nothing(audit, summary), *crashes], "warning")
    sheet.skip()


def _figures(sheet: Sheet, summary: Summary) -> None:
    """The headline, a figure a row; the sum of money where it is known."""
    counts, violated = summary.counts, summary.violated
    _figure(sheet, _("Violations"), sum(violated.values()), "count")
    _figure(sheet, _("of them important"), violated[Severity.HIGH], "count")
    _figure(sheet, _("in incidents (one act, though it breaks several clauses)"), summary.incidents, "count")
    _figure(sheet, _("Kept"), number(counts.compliance), "share")
    _figure(sheet, _("Kept before waivers"), number(counts.compliance_before_waivers), "share")
    _figure(sheet, _("Met"), counts.met, "count")
    _figure(sheet, _("Ahead"), counts.pending, "count")
    _figure(sheet, _("Unknown"), counts.unknown, "count")
    _figure(sheet, _("Waived"), counts.waived, "count")
    if summary.at_stake is not None:
        _figure(sheet, _("Open deals with violations, sum"), number(summary.at_stake), "money")
    sheet.line((whole(summary).plain, "note" if summary.is_whole else "warning"))


def _figure(sheet: Sheet, title: str, value: float | None, style: str) -> None:
    sheet.line((title, "text"), (DASH, "right large") if value is None else (value, f"{style} large"))


def _how_to_read() -> Sequence[str]:
    return (
        _("Kept = met ÷ (met + violated). What is ahead, unknown or waived does not count in it."),
        _("Per 100: violations per hundred duties judged; a dash where fewer than ten were, too few to compare."),
        _("Unknown is what the records cannot show, and is held against nobody. Each violation, with the row of the "
          "export that shows it, stands on its person's sheet."),
    )  # fmt: skip


def _managers(sheet: Sheet, summary: Summary) -> int:
    """The tables of managers, departments and other roles; the first row of the managers, 0 where there are none."""
    totals = (summary.totals,) if len(summary.managers) > 1 else ()
    names = [*map(named, summary.managers), *[_("Together")] * len(totals)]
    first_row = _scores(sheet, _("Managers"), names, (*summary.managers, *totals))
    _scores(sheet, _("Departments"), [*map(department, summary.departments)], summary.departments)
    roles = _("Other roles (not counted in the managers' scores)")
    _scores(sheet, roles, [*map(named_role, summary.roles)], summary.roles)
    return first_row


def _scores(sheet: Sheet, title: str, names: Sequence[str], scores: Sequence[Score]) -> int:
    """A row per score under its head; the first of these rows."""
    if not scores:
        return 0
    _section(sheet, title)
    figures = of_scores(scores)
    sheet.head(_("Name"), figures=[figure.title for figure in figures])
    first_row = sheet.row
    for name, score in zip(names, scores, strict=True):
        sheet.line((name, "text"), *(figure.cell(score) for figure in figures))
    return first_row


def _section(sheet: Sheet, title: str) -> None:
    sheet.skip()
    sheet.line((title, "section"))


def _broken(sheet: Sheet, summary: Summary) -> None:
    """The clauses that are broken most, and by whom."""
    if not summary.broken:
        return
    heat = Heat.of(summary, MOST_PEOPLE)
    _section(sheet, _("What is broken most, and by whom"))
    sheet.head(_("Clause"), figures=[_("how often"), *heat.titles])
    first_row = sheet.row
    for broken in summary.broken[:MOST_CLAUSES]:
        sheet.line(*_clause(broken), *heat.cells(broken.clause.clause))
    heat.colour(sheet, first_row, 2)
    more = len(summary.broken) - MOST_CLAUSES
    if more > 0:
        rest = ngettext("… and {n} more clause: sheet “Clauses”", "… and {n} more clauses: sheet “Clauses”", more)
        sheet.line((rest.format(n=decimal(more)), "note"))


def _clause(broken: Broken) -> Iterator[Cell]:
    clause = broken.clause
    yield f"{clause.clause} · {clause.text}", f"wrapped {'high' if clause.severity == Severity.HIGH else 'text'}"
    yield clause.counts.violated, "count bold"


def _data(sheet: Sheet, audit: Audit, summary: Summary) -> None:
    """How much could be checked, and what was missing most."""
    _section(sheet, _("The data"))
    checked, not_checked, by_hand = (len(summary.coverage[status]) for status in Status)
    sheet.line((_("Clauses checked"), "text"), (checked, "count"))
    sheet.line((_("Clauses not checked, for the data lack what they need"), "text"), (not_checked, "count"))
    sheet.line((_("Rules to be checked by hand"), "text"), (by_hand, "count"))
    sheet.line((_("Problems of the data"), "text"), (len(audit.problems), "count"))
    counted = lacks(summary.coverage[Status.NOT_CHECKED])[:MOST_LACKS]
    if counted:
        sheet.head(_("What is missing most"), figures=[_("clauses")])
    for what, clauses in counted:
        sheet.line((what, "wrapped"), (clauses, "count"))
