"""Sorted moments, and searching among them: the next one after, the last one before, how many between."""

from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from auditor.log.columns import Bools, Codes, Ints
from auditor.log.kinds import DAY, NEVER
from auditor.log.log import Log
from auditor.log.spine import day_key, deal_of, key_of, time_of
from auditor.patterns.core.runs import spread
from auditor.patterns.core.truth import FALSE, TRUE, Truth

NOT_AN_EVENT = -1
AFTER_ALL = np.iinfo(np.int64).max
"""A key later than any."""


@dataclass(frozen=True, eq=False)
class Moments:
    """Moments in order of deal, second and row.

    `key`: deal << 32 | second; `row`: the row that shows it; `sure`: False where the record leaves open whether it
    happened; `flags`: `Suspect`; `place`: the position in the log (−1 or None: not known); `is_event`: False where
    nothing happened, as at the beginning of a named day (None: all are events).
    """

    log: Log
    key: Ints
    row: Codes
    sure: Bools
    flags: NDArray[np.uint8]
    place: "Ints | Codes | None" = None
    is_event: Bools | None = None
    since: Ints | None = None
    """Keys from which what is expected counts, where that is earlier than the moment itself."""
    base: Ints | None = None
    """Keys that deadlines run from, where that is not the moment itself."""

    def __len__(self) -> int:
        return len(self.key)

    @cached_property
    def pos(self) -> "Ints | Codes":
        """Position in the log; where not known the first of its second, of what is no event the last before it."""
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
        """The number of the row's sheet, −1 where the moment is no event."""
        sheet = self.log.source_of(self.row)
        return sheet if self.is_event is None else np.where(self.is_event, sheet, NOT_AN_EVENT)

    @cached_property
    def stay(self) -> Codes:
        """The number of the stay that each lies in, of two that meet the later; −1 before the first."""
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
    def start(self) -> Ints:
        """The seconds that deadlines run from."""
        return self.time if self.base is None else time_of(self.base)

    @property
    def nothing_happened(self) -> bool:
        """Whether none of them is an event."""
        return self.is_event is not None and not self.is_event.any()

    @cached_property
    def certain(self) -> "Moments":
        """The sure ones; themselves where all are."""
        return self.taken(self.sure)

    def running_from(self, base: Ints) -> "Moments":
        """The same moments with deadlines that run from those keys."""
        return replace(self, base=base)

    def taken(self, index: "Ints | Bools") -> "Moments":
        """These moments only."""
        if index.dtype == np.bool_:
            index = np.flatnonzero(index)
            if len(index) == len(self):
                return self
        columns: dict[str, Any] = {name: getattr(self, name) for name in COLUMNS}
        return replace(self, **{name: column.take(index) for name, column in columns.items() if column is not None})

    def doubted(self, unsure: Bools) -> "Moments":
        """The same moments, of which these are not sure."""
        return replace(self, sure=self.sure & ~unsure) if unsure.any() else self

    def narrowed(self, holds: Truth) -> "Moments":
        """Those at which it holds or may hold; where it only may, the moment is not sure."""
        return self.doubted(holds != TRUE).taken(holds != FALSE)


COLUMNS = tuple(field.name for field in fields(Moments) if field.name != "log")


def events(log: Log, places: "Codes | Ints") -> Moments:
    """The events at these positions, ascending, as moments."""
    return Moments(
        log,
        key=log.key.take(places),
        row=log.row.take(places),
        sure=np.ones(len(places), np.bool_),
        flags=log.flags.take(places),
        place=places,
    )


def points(log: Log, key: Ints, row: Codes) -> Moments:
    """Moments that are no events, such as the beginning of a named day; `row` shows where they come from."""
    sure, flags = np.ones(len(key), np.bool_), np.zeros(len(key), np.uint8)
    return Moments(log, key, row, sure, flags, is_event=np.zeros(len(key), np.bool_))


def joined(parts: "list[Moments]") -> Moments:
    """All of these moments in order, one where two are the same event."""
    parts = [part for part in parts if len(part)] or parts[:1]
    if len(parts) == 1:
        return parts[0]
    columns: dict[str, Any] = {name: _joined(parts, name) for name in COLUMNS}
    found = replace(parts[0], **columns)
    order = np.argsort(found.key, kind="stable")
    key = found.key.take(order)
    same = key[1:] == key[:-1]
    slots = np.flatnonzero(np.append(same, False) | np.append(False, same))
    tied = found.taken(order[slots])
    best = np.lexsort((~tied.sure, tied.pos, tied.key))
    order[slots], tied = order[slots[best]], tied.taken(best)
    again = (np.diff(tied.pos) == 0) & (np.diff(tied.key) == 0) & (tied.source[1:] != NOT_AN_EVENT)
    return found.taken(np.delete(order, slots[1:][again]))


def _joined(parts: "list[Moments]", name: str) -> "np.ndarray | None":
    """A column of all of them, where any has it."""
    if all(getattr(part, name) is None for part in parts):
        return None
    return np.concatenate([_full(part, name) for part in parts])


def _full(part: Moments, name: str) -> "np.ndarray":
    """A column, or what it means to lack it."""
    column: np.ndarray | None = getattr(part, name)
    if column is not None:
        return column
    if name == "is_event":
        return np.ones(len(part), np.bool_)
    return np.full(len(part), -1, np.int32) if name == "place" else part.key


def is_early(log: Log, t: Moments) -> Bools:
    """Which moments are events before their deal's creation."""
    if not len(log.early) or t.nothing_happened:
        return np.zeros(len(t), np.bool_)
    early = log.is_early.take(t.pos)
    return early if t.is_event is None else early & t.is_event


def own_time(log: Log, t: Moments) -> Ints:
    """The seconds at which events happened themselves, also before their deal's creation."""
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


def first_after(found: Moments, t: Moments) -> Ints:
    """For each t the index of the first of `found` after it, `len(found)` where its deal has none.

    Of two events of one second the order is known only inside one sheet: one of another sheet counts as later."""
    index, tied = _upto(found, t)
    if tied.size:
        index[tied] -= _tied_later(*_of_one_second(found, t, index, tied))
    index[deal_of(_keys_at(found, index)) != t.deal] = len(found)
    return index


def last_before(found: Moments, t: Moments) -> Ints:
    """For each t the index of the last of `found` before it, −1 where its deal has none; one of another sheet in the
    same second counts as earlier."""
    index = count_before(found, t) - 1
    index[deal_of(_keys_at(found, index)) != t.deal] = -1
    return index


def count_before(found: Moments, t: Moments) -> Ints:
    """For each t how many of `found`, of all deals in order, come before it (as an index: up to where)."""
    index, tied = _upto(found, t)
    if tied.size:
        index[tied] -= _tied_not_before(*_of_one_second(found, t, index, tied))
    return index


def _upto(found: Moments, t: Moments) -> tuple[Ints, Ints]:
    """For each t how many of `found`, of all deals in order, come before the next second, and which t lie in a second
    of `found`."""
    stop = np.searchsorted(found.key, t.key, side="right")
    return stop, np.flatnonzero(_keys_at(found, stop - 1) == t.key)


def _keys_at(found: Moments, index: Ints) -> Ints:
    """The keys at these indices, past an end that of the end; −1 where there are none at all."""
    return found.key.take(index, mode="clip") if len(found) else np.full(len(index), -1)


def _of_one_second(found: Moments, t: Moments, stop: Ints, tied: Ints) -> tuple[Moments, Moments]:
    """Those of `found` in the seconds of the tied t, and these."""
    start = np.searchsorted(found.key, t.key[tied], side="left")
    opens = np.zeros(len(found), np.bool_)
    opens[start] = True
    first = np.flatnonzero(opens)
    _number, index = spread(first, np.searchsorted(found.key, found.key[first], side="right"))
    return found.taken(index), t.taken(tied)


def _tied_later(rivals: Moments, t: Moments) -> Ints:
    """How many of the rivals of each t's second stand from the first on that comes after it."""
    start, stop = (np.searchsorted(rivals.key, t.key, side=side) for side in ("left", "right"))
    other = np.where(rivals.source[start] != t.source, start, _run_ends(rivals)[start])
    later = np.maximum(np.searchsorted(rivals.pos, t.pos, side="right"), start)
    first = np.where(t.source == NOT_AN_EVENT, start, np.minimum(np.minimum(other, later), stop))
    return stop - first


def _run_ends(found: Moments) -> Ints:
    """Per moment the index where the run of its second and sheet ends."""
    breaks = (np.diff(found.key) != 0) | (np.diff(found.source) != 0)
    ends = np.append(np.flatnonzero(breaks) + 1, len(found))
    return ends[np.searchsorted(ends, np.arange(len(found)), side="right")]


def _tied_not_before(rivals: Moments, t: Moments) -> Ints:
    """How many of the rivals of each t's second and sheet do not come before it."""
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
    """Whether a sure, and a possible, moment lies between those keys, both inclusive."""
    surely, possibly = counted(found, start, stop)
    return surely > 0, possibly > 0


def counted(found: Moments, start: Ints, stop: Ints) -> tuple[Ints, Ints]:
    """Surely and possibly how many of the moments lie between those keys, both inclusive."""
    every = _count(found.key, start, stop)
    return (every if found.certain is found else _count(found.certain.key, start, stop)), every


def _count(keys: Ints, start: Ints, stop: Ints) -> Ints:
    return np.searchsorted(keys, stop, side="right") - np.searchsorted(keys, start, side="left")
