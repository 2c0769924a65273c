"""The clock of the account's time zone: how much time passes between local seconds where the clock is changed."""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np

from auditor.log.columns import Ints
from auditor.log.kinds import DAY, EPOCH_SECONDS


@dataclass(frozen=True, eq=False)
class Clock:
    """`changes`: seconds since 2000-01-01 UTC at which the clock is changed, ascending; `ahead`: by how many seconds
    local time is ahead of UTC, before the first change and after each.

    A local second that comes twice is taken as the second one: deadlines that run from it are the later ones."""

    changes: Ints
    ahead: Ints

    @classmethod
    def of(cls, timezone: str, first_year: int, last_year: int) -> "Clock":
        """The zone's clock in these years, both included."""
        return _clock(timezone, first_year, last_year)

    def later(self, t: Ints, seconds: int) -> Ints:
        """The local second at which so many more have passed; before it, where `seconds` is negative."""
        return self._local(self._utc(t) + seconds) if len(self.changes) else t + seconds

    def elapsed(self, start: Ints, stop: Ints) -> Ints:
        """The seconds that pass between two local ones."""
        return self._utc(stop) - self._utc(start) if len(self.changes) else stop - start

    def _utc(self, t: Ints) -> Ints:
        return t - self.ahead[np.searchsorted(self.changes + self.ahead[1:], t, side="right")]

    def _local(self, t: Ints) -> Ints:
        return t + self.ahead[np.searchsorted(self.changes, t, side="right")]


@lru_cache(maxsize=8)
def _clock(timezone: str, first_year: int, last_year: int) -> Clock:
    zone = ZoneInfo(timezone)

    def ahead(second: int) -> int:
        offset = datetime.fromtimestamp(second + EPOCH_SECONDS, zone).utcoffset()
        assert offset is not None, zone
        return int(offset.total_seconds())

    first, last = (
        int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) - EPOCH_SECONDS for year in (first_year, last_year)
    )
    days = range(first, last + 366 * DAY, DAY)
    offsets = [ahead(day) for day in days]
    changed = [number for number in range(1, len(days)) if offsets[number] != offsets[number - 1]]
    changes = [_first(range(days[number - 1], days[number] + 1), offsets[number], ahead) for number in changed]
    return Clock(
        np.array(changes, np.int64), np.array([offsets[0], *(offsets[number] for number in changed)], np.int64)
    )


def _first(seconds: range, wanted: int, ahead: Callable[[int], int]) -> int:
    """The first of these seconds at which local time is so far ahead; it is from there on."""
    return seconds[bisect_left(seconds, True, key=lambda second: ahead(second) == wanted)]
