"""What a page shows day by day: violations as bars, and what is owed."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

import pandas as pd
from pandas.tseries.frequencies import to_offset

from auditor.audit.result import Audit
from auditor.i18n import _
from auditor.reports import words
from auditor.reports.amounts import day, days
from auditor.reports.rows import Row, column, shown_rows
from auditor.reports.summary import GRADES, ahead_of, violations_by_day

MOST_BARS = 100
SOON = timedelta(days=31)
"""Due days so near are named."""
STEPS = {"D": 1, "W-MON": 7, "MS": 31, "YS": 366}
"""How much time a bar stands for, by pandas' name of it, and the days in it."""


@dataclass(frozen=True)
class Bar:
    """Violations of a time: all, and by severity, high first. `place`: which bar it is, from 0."""

    place: int
    label: str
    by_severity: dict[str, int]

    @property
    def violated(self) -> int:
        return sum(self.by_severity.values())


def bars(audit: Audit) -> list[Bar]:
    """Day by day, where that would be too many week by week, month by month, year by year."""
    found = violations_by_day(audit)
    if found.empty:
        return []
    span = (found.index[-1] - found.index[0]).days
    step = next((step for step, long in STEPS.items() if span / long < MOST_BARS), "YS")
    summed = found.resample(step, closed="left", label="left").sum()
    return [
        Bar(place, _label(at, step), dict(zip(GRADES, numbers, strict=True)))
        for place, (at, *numbers) in enumerate(summed.itertuples(name=None))
    ]


def _label(first: pd.Timestamp, step: str) -> str:
    last = first + to_offset(step) - pd.Timedelta(days=1)
    return days(first.date(), last.date())


@dataclass(frozen=True)
class Owed:
    """What is owed on a day: how much in all, and the first of it."""

    label: str
    number: int
    rows: list[Row]


def owed_by_day(audit: Audit, most: int) -> list[Owed]:
    """Due day by due day, those further ahead together; so many rows at most of all days."""
    owed, today = ahead_of(audit), audit.as_of.date()
    numbers = Counter(_due(due, today) for due in column(owed, "due"))
    shown = groupby(shown_rows(audit.tell(owed.head(most))), lambda row: _due(row.due, today))
    rows = {label: list(theirs) for label, theirs in shown}
    return [Owed(label, number, rows.get(label, [])) for label, number in numbers.items()]


def _due(due: datetime | None, today: date) -> str:
    if due is None:
        return _("without a due date")
    if due.date() - today > SOON:
        return _("later")
    named = f"{words.weekday(due)} {day(due)}"
    return f"{named} · {words.period('today')}" if due.date() == today else named
