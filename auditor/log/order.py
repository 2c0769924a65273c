"""The one order of all events: deal, second, row of its table."""

from itertools import pairwise

import numpy as np

from auditor.inputs.tables import Sources
from auditor.log.columns import Codes, Columns, Ints
from auditor.log.kinds import DAY, MINUTE

LONGEST_CHAIN = 16
"""So many rows of one second are chained, the others stand by row: each takes a pass over what is left, and an
import may stamp thousands of rows with one second."""


def ties(rows: Codes, times: Ints, sources: Sources, fraction: Ints | None = None) -> Codes:
    """The rank of rows among those of one second: the row itself; mirrored in a source whose times descend, since an
    export with the newest first has one second's rows backwards, too. Fractions of the second, where they are told,
    come before the row."""
    result = rows.copy()
    for start, stop in pairwise(sources.bounds(rows)):
        steps = np.diff(times[start:stop])
        if steps.size and steps.max(initial=0) <= 0 and steps.min(initial=0) < 0:
            result[start:stop] = result[stop - 1] - (result[start:stop] - result[start])
    if fraction is not None:
        result[np.lexsort((result, fraction, sources.of(rows)))] = np.sort(result)
    return result


def a_second_each(deals: "Codes | Ints", times: Ints) -> Ints:
    """The seconds of events, by deal and second: those of one deal at 23:59:59 one after the other within the last
    minute of the day, in their order, since they need not have been one save."""
    ends = np.append((np.diff(deals) != 0) | (np.diff(times) != 0), True)[: len(times)]
    last = np.flatnonzero(ends)
    following = last[np.searchsorted(last, np.arange(len(times)))] - np.arange(len(times))
    return np.where(times % DAY == DAY - 1, times - np.minimum(following, MINUTE - 2), times)


def sort_events(deals: Codes, times: Ints, tie: Codes, chosen: Ints) -> Ints:
    """These events in order of deal, time and tie; deals are non-negative.

    Deal, time and place as one number that no two events share take half of the time of any stable sort. Where they do
    not fit into one, tables stand in order of time, or nearly so: merging their runs, then a radix sort by deal, is the
    next best."""
    chosen = chosen[np.argsort(tie[chosen], kind="stable")]
    deals, times = deals[chosen], times[chosen]
    packed = _packed(deals, times)
    if packed is not None:
        packed.sort()
        packed &= (1 << len(chosen).bit_length()) - 1
        return chosen[packed]
    by_time = np.argsort(times, kind="stable")
    return chosen[by_time[radix_order(deals[by_time])]]


def _packed(deals: Codes, times: Ints) -> Ints | None:
    """Per event its deal, time and index as one number; None where they do not fit into one."""
    if not len(deals):
        return None
    first, since = deals.min(), times.min()
    for_index, for_time = len(deals).bit_length(), int(times.max() - since).bit_length()
    if int(deals.max() - first).bit_length() + for_time + for_index > 63:
        return None
    key = (deals - first).astype(np.int64) << for_time
    key |= times - since
    key <<= for_index
    key |= np.arange(len(deals))
    return key


def radix_order(codes: "Codes | Ints") -> Ints:
    """The stable order of codes within 32 bits, by 16 bits at a time.

    For numbers of 16 bits numpy's stable sort is a radix sort, for longer ones a merge sort: two of the first take half
    of the time of one of the second."""
    codes = codes - codes.min() if len(codes) else codes
    order = np.argsort(codes.astype(np.uint16), kind="stable")
    if codes.max(initial=0) < 1 << 16:
        return order
    high = (codes >> 16).astype(np.uint16)
    return order[np.argsort(high[order], kind="stable")]


def chain_rows(history: Columns, deal: "Codes | Ints", time: Ints, ref: Codes, places: "Codes | Ints") -> Ints:
    """`places`, which index the other arrays and stand by deal and second, with those of one second chained."""
    theirs, times = deal[places].astype(np.int64), time[places]
    if not ((np.diff(theirs) == 0) & (np.diff(times) == 0)).any():
        return places.astype(np.int64)
    return places[chained(theirs, *_change_codes(history, ref[places]), times)].astype(np.int64)


def _change_codes(history: Columns, rows: Codes) -> tuple[Codes, Codes]:
    """`before` and `after` of these rows of the history as codes of one list of values."""
    before, after = (history.text(column).taken(rows) for column in ("before", "after"))
    numbers = {value: code for code, value in enumerate(dict.fromkeys([*before.folded, *after.folded]))}
    return before.mapped(numbers), after.mapped(numbers)


def chained(deal: Ints, before: Codes, after: Codes, second: Ints) -> Ints:
    """The order of rows that chains those of one deal and second: the `before` of each is the `after` of the one above.

    The rows stand by deal, second and row; where no chain is found they stay so. `before` and `after` are codes of one
    list, −1: empty."""
    order = np.arange(len(deal))
    if len(deal) < 2:
        return order
    new = np.append(True, (np.diff(deal) != 0) | (np.diff(second) != 0))
    group, starts = np.cumsum(new) - 1, np.flatnonzero(new)
    state = np.where((starts > 0) & (deal[starts] == deal[starts - 1]), after[starts - 1], -1)
    # a second of several rows ends with an unknown one of them, so the next second begins in no known state
    state[np.append(False, np.diff(starts) > 1)] = -1
    left = np.flatnonzero(np.bincount(group)[group] > 1)
    slots = left.copy()
    # a pass places one row of every group at once: as many passes as the longest chain, not as there are groups
    for _step in range(LONGEST_CHAIN):
        if not left.size:
            break
        best = _next_links(group[left], before[left], after[left], state)
        heads = np.flatnonzero(np.append(True, np.diff(group[left]) != 0))
        order[slots[heads]] = left[best]
        state[group[left[best]]] = after[left[best]]
        left, slots = np.delete(left, best), np.delete(slots, heads)
    order[slots] = left
    return order


def _next_links(group: Ints, before: Codes, after: Codes, state: Ints) -> Ints:
    """Per group the index of its next row: one whose `before` is the group's state, else one whose `before` is no other
    row's `after`, else the first."""
    others = np.isin(_pair(group, before), _pair(group, after)[before != after])
    rank = np.where((before >= 0) & (before == state[group]), 0, np.where(others | (before < 0), 2, 1))
    heads = np.flatnonzero(np.append(True, np.diff(group) != 0))
    rows = len(group)
    # rank and index as one number: its minimum is the first row of the best rank
    return np.minimum.reduceat(rank * rows + np.arange(rows), heads) % rows


def _pair(group: Ints, code: Codes) -> Ints:
    return (group << 32) | (code + 1)
