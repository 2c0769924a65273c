"""What selectors are: moments of a deal's life, and the next of them after a trigger."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np

from auditor.log.columns import Bools, Codes, Ints
from auditor.log.kinds import FLAGS
from auditor.log.log import Log
from auditor.log.remembered import remembered
from auditor.log.spine import key_of, time_of
from auditor.patterns.core.loose import Call, may_be_loose
from auditor.patterns.core.moments import Moments, is_early, none_of, own_time, points
from auditor.patterns.core.needs import Need, Stream, needs_of, parts_of
from auditor.patterns.core.searching import first_after, open_order
from auditor.patterns.core.words import Words


class Selector(ABC):
    """A part of a clause that says which moments of a deal's life are meant."""

    @abstractmethod
    def select(self, log: Log) -> Moments:
        """All such moments of the log, in order."""

    @abstractmethod
    def words(self) -> str:
        """What it selects, in the active language."""

    def facts(self, log: Log, t: Moments) -> Words:
        """What happened at each of these moments of its own, in words: stages, values, ways as the record has them."""
        return np.full(len(t), self.words(), object)

    def counted(self, log: Log, t: Moments) -> list[list[int]]:
        """Per moment the source rows of what made it one, besides its own; empty where there are none."""
        return []

    @property
    def streams(self) -> frozenset[str]:
        """The streams that such moments come from."""
        return frozenset().union(*(part.streams for part in parts_of(self, Selector)))

    @property
    def calls(self) -> frozenset[Call]:
        """The kinds of call that such moments are: a loose call of another kind is none of them."""
        return frozenset().union(*(part.calls for part in parts_of(self, Selector)))

    @property
    def needs(self) -> tuple[Need, ...]:
        """What must be exported for such moments to be seen."""
        return needs_of(self) or ((Stream(*sorted(self.streams)),) if self.streams else ())

    @property
    def excuses(self) -> tuple[Need, ...]:
        """What only frees from a duty that such a moment raises."""
        return tuple(need for part in parts_of(self, Selector) for need in part.excuses)

    @property
    def early_too(self) -> bool:
        """Whether events before the deal's creation raise duties, at the creation."""
        return any(part.early_too for part in parts_of(self, Selector))

    @property
    def closed_too(self) -> bool:
        """Whether those while the deal is closed raise duties."""
        return any(part.closed_too for part in parts_of(self, Selector))

    @property
    def by_day(self) -> bool:
        """Whether its duties are identified by their day."""
        return any(part.by_day for part in parts_of(self, Selector))

    @remembered
    def find(self, log: Log) -> Moments:
        """`select`, once a log: many clauses share a selector."""
        return self.select(log)

    def arising(self, log: Log) -> Moments:
        """Those of its moments that raise duties; what only fulfils is in `find` alone."""
        return self.find(log)

    def next(self, log: Log, t: Moments) -> "Next":
        """Per trigger the first such moment after it, or after its `since` where it has one."""
        found = fulfilling(log, self.find(log))
        start = t if t.since is None else points(log, t.since, t.row)
        own = at_own_times(log, found, start)
        following = next_of(found, start) if own is None else earliest([next_of(found, start), next_of(own, start)])
        undated = self.undated(log)[t.deal]
        return replace(following, possible=np.where(undated, np.minimum(following.possible, t.key), following.possible))

    @remembered
    def undated(self, log: Log) -> Bools:
        """Per deal whether it has such a moment of which nobody knows when it was: it may be the next after any other.
        `find` has it at the creation."""
        parts = [part.undated(log) for part in parts_of(self, Selector)]
        return np.logical_or.reduce([np.zeros(len(log.deals), np.bool_), *parts])

    def may_be_missing(self, log: Log, t: Moments, last: Ints) -> Bools:
        """Whether between t and those seconds such a moment may have happened unseen: a stream is missing or ends."""
        return self.may_be_missing_between(log, t.deal, t.time if t.since is None else time_of(t.since), last)

    def may_be_missing_between(self, log: Log, deal: Ints, first: Ints, last: Ints) -> Bools:
        """Whether such a moment of these deals may have happened unseen between those seconds."""
        return not_covered(log, self.streams, self.calls, deal, first, last) | self.column_missing(log)

    def may_be_unread(self, log: Log, t: Moments, last: Ints) -> Bools:
        """Per trigger whether a row that could not be read may be such a moment after it (after its `since`), up to the
        second `last`."""
        return unread_between(log, self, t.deal, t.time if t.since is None else time_of(t.since), last) > 0

    def column_missing(self, log: Log) -> bool:
        """Whether the exports lack a column without which no such moment can be seen at all."""
        return any(part.column_missing(log) for part in parts_of(self, Selector))


def fulfilling(log: Log, found: Moments) -> Moments:
    """The moments that count as done: all of them, under `strict` only those that nothing is suspect of."""
    return found.taken(found.flags == 0) if log.settings.strict and found.flags.any() else found


@dataclass(frozen=True, eq=False)
class Next:
    """Per trigger the first sure moment after it (`key`, its `row` and `flags`), and the key of the first `possible`
    one, be it sure or not; the deal's NEVER where there is none.

    Both are kept, since between them lies what nobody knows: the sure one in time meets the duty; where not even the
    possible one comes in time the duty is violated; else it is unknown."""

    key: Ints
    row: Ints | Codes
    flags: "np.ndarray"
    possible: Ints
    last: Ints
    """The key until which the first sure one may have been."""


def next_of(found: Moments, t: Moments) -> Next:
    """Per trigger the next of these moments."""
    sure = found.certain
    there, index = _found_after(sure, t)
    key, row, flags = none_of(t.deal), np.full(len(t), -1, np.int32), np.zeros(len(t), FLAGS)
    last = key.copy()
    following = sure.taken(index)
    key[there], row[there], flags[there] = _no_sooner(following, t, there), following.row, following.flags
    last[there] = following.latest
    possible = key
    if sure is not found:  # else the next possible one is the next sure one
        there, index = _found_after(found, t)
        possible = none_of(t.deal)
        possible[there] = _no_sooner(found.taken(index), t, there)
    return Next(key, row, flags, possible, last)


def _found_after(found: Moments, t: Moments) -> tuple[Ints, Ints]:
    """The indices of the triggers that have one of `found` after them, or may have, and the indices of these in
    `found`."""
    index = first_after(found, t)
    number, open_index = open_order(found, t)
    index[number[::-1]] = open_index[::-1]  # the first of each trigger is written last
    there = np.flatnonzero(index < len(found))
    return there, index.take(there)


def _no_sooner(found: Moments, t: Moments, there: Ints) -> Ints:
    """The keys of what was found for these triggers; of what may have come after its trigger that of the trigger."""
    return found.key if found.last is None else np.maximum(found.key, t.key.take(there))


def earliest(found: list[Next]) -> Next:
    """Per trigger the earliest result of several searches."""
    return reduce(_earlier, found)


def _earlier(one: Next, other: Next) -> Next:
    sooner = other.key < one.key
    return Next(
        np.where(sooner, other.key, one.key),
        np.where(sooner, other.row, one.row),
        np.where(sooner, other.flags, one.flags),
        np.minimum(one.possible, other.possible),
        np.where(sooner, other.last, one.last),
    )


def at_own_times(log: Log, found: Moments, t: Moments) -> Moments | None:
    """The events of `found` before their deal's creation, at their own seconds instead of the creation's; None where no
    trigger lies before a creation, and nobody looks for them there."""
    if not len(log.early) or not (t.time < log.deals.created[t.deal]).any():
        return None
    early = found.taken(is_early(log, found))
    moved = replace(early, key=key_of(early.deal, own_time(log, early)))
    return moved.taken(np.lexsort((moved.pos, moved.key)))


def not_covered(log: Log, names: Iterable[str], calls: Iterable[Call], deal: Ints, first: Ints, last: Ints) -> Bools:
    """Whether some of these streams do not cover the time from `first` to `last` (seconds), or such a call of the deal
    may be one of those that hang on no deal."""
    result = np.zeros(len(first), np.bool_)
    last = np.minimum(last, log.as_of)
    for name in names:
        stream = log.facts.streams.get(name)
        if name in log.facts.unused:
            continue
        if stream is None:
            return np.ones(len(first), np.bool_)
        result |= stream.leaves_out(first, last)
    return result | may_be_loose(log, calls, deal, first, last)


def partly_covered(log: Log, what: Selector, deal: Ints, first: Ints, last: Ints) -> Bools:
    """Whether some of the streams of what only excuses are exported, but not for all of that time, or a row of it could
    not be read. One that is not exported at all may not exist in the company: what only excuses is no need."""
    names = [name for name in what.streams if name in log.facts.streams]
    unread = unread_between(log, what, deal, first, last) > 0
    return unread | not_covered(log, names, what.calls, deal, first, last)


def unread_between(log: Log, what: Selector, deal: Ints, first: Ints, last: Ints) -> Ints:
    """Per deal how many rows that could not be read may be such moments between those seconds."""
    return log.unread.counted(log.unread.of(what.streams, what.calls), deal, first, last)
