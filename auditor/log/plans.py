"""Calls that are only planned: in the log they are tasks, planned contacts of the kind call.

They keep a type of their own: an export of calls tells nothing of the other tasks."""

from dataclasses import replace

import numpy as np
import pandas as pd

from auditor.inputs.columns import categorical, filled, only, rewritten
from auditor.log.columns import Arrays, Bools, Columns
from auditor.log.kinds import NEVER

PLANNED, KIND = "planned_call", "звонок"


def with_plans(arrays: Arrays, as_of: int) -> Arrays:
    """The same tables, in which a call that is due later than as-of, and of which nothing tells that it took place, is
    planned, and planned calls are due at their own time where nothing else is told."""
    table = arrays.activities
    ahead = _ahead(table, as_of)
    planned = ahead | table.text("type").equals(PLANNED)
    if not planned.any():
        return arrays
    frame = table.frame
    due = frame["due"] if "due" in table else pd.Series(np.full(len(table), np.datetime64("NaT", "s")))
    kind, author, addressee = (categorical(_texts(frame, name)) for name in ("kind", "author", "addressee"))
    calls = pd.Categorical.from_codes(np.where(planned, 0, -1), pd.Index([KIND], dtype="str"))
    frame = frame.assign(
        type=rewritten(categorical(frame["type"]), ahead, lambda _call: PLANNED),
        kind=filled(calls, kind),
        addressee=filled(addressee, only(author, planned, str)),
        due=due.mask(planned & due.isna().to_numpy(), frame["time"]),
    )
    return replace(arrays, activities=Columns(frame))


def _texts(frame: pd.DataFrame, name: str) -> pd.Series:
    return frame[name] if name in frame else pd.Series([None] * len(frame), dtype="str")


def _ahead(table: Columns, as_of: int) -> Bools:
    """The calls due later than as-of, without an outcome, a length, or a word that they are done."""
    ahead = np.zeros(len(table), np.bool_)
    if "due" not in table:
        return ahead
    due, outcome = table.seconds("due"), table.text("outcome")
    later = np.flatnonzero((due > as_of) & (due != NEVER))
    later = later[table.text("type").taken(later).equals("call") & (outcome.codes[later] < 0)]
    for column in {"duration", "done"} & {*table.frame.columns}:
        later = later[~(table.frame[column].iloc[later].fillna(0).to_numpy() > 0)]
    ahead[later] = True
    return ahead
