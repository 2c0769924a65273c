"""The duties that are owed, soonest first, under the names of those who owe them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

import pandas as pd

from auditor.audit.result import Audit, Scope
from auditor.i18n import _
from auditor.reports.counts import Person, Score
from auditor.reports.rows import Row, shown_rows
from auditor.reports.scoreboard import named
from auditor.reports.summary import texts_of

WHEN = ("overdue", "today", "tomorrow", "this_week", "next_week", "later")
"""In which time a duty falls due, seen from the day of the audit; `overdue`: it did today, and is not done."""


@dataclass(frozen=True)
class Owed:
    """A duty that is owed: in which time of `WHEN` it is due, the share of its time that is used up (None: unknown),
    and its clause's sentence."""

    duty: Row
    when: str
    used: float | None
    text: str


@dataclass(frozen=True)
class Debtor:
    """Somebody's duties, soonest first."""

    person: Person
    owed: tuple[Owed, ...]

    @property
    def name(self) -> str:
        """As a list names him."""
        return named(Score(*self.person, ()))

    @property
    def counts(self) -> Mapping[str, int]:
        """How many are due in each time of `WHEN`."""
        return Counter(each.when for each in self.owed)


@dataclass(frozen=True)
class Agenda:
    """Everybody's duties, those first whose duties are due first."""

    as_of: datetime
    timezone: str
    scope: Scope
    debtors: tuple[Debtor, ...]

    @property
    def owed(self) -> tuple[Owed, ...]:
        """All of them, soonest first."""
        return tuple(sorted((each for debtor in self.debtors for each in debtor.owed), key=_soonest))


def agenda_of(audit: Audit) -> Agenda:
    """What is pending as of the audit, and what was missed on its very day."""
    duties, texts = _owed(audit.duties, audit.as_of.date()), texts_of(audit)
    used = audit.used_up(duties).tolist()
    owed = [
        Owed(duty, _when(duty.due, audit.as_of), None if share != share else share, texts[duty.clause])
        for duty, share in zip(shown_rows(audit.tell(duties)), used, strict=True)
    ]
    return Agenda(audit.as_of, audit.timezone, audit.scope, tuple(_debtors(owed)))


def _owed(duties: pd.DataFrame, today: date) -> pd.DataFrame:
    """The pending ones, and those missed today; what was judged at its trigger is over, and no longer owed."""
    due_today = duties["due"].dt.normalize() == pd.Timestamp(today)
    missed = duties["how"].eq("missed") & duties["verdict"].eq("violated") & (duties["due"] > duties["arose"])
    return duties[duties["verdict"].eq("pending") | (missed & due_today)]


def _when(due: datetime | None, as_of: datetime) -> str:
    if due is None:
        return "later"
    today, day = as_of.date(), due.date()
    sunday = today + timedelta(6 - today.weekday())
    times = (
        (due < as_of, "overdue"),
        (day <= today, "today"),
        (day <= today + timedelta(1), "tomorrow"),
        (day <= sunday, "this_week"),
        (day <= sunday + timedelta(7), "next_week"),
    )
    return next((when for holds, when in times if holds), "later")


def _debtors(owed: Iterable[Owed]) -> list[Debtor]:
    def person(each: Owed) -> Person:
        return each.duty.manager, each.duty.department, each.duty.role

    found = groupby(sorted(owed, key=lambda each: (person(each), _soonest(each))), key=person)
    debtors = [Debtor(name, tuple(theirs)) for name, theirs in found]
    return sorted(debtors, key=lambda debtor: (_soonest(debtor.owed[0]), debtor.person))


def _soonest(each: Owed) -> tuple[datetime, str, str]:
    return each.duty.due or datetime.max, each.duty.deal, each.duty.clause


def when_words(when: str) -> str:
    """«Сегодня»."""
    return {
        "overdue": _("Overdue today"),
        "today": _("Today"),
        "tomorrow": _("Tomorrow"),
        "this_week": _("This week"),
        "next_week": _("Next week"),
        "later": _("Later"),
    }[when]
