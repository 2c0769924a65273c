"""The duties of the page's list, as data for its script: each text stands once, however often it is shown."""

from collections.abc import Iterator
from datetime import datetime
from itertools import takewhile
from typing import Any

import pandas as pd

from auditor.audit.result import Audit
from auditor.reports import words
from auditor.reports.amounts import TO_MINUTES, lapse
from auditor.reports.counts import Score
from auditor.reports.findings import VERDICTS, Acts, excuse, suspicion, when
from auditor.reports.places import places
from auditor.reports.rows import Row, shown_rows
from auditor.reports.safe import short
from auditor.reports.scoreboard import department, named
from auditor.reports.summary import GRADES, texts_of

MOST = 20_000
HEAVIEST = 6_000_000
"""Duties in the list, and characters of their texts: so many a browser sorts and searches at once; a Russian one is two
bytes, so that a page weighs less than 15 MB."""
LONG = 500
EPOCH = datetime(2000, 1, 1)
ORDER = {name: place for names in (VERDICTS, GRADES) for place, name in enumerate(names)}
TEXTS = (
    "verdict", "severity", "when", "manager", "department", "record", "title", "link", "clause", "lapse", "why",
    "evidence",
)  # fmt: skip
OTHERS = ("gravity", "at", "minutes", "notes", "findings")


class Texts:
    """Texts by number, safe to show."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.weight = 0
        self._numbers: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        number = self._numbers.setdefault(text, len(self.shown))
        if number == len(self.shown):
            self.shown.append(short(text, LONG))
            self.weight += len(self.shown[-1])
        return number


def listed(audit: Audit) -> dict[str, Any]:
    """All duties but those ahead, as many as a browser bears: violations first, the graver of them, then the latest.

    `rows`: per duty its `fields`; of these the first so many as `worded` says are numbers of `texts`. `clauses`: per
    code the number of its sentence. `all`: how many duties there are.
    """
    duties, sentences, texts = _ordered(audit.duties), texts_of(audit), Texts()
    listing = Listing(audit, Acts(duties, sentences), texts)
    shown = takewhile(lambda _row: texts.weight < HEAVIEST, shown_rows(audit.tell(duties.head(MOST))))
    rows = [listing.row(row) for row in shown]
    return {
        "fields": TEXTS + OTHERS,
        "worded": len(TEXTS),
        "rows": rows,
        "clauses": {code: texts(sentence) for code, sentence in sentences.items()},
        "texts": texts.shown,
        "all": len(duties),
    }


def _ordered(duties: pd.DataFrame) -> pd.DataFrame:
    shown = duties[duties["verdict"].isin(VERDICTS)].sort_values("due", ascending=False, kind="stable")
    return shown.sort_values(["verdict", "severity"], key=lambda names: names.map(ORDER), kind="stable")


class Listing:
    """How the duties of one audit are listed."""

    def __init__(self, audit: Audit, acts: Acts, texts: Texts) -> None:
        self._hours, self._acts, self._texts = audit.hours_a_day, acts, texts
        self._one_file = len({source.file for source in audit.inputs}) == 1

    def row(self, row: Row) -> list[Any]:
        at = row.due or row.arose
        return [
            *map(self._texts, self._words(row)),
            ORDER[row.severity],
            int((at - EPOCH).total_seconds()) if at else 0,
            abs(row.overrun or 0) * TO_MINUTES.get(row.unit.removeprefix("working_"), 0),
            [self._texts(note) for note in self._notes(row) if note],
            [(*map(self._texts, line[:3]), line.holds) for line in row.findings],
        ]

    def _words(self, row: Row) -> tuple[str, ...]:
        """The texts that `TEXTS` names."""
        judged = row.verdict in ("violated", "waived")
        who = Score(row.manager, row.department, row.role, ())
        return (
            words.verdict(row.verdict),
            words.severity(row.severity),
            when(row),
            named(who),
            department(who),
            words.record(row.entity, row.deal),
            row.title,
            row.link,
            row.clause,
            lapse(row, self._hours) if judged else "",
            row.why,
            places(row.evidence, one_file=self._one_file, few=len(row.evidence)),
        )

    def _notes(self, row: Row) -> Iterator[str]:
        yield from self._acts.others(row)
        yield suspicion(row)
        yield excuse(row)
