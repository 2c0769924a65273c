"""Events out of the rows of each table, unsorted."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from auditor.inputs.tables import Tables
from auditor.log.columns import Bools, Codes, Ints, Text, seconds
from auditor.log.deals import DealCodes
from auditor.log.kinds import KIND_OF_ACTIVITY, KIND_OF_HISTORY, NEVER, Kind
from auditor.log.log import Deals
from auditor.log.order import ties


@dataclass(frozen=True, eq=False)
class Events:
    """What the log's spine needs of each event."""

    deal: Codes
    time: Ints
    kind: NDArray[np.uint8]
    ref: Codes
    row: Codes
    tie: Ints

    def taken(self, index: Ints) -> "Events":
        """These events, in that order."""
        return Events(*(getattr(self, name)[index] for name in self.__annotations__))

    @classmethod
    def together(cls, parts: "Sequence[Events]") -> "Events":
        """The events of all parts, one after the other."""
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in cls.__annotations__))


def created(deals: Deals) -> Events:
    """The creation of each deal."""
    rows = len(deals)
    return Events(
        deal=np.arange(rows, dtype=np.int32),
        time=deals.created,
        kind=np.full(rows, Kind.CREATED, np.uint8),
        ref=np.arange(rows, dtype=np.int32),
        row=deals.row,
        tie=deals.row.astype(np.int64),
    )


def _kinds(column: Text, kinds: dict[str, Kind]) -> NDArray[np.uint8]:
    return column.mapped({name: int(kind) for name, kind in kinds.items()}, missing=255).astype(np.uint8)


def _of_rows(frame: pd.DataFrame, kind: NDArray[np.uint8], time: Ints, deal: Codes, tie: Ints, kept: Bools) -> Events:
    index = np.flatnonzero(kept).astype(np.int32)
    row = frame["row"].to_numpy().astype(np.int32)
    return Events(deal[index], time[index], kind[index], index, row[index], tie[index])


def of_history(frame: pd.DataFrame, codes: DealCodes, tables: Tables) -> Events:
    """Moves, changes and closings; the rows of a creation say no more than the deal."""
    if not len(frame):
        return _empty()
    kind = _kinds(Text.of(frame["event"], len(frame)), KIND_OF_HISTORY)
    time = seconds(frame["time"])
    tie = ties(frame["row"].to_numpy().astype(np.int32), time, tables.sources)
    return _of_rows(frame, kind, time, codes.of(frame), tie, kind != 255)


def of_activities(frame: pd.DataFrame, codes: DealCodes, tables: Tables, as_of: int) -> list[Events]:
    """The events of the rows, then completions and openings, which stand on the rows of tasks and letters."""
    if not len(frame):
        return []
    kind = _kinds(Text.of(frame["type"], len(frame)), KIND_OF_ACTIVITY)
    time = seconds(frame["time"])
    tie = ties(frame["row"].to_numpy().astype(np.int32), time, tables.sources)
    deal = codes.of(frame)
    parts = [_of_rows(frame, kind, time, deal, tie, kind != 255)]
    is_task = np.isin(kind, (Kind.TASK_SET, Kind.TASK_MOVED))
    done = _completion(frame, is_task, as_of)
    for moments, mask, becomes in ((done, is_task, Kind.TASK_DONE), (_opened(frame), kind == Kind.EMAIL, Kind.OPENED)):
        kept = mask & (moments != NEVER)
        if kept.any():
            parts.append(_of_rows(frame, np.full(len(frame), becomes, np.uint8), moments, deal, tie, kept))
    return parts


def _completion(frame: pd.DataFrame, is_task: Bools, as_of: int) -> Ints:
    """When each task's row says that it was done, not before it was set.

    Done at an unknown moment counts as in time: at its due, or by as-of if that comes first."""
    set_at = seconds(frame["time"])
    done = seconds(frame["completed"]) if "completed" in frame else np.full(len(frame), NEVER)
    if "done" in frame:
        said = frame["done"].fillna(False).to_numpy(dtype=bool) & is_task & (done == NEVER)
        due = seconds(frame["due"]) if "due" in frame else np.full(len(frame), NEVER)
        done[said] = np.minimum(np.where(due == NEVER, set_at, due), as_of)[said]
    return np.maximum(done, set_at)


def _opened(frame: pd.DataFrame) -> Ints:
    return seconds(frame["opened"]) if "opened" in frame else np.full(len(frame), NEVER)


def of_ledger(frame: pd.DataFrame, codes: DealCodes, tables: Tables) -> Events:
    """The updates of records; without their times there is nothing to put in order."""
    if not len(frame) or "updated" not in frame:
        return _empty()
    time = seconds(frame["updated"])
    tie = ties(frame["row"].to_numpy().astype(np.int32), time, tables.sources)
    return _of_rows(frame, np.full(len(frame), Kind.LEDGER, np.uint8), time, codes.of(frame), tie, time != NEVER)


def _empty() -> Events:
    none = np.zeros(0, np.int32)
    return Events(none, none.astype(np.int64), none.astype(np.uint8), none, none, none.astype(np.int64))
