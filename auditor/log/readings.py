"""Readings: where exports leave open when something was, they may be read as early, or as late, as it may have been.

Two such things there are: a date without a clock is any moment of its day, and a deal that its list shows closed, with
neither a date nor an event of that, is closed between its last recorded event and as-of."""

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum, auto
from typing import Any

import numpy as np
import pandas as pd

from auditor.inputs.deal_ids import DealIds
from auditor.inputs.tables import DAY_OF, Tables
from auditor.log.columns import Ints, seconds
from auditor.log.kinds import DAY, EPOCH_SECONDS, MINUTE, NEVER

HAPPENED = {
    "deals": ("created", "closed"),
    "history": ("time",),
    "activities": ("time", "completed", "opened"),
    "ledger": ("updated",),
}
"""The columns that say when something happened."""


class Reading(Enum):
    """How a log takes what the exports leave open."""

    TOLD = auto()
    """Dates as they stand, known to the day; closings of an unknown moment at as-of."""
    EARLIEST = auto()
    """Dates at 00:00, such closings right after the deal's last recorded event."""
    LATEST = auto()
    """Dates in the last minute of their day, one after the other, such closings at as-of."""


def tells_days(tables: Tables) -> bool:
    """Whether something happened on a date without a clock."""
    marks = (frame[name] for table, frame in tables.frames() for name in _marks(table, frame))
    return any(bool(mark.to_numpy(np.bool_).any()) for mark in marks)


def as_read(tables: Tables, reading: Reading, as_of: int) -> Tables:
    """The tables with every date without a clock at the moment that the reading gives it; no later than `as_of`."""
    if reading is Reading.TOLD:
        return tables
    frames: dict[str, Any] = {name: _exact(name, frame, reading, as_of) for name, frame in tables.frames()}
    if reading is Reading.LATEST and DAY_OF + "created" in tables.deals:
        frames["deals"] = _born_before_their_history(tables.deals, frames["deals"], frames.get("history"))
    return replace(tables, **frames)


def _marks(table: str, frame: pd.DataFrame) -> Sequence[str]:
    return [DAY_OF + name for name in HAPPENED.get(table, ()) if DAY_OF + name in frame]


def _exact(table: str, frame: pd.DataFrame, reading: Reading, as_of: int) -> pd.DataFrame:
    """The frame without its marks of dates; their moments moved to the ends of the days for the latest reading."""
    marks = _marks(table, frame)
    if reading is Reading.EARLIEST:
        # a closing keeps its mark: however early in its day, it comes after the moves of that day
        return frame.drop(columns=[mark for mark in marks if mark != DAY_OF + "closed"])
    names = [mark.removeprefix(DAY_OF) for mark in marks]
    days = {name: frame[DAY_OF + name].to_numpy(np.bool_) for name in names}
    moved = {name: _at(DAY - (MINUTE if name == "created" else 1), frame[name], days[name], as_of) for name in names}
    return frame.assign(**moved).drop(columns=marks)


def _at(second: int, times: pd.Series, days: "np.ndarray", as_of: int) -> "np.ndarray":
    """The moments, the dates without a clock at that second of their day, or at as-of where that comes first."""
    time = seconds(times)
    moved = np.where(days & (time != NEVER), time + second, time)
    return _moments(np.minimum(moved, np.maximum(time, as_of)))


def _born_before_their_history(told: pd.DataFrame, read: pd.DataFrame, history: pd.DataFrame | None) -> pd.DataFrame:
    """The deals as read, created no later than what the history first tells of them."""
    created, latest = seconds(told["created"]), seconds(read["created"])
    first = np.full(len(told), NEVER)
    if history is not None and len(history):
        place, time = DealIds(told).places(history), seconds(history["time"])
        ours = np.flatnonzero((place >= 0) & (history["event"] != "created").to_numpy(np.bool_, na_value=True))
        np.minimum.at(first, place[ours], time[ours])
    return read.assign(created=_moments(np.minimum(latest, np.maximum(first, created))))


def _moments(time: Ints) -> "np.ndarray":
    """The moments of these seconds, as frames hold them."""
    stamps = (time + EPOCH_SECONDS).view("datetime64[s]")
    return np.where(time == NEVER, np.datetime64("NaT", "s"), stamps)
