"""Sorted arrays by group, and ranges."""

from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from auditor.log.columns import Bools, Codes, Ints


def starts(group: "Ints | Codes") -> Bools:
    """Per element whether it is the first of its group: of equal elements that stand side by side."""
    return np.append(True, np.diff(group) != 0) if len(group) else np.zeros(0, np.bool_)


def running(first: Bools, values: Ints) -> Ints:
    """The running sums within each group; `first` marks the first element of each, `values` are not negative."""
    total = np.cumsum(values)
    # totals never fall, so the highest seen so far of those before a group is that before the last group begun
    before = np.where(first, total - values, 0)
    return total - np.maximum.accumulate(before) if len(total) else total


def ends(group: "Ints | Codes") -> Bools:
    """Per element whether it is the last of its group."""
    return np.append(np.diff(group) != 0, True) if len(group) else np.zeros(0, np.bool_)


def spread(first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """Every member of the ranges `[first, last)` in order, as (number of the range, member): of `[2, 4)` and `[7, 8)`
    these are `[0, 0, 1]` and `[2, 3, 7]`. An empty range, or one that ends before it begins, has none."""
    count = np.maximum(last - first, 0)
    number = np.repeat(np.arange(len(first)), count)
    offset = np.arange(len(number)) - np.repeat(np.cumsum(count) - count, count)
    return number, first[number] + offset


def slices(values: NDArray[Any], first: Ints, last: Ints) -> list[list[Any]]:
    """Per pair of bounds the values from `first` up to `last`."""
    _number, members = spread(first, last)
    inside = iter(values[members].tolist())
    return [list(islice(inside, count)) for count in np.maximum(last - first, 0).tolist()]
