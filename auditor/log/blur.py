"""How long after its own second an event may have happened: some columns tell minutes, some dates no clock, and of some
tasks nobody knows when they were done."""

import numpy as np

from auditor.inputs.tables import DAY_OF
from auditor.log.columns import Arrays, Codes, Columns, Ints
from auditor.log.events import Events
from auditor.log.facts import Facts
from auditor.log.kinds import DAY, DEAL_BITS, KIND_OF_ACTIVITY, KIND_OF_HISTORY, MINUTE, NEVER, Kind

OF_MINUTE, OF_DAY = MINUTE - 1, DAY - 1
"""The blur of a moment whose minute, or whose day alone, is known."""


def timeless(events: Events, arrays: Arrays) -> Ints:
    """The positions of the completions of which nobody knows the moment: the rows of their tasks say no more than that
    they are done. They stand at the setting of their tasks."""
    done, table = np.flatnonzero(events.kind == Kind.TASK_DONE), arrays.activities
    if "done" not in table:
        return done[:0]
    ref = events.ref[done]
    own_row = table.text("type").taken(ref).equals("task_done")
    return done[~own_row & (table.seconds("completed")[ref] == NEVER)]


def blur_of(events: Events, deals: Columns, arrays: Arrays, facts: Facts, timeless: Ints) -> Codes | None:
    """Per event how many seconds after its own it may have happened; None where all are known to the second. Those at
    the positions `timeless` are done in time: by the due of their tasks, or by as-of."""
    blur = None
    for table, column, kinds in (
        (deals, "created", (Kind.CREATED,)),
        (arrays.history, "time", (*KIND_OF_HISTORY.values(),)),
        (arrays.activities, "time", (*KIND_OF_ACTIVITY.values(),)),
        (arrays.activities, "completed", (Kind.TASK_DONE,)),
        (arrays.activities, "opened", (Kind.OPENED,)),
        (arrays.ledger, "updated", (Kind.LEDGER,)),
    ):
        told = of_column(table, column, arrays, facts)
        if told is not None:
            blur = np.zeros(len(events.time), np.int32) if blur is None else blur
            rows = np.flatnonzero(np.isin(events.kind, kinds))
            ref = events.ref[rows]
            # a task done on the day it was set was done after that: the moment is the later one, the day ends as it did
            blur[rows] = np.maximum(table.seconds(column)[ref] + told[ref] - events.time[rows], 0) * (told[ref] > 0)
    if timeless.size:
        blur = np.zeros(len(events.time), np.int32) if blur is None else blur
        by = np.minimum(_last_dues(events, arrays.activities, timeless), facts.as_of)
        blur[timeless] = np.maximum(by - events.time[timeless], 0)
    return blur


def _last_dues(events: Events, activities: Columns, completions: Ints) -> Ints:
    """Per completion the latest due that its task ever had, by the task's id; NEVER where it had none."""
    ids, due = activities.text("task_id").codes, activities.seconds("due")

    def task(places: Ints) -> Ints:
        # a row without an id is its own task, numbered below all ids
        ref = events.ref[places].astype(np.int64)
        return (events.deal[places].astype(np.int64) << DEAL_BITS) + np.where(ids[ref] >= 0, ids[ref], -1 - ref)

    places = np.flatnonzero(np.isin(events.kind, (Kind.TASK_SET, Kind.TASK_MOVED)))
    names, number = np.unique(task(places), return_inverse=True)
    latest = np.zeros(len(names), np.int64)
    np.maximum.at(latest, number, due[events.ref[places]])
    return latest[np.searchsorted(names, task(completions))]


def of_column(table: Columns, column: str, arrays: Arrays, facts: Facts) -> Codes | None:
    """Per row of the table the blur of its moment in that column; None where all are exact."""
    minutes = [(number, column) in facts.minutes for number in range(len(arrays.sources.sources))]
    days = table.frame[DAY_OF + column].to_numpy() if DAY_OF + column in table else None
    if column not in table or not (any(minutes) or days is not None):
        return None
    source = arrays.sources.of(table.frame["row"].to_numpy())
    blur = np.where(np.array(minutes)[source], OF_MINUTE, 0).astype(np.int32)
    if days is not None:
        blur[days] = OF_DAY
    return np.where(table.seconds(column) == NEVER, 0, blur).astype(np.int32)
