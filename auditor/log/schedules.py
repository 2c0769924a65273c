"""Working time: when each schedule of the run opens and closes, day by day, and what follows from it."""

import numpy as np
import pandas as pd

from auditor.log.calendar import Calendar, unofficial
from auditor.log.columns import Bools, Ints
from auditor.log.kinds import DAY, NEVER
from auditor.log.shifts import company_hours
from auditor.log.timetable import hours_by_day, numbered, schedule_cells
from auditor.settings import Settings

ROOM = 60
"""Days before the first that a window may reach back to."""
MOST_CELLS = 20_000_000
"""Schedules times days that the tables may hold: some 700 MB."""
_BITS = 33
"""Bits for the working seconds of one schedule: 2**33 of them are 272 years."""


class Schedules:
    """The working time of all schedules; number 0 is the company's, the last that of people whose schedule is not
    understood: it knows no working time at all.

    In all methods `schedule` is the number of a schedule per moment, `t` are seconds and `day` are days since
    2000-01-01, all broadcastable int64 arrays. Nothing is known before the first day and after the last: that is no
    working time, and what would come after it comes NEVER."""

    def __init__(self, calendar: Calendar, opens: Ints, closes: Ints) -> None:
        """`opens` and `closes`: seconds of the day, [schedule, day]; a day off closes when it opens, a shift over
        midnight past 24 hours.

        The tables have a column more at either end, for everything before and after."""
        opens, closes = (np.pad(table, ((0, 1), (0, 0))) for table in (opens, closes))
        midnight, works = calendar.days * DAY, closes > opens
        opened = _framed(np.where(works, midnight + opens, midnight))
        closed = _framed(np.where(works, midnight + closes, midnight))
        self.last, self._goes_on = len(opens) - 1, bool((closes > DAY).any())
        works = closed > opened
        total = (closed - opened).cumsum(axis=1)
        nth = np.where(np.arange(works.shape[1]) < works.sum(axis=1)[:, None], np.argsort(~works, kind="stable"), -1)
        self.known_until = calendar.known_until
        self._start, self._width = calendar.first - 1, len(calendar.days) + 2
        self._opens: Ints = opened.ravel()
        self._closes: Ints = closed.ravel()
        self._before: Ints = (total - (closed - opened)).ravel()
        self._upto: Ints = works.cumsum(axis=1).ravel()
        self._nth: Ints = (nth % self._width).ravel()
        # the working seconds up to each closing, all schedules in one sorted array with the schedule in the high bits:
        # one binary search answers moments of all schedules at once
        total[:, -1] = (1 << _BITS) - 1
        self._ends: Ints = (total + (np.arange(len(total)) << _BITS)[:, None]).ravel()

    @classmethod
    def build(
        cls, settings: Settings, people: pd.DataFrame | None, first: int, last: int
    ) -> "tuple[Schedules, dict[str, int], list[tuple[str, str]]]":
        """The schedules for the days `first` to `last`, the number of each person who has his own, and (name, what is
        wrong) for every cell that is not understood."""
        first, last = first - ROOM, min(max(first, last), NEVER // DAY - 1)
        calendar = Calendar.of(settings, first, last)
        rules, numbers, errors = numbered(schedule_cells(people), most=max(MOST_CELLS // len(calendar.days), 1))
        company = company_hours(settings.opens, settings.closes)
        tables = np.stack([hours_by_day(calendar, theirs, company) for theirs in rules])
        return cls(calendar, tables[:, 0], tables[:, 1]), numbers, errors

    def warning(self, last_seen_day: int) -> str | None:
        """What to say where the data go past the years whose moved holidays are official."""
        return unofficial(self.known_until, last_seen_day)

    def is_known(self, schedule: Ints) -> Bools:
        """Whether the schedule was understood."""
        return np.asarray(schedule != self.last)

    def day_of(self, schedule: Ints, t: Ints) -> Ints:
        """The day whose working time a moment belongs to: the day before its own while that day's shift goes on."""
        day = t // DAY
        if not self._goes_on:
            return day
        before = self._at(schedule, day - 1)
        return day - ((t < self._closes[before]) & (self._closes[before] > self._opens[before]))

    def is_working(self, schedule: Ints, day: Ints) -> Bools:
        """Whether it is a working day."""
        at = self._at(schedule, day)
        return self._closes[at] > self._opens[at]

    def opens(self, schedule: Ints, day: Ints) -> Ints:
        """The second at which a working day opens."""
        return self._opens[self._at(schedule, day)]

    def closes(self, schedule: Ints, day: Ints) -> Ints:
        """The second at which a working day closes, no longer working time itself."""
        return self._closes[self._at(schedule, day)]

    def elapsed(self, schedule: Ints, t: Ints) -> Ints:
        """Working seconds before t since the calendar's first day."""
        at = self._at(schedule, self.day_of(schedule, t))
        opens = self._opens[at]
        today: Ints = np.clip(t - opens, 0, self._closes[at] - opens)
        return self._before[at] + today

    def after(self, schedule: Ints, t: Ints, seconds: Ints | int) -> Ints:
        """The earliest moment at which so many working seconds have passed since t; for none of them the next
        opening."""
        target = self.elapsed(schedule, t) + seconds
        found = np.searchsorted(self._ends, (np.asarray(schedule) << _BITS) + target)
        reached = np.minimum(self._opens[found] + target - self._before[found], NEVER)
        return np.maximum(reached, self.next_opening(schedule, t))

    def next_opening(self, schedule: Ints, t: Ints) -> Ints:
        """The earliest moment of working time at or after t."""
        day = self.day_of(schedule, t)
        at = self._at(schedule, day)
        later = self.opens(schedule, self.next_working_day(schedule, day))
        return np.where(t < self._closes[at], np.maximum(t, self._opens[at]), later)

    def left_of_day(self, schedule: Ints, day: Ints, t: Ints) -> Ints:
        """Working seconds of that day from t on."""
        at = self._at(schedule, day)
        return np.maximum(self._closes[at] - np.maximum(t, self._opens[at]), 0)

    def end_of_working_day(self, schedule: Ints, t: Ints, leaving: float = 0) -> Ints:
        """The first closing later than t; the next working day's where less than `leaving` working seconds are left
        until it."""
        day = self.day_of(schedule, t)
        left = self.left_of_day(schedule, day, t)
        later = self.closes(schedule, self.next_working_day(schedule, day))
        return np.where(left >= max(leaving, 1), self.closes(schedule, day), later)

    def end_of_next_working_day(self, schedule: Ints, t: Ints) -> Ints:
        """The closing of the first working day after the calendar day of t."""
        return self.closes(schedule, self.next_working_day(schedule, t // DAY))

    def clock_of_next_working_day(self, schedule: Ints, t: Ints, clock: int) -> Ints:
        """That second of the first working day after the calendar day of t."""
        return self.moment(self.next_working_day(schedule, t // DAY), clock)

    def after_working_days(self, schedule: Ints, t: Ints, n: Ints | int) -> Ints:
        """The same clock time n working days later; a start outside working time counts as the next opening."""
        start = self.next_opening(schedule, t)
        day = self.day_of(schedule, start)
        later = self.moment(self.next_working_day(schedule, day, n), start - day * DAY)
        return np.where(start < NEVER, later, NEVER)

    def working_days_between(self, schedule: Ints, a: Ints, b: Ints) -> Ints:
        """Working days among the days (a, b]; where b lies before a, those of (b, a] with a minus."""
        return self._upto[self._at(schedule, b)] - self._upto[self._at(schedule, a)]

    def next_working_day(self, schedule: Ints, day: Ints, n: Ints | int = 1) -> Ints:
        """The n-th working day after that day; past the calendar the day after its last."""
        place: Ints = np.clip(self._upto[self._at(schedule, day)] + n - 1, 0, self._width - 1)
        column: Ints = self._nth[schedule * self._width + place]
        return column + self._start

    def working_day_on_or_before(self, schedule: Ints, day: Ints) -> Ints:
        """That day or the last working day before it; that day where the calendar knows none."""
        return np.minimum(self.next_working_day(schedule, day, 0), day)

    def working_day_on_or_after(self, schedule: Ints, day: Ints) -> Ints:
        """That day or the first working day after it."""
        return self.next_working_day(schedule, day - 1)

    def _at(self, schedule: Ints, day: Ints) -> Ints:
        column: Ints = np.clip(day - self._start, 0, self._width - 1)
        return schedule * self._width + column

    def moment(self, day: Ints, clock: Ints | int) -> Ints:
        """That second of the day; past the calendar NEVER."""
        return np.where(day < self._start + self._width - 1, day * DAY + clock, NEVER)


def _framed(table: Ints) -> Ints:
    """The table with a column more at either end, for the days before and after the calendar."""
    return np.pad(table, ((0, 0), (1, 1)), constant_values=((0, 0), (-NEVER, NEVER)))
