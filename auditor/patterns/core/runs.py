"""Sorted arrays by group, and ranges."""

import numpy as np

from auditor.log.columns import Bools, Codes, Ints


def starts(group: "Ints | Codes") -> Bools:
    """Whether each member is the first of its group."""
    return np.append(True, np.diff(group) != 0) if len(group) else np.zeros(0, np.bool_)


def running(first: Bools, values: Ints) -> Ints:
    """The running sum within each group; `first` marks its first member."""
    total = np.cumsum(values)
    before = np.where(first, total - values, 0)
    return total - np.maximum.accumulate(before) if len(total) else total


def ends(group: "Ints | Codes") -> Bools:
    """Whether each member is the last of its group."""
    return np.append(np.diff(group) != 0, True) if len(group) else np.zeros(0, np.bool_)


def spread(first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """All pairs of a range's number and a member of `[first, last)`, in order."""
    count = np.maximum(last - first, 0)
    number = np.repeat(np.arange(len(first)), count)
    offset = np.arange(len(number)) - np.repeat(np.cumsum(count) - count, count)
    return number, first[number] + offset
