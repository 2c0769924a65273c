"""What counts as done by the letter and is odd: who, what, how often, and in which deals to look."""

from collections import defaultdict
from collections.abc import Iterator

from rich.console import RenderableType

from auditor.audit.result import Suspected
from auditor.i18n import _, ngettext
from auditor.reports import words
from auditor.reports.amounts import decimal
from auditor.reports.console import heading, lines, pairs, safe_text
from auditor.reports.summary import Summary
from auditor.reports.view import View

FEW = 10


def suspected(summary: Summary, view: View) -> Iterator[RenderableType]:
    """A line per person, clause and oddity, those that repeat most first."""
    if not summary.suspected:
        return
    yield heading(_("Counted as done, but suspicious").upper())
    found: dict[str, list[Suspected]] = defaultdict(list)
    shown = view.first(sorted(summary.suspected, key=lambda each: -each.times), FEW)
    for each in shown:
        found[each.manager or _("nobody by name")].append(each)
    yield pairs([(who, lines(safe_text(_line(each)) for each in theirs)) for who, theirs in found.items()], by=2)
    more = len(summary.suspected) - len(shown)
    if more > 0:
        rest = ngettext("… and {n} more line.", "… and {n} more lines.", more).format(n=decimal(more))
        yield safe_text(f"{rest} --full", "dim")
    yield safe_text(_("Each of them: --all-duties. Not to count them: --strict."), "dim")


def _line(each: Suspected) -> str:
    times = ngettext("{n} time", "{n} times", each.times).format(n=decimal(each.times))
    more = each.times - len(each.deals)
    rest = ngettext("and {n} more", "and {n} more", more).format(n=decimal(more)) if more > 0 else ""
    deals = f"{', '.join(each.deals)} {rest}".strip()
    return f"{each.clause} · {words.suspect(each.suspect)} — {times}: {deals}"
