"""Counts of duties per manager, clause and verdict, from the arrays: no row is made of what is only counted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from auditor.audit.request import Request
from auditor.audit.result import COUNTS
from auditor.audit.timeline import code_of
from auditor.log import Log
from auditor.log.columns import Bools, Ints
from auditor.log.kinds import DAY, EPOCH_SECONDS
from auditor.patterns.core.duties import Duties, Verdict
from auditor.rules import Clause, Role
from auditor.spelling import folded

SCORE_COLUMNS = ("manager", "department", "role", "clause", "severity", *COUNTS)
CATEGORY = np.array([[0] * 4, [0, 1, 2, 3], [4] * 4, [5] * 4, [6] * 4])
"""By verdict and how the column of `COUNTS`."""


def in_scope(log: Log, request: Request, duties: Duties) -> Duties:
    """The duties that the user asked for: of that deal, manager or department, with their due day in the period."""
    asked = list(_asked(log, request, duties))
    return duties.taken(np.flatnonzero(np.logical_and.reduce(asked))) if asked else duties


def _asked(log: Log, request: Request, duties: Duties) -> Iterator[Bools]:
    facts = log.facts
    if request.record:
        yield duties.deal == code_of(log, request.record)
    if request.managers:
        yield np.isin(duties.person, [facts.codes.get(folded(name), -2) for name in request.managers])
    if request.department:
        wanted = folded(request.department)
        yield np.isin(duties.person, [code for code, name in facts.departments.items() if folded(name) == wanted])
    if request.since:
        yield _days(log, duties) >= _day(request.since)
    if request.until:
        yield _days(log, duties) <= _day(request.until)


def _days(log: Log, duties: Duties) -> Ints:
    """Per duty the day it fell due; as-of's for pending ones."""
    return np.where(duties.verdict == Verdict.PENDING, log.as_of, np.minimum(duties.due, log.as_of)) // DAY


def _day(value: date) -> int:
    return int(np.datetime64(value, "s").astype(np.int64) - EPOCH_SECONDS) // DAY


@dataclass(frozen=True, eq=False)
class Tally:
    """How many duties of a clause got which verdict: a row per accountable person, a column per entry of `COUNTS`."""

    clause: Clause
    persons: Ints
    counts: Ints


def tally(log: Log, clause: Clause, duties: Duties) -> Tally:
    """The counts of everybody who has a duty of the clause."""
    people, kinds = len(log.facts.people) + 1, len(COUNTS)
    # column of COUNTS and person as one number: one bincount fills the whole table
    cell = CATEGORY[duties.verdict, duties.how] * people + duties.person + 1
    table = np.bincount(cell, minlength=kinds * people).reshape(kinds, people)
    persons = np.flatnonzero(table.any(axis=0))
    return Tally(clause, persons - 1, table[:, persons].T)


def scores_of(log: Log, tallies: Sequence[Tally]) -> pd.DataFrame:
    """One row per clause and accountable person, with the columns of `Audit.scores`."""
    rows = [
        (
            person_name(log, person), log.facts.departments.get(person, ""),
            answers_as(log, tally.clause, person), tally.clause.code, tally.clause.severity.value, *counts,
        )
        for tally in tallies
        for person, counts in zip(tally.persons.tolist(), tally.counts.tolist(), strict=True)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(SCORE_COLUMNS))


def answers_as(log: Log, clause: Clause, person: "int | np.integer") -> str:
    """The role under which somebody answers: the clause's; a head who holds a manager's deal under his own."""
    if clause.role == Role.MANAGER and log.facts.roles.get(int(person)) == Role.HEAD:
        return Role.HEAD.value
    return clause.role.value


def person_name(log: Log, code: "int | np.integer") -> str:
    """A person's name; empty for nobody by name."""
    return log.facts.people[code] if code >= 0 else ""
