"""What a report says of duties: sentences, checklists, numbers and source rows, made where a report shows them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, islice, repeat
from typing import Any

import numpy as np
import pandas as pd

from auditor.audit.coverage import unseen_excuses
from auditor.audit.reported import Reported
from auditor.audit.result import TOLD, Crash
from auditor.i18n import _
from auditor.inputs.tables import Place
from auditor.log import Log
from auditor.log.columns import Ints
from auditor.patterns.core.deadline import measured, schedules_at
from auditor.patterns.core.duties import Duties, Verdict
from auditor.patterns.core.pattern import Details
from auditor.patterns.core.sentences import evidence_of
from auditor.rules import Clause
from auditor.spelling import capital

MOST_EVIDENCE = 20
"""Rows of evidence that a duty shows at most."""


class Telling:
    """Tells of the duties of an audit, clause by clause. `crashes`: the clauses whose words failed so far."""

    def __init__(self, log: Log, parts: Sequence[Reported]) -> None:
        self._log, self._parts = log, parts
        self._starts = np.cumsum([0, *(len(part.duties) for part in parts)])
        self.crashes: list[Crash] = []

    def __call__(self, shown: pd.DataFrame) -> pd.DataFrame:
        """Rows of `Audit.duties` with the columns of `TOLD` beside them."""
        told: dict[str, Any] = {name: np.full(len(shown), None, object) for name in TOLD}
        for here, clause, duties in self._by_clause(shown):
            for name, values in self._of_clause(clause, duties).items():
                told[name][here] = _objects(values)
        # as objects: texts that differ in every row pandas would keep in another form, and take as long again
        return shown.assign(**{name: pd.Series(values, shown.index, object) for name, values in told.items()})

    def used_up(self, shown: pd.DataFrame) -> "np.ndarray":
        """Per row of `Audit.duties` the share of its time, from trigger to due, that is over as of the audit."""
        result = np.full(len(shown), np.nan)
        for here, clause, duties in self._by_clause(shown):
            result[here] = _used_up(self._log, clause, duties)
        return result

    def _by_clause(self, shown: pd.DataFrame) -> Iterator[tuple[Ints, Clause, Duties]]:
        """The rows clause by clause: their places, and the duties that they are of."""
        number = shown["number"].to_numpy(np.int64)
        part = np.searchsorted(self._starts, number, side="right") - 1
        for each in np.unique(part).tolist():
            here = np.flatnonzero(part == each)
            duties = self._parts[each].duties.taken(number[here] - self._starts[each])
            yield here, self._parts[each].clause, duties

    def _of_clause(self, clause: Clause, duties: Duties) -> dict[str, Any]:
        details = self._details(clause, duties)
        return {
            "measured": details.measured,
            "limit": details.limit,
            "unit": [details.unit] * len(duties),
            "overrun": details.overrun,
            "why": details.why,
            "findings": details.findings,
            "evidence": _places(self._log, duties, details),
        }

    def _details(self, clause: Clause, duties: Duties) -> Details:
        """What the clause tells of its duties; only their rows where that fails."""
        try:
            details = clause.duty.details(self._log, duties)
        except Exception as error:
            crash = Crash(clause.code, f"{type(error).__name__}: {error}")
            self.crashes.append(crash)
            why = _("What was found cannot be told, the program failed: {error}.").format(error=crash.error)
            nothing = np.full(len(duties), why, object)
            return Details.without_numbers(nothing, [[]] * len(duties), evidence_of(duties))
        return _caveated(details, duties, unseen_excuses(clause, self._log))


def _used_up(log: Log, clause: Clause, duties: Duties) -> "np.ndarray":
    """Per duty a share from 0 to 1, of working time where the clause counts that; NaN where there is none at all."""
    schedule = schedules_at(log, duties.at)
    unit = "working_hours" if clause.duty.in_working_time else "hours"
    passed, whole = (
        measured(log, unit, schedule, duties.arose, until) for until in (np.minimum(duties.due, log.as_of), duties.due)
    )
    share = np.full(len(duties), np.nan)
    return np.divide(passed, whole, out=share, where=whole > 0)


def _objects(values: Sequence[Any]) -> "np.ndarray":
    """The values as they are, one each; lists stay lists."""
    return np.fromiter(values, object, len(values))


def _caveated(details: Details, duties: Duties, caveat: str) -> Details:
    """Sentences of violations that say as well what could have excused them and was not seen."""
    if not caveat:
        return details
    violated = duties.verdict == Verdict.VIOLATED
    return replace(details, why=np.where(violated, details.why + f" {capital(caveat)}.", details.why))


def _places(log: Log, duties: Duties, details: Details) -> list[list[Place]]:
    """Per duty the file, sheet, row and column of each row that shows it, at most so many."""
    own = log.deals.row[duties.deal].tolist()
    rows = [shown + [row] * len(details.captions) for shown, row in zip(details.rows, own, strict=True)]
    captions = (chain(repeat(None, len(shown)), details.captions) for shown in details.rows)
    every = np.array([*chain.from_iterable(rows)], np.int64)
    source = log.sources.of(every)
    files, sheets = zip(*((source.file, source.sheet) for source in log.sources.sources), strict=True)
    row = every - log.sources.firsts[source]
    named = (np.array(names, object)[source].tolist() for names in (files, sheets))
    # a named tuple made of a tuple: two thirds of the time of Place(…), for three places of each of 345,000 duties
    places = map(partial(tuple.__new__, Place), zip(*named, row.tolist(), chain.from_iterable(captions), strict=True))
    return [list(islice(places, len(shown)))[:MOST_EVIDENCE] for shown in rows]
