"""Tasks as intervals: from set or moved to moved, done or deleted."""

from dataclasses import dataclass

import numpy as np

from auditor.inputs.tables import Problem
from auditor.log.columns import Bools, Codes, Ints, seconds
from auditor.log.kinds import DEAL_BITS, NEVER, Kind
from auditor.log.log import Log, deal_of

STARTS = (Kind.TASK_SET, Kind.TASK_MOVED)


@dataclass(frozen=True, eq=False)
class Tasks:
    """Versions of tasks, sorted by `start`: `[start, end)` keys in which a task was open with that due (seconds).

    `place`: position of the event that set or moved it, `task`: number of the task, `version`: how many versions it
    had before this one."""

    start: Ints
    end: Ints
    due: Ints
    place: Codes
    task: Ints
    version: Ints
    lost: Codes
    """Positions of moves and deletions that belong to no open task."""

    def __len__(self) -> int:
        return len(self.start)


def build_tasks(log: Log) -> Tasks:
    """The intervals of all tasks of the log."""
    places = np.sort(np.concatenate([log.of_kind(kind) for kind in (*STARTS, Kind.TASK_DONE, Kind.TASK_DELETED)]))
    task = _identities(log, places)
    lost = places[task < 0].astype(np.int32)
    places, task = places[task >= 0], task[task >= 0]
    order = np.lexsort((np.arange(len(places)), task))
    places, task = places[order], task[order]
    same = np.append(task[1:] == task[:-1], False)
    key = log.key[places]
    end = np.where(same, np.append(key[1:], 0), (deal_of(key) << DEAL_BITS) | NEVER)
    starts = np.flatnonzero(np.isin(log.kind[places], STARTS))
    first = np.searchsorted(task, task)
    version = np.arange(len(task)) - first
    chosen = starts[np.argsort(places[starts], kind="stable")]
    due = _dues(log)[log.ref[places[chosen]]]
    return Tasks(key[chosen], end[chosen], due, places[chosen].astype(np.int32), task[chosen], version[chosen], lost)


def _dues(log: Log) -> Ints:
    if "due" not in log.activities:
        return np.full(len(log.activities), NEVER)
    return seconds(log.activities["due"])


def _identities(log: Log, places: Ints) -> Ints:
    """Per event the number of its task, −1 where it belongs to none."""
    ref, kind = log.ref[places], log.kind[places]
    deal = deal_of(log.key[places])
    ids = log.text("activities", "task_id").codes[ref].astype(np.int64)
    named = ids >= 0
    own = len(log.text("activities", "task_id").values) + ref.astype(np.int64)
    _, task = np.unique((deal << 33) | np.where(named, ids, own), return_inverse=True)
    adrift = ~named & np.isin(kind, (Kind.TASK_MOVED, Kind.TASK_DELETED))
    moved_and_done = adrift | (~named & np.isin(ref, ref[adrift]))
    if not adrift.any():
        return task
    task[moved_and_done] = -1
    by_text = _open_of_same_text(log, places, task, adrift)
    task[adrift] = np.where(by_text >= 0, by_text, _only_open(log, places, task, adrift))
    done = np.flatnonzero(moved_and_done & ~adrift)
    rows = ref[adrift]
    order = np.argsort(rows)
    task[done] = task[adrift][order][np.searchsorted(rows[order], ref[done])]
    return task


def _ends(log: Log, places: Ints, task: Ints) -> Ints:
    """Per event the key at which its task is over; NEVER where it never is."""
    over = np.isin(log.kind[places], (Kind.TASK_DONE, Kind.TASK_DELETED)) & (task >= 0)
    end = np.full(int(task.max(initial=-1)) + 2, np.iinfo(np.int64).max)
    np.minimum.at(end, task[over], log.key[places[over]])
    return end[task]


def _open_of_same_text(log: Log, places: Ints, task: Ints, adrift: Bools) -> Ints:
    """For each row without an id the last task of the same text that is still open."""
    text = log.text("activities", "text").codes[log.ref[places]].astype(np.int64)
    group = np.unique((deal_of(log.key[places]) << 32) | (text + 1), return_inverse=True)[1]
    packed = (group << 32) | np.arange(len(places))
    sets = np.flatnonzero((log.kind[places] == Kind.TASK_SET) & (task >= 0))
    if not len(sets):
        return np.full(int(adrift.sum()), -1)
    sets = sets[np.argsort(packed[sets])]
    wanted = np.flatnonzero(adrift)
    found = np.searchsorted(packed[sets], packed[wanted]) - 1
    event = sets[np.maximum(found, 0)]
    ends = _ends(log, places, task)
    fits = (found >= 0) & (group[event] == group[wanted]) & (ends[event] > log.key[places[wanted]])
    return np.where(fits, task[event], -1)


def _only_open(log: Log, places: Ints, task: Ints, adrift: Bools) -> Ints:
    """The deal's only open task at each of those moments: what was opened less what was ended, by running sums."""
    begins = (log.kind[places] == Kind.TASK_SET) & (task >= 0)
    ends = np.isin(log.kind[places], (Kind.TASK_DONE, Kind.TASK_DELETED)) & (task >= 0)
    step = begins.astype(np.int64) - ends
    deal = deal_of(log.key[places])
    first = np.searchsorted(deal, deal)
    count, which = np.cumsum(step), np.cumsum(step * np.maximum(task, 0))
    before = np.where(first > 0, first - 1, 0)
    count_here = count - np.where(first > 0, count[before], 0)
    which_here = which - np.where(first > 0, which[before], 0)
    return np.where(count_here == 1, which_here, -1)[adrift]


def problems_of(log: Log) -> list[Problem]:
    """Moves and deletions that belong to no open task."""
    from auditor.i18n import _

    return [
        Problem(log.sources.locate(int(log.row[place])), _("no open task that this move or deletion could belong to"))
        for place in log.tasks.lost
    ]
