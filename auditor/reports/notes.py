"""What stands at the end of a report: waivers to look at, days on which a manager did nothing."""

from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import RenderableType
from rich.text import Text

from auditor.audit.result import Audit, Waiver
from auditor.i18n import _, ngettext
from auditor.reports.amounts import day, decimal
from auditor.reports.console import Indented, heading, pairs, safe_text
from auditor.reports.view import View

FEW = 10
LONG = 4000


def notes(audit: Audit, view: View) -> Iterator[RenderableType]:
    """Waivers that excused nothing or are odd, and supposed days off, where there are any."""
    odd = [waiver for waiver in audit.waivers if waiver.state != "used" or waiver.remarks]
    if odd:
        yield heading(_("Waivers to look at").upper())
        for waiver in odd:
            yield safe_text(f"{waiver.place}: {'; '.join(said_of(waiver))}", "yellow", LONG)
            yield Indented(_waiver(waiver), 2)
    if audit.supposed_days_off:
        yield heading(_("Supposed days off").upper())
        yield safe_text(
            _("Working days on which a person did nothing; what was owed each day is unknown there."), "dim"
        )
        yield pairs((who, _days(days, view)) for who, days in sorted(audit.supposed_days_off.items()))


def said_of(waiver: Waiver) -> tuple[str, ...]:
    """What is to be looked at in a waiver."""
    states = {"expired": (_("expired"),), "unused": (_("excused nothing"),)}
    return (*states.get(waiver.state, ()), *(remark.text for remark in waiver.remarks))


def _waiver(waiver: Waiver) -> Text:
    whom = ", ".join(part for part in (waiver.clause, waiver.deal, waiver.manager) if part)
    form = _("{what} until {day}, approved by {who}: {reason}")
    return safe_text(form.format(what=whom, day=day(waiver.until), who=waiver.approved_by, reason=waiver.reason))


def _days(days: Sequence[date], view: View) -> Text:
    first = view.first(days, FEW)
    shown = ", ".join(map(day, first))
    more = len(days) - len(first)
    rest = ngettext("and {n} more day", "and {n} more days", more).format(n=decimal(more)) if more > 0 else ""
    return safe_text(f"{shown} {rest}".strip(), most=LONG)
