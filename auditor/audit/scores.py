"""Duties added up per manager and clause, before any of them is turned into a row."""

from datetime import date

import numpy as np
import pandas as pd

from auditor.audit.request import Request
from auditor.audit.result import COUNTS
from auditor.log import Log
from auditor.log.columns import Bools
from auditor.log.kinds import DAY, EPOCH_SECONDS
from auditor.patterns.duties import Duties, Verdict
from auditor.rules import Clause
from auditor.spelling import folded

SCORE_COLUMNS = ("manager", "department", "role", "clause", "severity", *COUNTS)


def in_scope(log: Log, request: Request, duties: Duties) -> Bools:
    """The duties that the user asked for: of that manager or department, with their due day in the period."""
    facts = log.facts
    result = np.ones(len(duties), np.bool_)
    if request.manager:
        result &= duties.person == facts.codes.get(folded(request.manager), -2)
    if request.department:
        wanted = folded(request.department)
        members = [code for code, name in facts.departments.items() if folded(name) == wanted]
        result &= np.isin(duties.person, members)
    day = np.where(duties.verdict == Verdict.PENDING, log.as_of, np.minimum(duties.due, log.as_of)) // DAY
    if request.since:
        result &= day >= _day(request.since)
    if request.until:
        result &= day <= _day(request.until)
    return result


def _day(value: date) -> int:
    return int(np.datetime64(value, "s").astype(np.int64) - EPOCH_SECONDS) // DAY


def scores_of(log: Log, clause: Clause, duties: Duties) -> pd.DataFrame:
    """One row per accountable person: how many duties of the clause got which verdict."""
    category = _categories(duties)
    people = len(log.facts.people) + 1
    table = np.bincount((duties.person + 1).astype(np.int64) * len(COUNTS) + category, minlength=people * len(COUNTS))
    table = table.reshape(people, len(COUNTS))
    persons = np.flatnonzero(table.sum(axis=1))
    return pd.DataFrame(
        {
            "manager": [person_name(log, code - 1) for code in persons],
            "department": [log.facts.departments.get(int(code) - 1, "") for code in persons],
            "role": clause.role.value,
            "clause": clause.code,
            "severity": clause.severity.value,
            **dict(zip(COUNTS, table[persons].T, strict=True)),
        }
    )


def _categories(duties: Duties) -> "np.ndarray":
    """Positions in COUNTS."""
    lapse = np.array([0, 1, 2, 3])[duties.how]
    of_verdict = {Verdict.MET: 0, Verdict.PENDING: 4, Verdict.UNKNOWN: 5, Verdict.WAIVED: 6}
    result = lapse.astype(np.int64)
    for verdict, position in of_verdict.items():
        result[duties.verdict == verdict] = position
    return result


def person_name(log: Log, code: "int | np.integer") -> str:
    """A person's name; empty for nobody by name."""
    return log.facts.people[code] if code >= 0 else ""
