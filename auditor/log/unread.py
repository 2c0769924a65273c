"""Rows that could not be read: of which deal, of which streams, and when. What was not read is not absent."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from auditor.inputs.deal_ids import DealIds
from auditor.inputs.tables import ACTIVITY_TYPES, HISTORY_EVENTS, Source
from auditor.log.acts import ANSWERS, DIRECTIONS
from auditor.log.columns import Arrays, Bools, Codes, Ints, Text, seconds
from auditor.log.kinds import DAY, DEAL_BITS, NEVER, Answer, Direction
from auditor.log.streams import DIRECTED

Call = tuple[Direction, Answer]
STREAMS = {
    "task_moved": ("task",), "task_done": ("task",), "task_deleted": ("task",), "converted": ("closed",),
    "stage": ("stage", "closed"),
}  # fmt: skip
"""The streams of the kinds that are not named like their stream; a move may be a closing."""


@dataclass(frozen=True)
class UnreadKind:
    """What a row may be: of these `streams` other than calls, or, where it `may_be_call`, a call of that direction and
    answer (UNKNOWN: of any)."""

    streams: frozenset[str]
    may_be_call: bool
    direction: Direction
    answer: Answer

    def may_be(self, names: Iterable[str], calls: Iterable[Call]) -> bool:
        """Whether it may be of one of these streams, or such a call."""
        return not self.streams.isdisjoint(names) or (self.may_be_call and any(self._fits(*call) for call in calls))

    def _fits(self, direction: Direction, answer: Answer) -> bool:
        way = Direction.UNKNOWN in (direction, self.direction) or direction == self.direction
        return way and (answer == Answer.NONE or self.answer in (answer, Answer.UNKNOWN))


@dataclass(frozen=True, eq=False)
class Unread:
    """Rows of known deals that could not be read, in no order: `deal` its code, `first` and `last` the seconds between
    which it happened, inclusive, `kind` into `kinds`, `field` the caption of a change, `row` the source row."""

    deal: Codes
    first: Ints
    last: Ints
    kind: Codes
    kinds: tuple[UnreadKind, ...]
    field: Text
    row: Codes

    def __len__(self) -> int:
        return len(self.deal)

    @property
    def is_dated(self) -> Bools:
        """Whether the day of each is known."""
        return self.last // DAY == self.first // DAY

    def of(self, names: Iterable[str], calls: Iterable[Call] = ()) -> Ints:
        """The numbers of those that may be of one of these streams, or one of these calls."""
        fits = np.array([kind.may_be(names, calls) for kind in self.kinds], np.bool_)
        return np.flatnonzero(fits[self.kind])

    def counted(self, rows: Ints, deal: "Codes | Ints", first: Ints, last: Ints) -> Ints:
        """Per deal how many of these rows are its own and may lie between those seconds."""
        if not len(rows):
            return np.zeros(len(deal), np.int64)
        theirs, own = (code.astype(np.int64) << DEAL_BITS for code in (deal, self.deal[rows]))
        # those that begin by the last second, less those over before the first: earlier deals count in both
        begun = np.searchsorted(np.sort(own | self.first[rows]), theirs | last, side="right")
        over = np.searchsorted(np.sort(own | self.last[rows]), theirs | first, side="left")
        return np.maximum(begun - over, 0)


def unread_rows(frame: pd.DataFrame | None, deal_ids: DealIds, arrays: Arrays, as_of: int) -> Unread:
    """The rows of these deals that may have happened by as-of."""
    if frame is None:
        nothing, none = np.zeros(0, np.int64), np.zeros(0, np.int32)
        return Unread(none, nothing, nothing, none, (), Text(none, ()), none)
    row = frame["row"].to_numpy().astype(np.int32)
    sheet = arrays.sources.of(row)
    first = _since(seconds(frame["first"]), sheet, arrays)
    kind, kinds = _kinds(frame, sheet, arrays)
    deal = deal_ids.places(frame)
    kept = np.flatnonzero((deal >= 0) & (first <= as_of))
    last = np.minimum(seconds(frame["last"]), as_of)
    field = Text.of(frame["field"], len(frame)).taken(kept)
    return Unread(deal[kept], first[kept], last[kept], kind[kept], kinds, field, row[kept])


def _since(first: Ints, sheet: Ints, arrays: Arrays) -> Ints:
    """The rows' first seconds; without a day 00:00 of the first that their sheet has a row of."""
    undated = np.flatnonzero(first == NEVER)
    if not undated.size:
        return first
    begins = np.full(len(arrays.sources.sources), NEVER)
    for table in (arrays.history, arrays.activities):
        np.minimum.at(begins, arrays.sources.of(table.frame["row"].to_numpy()), table.seconds("time"))
    first[undated] = np.where(begins == NEVER, 0, begins // DAY * DAY)[sheet[undated]]
    return first


def _kinds(frame: pd.DataFrame, sheet: Ints, arrays: Arrays) -> tuple[Codes, tuple[UnreadKind, ...]]:
    """Per row the number of what it may be; and what that is, each once."""
    named = frame["kind"].fillna("")
    way, outcome, unnamed = frame["direction"].fillna(""), frame["outcome"].fillna(""), np.where(named == "", sheet, -1)
    codes, distinct = pd.MultiIndex.from_arrays([named, way, outcome, unnamed]).factorize()
    kinds = [_kind(kind, way, outcome, arrays.sources.sources[number]) for kind, way, outcome, number in distinct]
    return codes.astype(np.int32), tuple(kinds)


def _kind(kind: str, way: str, outcome: str, source: Source) -> UnreadKind:
    """What a row of that kind and direction may be; without a kind anything that its sheet may hold."""
    every = HISTORY_EVENTS if source.table == "history" else ACTIVITY_TYPES
    kinds = [kind] if kind else [name for name in every if source.carries is None or name in source.carries]
    ways = ("", f" {way}") if way else ("", " out", " in")
    names = [name for each in kinds for name in STREAMS.get(each, (each,)) if name != "call"]
    streams = frozenset(name + end for name in names for end in (ways if name in DIRECTED else ("",)))
    direction, answer = DIRECTIONS.get(way, Direction.UNKNOWN), ANSWERS.get(outcome, Answer.UNKNOWN)
    return UnreadKind(streams, "call" in kinds, Direction(direction), Answer(answer))
