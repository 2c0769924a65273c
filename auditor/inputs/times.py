"""Columns of moments: written by digits in fixed places, thousands of times faster than one by one; the rest singly."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from auditor.inputs.values import YEARS, Day, moment_of, whole_day
from auditor.settings import Settings
from auditor.spelling import folded, pure

Moments = NDArray[np.datetime64]
Bools = NDArray[np.bool_]

TEMPLATES = (
    "DD.MM.YYYY hh:mm:ss", "YYYY-MM-DD hh:mm:ss", "YYYY-MM-DDThh:mm:ss",
    "DD.MM.YYYY hh:mm", "YYYY-MM-DD hh:mm", "YYYY-MM-DDThh:mm", "DD.MM.YYYY", "YYYY-MM-DD",
)  # fmt: skip
"""How exports write moments; whatever else they write is read text by text."""

BLOCK = 1 << 16
NAT = np.datetime64("NaT", "s")

_FIRSTS = np.arange(f"{YEARS[0]}-01", f"{YEARS[-1] + 1}-01", dtype="datetime64[M]").astype("datetime64[D]")
_MONTH_STARTS = _FIRSTS.astype(np.int64)
_MONTH_LENGTHS = np.diff(np.append(_FIRSTS, np.datetime64(f"{YEARS[-1] + 1}-01-01"))).astype(np.int64)


class Ambiguous(Exception):  # noqa: N818
    """Dates with slashes that can be read day first and month first."""


@dataclass(frozen=True, eq=False)
class Parsed:
    """Values of a column, row by row (an array, or a categorical of texts), and the rows whose text could not be
    understood (missing there)."""

    values: Any
    bad: Bools


@dataclass(frozen=True, eq=False)
class Times(Parsed):
    """A column of moments, whole seconds. `clockless`: the rows that tell the day only; `fraction`: the microseconds
    after the second, where the texts tell them."""

    clockless: Bools
    fraction: NDArray[np.int32]


def times(cells: pd.Series, settings: Settings) -> Times:
    """The moments of a column of texts; Ambiguous where only `settings.date_format` could tell."""
    if not isinstance(cells.dtype, pd.CategoricalDtype):
        return _moments(_texts(cells), settings)
    found = _moments(_texts(cells.cat.categories), settings)
    codes = cells.cat.codes.to_numpy()
    return Times(
        np.append(found.values, NAT)[codes],
        np.append(found.bad, False)[codes],
        np.append(found.clockless, False)[codes],
        np.append(found.fraction, np.int32(0))[codes],
    )


def _texts(cells: "pd.Series | pd.Index") -> pa.ChunkedArray:
    texts = pa.array(cells, from_pandas=True)
    return texts if isinstance(texts, pa.ChunkedArray) else pa.chunked_array([texts])


def _moments(texts: pa.ChunkedArray, settings: Settings) -> Times:
    """The moment of each text (NaT: none), and whether it should have had one."""
    rows = len(texts)
    found = Times(np.full(rows, NAT), np.zeros(rows, np.bool_), np.zeros(rows, np.bool_), np.zeros(rows, np.int32))
    done = np.zeros(rows, np.bool_)
    start = 0
    for chunk in texts.chunks:
        part = slice(start, start := start + len(chunk))
        _read_chunk(chunk.cast(pa.large_binary()), found.values[part], found.clockless[part], done[part])
    rest = np.flatnonzero(~done)
    if rest.size:
        singly = _singly(texts.take(pa.array(rest)).cast(pa.large_string()).combine_chunks(), settings)
        for column, read in zip(vars(found).values(), vars(singly).values(), strict=True):
            column[rest] = read
    return found


def _read_chunk(array: pa.LargeBinaryArray, moments: Moments, clockless: Bools, done: Bools) -> None:
    """Read every text that fits a template; those that fit, and those that are missing, become done."""
    done[:] = array.is_null().to_numpy(zero_copy_only=False)
    for length in sorted({len(template) for template in TEMPLATES}, reverse=True):
        if not done.all():
            _read_length(array, length, moments, clockless, done)


def _read_length(array: pa.LargeBinaryArray, length: int, moments: Moments, clockless: Bools, done: Bools) -> None:
    """Read every text of that length that fits a template of that length; those that fit become done."""
    offsets = np.frombuffer(array.buffers()[1], np.int64)[array.offset : array.offset + len(array) + 1]
    rows = np.flatnonzero((np.diff(offsets) == length) & ~done)
    if not rows.size:
        return
    data = np.frombuffer(array.buffers()[2], np.uint8)
    templates = [template for template in TEMPLATES if len(template) == length]
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK]
        letters = _letters(data, offsets[block], length)
        for template in templates:
            fits, seconds = _by_template(letters, template)
            places = block[fits]
            moments[places] = seconds[fits].astype("datetime64[s]")
            clockless[places] = "h" not in template
            done[places] = True
            if len(places) == len(block):
                break


def _letters(data: NDArray[np.uint8], starts: NDArray[np.int64], length: int) -> NDArray[np.uint8]:
    """The texts that start there (ascending), a row per place."""
    first, size = starts[0], len(starts) * length
    if starts[-1] - first + length == size:  # they stand one after another
        texts = data[first : first + size].reshape(-1, length)
    else:
        texts = np.lib.stride_tricks.sliding_window_view(data, length)[starts]
    return np.ascontiguousarray(texts.T)


def _by_template(letters: NDArray[np.uint8], template: str) -> "tuple[Bools, NDArray[np.int64]]":
    """Which columns of `letters` (a row per place) fit the template and are real dates, and their unix seconds."""
    digits = letters - np.uint8(48)
    fits = np.ones(letters.shape[1], np.bool_)
    for place, mark in enumerate(template):
        fits &= (digits[place] <= 9) if mark in "DMYhms" else (letters[place] == ord(mark))

    def number(mark: str) -> NDArray[Any]:
        total = np.zeros(letters.shape[1], np.uint16 if mark == "Y" else np.uint8)
        for place in (place for place, other in enumerate(template) if other == mark):
            total = total * 10 + digits[place]
        return total

    year, month, day = number("Y"), number("M"), number("D")
    hour, minute, second = number("h"), number("m"), number("s")
    fits &= (year >= YEARS[0]) & (year <= YEARS[-1]) & (month >= 1) & (month <= 12) & (day >= 1)
    fits &= (hour < 24) & (minute < 60) & (second < 60)
    which = np.where(fits, (year - YEARS[0]) * 12 + month - 1, 0)
    fits &= day <= _MONTH_LENGTHS[which]
    days = _MONTH_STARTS[which] + day - 1
    seconds = days * 86_400 + (hour * np.int32(3600) + minute * np.int32(60) + second)
    return fits, seconds


def _singly(texts: pa.Array, settings: Settings) -> Times:
    """Each distinct text by itself: offsets, single digits, slashes, garbage."""
    encoded = texts.dictionary_encode()
    distinct = [pure(text).strip() for text in encoded.dictionary.to_pylist()]
    zone = ZoneInfo(settings.timezone)
    slashed = _slashed([text for text in distinct if settings.date_format or _has_slashes(text)], settings.date_format)
    found = [slashed.get(text) or moment_of(text, zone) for text in distinct]
    moments = np.array([NAT if moment is None else np.datetime64(moment, "s") for moment in found])
    nothing = {"", *map(folded, settings.empty)}
    bad = np.array(
        [moment is None and folded(text) not in nothing for moment, text in zip(found, distinct, strict=True)]
    )
    clockless = np.array([isinstance(moment, Day) for moment in found])
    fraction = np.array([_fraction(text) for text in distinct], np.int32)
    codes = encoded.indices.to_numpy()
    return Times(moments[codes], bad[codes], clockless[codes], fraction[codes])


_FRACTION = re.compile(r":\d\d[.,](\d+)", re.ASCII)


def _fraction(text: str) -> int:
    """The microseconds after the second, 0 where the text tells none."""
    found = _FRACTION.search(text)
    return int(found[1][:6].ljust(6, "0")) if found else 0


def _has_slashes(text: str) -> bool:
    return "/" in text[:4]


_PARTS = re.compile(r"[-./]")
SLASHED_DATES = ("%d/%m/%Y", "%m/%d/%Y")
SLASHED_CLOCKS = ("", " %H:%M:%S", " %H:%M", " %I:%M %p", " %I:%M:%S %p")


def _slashed(texts: list[str], chosen: str) -> dict[str, datetime]:
    """Dates with slashes, all by one order: the chosen one, else the only one that fits them all. Ambiguous where both
    do, or where some can only be day first, and others only month first."""
    orders = (chosen,) if chosen else SLASHED_DATES
    readings = [{text: moment for text in texts if (moment := _formatted(text, order))} for order in orders]
    every = {text for reading in readings for text in reading}
    whole = [reading for reading in readings if len(reading) == len(every)]
    if not whole or whole[0] != whole[-1]:
        raise Ambiguous
    return whole[0]


def _formatted(text: str, order: str) -> datetime | None:
    """The moment of a date in that order, whatever parts it, with a clock or without, where it lies in the years of the
    log."""
    day, blank, rest = text.partition(" ")
    written, form = _PARTS.sub("/", day) + blank + rest, _PARTS.sub("/", order)
    for clock in SLASHED_CLOCKS:
        try:
            moment = datetime.strptime(written, form + clock)
        except ValueError:
            continue
        if moment.year in YEARS:
            return whole_day(moment.replace(tzinfo=None, microsecond=0), text)
    return None
