"""A trend as a line of bars."""

from bisect import bisect_right

from auditor.history.past import Trend

BARS = "▁▂▃▄▅▆▇█"
NOTHING, BREAK = "·", "│"
MOST = 30
"""Bars of a line; of more nights each bar is the last of several."""


def sparkline(trend: Trend) -> str:
    """A bar for each night, from the trend's least number to its most; «·» where there is none, «│» where from then on
    another rule judges."""
    known = trend.known
    if not known:
        return ""
    least, most = min(known), max(known)
    line, broken = "", 0
    for at in _chosen(len(trend.days)):
        breaks = bisect_right(trend.breaks, trend.days[at])
        line += (BREAK if breaks > broken else "") + _bar(trend.values[at], least, most)
        broken = breaks
    return line


def _chosen(number: int) -> list[int]:
    """The nights that are drawn, the last among them."""
    bars = min(number, MOST)
    return [(each + 1) * number // bars - 1 for each in range(bars)]


def _bar(value: float | None, least: float, most: float) -> str:
    if value is None:
        return NOTHING
    share = (value - least) / (most - least) if most > least else 0
    return BARS[min(int(share * len(BARS)), len(BARS) - 1)]
