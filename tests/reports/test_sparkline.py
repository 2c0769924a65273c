"""Trends as lines of bars."""

from datetime import date, timedelta

import pytest

from auditor.history.past import Trend
from auditor.reports.sparkline import MOST, sparkline

DAY = date(2026, 3, 1)


def trend(*values: float | None, breaks: tuple[int, ...] = ()) -> Trend:
    days = tuple(DAY + timedelta(number) for number in range(len(values)))
    return Trend("", days, values, tuple(DAY + timedelta(number) for number in breaks))


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (trend(), ""),
        (trend(None, None), ""),
        (trend(5), "▁"),
        (trend(0, 0, 0), "▁▁▁"),
        (trend(0, 1, 2, 3, 4, 5, 6, 7), "▁▂▃▄▅▆▇█"),
        (trend(0.98, 0.99, 1.0), "▁▅█"),
        (trend(1, None, 3), "▁·█"),
        (trend(1, 3, 3, breaks=(1,)), "▁│██"),
        (trend(1, 3, 3, breaks=(0, 2)), "│▁█│█"),
    ],
)
def test_a_bar_for_each_night(given: Trend, line: str) -> None:
    assert sparkline(given) == line


def test_of_many_nights_a_bar_is_the_last_of_several_and_no_break_is_lost() -> None:
    many = trend(*range(2 * MOST), breaks=(31,))
    line = sparkline(many)
    assert (len(line), line[0], line[-1], line.index("│")) == (MOST + 1, "▁", "█", 15)
    assert sparkline(trend(*range(MOST + 1)))[-1] == "█"
