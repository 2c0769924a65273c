"""Who had a call, and whether the deal is theirs."""

from dataclasses import dataclass

import numpy as np

from auditor.i18n import _
from auditor.log.columns import Bools, Codes, Ints
from auditor.log.kinds import DEAL_BITS, FLAGS, Kind
from auditor.log.log import Log
from auditor.log.spine import deal_of, key_of, time_of
from auditor.patterns.core.moments import AFTER_ALL, Moments, events, none_of
from auditor.patterns.core.needs import Column, Need
from auditor.patterns.core.selector import Next, not_covered
from auditor.patterns.selectors.refined import Refinable


@dataclass(frozen=True)
class HeldByCaller(Refinable):
    """Who had the call that is the trigger is responsible: from the call on, or from the change on that makes it so.

    Where the call names nobody, or a robot, nobody knows."""

    def select(self, log: Log) -> Moments:
        return events(log, log.of_kind(Kind.RESPONSIBLE))

    def next(self, log: Log, t: Moments) -> Next:
        caller, held, never = log.author[t.pos], log.responsible, none_of(t.deal)
        named = (caller >= 0) & ~log.facts.robots[caller]
        now = held.code[held.at(t.key)] == caller
        key = np.where(named, np.where(now, t.key, _first_held(log, t, caller)), never)
        return Next(key, np.full(len(t), -1), np.zeros(len(t), FLAGS), np.where(named, key, t.key), key)

    def may_be_missing(self, log: Log, t: Moments, last: Ints) -> Bools:
        """Without a history of the responsible nobody knows who was before the last one."""
        return not_covered(log, ("responsible",), (), t.deal, t.time, last)

    def words(self) -> str:
        return _("who had the call is responsible")

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Column("author"),)


def _first_held(log: Log, t: Moments, person: Codes) -> Ints:
    """Per trigger the key of the first change after it that makes that person responsible for the deal."""
    held = log.responsible
    pairs = np.concatenate([deal_of(held.start) << DEAL_BITS | (held.code + 1), t.deal << DEAL_BITS | (person + 1)])
    number = np.unique(pairs, return_inverse=True)[1]
    given, wanted = number[: len(held.start)], number[len(held.start) :]
    since = np.append(np.sort(key_of(given, time_of(held.start))), AFTER_ALL)
    first = since[np.searchsorted(since, key_of(wanted, t.time), side="right")]
    return np.where(deal_of(first) == wanted, key_of(t.deal, time_of(first)), none_of(t.deal))


held_by_caller = HeldByCaller()
