"""What deadlines are, whose schedule they run on, and how lateness is measured."""

from abc import ABC, abstractmethod

import numpy as np

from auditor.log.columns import Ints
from auditor.log.kinds import DAY
from auditor.log.log import Log
from auditor.patterns.core.moments import Moments
from auditor.patterns.core.needs import Need, needs_of


class Deadline(ABC):
    """A part of a clause that says until when something is due."""

    unit: str
    """The unit in which a report tells by how much it was missed."""
    counts_hours: bool = False
    """Whether it lies minutes or hours after the trigger, so that a moment whose day alone is known says too little."""

    @abstractmethod
    def due(self, log: Log, t: Moments, schedule: Ints) -> Ints:
        """Per trigger the last second that is in time, NEVER where the record does not say.

        `schedule`: per trigger the number of the working schedule that it runs on (see `schedules_of`)."""

    @abstractmethod
    def words(self) -> str: ...

    @property
    def needs(self) -> tuple[Need, ...]:
        return needs_of(self)


EXACT = {"minutes": 60, "hours": 3600}
"""Seconds of a unit that is time as it elapses, whatever the clock says."""


def measured(log: Log, unit: str, schedule: Ints, start: Ints, stop: Ints) -> "np.ndarray":
    """The time from start to stop in a unit: minutes, hours, days, working_minutes, working_hours, working_days; NaN
    where the schedule is not understood."""
    if unit in ("days", "weeks"):
        return (stop // DAY - start // DAY).astype(np.float64)
    if not unit.startswith("working_"):
        return log.clock.elapsed(start, stop) / EXACT[unit]
    schedules = log.times.schedules
    base = unit.removeprefix("working_")
    if base == "days":
        return schedules.working_days_between(schedule, start // DAY, stop // DAY).astype(np.float64)
    worked = (schedules.elapsed(schedule, stop) - schedules.elapsed(schedule, start)) / EXACT[base]
    return np.where(schedules.is_known(schedule), worked, np.nan)


def schedules_of(log: Log, t: Moments) -> Ints:
    """Per trigger the number of the schedule of who answers for the deal when the duty arises: what working deadlines
    run on."""
    return schedules_at(log, t.key)


def schedules_at(log: Log, key: Ints) -> Ints:
    """Per key the schedule number of who answers for the deal just before it: a change counts from the next second."""
    versions = log.answering
    return log.times.of(versions.code[versions.before(key)])
