"""Six checks that any regulation has, thrice: on the log, in SQL and in pandas; the answers must be equal."""

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
import pandas as pd

from auditor.inputs.tables import Tables
from auditor.log import Log
from auditor.log.columns import Ints
from auditor.log.kinds import DAY, EPOCH_SECONDS, Direction, Kind
from auditor.log.spine import deal_of, time_of
from auditor.spelling import folded

SIX = ("three calls a day", "longest silence", "longest stay", "move backward", "answer in minutes", "by 11:00")
MONTH, MINUTES, ELEVEN = 30 * DAY, 600, 11 * 3600


def calls_of(log: Log) -> Ints:
    """Keys of the outgoing calls."""
    places = log.of_kind(Kind.CALL)
    keys: Ints = log.key[places[log.direction[places] == Direction.OUT]]
    return keys


def first_calls(log: Log) -> tuple[Ints, Ints]:
    """Deals that were called, and when first."""
    key = calls_of(log)
    first = np.flatnonzero(np.append(True, np.diff(deal_of(key)) != 0))
    return deal_of(key[first]), time_of(key[first])


def on_log(log: Log) -> Mapping[str, Callable[[], int]]:
    """The checks as array passes over the log."""
    checks = (_three_a_day, _silence, _stay, _backward, _answer, _by_eleven)
    return {name: partial(check, log) for name, check in zip(SIX, checks, strict=True)}


def _three_a_day(log: Log) -> int:
    key = calls_of(log)
    days = key >> 32 << 32 | time_of(key) // DAY
    bounds = np.flatnonzero(np.diff(days, prepend=-1, append=-1))
    return int((np.diff(bounds) >= 3).sum())


def _silence(log: Log) -> int:
    key = calls_of(log)
    gap = np.diff(key)
    same = np.diff(deal_of(key)) == 0
    deal = deal_of(key[1:])[same]
    starts = np.flatnonzero(np.diff(deal, prepend=-1))
    return int(np.maximum.reduceat(gap[same], starts).sum())


def _stay(log: Log) -> int:
    key = log.key[log.of_kind(Kind.STAGE)]
    until = np.append(key[1:], 0)
    ours = np.append(np.diff(deal_of(key)) == 0, False)
    return int((np.where(ours, time_of(until), log.as_of) - time_of(key) > MONTH).sum())


def _backward(log: Log) -> int:
    ref = log.ref[log.of_kind(Kind.STAGE)]
    before, after = (log.text("history", name).taken(ref) for name in ("before", "after"))
    rank = {name: number for number, name in enumerate(sorted({*before.folded, *after.folded}))}
    was, became = before.mapped(rank), after.mapped(rank)
    return int(((became < was) & (became >= 0)).sum())


def _answer(log: Log) -> int:
    deal, called = first_calls(log)
    who, schedules = np.zeros(len(deal), np.int64), log.times.schedules
    taken = schedules.elapsed(who, called) - schedules.elapsed(who, log.deals.created[deal])
    return int((taken > MINUTES).sum())


def _by_eleven(log: Log) -> int:
    deal, called = first_calls(log)
    due = log.times.schedules.clock_of_next_working_day(np.zeros(len(log.deals), np.int64), log.deals.created, ELEVEN)
    return len(log.deals) - int((called <= due[deal]).sum())


def calendar_of(log: Log) -> pd.DataFrame:
    """Per day its working seconds before it, its opening and closing, and 11:00 of the next working day."""
    first = int(log.deals.created.min()) // DAY
    days = np.arange(first, log.as_of // DAY + 1)
    who, schedules = np.zeros(len(days), np.int64), log.times.schedules
    return pd.DataFrame(
        {
            "day": _stamps(days * DAY),
            "worked": schedules.elapsed(who, days * DAY),
            "opens": schedules.opens(who, days) % DAY,
            "lasts": schedules.closes(who, days) - schedules.opens(who, days),
            "eleven": _stamps(schedules.clock_of_next_working_day(who, days * DAY, ELEVEN)),
        }
    )


def _stamps(seconds: Ints) -> "np.ndarray":
    return (seconds + EPOCH_SECONDS).astype("datetime64[s]")


def frames_of(tables: Tables, log: Log) -> dict[str, pd.DataFrame]:
    """What SQL and pandas work on: the same rows, no event before its deal's creation."""
    deals = tables.deals[["id", "created"]].assign(id=tables.deals["id"].astype("str"))
    created = deals.set_index("id")["created"]
    frames = {"deals": deals, "calendar": calendar_of(log)}
    for name, columns in (("activities", ["type", "direction"]), ("history", ["event", "before", "after"])):
        frame = getattr(tables, name)
        frame = frame.loc[frame["deal"].notna(), ["deal", "time", "row", *columns]]
        born = frame["deal"].astype("str").map(created).astype("datetime64[s]")
        frames[name] = frame.assign(time=frame["time"].where(frame["time"] >= born, born))
    stages = frames["history"].loc[frames["history"]["event"] == "stage", ["before", "after"]]
    names = sorted(set(pd.concat([stages["before"].astype("str"), stages["after"].astype("str")]).dropna()), key=folded)
    return {**frames, "ranks": pd.DataFrame({"name": names, "rank": range(len(names))})}
