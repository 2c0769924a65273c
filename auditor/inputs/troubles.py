"""Problems of many rows, kept readable: the first ones one by one, the rest in one line that still names every row."""

from collections.abc import Callable, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from auditor.i18n import _, ngettext, numeral
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import Place, Problem

SHOWN = 20
MOST_RANGES = 2000


def troubles(
    place: Place, rows: "Sequence[int] | NDArray[np.integer]", what: Callable[[int], str], kind: Trouble
) -> list[Problem]:
    """A problem for each of `rows` (numbers the user sees) at `place`; `what` gets the position in `rows`."""
    shown = [
        Problem(Place(place.file, place.sheet, int(row), place.column), what(position), kind)
        for position, row in enumerate(islice(rows, SHOWN))
    ]
    rest = np.asarray(rows[SHOWN:], dtype=np.int64)
    return [*shown, Problem(place, and_more(rest), kind, len(rest))] if rest.size else shown


def and_more(rows: "NDArray[np.integer]") -> str:
    """«the same in 1,024 more rows: 25–1048»."""
    text = ngettext("the same in {count} more row: {rows}", "the same in {count} more rows: {rows}", len(rows))
    return text.format(count=numeral(len(rows)), rows=ranges(rows))


def ranges(rows: "Sequence[int] | NDArray[np.integer]") -> str:
    """`2–5, 9`."""
    numbers = np.unique(np.asarray(rows, dtype=np.int64))
    runs = np.split(numbers, np.flatnonzero(np.diff(numbers) > 1) + 1)
    words = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs[:MOST_RANGES]]
    if len(runs) > MOST_RANGES:
        words.append(_("and others up to {row}").format(row=numbers[-1]))
    return ", ".join(words)
