"""The one order of all events: deal, second, row of its table."""

import numpy as np

from auditor.inputs.tables import Sources
from auditor.log.columns import Codes, Ints


def ties(rows: Codes, times: Ints, sources: Sources) -> Ints:
    """The rank of rows inside one second: the row, mirrored in a source whose times descend."""
    result = rows.astype(np.int64)
    for source in sources.sources:
        start, stop = np.searchsorted(rows, [source.first, source.first + source.rows + 2])
        steps = np.diff(times[start:stop])
        if steps.size and steps.max(initial=0) <= 0 and steps.min(initial=0) < 0:
            result[start:stop] = result[start] + result[stop - 1] - result[start:stop]
    return result


def sort_events(deals: Ints, times: Ints, tie: Ints) -> Ints:
    """The order of events by deal, time and tie. Times and deals are non-negative and below 2**32.

    Two sorts of packed integers: four times faster than a lexsort."""
    order = np.argsort(tie, kind="stable")
    order = order[_packed_order(times[order])]
    return order[_packed_order(deals[order])]


def _packed_order(values: Ints) -> Ints:
    packed = (values << 32) | np.arange(len(values), dtype=np.int64)
    packed.sort()
    return packed & np.int64(0xFFFFFFFF)


def chain(order: Ints, same: "np.ndarray", before: Codes, after: Codes) -> None:
    """Reorder in place rows of one second so that each begins where the one above ended.

    `same[i]`: rows `order[i]` and `order[i + 1]` belong to one second of one table. Where before → after decides
    nothing the order stays. Rows of one second are few: eight passes of neighbours settle nine of them."""
    candidates = np.flatnonzero(same)
    for _ in range(8):
        upper, lower = order[candidates], order[candidates + 1]
        swap = (before[upper] == after[lower]) & (before[lower] != after[upper]) & (before[upper] >= 0)
        places = candidates[swap]
        places = places[np.concatenate(([True], np.diff(places) > 1))] if places.size else places
        if not places.size:
            return
        order[places], order[places + 1] = order[places + 1], order[places].copy()
