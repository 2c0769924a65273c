"""Duties and counts as Parquet tables for BI: a star of two tables of facts and the three that they point to."""

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
from pyarrow.parquet import ParquetWriter

from auditor.audit.result import COUNTS, Audit
from auditor.i18n import clause_text
from auditor.reports.counts import Person
from auditor.reports.rows import column, pieces
from auditor.reports.safe import clean
from auditor.reports.summary import KEYS, summary_of, texts_of

TEXT, NUMBER, COUNT, DAY, MOMENT = pa.string(), pa.float64(), pa.int64(), pa.date32(), pa.timestamp("ms")
WORD = pa.dictionary(pa.int32(), pa.string())
"""A text that comes up again and again."""

SCHEMAS: Mapping[str, pa.Schema] = {
    "duties": pa.schema({
        "id": TEXT, "as_of": MOMENT, "clause": WORD, "manager_key": WORD, "day": DAY, "severity": WORD, "entity": WORD,
        "deal": TEXT, "title": TEXT, "link": TEXT, "arose": MOMENT, "due": MOMENT, "met_at": MOMENT, "verdict": WORD,
        "how": WORD, "measured": NUMBER, "limit": NUMBER, "unit": WORD, "overrun": NUMBER, "at_stake": NUMBER,
        "why": TEXT, "incident": TEXT, "suspect": WORD, "approved_by": WORD, "waiver_reason": TEXT, "evidence": TEXT,
    }),
    "scores": pa.schema({
        "as_of": MOMENT, "clause": WORD, "manager_key": WORD, "severity": WORD, "violated": COUNT,
        **dict.fromkeys(COUNTS, COUNT),
    }),
    "clauses": pa.schema({
        "clause": TEXT, "regulation": WORD, "chapter": WORD, "text": TEXT, "severity": WORD, "status": WORD,
        "why": TEXT,
    }),
    "managers": pa.schema({"manager_key": TEXT, "manager": TEXT, "department": WORD, "role": WORD}),
    "days": pa.schema({
        "day": DAY, "year": COUNT, "quarter": COUNT, "month": COUNT, "week": COUNT, "weekday": COUNT,
    }),
}  # fmt: skip
"""The columns of each table, a file of its name; texts that are empty are missing."""

Columns = Mapping[str, Iterable[Any]]


def write_star(audit: Audit, folder: Path) -> None:
    """Each table as a file of the folder: all duties that the audit lists, and all that it counts."""
    _write(folder, "duties", (_duties(audit, piece) for piece in pieces(audit)))
    for name, rows in (("scores", _scores), ("clauses", _clauses), ("managers", _managers), ("days", _days)):
        frame = pd.DataFrame(list(rows(audit)), columns=SCHEMAS[name].names, dtype=object)
        _write(folder, name, ({column: frame[column].tolist() for column in SCHEMAS[name].names},))


def _write(folder: Path, name: str, parts: Iterable[Columns]) -> None:
    schema = SCHEMAS[name]
    with (folder / f"{name}.parquet").open("wb") as file:
        with ParquetWriter(file, schema) as writer:
            for columns in parts:
                writer.write_table(pa.table([_cells(columns[each.name], each.type) for each in schema], schema))
        file.flush()
        os.fsync(file.fileno())


def _cells(values: Iterable[Any], kind: pa.DataType) -> pa.Array:
    if kind in (TEXT, WORD):
        return pa.array(map(cache(lambda text: clean(text) or None), values), TEXT).cast(kind)
    return pa.array(values, kind)


def _duties(audit: Audit, duties: pd.DataFrame) -> Columns:
    """Duties that are told."""
    waivers = column(duties, "waiver")
    made: Columns = {
        "as_of": [audit.as_of] * len(duties),
        "manager_key": _manager_keys(duties),
        "day": _days_of(duties).to_numpy("datetime64[D]"),
        "suspect": [", ".join(flags) for flags in column(duties, "suspect")],
        "approved_by": [waiver.approved_by if waiver else "" for waiver in waivers],
        "waiver_reason": [waiver.reason if waiver else "" for waiver in waivers],
        "evidence": ["; ".join(map(str, places)) for places in column(duties, "evidence")],
    }
    return {**{name: column(duties, name) for name in SCHEMAS["duties"].names if name not in made}, **made}


def _days_of(duties: pd.DataFrame) -> "pd.Series[Any]":
    """The moment of the due; of what has none, that at which it arose."""
    return pd.to_datetime(duties["due"]).fillna(pd.to_datetime(duties["arose"]))


def _manager_keys(rows: pd.DataFrame) -> list[str]:
    return [_key(person) for person in zip(*(column(rows, name) for name in KEYS), strict=True)]


def _key(person: Person) -> str:
    """Role, department and name: what a duty and a person have in common."""
    manager, department, role = person
    return f"{role}|{department}|{manager}"


def _scores(audit: Audit) -> Iterator[tuple[Any, ...]]:
    """What each person did of each clause."""
    counted = audit.scores[["clause", "severity", *COUNTS]].itertuples(index=False, name=None)
    for key, (clause, severity, met, late, missed, forbidden, *others) in zip(
        _manager_keys(audit.scores), counted, strict=True
    ):
        violated = late + missed + forbidden
        yield audit.as_of, clause, key, severity, violated, met, late, missed, forbidden, *others


def _clauses(audit: Audit) -> Iterator[tuple[Any, ...]]:
    """Those that were checked and those that could not be, graded as they were judged."""
    graded = {score.clause: score.severity for score in summary_of(audit).clauses}
    texts, covered = texts_of(audit), {coverage.clause: coverage for coverage in audit.coverage}
    for regulation in audit.regulations:
        for clause in regulation.clauses:
            if coverage := covered.get(clause.code):
                chapter = clause.code[:-2]
                title = clause_text(chapter, regulation.chapters.get(chapter, ""))
                severity = graded.get(clause.code, clause.severity.value)
                yield clause.code, regulation.code, title, texts[clause.code], severity, coverage.status, coverage.why


def _managers(audit: Audit) -> Iterator[tuple[str, ...]]:
    """Everybody who has a duty, of every role; nobody by name has no name."""
    for person in dict.fromkeys(zip(*(column(audit.scores, name) for name in KEYS), strict=True)):
        yield _key(person), *person


def _days(audit: Audit) -> Iterator[tuple[date | int, ...]]:
    """Every day from the first to the last, without a gap: those of the duties, and that of the audit."""
    known = pd.concat([_days_of(audit.duties), pd.Series([pd.Timestamp(audit.as_of)])])
    for each in pd.date_range(known.min().normalize(), known.max().normalize()):
        _year, week, weekday = each.isocalendar()
        yield each.date(), each.year, each.quarter, each.month, week, weekday
