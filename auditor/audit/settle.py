"""What becomes of duties after their verdict: one of equals, their numbers, excuses, who answers for them."""

from dataclasses import replace

import numpy as np

from auditor.log import Log
from auditor.log.columns import Bools, Codes, Ints
from auditor.log.fields import last_held_by
from auditor.log.kinds import DAY, FLAGS, NEVER, Kind, Suspect
from auditor.log.spine import key_of, time_of
from auditor.patterns.core.duties import Doubt, Duties, How, Verdict
from auditor.patterns.core.moments import points
from auditor.patterns.core.selector import next_of, unread_between
from auditor.rules import Clause, Role


def settled(log: Log, clause: Clause, duties: Duties) -> Duties:
    """The clause's duties without equals, numbered, excused by the clause's own excuse, with who answers for each;
    waivers come after."""
    duties = _excused(log, clause, _numbered(one_of_equals(duties)))
    if not clause.duty.asks_who:
        duties = replace(duties, person=_answering(log, clause.role, duties))
    if clause.role != Role.MANAGER:
        duties = replace(duties, flags=duties.flags & ~FLAGS(Suspect.ROBOT))
    return duties


def one_of_equals(duties: Duties) -> Duties:
    """Duties in order of deal, moment and due, one of each; of equals the one whose verdict comes first in
    `Verdict`."""
    # nearly all clauses give their duties in order and without equals: to sort them anyway took 0.1 s of an audit of
    # 3 million events, to see that they are in order takes 0.02 s
    if _follow(duties).all():
        return duties
    duties = duties.taken(np.lexsort((duties.verdict, duties.due, duties.arose, duties.deal)))
    return duties.taken(np.flatnonzero(np.append(True, _follow(duties))))


def _follow(duties: Duties) -> Bools:
    """Per duty but the first: it comes strictly after the one above by deal, moment and due."""
    at = duties.at
    return (at[1:] > at[:-1]) | ((at[1:] == at[:-1]) & (duties.due[1:] > duties.due[:-1]))


def _numbered(duties: Duties) -> Duties:
    """Number duties of one deal and moment 0, 1, 2 …, before any filter: an id must not depend on which others are
    shown."""
    at = key_of(duties.deal, duties.identified_at)
    again = np.flatnonzero(at[1:] == at[:-1]) + 1
    ordinal = np.zeros(len(duties), np.int64)
    ordinal[again] = again - np.searchsorted(at, at[again])
    return replace(duties, ordinal=ordinal)


def _excused(log: Log, clause: Clause, duties: Duties) -> Duties:
    """Violations with the clause's own excuse between arising and fulfilment (or as-of): waived; unknown where it is
    open whether the excuse happened."""
    violated = np.flatnonzero(duties.verdict == Verdict.VIOLATED)
    if clause.excused_by is None or not len(violated):
        return duties
    ends = np.where(duties.met[violated] < NEVER, duties.met[violated], log.as_of)
    excuse = next_of(clause.excused_by.find(log), points(log, duties.at[violated], duties.row[violated]))
    surely, perhaps = time_of(excuse.key) <= ends, time_of(excuse.possible) <= ends
    deal = duties.deal[violated].astype(np.int64)
    perhaps |= unread_between(log, clause.excused_by, deal, duties.arose[violated], ends) > 0
    verdict, doubt, how = duties.verdict.copy(), duties.doubt.copy(), duties.how.copy()
    verdict[violated[surely]] = Verdict.WAIVED
    verdict[violated[perhaps & ~surely]] = Verdict.UNKNOWN
    doubt[violated[perhaps & ~surely]] = Doubt.EXCUSE
    how[violated[perhaps & ~surely]] = How.NONE
    met_row = duties.met_row.copy()
    met_row[violated[surely]] = excuse.row[surely]
    return replace(duties, verdict=verdict, doubt=doubt, how=how, met_row=met_row)


def _answering(log: Log, role: Role, duties: Duties) -> Codes:
    """Who answers: for the manager's duties who held the deal last and is no helper; for those of another role the
    task's addressee, else who of that role held the deal last, else the only person of that role.

    Nobody by name for a robot, and for somebody who had left by the due day."""
    facts = log.facts
    at = _answered_at(log, duties)
    if role == Role.ROBOT:
        person = np.full(len(duties), -1, np.int32)
    elif role == Role.MANAGER:
        person = log.answering.code[log.answering.before(at)]
    else:
        persons = [code for code, theirs in facts.roles.items() if theirs is role]
        held = last_held_by(log, frozenset({role}))
        person = _addressee(log, persons, duties)
        person = np.where(person >= 0, person, held.code[held.before(at)])
        person = np.where(person >= 0, person, persons[0] if len(persons) == 1 else -1).astype(np.int32)
    if not facts.until:
        return person
    last = np.full(len(facts.people) + 1, NEVER, np.int64)
    for code, until in facts.until.items():
        last[code] = until // DAY * DAY + DAY - 1
    return np.where(np.minimum(duties.due, log.as_of) > last[person], -1, person).astype(np.int32)


def _answered_at(log: Log, duties: Duties) -> Ints:
    """Per duty the key just before which somebody has to be responsible to answer: when it was met, else when it fell
    due, at as-of at the latest; of a pending duty as of the audit, with a change in as-of's own second (hence + 1)."""
    at = np.where(duties.verdict == Verdict.MET, duties.met, np.minimum(duties.due, log.as_of))
    return key_of(duties.deal, np.where(duties.verdict == Verdict.PENDING, log.as_of + 1, at))


def _addressee(log: Log, persons: "list[int]", duties: Duties) -> Codes:
    """Whom the task that raised the duty was given to; else the deal's last task, set by the due moment, to one of
    these persons."""
    places = log.of_kind(Kind.TASK_SET)
    addressee = log.text("activities", "addressee").mapped(dict(log.facts.codes))
    if not len(places) or not addressee.size or not persons:
        return np.full(len(duties), -1, np.int32)
    whom = addressee[log.ref[places]]
    theirs = np.isin(whom, persons)
    key, row, whom = log.key[places[theirs]], log.row[places[theirs]], np.append(whom[theirs], -1)
    last = np.searchsorted(key, key_of(duties.deal, np.minimum(duties.due, log.as_of)), side="right") - 1
    ours = (last >= 0) & (np.append(key, 0)[last] >> 32 == duties.deal)
    own = _index_of(row, duties.row)
    return whom[np.where(own >= 0, own, np.where(ours, last, -1))].astype(np.int32)


def _index_of(rows: Codes, wanted: Codes) -> Ints:
    """Per wanted row its index among the distinct rows; −1 where it is none of them."""
    order = np.argsort(rows)
    index = np.append(order, -1)[np.searchsorted(rows[order], wanted)]
    return np.where(np.append(rows, -1)[index] == wanted, index, -1)
