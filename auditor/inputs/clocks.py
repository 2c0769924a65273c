"""A date and its clock in two columns, «Дата» and «Время», are one moment."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from auditor.inputs import columns
from auditor.inputs.tables import Sheet
from auditor.inputs.values import Day, moment_of
from auditor.spelling import folded

DATES = {"дата": "время", "date": "time"}
"""The first word of a date's caption, and that of its clock's: «Дата начала», «Время начала»."""

_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?", re.ASCII)


def with_clocks(sheet: Sheet) -> Sheet:
    """The sheet with each date joined with its clock, under the date's caption; the column of clocks is gone."""
    pairs = [
        (date, clock)
        for date, clock in _pairs(sheet.headers)
        if _are_clocks(sheet.cells[clock]) and _are_days(sheet.cells[date])
    ]
    if not pairs:
        return sheet
    moments = {
        date: columns.joined([columns.categorical(sheet.cells[name]) for name in (date, clock)], " ".join)
        for date, clock in pairs
    }
    clocks = {clock for _date, clock in pairs}
    headers = [header for header in sheet.headers if header not in clocks]
    return replace(sheet, headers=headers, cells=sheet.cells.assign(**moments)[headers])


def _pairs(headers: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Captions that differ in the word for date and clock alone."""
    there = {folded(header): header for header in headers}
    for caption, header in there.items():
        word, _, rest = caption.partition(" ")
        clock = there.get(f"{DATES.get(word, '')} {rest}".strip())
        if word in DATES and clock is not None:
            yield header, clock


def _are_clocks(cells: "pd.Series[str]") -> bool:
    texts = columns.categorical(cells).categories
    return len(texts) > 0 and all(_CLOCK.fullmatch(text) for text in texts)


def _are_days(cells: "pd.Series[str]") -> bool:
    """Whether no cell tells a clock."""
    return all(isinstance(moment_of(text), Day | None) for text in columns.categorical(cells).categories)
