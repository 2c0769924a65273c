"""Gaps of streams: pages of an answer that nobody saved, and days on which a stream that is usually busy tells nothing,
though as much else happened as usual."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from auditor.log.calendar import Calendar
from auditor.log.columns import Arrays, Bools, Columns, Ints, seconds
from auditor.log.kinds import DAY
from auditor.log.streams import Gaps, Stream
from auditor.log.unread import STREAMS
from auditor.settings import Settings

BUSY = 3
"""So many records a day …"""
AROUND = 5
"""… on each of so many working days before a silence and after it say that it is none of the stream's habits."""

LONG = 2 * AROUND
"""Working days of silence after which a stream begins anew, where hardly anything stood before."""


def with_gaps(streams: Mapping[str, Stream], arrays: Arrays, settings: Settings, as_of: int) -> dict[str, Stream]:
    """The same streams with their gaps. What the settings declare is exported, and falls silent where it does."""
    silences = _silences(arrays, settings, as_of)
    lacking = _lacking(arrays)
    return {name: _with(stream, name.split()[0], silences, lacking) for name, stream in streams.items()}


def _with(stream: Stream, kind: str, silences: Mapping[str, Gaps], lacking: Mapping[str, Gaps]) -> Stream:
    silent = silences.get(kind, ())
    return replace(stream, gaps=(*lacking.get(kind, ()), *silent), silences=silent)


def _lacking(arrays: Arrays) -> dict[str, Gaps]:
    """Gaps of the exports, by kind of stream."""
    found: dict[str, Gaps] = {}
    for gap in arrays.gaps:
        first, last = seconds(pd.Series([gap.first, gap.last])).tolist()
        for kind in {name for each in gap.kinds for name in STREAMS.get(each, (each,))}:
            found[kind] = (*found.get(kind, ()), (first, last))
    return found


def _silences(arrays: Arrays, settings: Settings, as_of: int) -> dict[str, Gaps]:
    """By kind of record."""
    tables = ((arrays.history, "event"), (arrays.activities, "type"))
    moments = [table.seconds("time") for table, _column in tables]
    first = min(int(times.min(initial=as_of)) for times in moments) // DAY
    days = max(as_of // DAY - first + 1, 0)
    counts = {name: count for table, column in tables for name, count in _counts(table, column, first, days)}
    quiet = {
        name: runs
        for name, count in counts.items()
        if name not in settings.declared_streams and len(runs := _runs(count, settings.quiet_days))
    }
    if not quiet:
        return {}
    working = Calendar.of(settings, first, first + days - 1).working
    every = sum(counts.values()) + _per_day(arrays.deals.seconds("created") // DAY - first, days)
    found = {
        name: _odd(counts[name], runs, working, _lively(every - counts[name], working), settings.quiet_days)
        for name, runs in quiet.items()
    }
    return {name: tuple(_seconds(runs, first)) for name, runs in found.items() if len(runs)}


def _counts(table: Columns, column: str, first: int, days: int) -> Iterator[tuple[str, Ints]]:
    """By kind its number of records per day."""
    kind, day = table.text(column), table.seconds("time") // DAY - first
    here = np.flatnonzero((day >= 0) & (day < days) & (kind.codes >= 0))
    grid = _per_day(kind.codes[here].astype(np.int64) * days + day[here], len(kind.values) * days)
    yield from zip(kind.values, grid.reshape(len(kind.values), days), strict=True)


def _per_day(days: Ints, number: int) -> Ints:
    return np.bincount(days[(days >= 0) & (days < number)], minlength=number)


def _runs(count: Ints, longer: int) -> Ints:
    """Two columns: from which day to which, that one not included, there is nothing, though before and after there
    is."""
    there = np.flatnonzero(count)
    runs = np.stack([there[:-1] + 1, there[1:]], axis=1)
    return runs[runs[:, 1] - runs[:, 0] > longer]


def _lively(others: Ints, working: Bools) -> Bools:
    """On which days no less than half of what else usually happens on a working day did: it was no day off of all."""
    return others >= max(np.median(others[working]) / 2, 1)


def _odd(count: Ints, runs: Ints, working: Bools, lively: Bools, longer: int) -> Ints:
    """Those of the runs in which more than so many working days were lively, and around which every working day is
    busy; and the long ones that part a few stray records from the days on which the stream begins."""
    begins, ends = np.append(0, np.cumsum(working))[runs].T
    busy, alive = (np.append(0, np.cumsum(days[working])) for days in (count >= BUSY, lively))
    early, late = np.maximum(begins - AROUND, 0), np.minimum(ends + AROUND, len(busy) - 1)
    was_busy, is_busy = busy[begins] - busy[early] == AROUND, busy[late] - busy[ends] == AROUND
    fell_silent = was_busy & (alive[ends] - alive[begins] > longer)
    few_before = np.cumsum(count)[runs[:, 0] - 1] < BUSY * AROUND
    return runs[is_busy & (fell_silent | (few_before & (ends - begins > LONG)))]


def _seconds(runs: Ints, first: int) -> Iterator[tuple[int, int]]:
    return ((int(begins) * DAY, int(ends) * DAY - 1) for begins, ends in runs + first)
