"""What stands beside a table and is not read: rows above its captions, cells in columns without one."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from auditor.i18n import ngettext
from auditor.inputs.tables import Place, Problem
from auditor.inputs.times import Bools
from auditor.inputs.troubles import ranges

FULL = 3
"""A title has fewer cells."""

Columns = Sequence["pd.Categorical | pd.Series"]


def told_beside(
    place: Place, headers: Sequence[str], above: Sequence[Sequence[str]], first: int, rows: NDArray[np.int64]
) -> list[Problem]:
    """A line for the rows `above` the captions (the first is row `first`) that are as full as a row of the table, and
    one for `rows` that hold something in a column without a caption."""
    least = max(FULL, sum(map(bool, headers)) // 2)
    full = [first + n for n, row in enumerate(above) if sum(bool(cell.strip()) for cell in row) >= least]
    told = ((np.array(full, np.int64), _above), (rows, _uncaptioned))
    return [Problem(place, f"{what(len(numbers))}: {ranges(numbers)}") for numbers, what in told if len(numbers)]


def _above(count: int) -> str:
    return ngettext(
        "a row that stands above the captions was not read; move it below them, row",
        "rows that stand above the captions were not read; move them below them, rows",
        count,
    )


def _uncaptioned(count: int) -> str:
    return ngettext(
        "a column without a caption holds something that was not read, row",
        "columns without a caption hold something that was not read, rows",
        count,
    )


def uncaptioned(headers: Sequence[str], columns: Columns, rows: int) -> tuple[Bools, Bools]:
    """Rows that hold something in a column without a caption: beyond the last caption, and between them."""
    last = max((place for place, header in enumerate(headers) if header), default=-1)
    beyond, between = np.zeros(rows, np.bool_), np.zeros(rows, np.bool_)
    for place, (header, column) in enumerate(zip(headers, columns, strict=True)):
        if not header:
            (beyond if place > last else between)[:] |= ~np.asarray(pd.isna(column))
    return beyond, between
