"""The waivers of a run, and which of them excused something."""

from dataclasses import replace

import numpy as np
import pandas as pd

from auditor.audit.result import Waiver
from auditor.audit.waiver_remarks import remarked
from auditor.log import Log
from auditor.log.columns import Bools, Ints, moment
from auditor.log.kinds import EPOCH_SECONDS
from auditor.patterns.core.duties import Duties, Verdict
from auditor.rules import Clause
from auditor.spelling import folded


class Waivers:
    """The waivers of a run; remembers which of them waived something."""

    def __init__(self, log: Log, waivers: tuple[Waiver, ...]) -> None:
        self._log, self._waivers = log, waivers
        self._used: set[int] = set()
        ids = pd.Index(log.deals.ids, dtype=object)
        self._deals = [ids.get_indexer_for(pd.Index([waiver.deal], dtype=object)) for waiver in waivers]

    def apply(self, clause: Clause, duties: Duties) -> Duties:
        """Duties in which violations that a waiver covers are waived."""
        if not self._waivers:
            return duties
        violated = np.flatnonzero(duties.verdict == Verdict.VIOLATED)
        first = self._first(clause, duties.taken(violated))
        self._used.update(first[first >= 0].tolist())
        verdict = duties.verdict.copy()
        verdict[violated[first >= 0]] = Verdict.WAIVED
        return replace(duties, verdict=verdict)

    def of(self, clause: Clause, duties: Duties) -> list[Waiver | None]:
        """Per waived duty the waiver that covers it; None where the clause's own excuse waived it."""
        return [self._waivers[number] if number >= 0 else None for number in self._first(clause, duties)]

    def _first(self, clause: Clause, duties: Duties) -> Ints:
        """Per duty the number of the first waiver that covers it, −1: none."""
        first = np.full(len(duties), -1)
        for number, waiver in enumerate(self._waivers):
            if clause.code.startswith(waiver.clause):
                first[(first < 0) & self._covers(number, duties)] = number
        return first

    def _covers(self, number: int, duties: Duties) -> Bools:
        waiver = self._waivers[number]
        result = np.ones(len(duties), np.bool_)
        if waiver.deal:
            result &= np.isin(duties.deal, self._deals[number])
        if waiver.manager:
            result &= duties.person == self._log.facts.codes.get(folded(waiver.manager), -2)
        day = _due_day(duties)
        if waiver.since is not None:
            result &= day >= np.datetime64(waiver.since)
        return result & (day <= np.datetime64(waiver.until))

    def states(self) -> tuple[Waiver, ...]:
        """The waivers with what is to be said of them, and their states: used; else expired where the last day is over
        by as-of; else unused."""
        today = moment(self._log.as_of).date()
        return tuple(
            replace(waiver, state="used" if number in self._used else "expired" if waiver.until < today else "unused")
            for number, waiver in enumerate(remarked(self._waivers, self._log))
        )


def _due_day(duties: Duties) -> "np.ndarray":
    return (duties.due + EPOCH_SECONDS).astype("datetime64[s]").astype("datetime64[D]")
