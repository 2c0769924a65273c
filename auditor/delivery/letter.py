"""What one person is told, composed once for all ways to him."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from auditor.audit.choice import RANK
from auditor.audit.result import Audit
from auditor.delivery.recipients import Audience, Recipient
from auditor.history.changes import Group
from auditor.i18n import _, ngettext, quoted
from auditor.reports import words
from auditor.reports.amounts import day, decimal, lapse, moment
from auditor.reports.rows import Row, shown_rows
from auditor.reports.safe import no_link, short
from auditor.rules import Severity
from auditor.spelling import capital

TOLD = (Group.NEW, Group.REOPENED, Group.CLOSED_LATE, Group.OPEN)
"""In this order; what stays open is told once a week."""
TITLE, LONG = 80, 300


@dataclass(frozen=True)
class Item:
    """A violation; `link`: an address that the settings made, or empty."""

    head: str
    why: str
    high: bool = False
    link: str = ""


@dataclass(frozen=True)
class Section:
    """The first violations of a group, under its title with their number in all."""

    title: str
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Letter:
    """All of it plain text, in which nothing of a CRM is markup or a link; `more`: where the rest is to be seen."""

    subject: str
    title: str
    faults: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    more: str = ""
    link: str = ""

    @property
    def text(self) -> str:
        """As a messenger and a mail without HTML show it."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        yield self.title
        if self.faults:
            yield from ("", _("What went wrong"), *(f"• {fault}" for fault in self.faults))
        for section in self.sections:
            yield from ("", section.title)
            for item in section.items:
                yield f"{'❗' if item.high else '•'} {item.head}"
                yield from [f"   {item.why}"] if item.why else ()
        yield from ["", self.more] if self.more else ()
        yield from ["", self.link] if self.link else ()


@dataclass(frozen=True)
class Told:
    """What is to be told: the audit of what is his to see (None: nothing was judged), what became of its duties by
    their ids, and what went wrong; `first`: there was no night before."""

    audit: Audit | None
    groups: Mapping[str, Group]
    faults: Sequence[str] = ()
    first: bool = False


@dataclass(frozen=True)
class Shape:
    """`items`: so many violations stand in it; `rest`: where the others are; `link`: of the reports; `linked`: deals
    have an address that the settings made."""

    items: int = 10
    rest: str = ""
    link: str = ""
    linked: bool = False


def composed(to: Recipient, told: Told, shape: Shape) -> Letter:
    faults = tuple(no_link(short(fault, LONG)) for fault in told.faults)
    if told.audit is None:
        return Letter(_("The nightly audit failed"), _("The nightly audit failed: nothing was judged."), faults)
    found = _in_order(told.audit.duties, told.groups)
    shown = found.head(shape.items)
    counts, rows = found["group"].value_counts(), list(shown_rows(told.audit.tell(shown)))
    items = [(told.groups[row.id], _item(row, to, told.audit.hours_a_day, shape)) for row in rows]
    return Letter(
        _subject(told.audit, counts, faults),
        _title(to, told),
        faults,
        tuple(_section(group, counts[group], items) for group in TOLD if group in counts),
        _rest(len(found) - len(shown), shape.rest),
        shape.link,
    )


def _in_order(duties: pd.DataFrame, groups: Mapping[str, Group]) -> pd.DataFrame:
    """The duties to tell with their group: as `TOLD` has them, what weighs most first, the oldest first."""
    found = duties[duties["id"].isin(list(groups))]
    found = found.assign(group=[groups[id] for id in found["id"]], when=found["due"].fillna(found["arose"]))
    order = found.assign(group=found["group"].map(TOLD.index), severity=found["severity"].map(_rank))
    return found.loc[order.sort_values(["group", "severity", "when", "id"], kind="stable").index]


def _rank(severity: str) -> int:
    return RANK[Severity(severity)]


def _section(group: Group, number: int, items: Iterable[tuple[Group, Item]]) -> Section:
    title = f"{capital(words.group(group))} — {decimal(number)}"
    return Section(title, tuple(item for of, item in items if of == group))


def _item(row: Row, to: Recipient, hours_a_day: float, shape: Shape) -> Item:
    who = row.manager if to.audience != Audience.OWN else ""
    parts = (words.record(row.entity, row.deal), row.title, who, _when(row), lapse(row, hours_a_day), row.clause)
    head = " · ".join(no_link(short(part, TITLE)) for part in parts if part)
    return Item(head, no_link(short(row.why, LONG)), row.severity == "high", row.link if shape.linked else "")


def _when(row: Row) -> str:
    """The due; what was judged at a moment has none."""
    if row.due is None:
        return ""
    return moment(row.due) if row.how == "forbidden" else _("due {due}").format(due=moment(row.due))


def _subject(audit: Audit, counts: "pd.Series[int]", faults: Sequence[str]) -> str:
    told = [f"{words.group(group)} {decimal(counts[group])}" for group in TOLD if group in counts]
    parts = [*told, *([_("not all went well")] if faults else [])] or [_("nothing new")]
    return _("Violations on {day}: {what}").format(day=day(audit.as_of), what=", ".join(parts))


def _title(to: Recipient, told: Told) -> str:
    assert told.audit is not None
    when = _("as of {moment}").format(moment=moment(told.audit.as_of))
    first = _("The first night: whatever is violated now is new.")
    return f"{_whose(to)} · {when}" + (f"\n{first}" if told.first else "")


def _whose(to: Recipient) -> str:
    if to.audience == Audience.OWN:
        return _("Your violations")
    if to.audience == Audience.DEPARTMENT:
        return _("Violations of the department {name}").format(name=quoted(no_link(short(to.department, TITLE))))
    return _("Violations of all")


def _rest(number: int, where: str) -> str:
    if not number:
        return ""
    text = ngettext("and {n} more violation", "and {n} more violations", number).format(n=decimal(number))
    return f"{text}: {where}" if where else text
