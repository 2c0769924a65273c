"""What lies ahead: duties that are owed and not done yet, soonest first."""

from collections.abc import Iterator

from rich.console import RenderableType

from auditor.audit.result import Audit
from auditor.i18n import _, ngettext
from auditor.reports import words
from auditor.reports.amounts import decimal, moment
from auditor.reports.console import Indented, heading, joined, safe_text
from auditor.reports.rows import Row, shown_rows
from auditor.reports.summary import Summary

FEW = 10
LONG = 500


def ahead(audit: Audit, summary: Summary) -> Iterator[RenderableType]:
    """The first few pending duties, each with its clause; the others by their number."""
    owed = audit.duties[audit.duties["verdict"] == "pending"]
    if owed.empty:
        return
    yield heading(_("What lies ahead"))
    texts = {clause.clause: clause.text for clause in summary.clauses}
    for row in shown_rows(audit.tell(owed.sort_values(["due", "deal", "clause"], kind="stable").head(FEW))):
        yield from _owed(row, texts.get(row.clause, ""))
    more = len(owed) - FEW
    if more > 0:
        rest = ngettext("… and {n} more.", "… and {n} more.", more).format(n=decimal(more))
        yield Indented(safe_text(rest, "dim"), 2)


def _owed(row: Row, text: str) -> Iterator[RenderableType]:
    until = _("by {due}").format(due=moment(row.due)) if row.due else ""
    deal = words.record(row.entity, row.deal)
    parts = [safe_text(until, "bold"), safe_text(row.manager), safe_text(deal), safe_text(row.title, most=80)]
    yield Indented(joined(parts), 2)
    yield Indented(joined([safe_text(row.clause, "bold"), safe_text(text, most=LONG)]), 4)
