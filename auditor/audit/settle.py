"""What becomes of duties after their verdict: one of two equals, excuses, waivers, who answers for them."""

from dataclasses import replace

import numpy as np
import pandas as pd

from auditor.audit.result import Waiver
from auditor.log import Log
from auditor.log.columns import Bools, Codes, Ints, moment
from auditor.log.kinds import DAY, EPOCH_SECONDS, NEVER, Kind, Suspect
from auditor.log.spine import key_of, time_of
from auditor.patterns.core.duties import Doubt, Duties, How, Verdict
from auditor.patterns.core.moments import points
from auditor.patterns.core.selector import next_of
from auditor.rules import Clause, Role
from auditor.spelling import folded


def settled(log: Log, clause: Clause, duties: Duties) -> Duties:
    """The clause's duties as they count, but for waivers."""
    duties = _excused(log, clause, _numbered(one_of_equals(duties)))
    duties = replace(duties, person=_answering(log, clause.role, duties))
    if clause.role != Role.MANAGER:
        duties = replace(duties, flags=duties.flags & ~np.uint8(Suspect.ROBOT))
    return duties


def one_of_equals(duties: Duties) -> Duties:
    """Duties of one deal that arose and fall due together are one, the best of them; in order of deal and moment."""
    if _follow(duties).all():
        return duties
    duties = duties.taken(np.lexsort((duties.verdict, duties.due, duties.arose, duties.deal)))
    return duties.taken(np.flatnonzero(np.append(True, _follow(duties))))


def _follow(duties: Duties) -> Bools:
    """Which duties, but for the first, come after the one before by deal, moment and due."""
    at = duties.at
    return (at[1:] > at[:-1]) | ((at[1:] == at[:-1]) & (duties.due[1:] > duties.due[:-1]))


def _numbered(duties: Duties) -> Duties:
    """Each with how many of its deal and moment come before it, while none has been left out yet: an id must not depend
    on which others are shown."""
    at = key_of(duties.deal, duties.identified_at)
    again = np.flatnonzero(at[1:] == at[:-1]) + 1
    ordinal = np.zeros(len(duties), np.int64)
    ordinal[again] = again - np.searchsorted(at, at[again])
    return replace(duties, ordinal=ordinal)


def _excused(log: Log, clause: Clause, duties: Duties) -> Duties:
    """A violation that its clause's own excuse covers is waived; one that it may cover is unknown."""
    violated = np.flatnonzero(duties.verdict == Verdict.VIOLATED)
    if clause.excused_by is None or not len(violated):
        return duties
    ends = np.where(duties.met[violated] < NEVER, duties.met[violated], log.as_of)
    excuse = next_of(clause.excused_by.find(log), points(log, duties.at[violated], duties.row[violated]))
    surely, perhaps = time_of(excuse.key) <= ends, time_of(excuse.possible) <= ends
    verdict, doubt, how = duties.verdict.copy(), duties.doubt.copy(), duties.how.copy()
    verdict[violated[surely]] = Verdict.WAIVED
    verdict[violated[perhaps & ~surely]] = Verdict.UNKNOWN
    doubt[violated[perhaps & ~surely]] = Doubt.EXCUSE
    how[violated[perhaps & ~surely]] = How.NONE
    met_row = duties.met_row.copy()
    met_row[violated[surely]] = excuse.row[surely]
    return replace(duties, verdict=verdict, doubt=doubt, how=how, met_row=met_row)


def _answering(log: Log, role: Role, duties: Duties) -> Codes:
    """Who answers: the accountable manager; of another role the task's addressee, else the only person of that role.

    Nobody by name for a robot, and for somebody who had left by the due day."""
    facts = log.facts
    person = duties.person
    if role == Role.ROBOT:
        person = np.full(len(duties), -1, np.int32)
    elif role != Role.MANAGER:
        persons = [code for code, theirs in facts.roles.items() if theirs is role]
        only = persons[0] if len(persons) == 1 else -1
        person = _addressee(log, persons, duties)
        person = np.where(person >= 0, person, only).astype(np.int32)
    if not facts.until:
        return person
    last = np.full(len(facts.people) + 1, NEVER, np.int64)
    for code, until in facts.until.items():
        last[code] = until // DAY * DAY + DAY - 1
    return np.where(np.minimum(duties.due, log.as_of) > last[person], -1, person).astype(np.int32)


def _addressee(log: Log, persons: "list[int]", duties: Duties) -> Codes:
    """Whom the deal's last task to one of these persons, set by the due moment, was given to."""
    places = log.of_kind(Kind.TASK_SET)
    addressee = log.text("activities", "addressee").mapped(dict(log.facts.codes))
    if not len(places) or not addressee.size or not persons:
        return np.full(len(duties), -1, np.int32)
    whom = addressee[log.ref[places]]
    theirs = np.isin(whom, persons)
    key, whom = log.key[places[theirs]], whom[theirs]
    last = np.searchsorted(key, key_of(duties.deal, np.minimum(duties.due, log.as_of)), side="right") - 1
    ours = (last >= 0) & (np.append(key, 0)[last] >> 32 == duties.deal)
    return np.where(ours, np.append(whom, -1)[last], -1).astype(np.int32)


class Waivers:
    """The waivers of a run, and which of them excused something."""

    def __init__(self, log: Log, waivers: tuple[Waiver, ...]) -> None:
        self._log, self._waivers = log, waivers
        self._used: set[int] = set()
        ids = pd.Index(log.deals.ids, dtype=object)
        self._deals = [ids.get_indexer_for(pd.Index([waiver.deal], dtype=object)) for waiver in waivers]

    def apply(self, clause: Clause, duties: Duties) -> Duties:
        """Violations that somebody excused are waived."""
        if not self._waivers:
            return duties
        violated = np.flatnonzero(duties.verdict == Verdict.VIOLATED)
        first = self._first(clause, duties.taken(violated))
        self._used.update(first[first >= 0].tolist())
        verdict = duties.verdict.copy()
        verdict[violated[first >= 0]] = Verdict.WAIVED
        return replace(duties, verdict=verdict)

    def of(self, clause: Clause, duties: Duties) -> list[Waiver | None]:
        """The waiver that excused each of these; none where the clause's own excuse did."""
        return [self._waivers[number] if number >= 0 else None for number in self._first(clause, duties)]

    def _first(self, clause: Clause, duties: Duties) -> Ints:
        """The number of the first waiver that covers each duty, −1 where none does."""
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
        """Used; else expired where the last day is over by as-of; else unused."""
        today = moment(self._log.as_of).date()
        return tuple(
            replace(waiver, state="used" if number in self._used else "expired" if waiver.until < today else "unused")
            for number, waiver in enumerate(self._waivers)
        )


def _due_day(duties: Duties) -> "np.ndarray":
    return (duties.due + EPOCH_SECONDS).astype("datetime64[s]").astype("datetime64[D]")
