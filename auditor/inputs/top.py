"""Where the captions stand: people write a title above a table, and a few blank rows."""

from collections.abc import Sequence
from functools import lru_cache

from auditor.inputs.captions import captions
from auditor.spelling import folded

LOOKED_AT = 10
ENOUGH = 2
"""Captions that are known tell the row of captions from a title."""


def caption_row(rows: Sequence[Sequence[str]]) -> int | None:
    """The position of the captions: of the first rows the first that names known ones, else the first with any text;
    None where no row has any."""
    known = (number for number, row in enumerate(rows[:LOOKED_AT]) if known_captions(row) >= ENOUGH)
    return next(known, next((number for number, row in enumerate(rows) if any(cell.strip() for cell in row)), None))


def known_captions(row: Sequence[str]) -> int:
    """How many cells are captions that some table has."""
    return sum(folded(cell) in _known() for cell in row)


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(map(folded, captions()))
