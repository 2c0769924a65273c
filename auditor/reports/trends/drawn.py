"""Trends as lines of a drawing: where each night stands, and where a line is interrupted."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from auditor.history.past import Trend

Point = tuple[float, float]


@dataclass(frozen=True)
class Plot:
    """A drawing of so many units, for nights from `first` to `last` and numbers from 0 to `most`."""

    width: int
    height: int
    first: date
    last: date
    most: float

    def x(self, day: date) -> float:
        """A single night stands in the middle."""
        all_days = (self.last - self.first).days
        return round(self.width * ((day - self.first).days / all_days if all_days else 0.5), 1)

    def y(self, value: float) -> float:
        return round(self.height * (1 - value / self.most), 1)

    def lines(self, trend: Trend) -> list[str]:
        """The trend as polylines of SVG: one ends where a night has no number or another rule judges."""
        return [" ".join(f"{x},{y}" for x, y in run) for run in self._runs(trend) if len(run) > 1]

    def alone(self, trend: Trend) -> list[Point]:
        """The points that no line meets."""
        return [run[0] for run in self._runs(trend) if len(run) == 1]

    def _runs(self, trend: Trend) -> Iterator[list[Point]]:
        nights = zip(trend.days, trend.values, strict=True)
        for (known, _breaks), run in groupby(nights, lambda night: _piece(trend, *night)):
            if known:
                yield [(self.x(day), self.y(value)) for day, value in run if value is not None]


def plot_of(trends: Sequence[Trend], width: int, height: int, *, share: bool) -> Plot:
    """As high as the most of these numbers; of shares always the whole."""
    days = trends[0].days
    most = 1 if share else max((value for trend in trends for value in trend.known), default=0)
    return Plot(width, height, days[0], days[-1], most or 1)


def _piece(trend: Trend, day: date, value: float | None) -> tuple[bool, int]:
    """Whether there is a number, and after how many changes of the rules."""
    return value is not None, bisect_right(trend.breaks, day)
