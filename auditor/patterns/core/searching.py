"""Sorted moments, and searching among them: the next one after, the last one before, how many between.

A participle gives a changed copy and leaves the original as it was: `taken`, `doubted`, `narrowed`, `joined`."""

from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from auditor.log.columns import Bools, Codes, Ints
from auditor.log.kinds import DAY, FLAGS, MINUTE, NEVER, Kind
from auditor.log.log import Log
from auditor.log.spine import day_key, deal_of, key_of, time_of
from auditor.patterns.core.runs import spread
from auditor.patterns.core.truth import FALSE, TRUE, Truth

NOT_AN_EVENT = -1
"""The sheet of a moment at which nothing happened."""
AFTER_ALL = np.iinfo(np.int64).max
"""A key later than any."""


@dataclass(frozen=True, eq=False)
class Moments:
    """Moments in order of deal, second and row.

    `key`: deal << 32 | second; `row`: the source row that shows the moment; `sure`: False where the record leaves open
    whether it happened; `flags`: `Suspect`; `place`: the event's position in the log (−1 or None: not known);
    `is_event`: False where nothing happened, as at 00:00 of a named day (None: all are events).
    """

    log: Log
    key: Ints
    row: Codes
    sure: Bools
    flags: NDArray[np.uint16]
    place: "Ints | Codes | None" = None
    is_event: Bools | None = None
    since: Ints | None = None
    """Keys from which what is expected counts, where it counts from before the moment, as from 00:00 of its day."""
    base: Ints | None = None
    """Keys that deadlines run from, where they do not run from the moment itself."""
    last: Ints | None = None
    """Keys until which the moment may have been, where its second is not known (None: all are known)."""

    def __len__(self) -> int:
        return len(self.key)

    @cached_property
    def pos(self) -> "Ints | Codes":
        """Per moment its position in the log. Where `place` does not know it: of an event the first position of its
        second, of what is no event the last before its second."""
        # looked up when asked for: doing so for every moment that is no event cost 0.4 s of a check of 100,000 deals
        if self.place is None:
            first = np.searchsorted(self.log.key, self.key, side="left").astype(np.int32)
            return first if self.is_event is None else first - ~self.is_event
        unknown = np.flatnonzero(self.place < 0)
        if not unknown.size:
            return self.place
        pos = self.place.copy()
        pos[unknown] = replace(self, place=None).taken(unknown).pos
        return pos

    @cached_property
    def source(self) -> Ints:
        """Per moment the number of the sheet that its row stands on; NOT_AN_EVENT where nothing happened.

        A field's change and a move of one second are one save, whichever row stands above: a sheet's changes of fields
        count as another sheet."""
        sheet = self.log.source_of(self.row)
        sheet = np.where(self.log.kind[self.pos] == Kind.FIELD, -2 - sheet, sheet)
        return sheet if self.is_event is None else np.where(self.is_event, sheet, NOT_AN_EVENT)

    @cached_property
    def stay(self) -> Codes:
        """Per moment the number of the stay it lies in: in the second of a move the one that begins; −1 before the
        deal's first."""
        return self.log.stays.at(self.key).astype(np.int32)

    @property
    def deal(self) -> Ints:
        return deal_of(self.key)

    @property
    def time(self) -> Ints:
        return time_of(self.key)

    @property
    def day_key(self) -> Ints:
        """The day keys of the moments: equal where deal and day are."""
        return day_key(self.deal, self.time // DAY)

    @property
    def latest(self) -> Ints:
        """Keys until which the moments may have been: the moments themselves where their second is known."""
        return self.key if self.last is None else self.last

    @property
    def blur(self) -> Ints:
        """How many seconds later than its key each moment may have been."""
        return self.latest - self.key

    @property
    def start(self) -> Ints:
        """The seconds that deadlines run from: the last ones that the moments may have been at."""
        return time_of(self.latest if self.base is None else self.base)

    @property
    def nothing_happened(self) -> bool:
        """Whether no moment is an event."""
        return self.is_event is not None and not self.is_event.any()

    @cached_property
    def certain(self) -> "Moments":
        """The sure moments; this very object where all are, so that one search (`is`) can answer for both."""
        return self.taken(self.sure)

    def running_from(self, base: Ints) -> "Moments":
        """The same moments with deadlines that run from those keys."""
        return replace(self, base=base)

    def taken(self, index: "Ints | Bools") -> "Moments":
        """The moments at these indices, or those that the mask keeps; this very object where it keeps all."""
        if index.dtype == np.bool_:
            index = np.flatnonzero(index)
            if len(index) == len(self):
                return self
        columns: dict[str, Any] = {name: getattr(self, name) for name in COLUMNS}
        return replace(self, **{name: column.take(index) for name, column in columns.items() if column is not None})

    def doubted(self, unsure: Bools) -> "Moments":
        """The same moments, not sure where the mask is True."""
        return replace(self, sure=self.sure & ~unsure) if unsure.any() else self

    def narrowed(self, holds: Truth) -> "Moments":
        """The moments at which it is TRUE, and those at which it is UNKNOWN, which are not sure."""
        return self.doubted(holds != TRUE).taken(holds != FALSE)


COLUMNS = tuple(field.name for field in fields(Moments) if field.name != "log")


def events(log: Log, places: "Codes | Ints") -> Moments:
    """The events at these positions, ascending, as moments."""
    return Moments(
        log,
        key=log.key.take(places),
        row=log.row.take(places),
        sure=~np.isin(places, log.maybe) if log.maybe.size else np.ones(len(places), np.bool_),
        flags=log.flags.take(places).astype(FLAGS),
        place=places,
        last=None if log.blur is None else log.key.take(places) + log.blur.take(places),
    )


def points(log: Log, key: Ints, row: Codes) -> Moments:
    """Moments that are no events, such as 00:00 of a named day; `row`: the source row that shows each."""
    sure, flags = np.ones(len(key), np.bool_), np.zeros(len(key), FLAGS)
    return Moments(log, key, row, sure, flags, is_event=np.zeros(len(key), np.bool_))


def joined(parts: "list[Moments]") -> Moments:
    """The moments of all parts in order; an event that several parts hold stands once, sure if one of them is sure."""
    parts = [part for part in parts if len(part)] or parts[:1]
    if len(parts) == 1:
        return parts[0]
    columns: dict[str, Any] = {name: _joined(parts, name) for name in COLUMNS}
    found = replace(parts[0], **columns)
    order = np.argsort(found.key, kind="stable")
    key = found.key.take(order)
    # only moments of one second can be the same event: the few of them are gathered and put in order, not all
    same = key[1:] == key[:-1]
    slots = np.flatnonzero(np.append(same, False) | np.append(False, same))
    tied = found.taken(order[slots])
    best = np.lexsort((~tied.sure, tied.pos, tied.key))
    order[slots], tied = order[slots[best]], tied.taken(best)
    again = (np.diff(tied.pos) == 0) & (np.diff(tied.key) == 0) & (tied.source[1:] != NOT_AN_EVENT)
    return found.taken(np.delete(order, slots[1:][again]))


def _joined(parts: "list[Moments]", name: str) -> "np.ndarray | None":
    """A column of all parts, one after the other; None where no part has it."""
    if all(getattr(part, name) is None for part in parts):
        return None
    return np.concatenate([_full(part, name) for part in parts])


def _full(part: Moments, name: str) -> "np.ndarray":
    """A part's column. To have none means: all are events, no place is known, `since` and `base` are the moments
    themselves, their seconds are known."""
    column: np.ndarray | None = getattr(part, name)
    if column is not None:
        return column
    if name == "is_event":
        return np.ones(len(part), np.bool_)
    return np.full(len(part), -1, np.int32) if name == "place" else part.key


def is_early(log: Log, t: Moments) -> Bools:
    """Per moment whether it is an event before its deal's creation."""
    if not len(log.early) or t.nothing_happened:
        return np.zeros(len(t), np.bool_)
    early = log.is_early.take(t.pos)
    return early if t.is_event is None else early & t.is_event


def own_time(log: Log, t: Moments) -> Ints:
    """Per moment its second; of an event before its deal's creation, which the log keeps at the creation, its own."""
    time = t.time
    early = np.flatnonzero(is_early(log, t))
    time[early] = log.early_time[np.searchsorted(log.early, t.pos[early])]
    return time


def none_of(deal: Ints) -> Ints:
    """Per deal the key that says «never»."""
    return key_of(deal, NEVER)


def beginning_of(deal: Ints) -> Ints:
    """Per deal the key before all its moments."""
    return key_of(deal, 0)


def open_order(found: Moments, t: Moments) -> tuple[Ints, Ints]:
    """Pairs of a trigger's index and that of one of `found` which stands before it by its key, but may have come after
    it: its minute, in another sheet, or its day alone is known."""
    nobody = np.zeros(0, np.int64)
    if found.last is None or t.nothing_happened:
        return nobody, nobody
    pairs = [_open_within(found, t, low, high) for low, high in ((0, MINUTE), (MINUTE, DAY))]
    number, index = (np.concatenate(parts) for parts in zip(*pairs, strict=True))
    order = np.lexsort((index, number))
    return number[order], index[order]


def _open_within(found: Moments, t: Moments, low: int, high: int) -> tuple[Ints, Ints]:
    """Those pairs of which the blur is above `low` seconds and below `high`."""
    vague = np.flatnonzero((found.blur > low) & (found.blur < high))
    keys = found.key[vague]
    first, stop = np.searchsorted(keys, t.key - high, side="right"), np.searchsorted(keys, t.key, side="left")
    number, member = spread(first, stop)
    index = vague[member]
    fits = (found.latest[index] >= t.key[number]) & (t.source[number] != NOT_AN_EVENT)
    fits &= (found.source[index] != t.source[number]) | (low >= MINUTE)
    return number[fits], index[fits]


def first_after(found: Moments, t: Moments) -> Ints:
    """Per trigger the index of the first of `found` after it, `len(found)` where its deal has none.

    Of two events of one second the order is known only inside one sheet: one of another sheet counts as later, since
    that may meet what is expected."""
    index, tied = _upto(found, t)
    if tied.size:
        index[tied] -= _tied_later(*_of_one_second(found, t, tied))
    index[deal_of(_keys_at(found, index)) != t.deal] = len(found)
    return index


def last_before(found: Moments, t: Moments) -> Ints:
    """Per trigger the index of the last of `found` before it, −1 where its deal has none; an event of another sheet in
    the same second counts as earlier, since that may be what is needed."""
    index = count_before(found, t) - 1
    index[deal_of(_keys_at(found, index)) != t.deal] = -1
    return index


def count_before(found: Moments, t: Moments) -> Ints:
    """Per trigger how many of `found`, counted through all deals in order, come before it: the index up to which they
    stand. An event of another sheet in the same second, or minute where one of them tells no more, counts as
    earlier."""
    index, tied = _upto(found, t)
    if tied.size:
        index[tied] -= _tied_not_before(*_of_one_second(found, t, tied))
    if t.last is not None and len(found):
        # turned round: of what stands after the trigger by its key the trigger may have come after
        index += np.bincount(open_order(t, found)[1], minlength=len(t))
    return index


def _upto(found: Moments, t: Moments) -> tuple[Ints, Ints]:
    """Per trigger the index in `found` up to which all seconds until its own stand; and the indices of the triggers in
    whose own second some of `found` lie.

    Only the latter need sheets and positions, which are costly to look up, and they are few (with two other savings
    FUR took 1.55 instead of 1.7 s of CPU for 100,000 deals)."""
    stop = np.searchsorted(found.key, t.key, side="right")
    return stop, np.flatnonzero(_keys_at(found, stop - 1) == t.key)


def _keys_at(found: Moments, index: Ints) -> Ints:
    """The keys of `found` at these indices: past an end the key at that end, −1 where `found` is empty."""
    return found.key.take(index, mode="clip") if len(found) else np.full(len(index), -1)


def _of_one_second(found: Moments, t: Moments, tied: Ints) -> tuple[Moments, Moments]:
    """The moments of `found` in the seconds of the tied triggers, and these triggers."""
    start = np.searchsorted(found.key, t.key[tied], side="left")
    opens = np.zeros(len(found), np.bool_)
    opens[start] = True
    first = np.flatnonzero(opens)
    _number, index = spread(first, np.searchsorted(found.key, found.key[first], side="right"))
    return found.taken(index), t.taken(tied)


def _tied_later(rivals: Moments, t: Moments) -> Ints:
    """Per trigger how many events of its own second count as later than it: from the first of another sheet, or of a
    greater position, on; all of them for a trigger at which nothing happened."""
    start, stop = (np.searchsorted(rivals.key, t.key, side=side) for side in ("left", "right"))
    other = np.where(rivals.source[start] != t.source, start, _run_ends(rivals)[start])
    later = np.maximum(np.searchsorted(rivals.pos, t.pos, side="right"), start)
    first = np.where(t.source == NOT_AN_EVENT, start, np.minimum(np.minimum(other, later), stop))
    return stop - first


def _run_ends(found: Moments) -> Ints:
    """Per moment the index up to which its neighbours of the same second and sheet stand."""
    breaks = (np.diff(found.key) != 0) | (np.diff(found.source) != 0)
    ends = np.append(np.flatnonzero(breaks) + 1, len(found))
    return ends[np.searchsorted(ends, np.arange(len(found)), side="right")]


def _tied_not_before(rivals: Moments, t: Moments) -> Ints:
    """Per trigger how many events of its own second do not count as earlier: those of its sheet at its own position or
    a greater one."""
    # triggers and rivals are sorted together, by second, sheet and position, a trigger before its equals: the rivals
    # counted up to a trigger, less those up to the beginning of its sheet's run, are the earlier ones
    key, source, pos = (np.concatenate([getattr(t, name), getattr(rivals, name)]) for name in ("key", "source", "pos"))
    is_rival = np.arange(len(key)) >= len(t)
    order = np.lexsort((is_rival, pos, source, key))
    count = np.cumsum(is_rival[order])
    starts = np.append(True, (np.diff(key[order]) != 0) | (np.diff(source[order]) != 0))
    group = np.cumsum(starts) - 1
    total = np.bincount(group, weights=is_rival[order]).astype(np.int64)
    earlier: Ints = count - (count - is_rival[order])[starts][group]
    result = np.zeros(len(key), np.int64)
    result[order] = total[group] - earlier
    return result[: len(t)]


def within(found: Moments, start: Ints, stop: Ints) -> tuple[Bools, Bools]:
    """Per pair of keys whether a sure moment lies between them, both included, and whether a possible one does."""
    surely, possibly = counted(found, start, stop)
    return surely > 0, possibly > 0


def counted(found: Moments, start: Ints, stop: Ints) -> tuple[Ints, Ints]:
    """Per pair of keys how many sure moments lie between them, both included, and how many possible ones."""
    every = _count(found.key, start, stop)
    return (every if found.certain is found else _count(found.certain.key, start, stop)), every


def _count(keys: Ints, start: Ints, stop: Ints) -> Ints:
    """Per pair how many of the sorted keys lie between, both ends included."""
    return np.searchsorted(keys, stop, side="right") - np.searchsorted(keys, start, side="left")
