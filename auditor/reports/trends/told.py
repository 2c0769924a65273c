"""What the history tells night by night: the titles of its numbers, and what is said of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.history.past import Past, Pile, Trend
from auditor.i18n import _, ngettext
from auditor.reports import words
from auditor.reports.amounts import day, days, decimal, moment, percent
from auditor.spelling import capital


@dataclass(frozen=True)
class Line:
    """A trend under its title; `share`: of shares, not of counts."""

    title: str
    trend: Trend
    share: bool = False

    def text(self, value: float | None) -> str:
        """The number as people read it; a dash for None."""
        return percent(value) if self.share or value is None else decimal(value)


@dataclass(frozen=True)
class Chart:
    """Lines that are drawn together."""

    title: str
    lines: tuple[Line, ...]


def scope(past: Past) -> tuple[str, str, str]:
    """How many nights, from when to when, and as of when the last."""
    nights = ngettext("{n} night", "{n} nights", len(past.days)).format(n=decimal(len(past.days)))
    last = _("the last as of {moment} ({zone})").format(moment=moment(past.as_of), zone=past.zone)
    return nights, days(past.days[0], past.days[-1]), last


def charts(past: Past) -> tuple[Chart, ...]:
    """All numbers of the nights: what became of violations, what is open, what share was kept."""
    became = tuple(Line(capital(words.group(group)), trend) for group, trend in past.became.items())
    still = (Line(capital(_("not done")), past.open), *_old(past.pile))
    kept = (Line(capital(_("kept")), past.compliance, share=True),)
    return (
        Chart(_("What became of violations"), became),
        Chart(_("Open violations"), still),
        Chart(_("Kept"), kept),
    )


def _old(pile: Pile | None) -> Iterator[Line]:
    if pile:
        yield Line(capital(_("of these due before {day}").format(day=day(pile.since))), pile.trend)


def shares(past: Past) -> dict[str, Sequence[Trend]]:
    """By title what share managers, departments and clauses kept, those of which something is known."""
    found = {
        _("Managers"): past.managers,
        _("Departments"): past.departments if len(past.departments) > 1 else (),
        _("Clauses"): sorted(past.clauses, key=worst_first),
    }
    known = {title: [trend for trend in trends if trend.known] for title, trends in found.items()}
    return {title: trends for title, trends in known.items() if trends}


def worst_first(trend: Trend) -> tuple[float, str]:
    return trend.known[-1] if trend.known else 1, trend.name


def notes(past: Past) -> Iterator[str]:
    """The pace of the old pile, and the nights from which another rule judges, the latest first."""
    if past.pile:
        form = _("Due before {day} and not done: {told}.")
        yield form.format(day=day(past.pile.since), told=pace(past.pile))
    for when, codes in [*past.rule_changes.items()][::-1]:
        yield rule_change(day(when), ", ".join(codes))


def rule_change(when: str, codes: str) -> str:
    what = _("{day}: another rule judges {codes}; before and after cannot be compared.")
    return what.format(day=when, codes=codes)


def pace(pile: Pile) -> str:
    parts = [from_to(pile.trend)]
    if pile.per_week and pile.trend.known[-1]:
        form = _("{n} fewer a week") if pile.per_week > 0 else _("{n} more a week")
        parts.append(form.format(n=decimal(round(abs(pile.per_week), 1))))
        parts.append(_("at this pace none by {day}").format(day=day(pile.ends)) if pile.ends else "")
    return ", ".join(filter(None, parts))


def from_to(trend: Trend) -> str:
    known = trend.known
    return f"{decimal(known[0])} → {decimal(known[-1])}" if known else "—"


def shares_from_to(trend: Trend) -> str:
    known = trend.known
    return f"{percent(known[0])} → {percent(known[-1])}" if known else "—"
