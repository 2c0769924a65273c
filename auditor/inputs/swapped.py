"""Dates of a workbook whose days Excel took for months: a table of dates day first, opened where months come first.

What could be read so became a real date, of a day up to the 12th; all later days stayed text."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

ENOUGH = 10
"""Of so many real dates, and so many texts, none is so by chance."""
LAST_MONTH = 12

_DAY_FIRST = re.compile(r"\s*(\d{1,2})[./-](?:0?[1-9]|1[0-2])[./-](?:\d{4}|\d{2})(?!\d)", re.ASCII)


def has_swapped(cells: Sequence[Any]) -> bool:
    """Whether this column is such a one."""
    if set(map(type, cells)).isdisjoint((datetime, date)):
        return False
    dates = [cell.day for cell in cells if isinstance(cell, date)]
    texts = [int(found[1]) for cell in cells if isinstance(cell, str) and (found := _DAY_FIRST.match(cell))]
    if len(dates) < ENOUGH or len(texts) < ENOUGH:
        return False
    return max(dates) <= LAST_MONTH < min(texts)
