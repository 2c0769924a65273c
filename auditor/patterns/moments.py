"""Sorted moments, and searching among them: the next one after, the last one before, how many between."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from auditor.log.columns import Bools, Codes, Ints
from auditor.log.kinds import DEAL_BITS, NEVER
from auditor.log.log import Log, deal_of, time_of

NOT_AN_EVENT = -1


@dataclass(frozen=True, eq=False)
class Moments:
    """Moments in order of deal, second and row.

    `key`: deal << 32 | second; `pos`: position in the log (of a moment that is no event: of the last event before it);
    `row`: the row that shows it; `source`: the number of that row's sheet, −1 where the moment is no event; `sure`:
    False where the record leaves open whether it happened; `flags`: `Suspect`.
    """

    key: Ints
    pos: Ints
    row: Codes
    source: Ints
    sure: Bools
    flags: NDArray[np.uint8]
    since: Ints | None = None
    """Keys from which what is expected counts, where that is earlier than the moment itself."""
    base: Ints | None = None
    """Keys that deadlines run from, where that is not the moment itself."""

    def __len__(self) -> int:
        return len(self.key)

    @property
    def deal(self) -> Ints:
        return deal_of(self.key)

    @property
    def time(self) -> Ints:
        return time_of(self.key)

    @property
    def start(self) -> Ints:
        """The seconds that deadlines run from."""
        return self.time if self.base is None else time_of(self.base)

    def running_from(self, base: Ints) -> "Moments":
        """The same moments with deadlines that run from those keys."""
        return replace(self, base=base)

    def taken(self, index: "Ints | Bools") -> "Moments":
        """These moments only."""
        since = None if self.since is None else self.since[index]
        base = None if self.base is None else self.base[index]
        return Moments(
            self.key[index], self.pos[index], self.row[index], self.source[index], self.sure[index],
            self.flags[index], since, base,
        )  # fmt: skip

    def doubted(self, doubtful: Bools) -> "Moments":
        """The same moments, less sure."""
        return replace(self, sure=self.sure & ~doubtful) if doubtful.any() else self


def events(log: Log, places: "Codes | Ints", sure: Bools | None = None) -> Moments:
    """The events at these positions, ascending, as moments."""
    row = log.row[places]
    return Moments(
        key=log.key[places],
        pos=places.astype(np.int64),
        row=row,
        source=log.source_of(row),
        sure=np.ones(len(places), np.bool_) if sure is None else sure,
        flags=log.flags[places],
    )


def points(log: Log, key: Ints, row: Codes) -> Moments:
    """Moments that are no events, such as the beginning of a named day; `row` shows where they come from."""
    return Moments(
        key=key,
        pos=np.searchsorted(log.key, key, side="left") - 1,
        row=row,
        source=np.full(len(key), NOT_AN_EVENT),
        sure=np.ones(len(key), np.bool_),
        flags=np.zeros(len(key), np.uint8),
    )


def joined(parts: "list[Moments]") -> Moments:
    """All of these moments in order, one where two are the same event."""
    parts = [part for part in parts if len(part)] or parts[:1]
    if len(parts) == 1:
        return parts[0]
    names = ("key", "pos", "row", "source", "sure", "flags")
    key, pos, row, source, sure, flags = (np.concatenate([getattr(part, name) for part in parts]) for name in names)
    since = _joined(parts, "since")
    base = _joined(parts, "base")
    order = np.lexsort((~sure, pos, key))
    moments = Moments(key, pos, row, source, sure, flags, since, base).taken(order)
    again = np.append(False, (np.diff(moments.pos) == 0) & (np.diff(moments.key) == 0) & (moments.source[1:] >= 0))
    return moments.taken(~again[: len(moments)])


def _joined(parts: "list[Moments]", name: str) -> Ints | None:
    if all(getattr(part, name) is None for part in parts):
        return None
    return np.concatenate([part.key if getattr(part, name) is None else getattr(part, name) for part in parts])


def none_of(deal: Ints) -> Ints:
    """Per deal the key that says «never»."""
    return (deal << DEAL_BITS) | NEVER


def first_after(found: Moments, t: Moments) -> Ints:
    """For each t the index of the first of `found` after it, `len(found)` where its deal has none.

    Of two events of one second the order is known only inside one sheet: one of another sheet counts as later."""
    start = np.searchsorted(found.key, t.key, side="left")
    stop = np.searchsorted(found.key, t.key, side="right")
    index = stop.copy()
    tied = np.flatnonzero(stop > start)
    if tied.size:
        index[tied] = _first_tied(found, t.taken(tied), start[tied], stop[tied])
    ours = np.append(found.deal, -1)[index] == t.deal
    return np.where(ours, index, len(found))


def _first_tied(found: Moments, t: Moments, start: Ints, stop: Ints) -> Ints:
    other = np.where(found.source[start] != t.source, start, _run_ends(found)[start])
    later = np.maximum(np.searchsorted(found.pos, t.pos, side="right"), start)
    later = np.where((t.source == NOT_AN_EVENT) | (found.source[np.minimum(later, stop - 1)] != t.source), stop, later)
    return np.where(t.source == NOT_AN_EVENT, start, np.minimum(np.minimum(other, later), stop))


def _run_ends(found: Moments) -> Ints:
    """Per moment the index where the run of its second and sheet ends."""
    breaks = (np.diff(found.key) != 0) | (np.diff(found.source) != 0)
    ends = np.append(np.flatnonzero(breaks) + 1, len(found))
    return ends[np.searchsorted(ends, np.arange(len(found)), side="right")]


def last_before(found: Moments, t: Moments) -> Ints:
    """For each t the index of the last of `found` before it, −1 where its deal has none; one of another sheet in the
    same second counts as earlier."""
    upto = count_before(found, t)
    index = upto - 1
    ours = (index >= 0) & (np.append(found.deal, -1)[index] == t.deal)
    return np.where(ours, index, -1)


def count_before(found: Moments, t: Moments) -> Ints:
    """For each t how many of `found`, of all deals in order, come before it (as an index: up to where)."""
    stop = np.searchsorted(found.key, t.key, side="right")
    start = np.searchsorted(found.key, t.key, side="left")
    tied = np.flatnonzero(stop > start)
    if tied.size:
        stop[tied] -= _tied_not_before(found, t.taken(tied))
    return stop


def _tied_not_before(found: Moments, t: Moments) -> Ints:
    """How many of `found` of each t's second and sheet do not come before it."""
    same_second = np.isin(found.key, t.key)
    rivals = found.taken(same_second)
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
    return (every if found.sure.all() else _count(found.key[found.sure], start, stop)), every


def _count(keys: Ints, start: Ints, stop: Ints) -> Ints:
    return np.searchsorted(keys, stop, side="right") - np.searchsorted(keys, start, side="left")
