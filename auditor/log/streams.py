"""Which streams the export holds at all, and from when to when: a missing one is not a zero."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np

from auditor.inputs.tables import HISTORY_EVENTS, Sources
from auditor.log.calendar import working_days_after
from auditor.log.columns import Arrays, Bools, Columns, Ints, Text
from auditor.log.kinds import DAY, NEVER
from auditor.settings import Settings
from auditor.terms import OPTIONAL_STREAMS

Gaps = tuple[tuple[int, int], ...]
"""From which second to which, both inclusive."""
DIRECTED = ("call", "message", "email")
"""Streams that are asked for each direction by itself."""


@dataclass(frozen=True)
class Stream:
    """From which second to which a stream covers, both inclusive, and its number of rows.

    `declared`: the configuration says that it is exported, though it has no row; `gaps`: where records of it are
    missing; `silences`: those of them in which it only falls silent."""

    first: int
    last: int
    rows: int
    declared: bool = False
    gaps: Gaps = ()
    silences: Gaps = ()

    def leaves_out(self, first: Ints, last: Ints) -> Bools:
        """Whether the time from `first` to `last` is not covered. Of what is expected on the first day only what is
        there counts, unless the time begins at the first row or later; a time that lasts longer is covered from that
        day on."""
        begins = self.first // DAY * DAY
        before = (first < begins) | ((first < self.first) & (last < begins + DAY))
        return before | (last > self.last) | self._has_gap(first, last)

    def _has_gap(self, first: Ints, last: Ints) -> Bools:
        """Whether a gap begins by the last second and ends from the first on: more have begun than ended before."""
        if not self.gaps:
            return np.zeros(len(first), np.bool_)
        starts, ends = map(np.sort, np.array(self.gaps).T)
        begun = np.searchsorted(starts, last, side="right")
        return np.asarray(begun > np.searchsorted(ends, first, side="left"))


def find_streams(arrays: Arrays, settings: Settings, as_of: int) -> Mapping[str, Stream]:
    """Streams by name: the types of activities («call», and by direction «call out»), the events of the history,
    `ledger`."""
    types = arrays.activities.text("type")
    directed = _directed(types, arrays.activities.text("direction"))
    covered = partial(_of_table, sources=arrays.sources, settings=settings, as_of=as_of)
    streams = {
        **covered(arrays.history, "time", [arrays.history.text("event")]),
        **covered(arrays.activities, "time", [types, directed]),
        **_of_ledger(arrays.ledger, as_of, covered),
    }
    if "stage" in streams:
        streams.setdefault("closed", streams["stage"])
    closed = arrays.deals.seconds("closed") != NEVER
    if closed.any() and "closed" not in streams:
        streams["closed"] = Stream(int(arrays.deals.seconds("created").min()), as_of, int(closed.sum()))
    earliest = min((stream.first for stream in streams.values()), default=0)
    for name in settings.declared_streams:
        table = arrays.history if name in HISTORY_EVENTS else arrays.activities
        first = int(table.seconds("time").min(initial=NEVER)) if len(table) else earliest
        for way in (name, f"{name} out", f"{name} in") if name in DIRECTED else (name,):
            streams.setdefault(way, Stream(first, as_of, 0, declared=True))
    return streams


def unused_streams(streams: Mapping[str, Stream], settings: Settings) -> frozenset[str]:
    """The optional streams without a row in an export that tells calls and something written: the company does not use
    them, unless the settings call them missing."""
    if "call" not in streams or not {"message", "email"} & set(streams):
        return frozenset()
    return frozenset(OPTIONAL_STREAMS) - set(streams) - set(settings.missing_streams)


def _directed(kind: Text, direction: Text) -> Text:
    """Per activity the name of its stream by direction, «call out»; none without a direction."""
    names = tuple(f"{one} {two}" for one in kind.values for two in direction.values)
    number = np.arange(len(names), dtype=np.int32).reshape(len(kind.values), len(direction.values))
    number[[name not in DIRECTED for name in kind.values]] = -1
    return Text(np.pad(number, ((0, 1), (0, 1)), constant_values=-1)[kind.codes, direction.codes], names)


def _of_ledger(ledger: Columns, as_of: int, covered: Callable[..., dict[str, Stream]]) -> dict[str, Stream]:
    """The ledger is one stream; without the times of its updates it speaks for all days."""
    if not len(ledger):
        return {}
    if "updated" not in ledger:
        return {"ledger": Stream(0, as_of, len(ledger))}
    return covered(ledger, "updated", [Text(np.zeros(len(ledger), np.int32), ("ledger",))])


def _of_table(
    table: Columns, time: str, names: list[Text], sources: Sources, settings: Settings, as_of: int
) -> dict[str, Stream]:
    """The streams of one table, by the values of its columns `names`.

    A stream covers the time of the sheets that hold a row of it; sheets of one reader count as one sheet."""
    if not len(table):
        return {}
    readers = _readers(table.frame["row"].to_numpy(), sources)
    first, last = np.array([_seen(table.seconds(time), sheets, as_of) for sheets in readers]).T
    return {
        name: _covered(int(first[here > 0].min()), int(last[here > 0].max()), int(here.sum()), settings, as_of)
        for column in names
        for name, here in zip(column.values, np.transpose([_counts(column, sheets) for sheets in readers]), strict=True)
        if here.any()
    }


def _readers(rows: Ints, sources: Sources) -> list[list[slice]]:
    """Per reader its rows, as a slice for each sheet."""
    readers: dict[str, list[slice]] = {}
    for source, (start, stop) in zip(sources.sources, pairwise(sources.bounds(rows)), strict=True):
        if start < stop:
            readers.setdefault(source.reader, []).append(slice(start, stop))
    return list(readers.values())


def _seen(moments: Ints, sheets: list[slice], as_of: int) -> tuple[int, int]:
    """The first moment of these rows, and the last up to as-of; −1 where they have none."""
    parts = [moments[rows] for rows in sheets]
    return min(part.min() for part in parts), max(part.max(where=part <= as_of, initial=-1) for part in parts)


def _counts(column: Text, sheets: list[slice]) -> Ints:
    """Per distinct value of the column how many of these rows have it."""
    return np.sum([column.counted(column.codes[rows]) for rows in sheets], axis=0)


def _covered(first: int, last: int, rows: int, settings: Settings, as_of: int) -> Stream:
    """A stream from its first row to as-of; to the end of its last row's day where more than `quiet_days` working days
    follow without a row."""
    today = as_of // DAY
    if last < 0:
        return Stream((today + 1) * DAY, as_of, rows)
    quiet = working_days_after(settings, last // DAY, today)
    return Stream(first, last // DAY * DAY + DAY - 1 if quiet > settings.quiet_days else as_of, rows)
