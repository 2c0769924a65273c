"""What lies ahead: duties that are owed and not done yet, soonest first."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from auditor.audit.result import Audit
from auditor.i18n import _, ngettext
from auditor.reports import words
from auditor.reports.amounts import decimal, moment, progress
from auditor.reports.console import Indented, heading, joined, lines, pairs, safe_text
from auditor.reports.rows import Row, shown_rows
from auditor.reports.summary import ahead_of
from auditor.reports.view import View

FEW = 10
LONG = 500


def ahead(audit: Audit, view: View) -> Iterator[RenderableType]:
    """The first few pending duties, each with what is owed; the others by their number."""
    owed = ahead_of(audit)
    if owed.empty:
        return
    yield heading(_("What lies ahead").upper())
    shown = owed if view.full else owed.head(FEW)
    yield pairs([(_until(row), _owed(row)) for row in shown_rows(audit.tell(shown))], by=2)
    more = len(owed) - len(shown)
    if more > 0:
        rest = ngettext("… and {n} more.", "… and {n} more.", more).format(n=decimal(more))
        yield Indented(safe_text(rest, "dim"), 2)


def _until(row: Row) -> str:
    return _("by {due}").format(due=moment(row.due)) if row.due else "—"


def _owed(row: Row) -> Text:
    deal = words.record(row.entity, row.deal)
    whose = joined([safe_text(row.manager), safe_text(deal, "bold"), safe_text(row.title, most=80)])
    owed = joined([safe_text(row.why, most=LONG), safe_text(progress(row)), safe_text(row.clause, "dim")])
    return lines([whose, owed])
