"""The six checks as one would write them in pandas."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

import pandas as pd

from bench.six import MINUTES, MONTH, SIX

Frames = Mapping[str, pd.DataFrame]


def in_pandas(frames: Frames, as_of: datetime) -> Mapping[str, Callable[[], int]]:
    checks: tuple[Callable[[Frames], int], ...] = (
        _three_a_day,
        _silence,
        partial(_stay, as_of=as_of),
        _backward,
        _answer,
        _by_eleven,
    )
    return {name: partial(check, frames) for name, check in zip(SIX, checks, strict=True)}


def _calls(frames: Frames) -> pd.DataFrame:
    activities = frames["activities"]
    return activities[(activities["type"] == "call") & (activities["direction"] == "out")]


def _three_a_day(frames: Frames) -> int:
    calls = _calls(frames)
    return int((calls.groupby(["deal", calls["time"].dt.normalize()], observed=True).size() >= 3).sum())


def _silence(frames: Frames) -> int:
    calls = _calls(frames).sort_values(["deal", "time"])
    gap = calls.groupby("deal", observed=True)["time"].diff()
    return int(gap.groupby(calls["deal"], observed=True).max().dt.total_seconds().sum())


def _stay(frames: Frames, as_of: datetime) -> int:
    history = frames["history"]
    moves = history[history["event"] == "stage"].sort_values(["deal", "time", "row"])
    until = moves.groupby("deal", observed=True)["time"].shift(-1).fillna(pd.Timestamp(as_of))
    return int(((until - moves["time"]).dt.total_seconds() > MONTH).sum())


def _backward(frames: Frames) -> int:
    history, rank = frames["history"], frames["ranks"].set_index("name")["rank"]
    moves = history[history["event"] == "stage"]
    return int((moves["after"].astype("str").map(rank) < moves["before"].astype("str").map(rank)).sum())


def _first(frames: Frames) -> pd.DataFrame:
    """Deals with the first call and the creation's day."""
    called = _calls(frames).groupby("deal", observed=True)["time"].min().rename("called")
    called.index = called.index.astype("str")
    return frames["deals"].merge(called, how="left", left_on="id", right_index=True)


def _worked(moments: pd.Series, calendar: pd.DataFrame) -> pd.Series:
    day = moments.dt.normalize()
    of_day = calendar.loc[day].set_axis(moments.index)
    into = ((moments - day).dt.total_seconds() - of_day["opens"]).clip(lower=0)
    worked: pd.Series = of_day["worked"] + into.clip(upper=of_day["lasts"])
    return worked


def _answer(frames: Frames) -> int:
    deals = _first(frames).dropna(subset="called")
    calendar = frames["calendar"].set_index("day")
    return int((_worked(deals["called"], calendar) - _worked(deals["created"], calendar) > MINUTES).sum())


def _by_eleven(frames: Frames) -> int:
    deals = _first(frames)
    due = deals["created"].dt.normalize().map(frames["calendar"].set_index("day")["eleven"])
    return int((~(deals["called"] <= due)).sum())
