"""Tasks as intervals: from set or moved to moved, done or deleted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from auditor.i18n import _
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import Problem
from auditor.log.columns import Bools, Codes, Ints
from auditor.log.kinds import NEVER, Kind
from auditor.log.order import radix_order
from auditor.log.spine import Spine, deal_of, key_of

STARTS = (Kind.TASK_SET, Kind.TASK_MOVED)
UNPLACED = -2
"""A row without an id, whose task is still to be found."""
DONE_SOME_TIME = -1
"""In place of a kind: a completion of an unknown moment."""


@dataclass(frozen=True, eq=False)
class Tasks:
    """Versions of tasks, sorted by `start`: `[start, end)` keys in which a task was open with that due (seconds).

    `place`: position of the event that set or moved it, `ended_by`: position of the move, completion or deletion that
    ended it (−1: none did), `task`: number of the task, `version`: how many versions it had before this one."""

    start: Ints
    end: Ints
    due: Ints
    place: Codes
    ended_by: Codes
    task: Ints
    version: Ints
    lost: Codes
    """Positions of moves, completions and deletions that belong to no open task."""

    def __len__(self) -> int:
        return len(self.start)


def build_tasks(log: Spine) -> Tasks:
    """The intervals of all tasks of the log."""
    places = log.of_kinds(*STARTS, Kind.TASK_DONE, Kind.TASK_DELETED)
    on_rows = _on_rows_of_tasks(log, places)
    task = _identities(log, places, on_rows)
    lost = places[(task < 0) & ~on_rows].astype(np.int32)
    places, task = places[task >= 0], task[task >= 0]
    # a completion of an unknown moment is the last that happens to its task, though it stands at the setting
    undated = np.isin(places, log.timeless)
    order = radix_order(task * 2 + undated)
    places, task, undated = places[order], task[order], undated[order]
    same = np.append(task[1:] == task[:-1], False)
    key = log.key.take(places)
    due = log.arrays.activities.seconds("due").take(log.ref.take(places))
    # where its minute or its day alone is known the task may have been open until the last second of that
    last = key if log.blur is None else key + log.blur[places]
    end = np.where(same, np.append(last[1:], 0), key_of(deal_of(key), NEVER))
    in_time = np.maximum(key_of(deal_of(key), np.minimum(due, log.as_of)), key)
    end = np.where(same & np.append(undated[1:], False), in_time, end)
    ended_by = np.where(same, np.append(places[1:], -1), -1).astype(np.int32)
    starts = np.flatnonzero(np.isin(log.kind.take(places), STARTS))
    index = np.arange(len(task))
    version = index - np.maximum.accumulate(np.where(np.append(False, same[:-1]), 0, index))
    chosen = starts[np.argsort(places[starts], kind="stable")]
    return Tasks(
        start=key[chosen],
        end=end[chosen],
        due=due[chosen],
        place=places[chosen].astype(np.int32),
        ended_by=ended_by[chosen],
        task=task[chosen],
        version=version[chosen],
        lost=lost,
    )


def _identities(log: Spine, places: Codes, on_rows: Bools) -> Ints:
    """Per event the number of its task, −1 where it belongs to none; `on_rows` as of `_on_rows_of_tasks`."""
    ref, kind, deal = log.ref.take(places), log.kind.take(places), deal_of(log.key.take(places))
    ids = log.text("activities", "task_id")
    # ids are one deal's own; a row without an id is its own task for now, numbered above all ids
    code = ids.codes[ref].astype(np.int64)
    own = np.where(code >= 0, code, len(ids.values) + ref.astype(np.int64))
    task = _apart(own, deal)
    adrift = (code < 0) & (kind != Kind.TASK_SET) & ~on_rows
    if adrift.any():
        theirs = np.flatnonzero(np.isin(deal, deal[adrift]))
        kind = np.where(np.isin(places, log.timeless), DONE_SOME_TIME, kind.astype(np.int64))
        columns = deal, kind, ref, _texts(log)[ref], np.where(adrift, UNPLACED, task)
        task[theirs] = list(_placed(zip(*(column[theirs].tolist() for column in columns), strict=True)))
    return task


def _apart(own: Ints, deal: Ints) -> Ints:
    """The numbers, and others in their place where several deals have the same one."""
    owner = np.full(int(own.max(initial=-1)) + 1, -1)
    owner[own] = deal
    return own if (owner[own] == deal).all() else pd.factorize((deal << 33) | own)[0]


def _on_rows_of_tasks(log: Spine, places: Codes) -> Bools:
    """Which events are completions told by the row that set or moved the task, not by a row of their own."""
    done = np.flatnonzero(log.kind.take(places) == Kind.TASK_DONE)
    result = np.zeros(len(places), np.bool_)
    result[done] = ~log.text("activities", "type").taken(log.ref[places[done]]).equals("task_done")
    return result


def _texts(log: Spine) -> Codes:
    """Per row of the activities the number of its folded text, −1 for none."""
    text = log.text("activities", "text")
    return text.mapped({name: number for number, name in enumerate(dict.fromkeys(text.folded))})


def _placed(events: Iterable[tuple[int, int, int, int, int]]) -> Iterator[int]:
    """The task of each event (deal, kind, row, text, task or UNPLACED) of whole deals, in order.

    Which task a row without an id belongs to depends on all rows before it: hence a walk in Python, only over deals
    with such rows."""
    board, at = _Board(), -1
    for deal, kind, row, text, task in events:
        if deal != at:
            board, at = _Board(), deal
        yield board.put(kind, row, text, task)


class _Board:
    """The open tasks of one deal."""

    def __init__(self) -> None:
        self._open: dict[int, None] = {}
        self._of_text: dict[int, list[int]] = {}
        self._of_row: dict[int, int] = {}

    def put(self, kind: int, row: int, text: int, task: int) -> int:
        """The task that this event belongs to, −1: none; the board then stands as it does after the event."""
        if task == UNPLACED:
            task = self._same_text(text)
        elif kind in (Kind.TASK_DONE, DONE_SOME_TIME):
            task = self._of_row.get(row, task)
        self._of_row[row] = task
        if task >= 0 and kind in STARTS:
            self._open[task] = None
            self._of_text.setdefault(text, []).append(task)
        elif kind != DONE_SOME_TIME:
            self._open.pop(task, None)
        return task

    def _same_text(self, text: int) -> int:
        """The last open task of that text, else the only open one."""
        alike = self._of_text.get(text, []) if text >= 0 else []
        while alike and alike[-1] not in self._open:
            alike.pop()
        if alike:
            return alike[-1]
        return next(iter(self._open)) if len(self._open) == 1 else -1


def problems_of(log: Spine, tasks: Tasks) -> list[Problem]:
    """Moves, completions and deletions that belong to no open task."""
    return [
        Problem(
            log.sources.locate(int(log.row[place])),
            _("no open task that this move, completion or deletion could belong to"),
            Trouble.ORPHAN,
        )
        for place in tasks.lost
    ]
