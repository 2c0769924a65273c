"""The same export told less exactly: moments as dates without a clock, or as minutes."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from auditor.inputs.tables import DAY_OF, Tables
from auditor.log.readings import HAPPENED

EVERY = frozenset(HAPPENED)


def told_by_days(tables: Tables, names: Collection[str] = EVERY) -> Tables:
    """The export whose tables of these names tell of every moment the day alone."""
    frames: dict[str, Any] = {name: _by_days(name, frame) for name, frame in tables.frames() if name in names}
    return replace(tables, **frames)


def _by_days(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    columns = [column for column in HAPPENED[name] if column in frame]
    days = {column: frame[column].astype("datetime64[s]").dt.floor("D").astype("datetime64[s]") for column in columns}
    return frame.assign(**days, **{DAY_OF + column: frame[column].notna().to_numpy(np.bool_) for column in columns})


def told_by_minutes(tables: Tables, names: Collection[str] = EVERY) -> Tables:
    """The export whose tables of these names tell of every moment the minute alone."""
    frames: dict[str, Any] = {name: _by_minutes(name, frame) for name, frame in tables.frames() if name in names}
    sources = [
        replace(source, precision=dict.fromkeys(HAPPENED[source.table], "minute")) if source.table in names else source
        for source in tables.sources.sources
    ]
    return replace(tables, **frames, sources=type(tables.sources)(sources))


def _by_minutes(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    columns = [column for column in HAPPENED[name] if column in frame]
    return frame.assign(**{column: frame[column].dt.floor("min").astype("datetime64[s]") for column in columns})
