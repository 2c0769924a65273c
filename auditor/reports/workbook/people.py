"""A sheet per person: what he owes next, then what he violated, what was waived, and the rest if it was asked for."""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby

import numpy as np
import pandas as pd

from auditor.audit.result import Audit
from auditor.i18n import _, ngettext
from auditor.reports import words
from auditor.reports.amounts import decimal, violations
from auditor.reports.counts import Score
from auditor.reports.findings import Acts
from auditor.reports.header import header, kept
from auditor.reports.places import places
from auditor.reports.rows import Row, pieces, shown_rows
from auditor.reports.scoreboard import named
from auditor.reports.summary import GRADES, KEYS, Summary, texts_of
from auditor.reports.workbook.book import Book, Cell, Lines, Link, Value
from auditor.reports.workbook.lists import Column, Listing
from auditor.rules import Severity
from auditor.spelling import capital

MOST_SHEETS = 100
"""People with a sheet of their own: each is an open file while the workbook is written. The others share one."""
VERDICTS = ("pending", "violated", "waived", "unknown", "met")
"""In this order."""
PRINTED = 11
"""Columns that are printed; what helps to look into a duty stands to the right of them."""
ALL_PLACES = 20


def write_people(book: Book, audit: Audit, summary: Summary) -> None:
    """The sheets of all who have duties that a report lists, in the order of the front sheet's tables."""
    scores = (*summary.managers, *summary.roles)
    columns, head = _columns(audit), _under_the_name(audit, summary)
    for number, duties in groupby(_rows(audit, scores), key=lambda pair: pair[0]):
        rows = (row for _number, row in duties)
        alone = number < MOST_SHEETS
        title = named(scores[number]) if alone else _("Other people")
        above = [*(_sum(scores[number]) if alone else ()), *head]
        Listing(title, above, columns, PRINTED).write(book, rows)


def _rows(audit: Audit, scores: tuple[Score, ...]) -> Iterator[tuple[int, Row]]:
    """Each duty with the number of its sheet, sheet by sheet in the order of the lists."""
    numbers = {score.person: min(number, MOST_SHEETS) for number, score in enumerate(scores)}
    for piece in pieces(audit, _in_order(audit.duties, scores)):
        for row in shown_rows(piece):
            yield numbers[row.manager, row.department, row.role], row


def _in_order(duties: pd.DataFrame, scores: Iterable[Score]) -> pd.DataFrame:
    """By person and verdict; what is owed by its due, violations by severity; else as they stood."""
    persons = pd.MultiIndex.from_tuples([score.person for score in scores], names=KEYS)
    person = persons.get_indexer(pd.MultiIndex.from_frame(duties[KEYS].astype(object).fillna("")))
    verdict, grade = _places(duties["verdict"], VERDICTS), _places(duties["severity"], GRADES)
    owed = np.where(duties["verdict"] == "pending", duties["due"].to_numpy("datetime64[s]"), np.datetime64(0, "s"))
    return duties.iloc[np.lexsort((np.where(verdict == 1, grade, 0), owed, verdict, person))]


def _places(values: "pd.Series[str]", order: Iterable[str]) -> "np.ndarray":
    return pd.Index(order).get_indexer(pd.Index(values))


def _sum(score: Score) -> Iterator[Cell]:
    """What the person's list holds, in figures."""
    counts, important = score.counts, score.by_severity[Severity.HIGH]
    parts = [
        violations(counts.violated),
        ngettext("{n} of high severity", "{n} of high severity", important).format(n=decimal(important)),
        kept(counts),
        _("{n} ahead").format(n=decimal(counts.pending)),
    ]
    yield " · ".join(parts), "bold"


def _under_the_name(audit: Audit, summary: Summary) -> list[Cell]:
    """By which regulation, as of when, and what narrows the report."""
    [head, *_crashes] = header(audit, summary)
    return [(line, "note") for line in head.plain.strip().splitlines()[:3]]


def _columns(audit: Audit) -> tuple[Column[Row], ...]:
    texts, one_file = texts_of(audit), len({source.file for source in audit.inputs}) == 1
    acts = Acts(audit.duties, texts)
    verdict, how, severity, unit = map(cache, (words.verdict, words.how, words.severity, words.unit))

    def seen(row: Row) -> str:
        return places(row.evidence, one_file=one_file, few=ALL_PLACES)

    return (
        Column(_("Verdict"), 12, lambda row: row.verdict, lambda row: capital(verdict(row.verdict))),
        Column(_("How"), 14, "text", lambda row: how(row.how)),
        Column(_("Severity"), 10, _grade, lambda row: severity(row.severity)),
        Column(_("Clause"), 10, "text", lambda row: row.clause),
        Column(_("Deal or lead"), 14, "text", _deal),
        Column(_("Title"), 26, "wrapped", lambda row: row.title),
        Column(_("Due"), 16, "moment", lambda row: row.due),
        Column(_("Overrun"), 11, "amount", lambda row: row.overrun),
        Column(_("Unit"), 12, "wrapped indent", lambda row: unit(row.unit) if row.overrun else ""),
        Column(_("What happened"), 64, "wrapped", lambda row: row.why),
        Column(_("Source rows"), 24, "wrapped", seen),
        Column(_("What it asks"), 80, "wrapped", lambda row: texts[row.clause]),
        Column(_("Checklist"), 100, "wrapped", _checklist),
        Column(_("The same act breaks"), 30, "wrapped", lambda row: tuple(acts.others(row))),
        Column(_("Arose"), 16, "moment", lambda row: row.arose),
        Column(_("Done"), 16, "moment", lambda row: row.met_at),
        Column(_("Measured"), 10, "amount", lambda row: row.measured),
        Column(_("Limit"), 10, "amount", lambda row: row.limit),
        Column(_("Amount of the open deal"), 14, "money", lambda row: row.at_stake),
        Column(_("Suspicious"), 30, "wrapped", lambda row: tuple(map(words.suspect, row.suspect))),
        Column(_("Waiver"), 30, "wrapped", _waiver),
        Column(_("Manager"), 22, "text", lambda row: row.manager),
        Column(_("Department"), 18, "text", lambda row: row.department),
        Column(_("Duty id"), 18, "text", lambda row: row.id),
    )


def _grade(row: Row) -> str:
    return "high" if row.severity == "high" else "text"


def _deal(row: Row) -> Value:
    text = words.record(row.entity, row.deal)
    return Link(text, row.link) if row.link else text


def _checklist(row: Row) -> Lines:
    """A line per finding, with its mark and its words."""
    form = _("{mark} {what} — {found}, needed: {needed}")
    return tuple(form.format(mark=words.SIGNS[line.holds], **line._asdict()) for line in row.findings)


def _waiver(row: Row) -> str:
    return f"{row.waiver.approved_by}: {row.waiver.reason}" if row.waiver else ""
