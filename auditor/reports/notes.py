"""What stands at the end of a report: waivers that did nothing, days on which a manager did nothing."""

from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import RenderableType
from rich.text import Text

from auditor.audit.result import Audit, Waiver
from auditor.i18n import _, ngettext
from auditor.reports.amounts import day, decimal
from auditor.reports.console import heading, pairs, safe_text
from auditor.reports.view import View

FEW = 10
LONG = 4000


def notes(audit: Audit, view: View) -> Iterator[RenderableType]:
    """Idle waivers and supposed days off, where there are any."""
    idle = [waiver for waiver in audit.waivers if waiver.state != "used"]
    if idle:
        yield heading(_("Waivers that excused nothing").upper())
        yield pairs((_state(waiver), _waiver(waiver)) for waiver in idle)
    if audit.supposed_days_off:
        yield heading(_("Supposed days off").upper())
        yield safe_text(
            _("Working days on which a person did nothing; what was owed each day is unknown there."), "dim"
        )
        yield pairs((who, _days(days, view)) for who, days in sorted(audit.supposed_days_off.items()))


def _state(waiver: Waiver) -> str:
    return _("expired") if waiver.state == "expired" else _("unused")


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
