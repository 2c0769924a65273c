"""Calls by the clock of another zone: many of them at night, and nearly all by day once shifted by whole hours."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from auditor.i18n import _
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import BEGIN, DAY_OF, END, Gap, Place, Problem, Sources
from auditor.inputs.times import Bools
from auditor.settings import Settings

ENOUGH = 50
"""Of fewer calls nobody can tell."""
NIGHT = range(6)
"""The hours in which nobody calls clients."""
MANY, NEARLY_ALL = 0.2, 0.95
"""So large a part of the calls at night is odd; so large a part by day is usual."""
BEFORE, AFTER = 1, 2
"""Hours of the working day's either side that are day, too."""


def foreign_clocks(activities: pd.DataFrame, sources: Sources, settings: Settings) -> Iterator[tuple[Problem, Gap]]:
    """A problem for each sheet of such calls; whether any call was in time is then unknown."""
    places = np.flatnonzero(_outgoing(activities))
    sheet = sources.of(activities["row"].to_numpy()[places])
    hour = activities["time"].to_numpy()[places].astype("datetime64[h]").astype(np.int64) % 24
    calls = np.bincount(sheet * 24 + hour, minlength=len(sources.sources) * 24).reshape(-1, 24)
    opens, closes = settings.opens.hour, settings.closes.hour or 24
    day, office = _hours(opens - BEFORE, closes + AFTER), _hours(opens, closes)
    for source, theirs in zip(sources.sources, calls, strict=True):
        if shift := _shift(theirs, day, office):
            problem = Problem(Place(source.file, source.sheet), _words(shift, settings.timezone), Trouble.ZONE)
            yield problem, Gap(frozenset({"call"}), BEGIN, END)


def _outgoing(activities: pd.DataFrame) -> Bools:
    """The outgoing calls whose hour is told."""
    told = np.asarray((activities["type"] == "call") & (activities["direction"] == "out"), np.bool_)
    return told & ~activities[DAY_OF + "time"].to_numpy() if DAY_OF + "time" in activities else told


def _hours(first: int, last: int) -> Bools:
    """Per hour of the day whether it lies between these, the last not included."""
    return np.isin(np.arange(24), np.arange(first, last) % 24)


def _shift(calls: "np.ndarray", day: Bools, office: Bools) -> int:
    """By how many hours these calls, given per hour, must be shifted to lie by day, most of them in working hours; 0
    where they need not, or nothing helps."""
    number = calls.sum()
    if number < ENOUGH or day[NIGHT].any() or calls[NIGHT].sum() < MANY * number:
        return 0
    shifted = np.array([np.roll(calls, shift) for shift in range(24)])
    best = int(shifted[:, office].sum(axis=1).argmax())
    return (best + 12) % 24 - 12 if shifted[best, day].sum() >= NEARLY_ALL * number else 0


def _words(shift: int, zone: str) -> str:
    text = _(
        "many of the calls are at night, and shifted by about {shift} h nearly all are by day: this file has the clock "
        "of another zone than {zone}, and whether a call came in time is unknown; export it by the clock of {zone}, or "
        "name its zone in auditor.toml under [time]"
    )
    return text.format(shift=f"{shift:+d}", zone=zone)
