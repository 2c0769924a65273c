"""Events out of the rows of each table, unsorted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from auditor.inputs.owners import Owners
from auditor.inputs.tables import Sources
from auditor.log.columns import Bools, Codes, Ints, Text, seconds
from auditor.log.kinds import IGNORED, KIND_OF_ACTIVITY, KIND_OF_HISTORY, NEVER, Kind
from auditor.log.log import Deals
from auditor.log.order import ties

Kinds = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Events:
    """What the log's spine needs of each event; a row that is none is of the kind IGNORED."""

    deal: Codes
    time: Ints
    kind: Kinds
    author: Codes
    ref: Codes
    row: Codes
    tie: Ints

    def taken(self, index: Ints) -> "Events":
        """These events, in that order."""
        return Events(*(getattr(self, name).take(index) for name in self.__annotations__))

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
        author=np.full(rows, -1, np.int32),
        ref=np.arange(rows, dtype=np.int32),
        row=deals.row,
        tie=deals.row.astype(np.int64),
    )


class Acts:
    """How the rows of history, activities and ledger become events: whose deal, by whom, in which order."""

    def __init__(self, owners: Owners, people: Mapping[str, int], sources: Sources) -> None:
        self._owners, self._people, self._sources = owners, people, sources

    def of_history(self, frame: pd.DataFrame) -> Events:
        """Moves, changes and closings; the rows of a creation say no more than the deal."""
        return self._of_rows(frame, _kinds(frame, "event", KIND_OF_HISTORY), seconds(frame["time"]))

    def of_activities(self, frame: pd.DataFrame, as_of: int) -> list[Events]:
        """The events of the rows, then completions and openings, which stand on the rows of tasks and letters.

        A completed task is the act of its addressee, where the row names one."""
        rows = self._of_rows(frame, _kinds(frame, "type", KIND_OF_ACTIVITY), seconds(frame["time"]))
        is_task = np.isin(rows.kind, (Kind.TASK_SET, Kind.TASK_MOVED))
        done = _with(rows, _completion(frame, rows.time, is_task, as_of), is_task, Kind.TASK_DONE)
        addressee = self._persons(frame, "addressee")[done.ref]
        done = replace(done, author=np.where(addressee >= 0, addressee, done.author))
        return [rows, done, _with(rows, _moments(frame, "opened"), rows.kind == Kind.EMAIL, Kind.OPENED)]

    def of_ledger(self, frame: pd.DataFrame) -> Events:
        """The updates of records; without their times there is nothing to put in order."""
        time = _moments(frame, "updated")
        return self._of_rows(frame, np.where(time == NEVER, IGNORED, Kind.LEDGER).astype(np.uint8), time)

    def deals(self, frame: pd.DataFrame) -> Codes:
        """The code of each row's deal, −1 where it has none."""
        return self._owners.of(frame).place

    def _of_rows(self, frame: pd.DataFrame, kind: Kinds, time: Ints) -> Events:
        row = frame["row"].to_numpy().astype(np.int32)
        return Events(
            deal=self.deals(frame),
            time=time,
            kind=kind,
            author=self._persons(frame, "author"),
            ref=np.arange(len(frame), dtype=np.int32),
            row=row,
            tie=ties(row, time, self._sources),
        )

    def _persons(self, frame: pd.DataFrame, column: str) -> Codes:
        return Text.of(frame.get(column), len(frame)).mapped(self._people)


def _kinds(frame: pd.DataFrame, column: str, kinds: Mapping[str, Kind]) -> Kinds:
    names = Text.of(frame.get(column), len(frame))
    return names.mapped({name: int(kind) for name, kind in kinds.items()}, IGNORED).astype(np.uint8)


def _with(rows: Events, moments: Ints, mask: Bools, kind: Kind) -> Events:
    """What else the rows of that mask tell: that something came at these moments."""
    places = np.flatnonzero(mask & (moments != NEVER))
    return replace(rows.taken(places), time=moments[places], kind=np.full(len(places), kind, np.uint8))


def _completion(frame: pd.DataFrame, set_at: Ints, is_task: Bools, as_of: int) -> Ints:
    """When each task's row says that it was done, not before it was set.

    Done at an unknown moment counts as in time: at its due, or by as-of if that comes first."""
    done = _moments(frame, "completed")
    if "done" in frame:
        said = np.flatnonzero(frame["done"].fillna(False).to_numpy(dtype=bool) & is_task & (done == NEVER))
        due = _moments(frame, "due")[said]
        done[said] = np.minimum(np.where(due == NEVER, set_at[said], due), as_of)
    return np.maximum(done, set_at)


def _moments(frame: pd.DataFrame, column: str) -> Ints:
    return seconds(frame[column]) if column in frame else np.full(len(frame), NEVER)
