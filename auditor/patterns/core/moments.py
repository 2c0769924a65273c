"""Sorted moments.

A participle gives a changed copy and leaves the original as it was: `taken`, `doubted`, `narrowed`, `joined`."""

from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from auditor.log.columns import Bools, Codes, Ints
from auditor.log.kinds import DAY, FLAGS, NEVER, Kind
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

    `key`: deal << 32 | second; `place`: the event's position in the log (−1 or None: not known); `is_event`: False
    where nothing happened, as at 00:00 of a named day (None: all are events).
    """

    log: Log
    key: Ints
    place: "Ints | Codes | None" = None
    is_event: Bools | None = None
    own_row: Codes | None = None
    """The source rows that show the moments (None: those of the events at `place`)."""
    own_flags: NDArray[np.uint16] | None = None
    """`Suspect` (None: those of the events at `place`)."""
    unsure: Bools | None = None
    """Where the record leaves open whether it happened (None: nowhere)."""
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

    # most moments of a log are searched by their keys alone: what else the log has of their events is fetched for few
    @cached_property
    def row(self) -> Codes:
        """The source row that shows each moment."""
        return self.log.row.take(self.pos) if self.own_row is None else self.own_row

    @cached_property
    def flags(self) -> NDArray[np.uint16]:
        """`Suspect` of each moment."""
        return self.log.flags.take(self.pos).astype(FLAGS) if self.own_flags is None else self.own_flags

    @cached_property
    def sure(self) -> Bools:
        """False where the record leaves open whether the moment happened."""
        return np.ones(len(self), np.bool_) if self.unsure is None else ~self.unsure

    @cached_property
    def source(self) -> Ints:
        """Per moment the number of the sheet that its row stands on; NOT_AN_EVENT where nothing happened.

        A field's change and a move of one second are one save, whichever row stands above: a sheet's changes of fields
        count as another sheet."""
        sheet = self.log.sources.of(self.row)
        kind = self.log.kind.take(self.pos, mode="clip")  # what follows the last event stands past the log's end
        sheet = np.where(kind == Kind.FIELD, -2 - sheet, sheet)
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
    def is_timeless(self) -> Bools:
        """Per moment whether nobody knows when it was: such a completion stands at the setting of its task."""
        if not self.log.timeless.size or self.nothing_happened:
            return np.zeros(len(self), np.bool_)
        timeless = np.isin(self.pos, self.log.timeless)
        return timeless if self.is_event is None else timeless & self.is_event

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
        return self if self.unsure is None else self.taken(~self.unsure)

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
        return replace(self, unsure=unsure if self.unsure is None else self.unsure | unsure) if unsure.any() else self

    def narrowed(self, holds: Truth) -> "Moments":
        """The moments at which it is TRUE, and those at which it is UNKNOWN, which are not sure."""
        return self.doubted(holds != TRUE).taken(holds != FALSE)


COLUMNS = tuple(field.name for field in fields(Moments) if field.name != "log")


def events(log: Log, places: "Codes | Ints") -> Moments:
    """The events at these positions, ascending, as moments."""
    return Moments(
        log,
        key=log.key.take(places),
        place=places,
        unsure=np.isin(places, log.maybe) if log.maybe.size else None,
        last=None if log.blur is None else log.key.take(places) + log.blur.take(places),
    )


def points(log: Log, key: Ints, row: Codes) -> Moments:
    """Moments that are no events, such as 00:00 of a named day; `row`: the source row that shows each."""
    return Moments(log, key, is_event=np.zeros(len(key), np.bool_), own_row=row, own_flags=np.zeros(len(key), FLAGS))


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
    order[slots] = order[slots[best]]
    pos, key, source = tied.pos[best], tied.key[best], tied.source[best]
    again = (np.diff(pos) == 0) & (np.diff(key) == 0) & (source[1:] != NOT_AN_EVENT)
    return found.taken(np.delete(order, slots[1:][again]))


def _joined(parts: "list[Moments]", name: str) -> "np.ndarray | None":
    """A column of all parts, one after the other; None where no part has it."""
    if all(getattr(part, name) is None for part in parts):
        return None
    return np.concatenate([_full(part, name) for part in parts])


def _full(part: Moments, name: str) -> "np.ndarray":
    """A part's column. To have none means: all are events and sure, no place is known, rows and flags are the log's,
    `since` and `base` are the moments themselves, their seconds are known."""
    column: np.ndarray | None = getattr(part, name)
    if column is not None:
        return column
    match name:
        case "is_event":
            return np.ones(len(part), np.bool_)
        case "unsure":
            return np.zeros(len(part), np.bool_)
        case "place":
            return np.full(len(part), -1, np.int32)
        case "own_row":
            return part.row
        case "own_flags":
            return part.flags
    return part.key


def is_among(t: Moments, others: Moments) -> Bools:
    """Per moment whether it is one of the others: of the same second, shown by the same row."""
    first, last = (np.searchsorted(others.key, t.key, side=side) for side in ("left", "right"))
    number, rivals = spread(first, last)
    result = np.zeros(len(t), np.bool_)
    result[number[t.row[number] == others.taken(rivals).row]] = True
    return result


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
