"""How exactly columns of times tell their moments: to the second, the minute or the day."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
from pandas.api.types import is_datetime64_any_dtype

from auditor.inputs.tables import DAY_OF, FRACTION_OF, Precision, Sheet
from auditor.inputs.times import Ambiguous, Bools, Times, times
from auditor.settings import Settings

TIMES = frozenset(
    ("time", "created", "closed", "due", "completed", "opened", "updated", "measurement_date", "until", "changed")
)
ENOUGH = 20
"""So many moments at :00 are no accident: their column tells minutes."""
GLANCE = 1000
"""Rows that are looked at first: of a column with seconds hardly one has none among so many."""


def moments_of(sheet: Sheet, header: str, settings: Settings) -> Times:
    """The moments of a sheet's column; Ambiguous, with its header, where its slashes are."""
    cells = sheet.cells[header]
    try:
        read = times(cells.astype("str") if is_datetime64_any_dtype(cells) else cells, settings)
    except Ambiguous as ambiguous:
        raise Ambiguous(header) from ambiguous
    return replace(read, clockless=np.zeros_like(read.clockless)) if header in sheet.clocked else read


def marks(name: str, read: Times) -> Iterator[tuple[str, np.ndarray]]:
    """What stands beside a column of times: which cells tell the day only, and fractions of a second."""
    if read.clockless.any():
        yield DAY_OF + name, read.clockless
    if read.fraction.any():
        yield FRACTION_OF + name, read.fraction


def precision_of(frame: pd.DataFrame) -> Mapping[str, Precision]:
    """The precision of each column of times that the frame has and that holds a moment."""
    columns = ((name, frame[name].to_numpy().astype("datetime64[s]", copy=False)) for name in TIMES & {*frame.columns})
    return {
        name: _precision(times, frame[DAY_OF + name].to_numpy() if DAY_OF + name in frame else None)
        for name, times in columns
        if not np.isnat(times).all()
    }


def _precision(times: "np.ndarray", clockless: Bools | None) -> Precision:
    if _has_seconds(times[:GLANCE]):
        return "second"
    told = ~np.isnat(times)
    clocked = told if clockless is None else told & ~clockless
    if not clocked.any():
        return "day"
    return "second" if np.count_nonzero(clocked) < ENOUGH or _has_seconds(times) else "minute"


def _has_seconds(times: "np.ndarray") -> bool:
    seconds = times.view(np.int64)
    return bool((seconds % 60 != 0).any(where=~np.isnat(times)))
