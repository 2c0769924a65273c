"""Columns of texts as columns of values: each distinct text is understood once."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from auditor.inputs.cells import of_codes
from auditor.inputs.times import Bools, Parsed
from auditor.inputs.values import ODD_ID, id_of, number_of, phone_of, truth_of
from auditor.spelling import folded

T = TypeVar("T")


def categorical(cells: pd.Series) -> pd.Categorical:
    """The column's texts as codes."""
    if not isinstance(cells.dtype, pd.CategoricalDtype):
        stripped = cells.astype("str").str.strip()
        cells = stripped.mask(stripped == "").astype("category")
    return pd.Categorical(cells)


def empty(rows: int) -> pd.Categorical:
    """A column of texts without any."""
    return pd.Categorical.from_codes(np.full(rows, -1, np.int8), pd.Index([], dtype="str"))


def constant(text: str, rows: int) -> pd.Categorical:
    """A column of one text."""
    return pd.Categorical.from_codes(np.zeros(rows, np.int8), pd.Index([text], dtype="str"))


def _understood(cells: pd.Series, read: Callable[[str], T | None]) -> tuple[list[T | None], NDArray[np.integer], Bools]:
    """What each distinct text is, the codes of the rows, and which rows hold a text that is nothing."""
    texts = categorical(cells)
    found = [read(text) for text in texts.categories.tolist()]
    return found, texts.codes, _of_rows(texts.codes, np.array([value is None for value in found], np.bool_))


def _of_rows(codes: NDArray[np.integer], holds: Bools) -> Bools:
    """Per row whether it holds of its text; of an empty cell nothing does."""
    return np.append(holds, False).take(codes) if holds.any() else np.zeros(len(codes), np.bool_)


def numbers(cells: pd.Series, read: Callable[[str], float | None] = number_of) -> Parsed:
    """Floats, NaN where missing or bad."""
    found, codes, bad = _understood(cells, read)
    table = np.array([*(np.nan if value is None else value for value in found), np.nan], dtype=np.float64)
    return Parsed(table.take(codes), bad)


def truths(cells: pd.Series) -> Parsed:
    """Yes or no; no where missing or bad."""
    found, codes, bad = _understood(cells, truth_of)
    return Parsed(np.array([*(value is True for value in found), False])[codes], bad)


def phones(cells: pd.Series) -> Parsed:
    return texts(cells, phone_of)


def ids(cells: pd.Series) -> Parsed:
    column = categorical(cells)
    written = texts_of(column)
    odd = pc.match_substring_regex(written, ODD_ID)
    return _reread(column, pc.replace_with_mask(written, odd, _each(written.filter(odd), id_of)))


def words(cells: pd.Series, known: Mapping[str, str]) -> Parsed:
    """Values of a closed list, by their folded spellings."""
    return texts(cells, lambda text: known.get(folded(text)))


def texts(cells: pd.Series, read: Callable[[str], str | None]) -> Parsed:
    """Texts made of texts."""
    column = categorical(cells)
    return _reread(column, _each(texts_of(column), read))


def _reread(column: pd.Categorical, values: pa.Array) -> Parsed:
    """The column with these values (null: bad) in place of its distinct texts."""
    bad = _of_rows(column.codes, values.is_null().to_numpy(zero_copy_only=False))
    return Parsed(column if values.equals(texts_of(column)) else recoded(column.codes, values), bad)


def texts_of(column: pd.Categorical) -> pa.Array:
    """The column's distinct texts, which pandas may keep in several chunks."""
    texts = pa.array(column.categories, pa.large_string())
    return texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts


def recoded(codes: NDArray[np.integer], values: pa.Array) -> pd.Categorical:
    """`values` by old code (null: missing) → a categorical of their distinct ones."""
    distinct = values.dictionary_encode()
    table = np.append(distinct.indices.fill_null(-1).to_numpy(zero_copy_only=False), np.int32(-1))
    return of_codes(table.take(codes), distinct.dictionary)


def only(column: pd.Categorical, where: Bools, read: Callable[[str], str | None]) -> pd.Categorical:
    """What `read` makes of the texts in the rows `where`; the others are missing."""
    codes = np.where(where, column.codes, -1)
    return recoded(codes, _each(_used(column, codes), read))


def rewritten(column: pd.Categorical, where: Bools, read: Callable[[str], str | None]) -> pd.Categorical:
    """The column with its texts in the rows `where` replaced by what `read` makes of them."""
    if not where.any():
        return column
    inside, outside = np.where(where, column.codes, -1), np.where(where, -1, column.codes)
    old = _used(column, inside)
    new = _each(old, read)
    if new.equals(old):
        return column
    codes = np.where(inside < 0, outside, inside + np.int32(len(old)))
    return recoded(codes, pa.concat_arrays([_used(column, outside), new]))


def _used(column: pd.Categorical, codes: NDArray[np.integer]) -> pa.Array:
    """The column's texts; null in place of those that `codes` do not hold."""
    used = np.zeros(len(column.categories) + 1, np.bool_)
    used[codes] = True
    return pc.if_else(pa.array(used[:-1]), texts_of(column), None)


def _each(texts: pa.Array, read: Callable[[str], str | None]) -> pa.Array:
    return pa.array([None if text is None else read(text) for text in texts.to_pylist()], pa.large_string())


def filled(column: pd.Categorical, other: pd.Categorical) -> pd.Categorical:
    """The column, its empty cells taken from `other`."""
    if not len(column.categories):
        return other
    others = np.where(other.codes < 0, -1, other.codes + np.int32(len(column.categories)))
    codes = np.where(column.codes < 0, others, column.codes)
    return recoded(codes, pa.concat_arrays([texts_of(column), texts_of(other)]))


def joined(texts: Sequence[pd.Categorical], join: Callable[[list[str]], str]) -> pd.Categorical:
    """What `join` makes of the filled cells of each row; missing where all are empty."""
    combinations, distinct = pd.MultiIndex.from_arrays([column.codes for column in texts]).factorize()
    cells = [
        [column.categories[code] for column, code in zip(texts, codes, strict=True) if code >= 0] for codes in distinct
    ]
    return recoded(combinations, pa.array([join(row) if row else None for row in cells], pa.large_string()))


def as_codes(cells: pd.Series) -> NDArray[np.int64]:
    """The cells as numbers: equal where they say the same, −1 where they are empty (or «no» of yes and no)."""
    if isinstance(cells.dtype, pd.CategoricalDtype):
        codes = categorical(cells).codes
        used = np.unique(codes[codes >= 0])
        numbers: dict[str, int] = {}
        table = np.full(len(cells.cat.categories) + 1, -1)
        table[used] = [numbers.setdefault(folded(text), len(numbers)) for text in cells.cat.categories[used]]
        return table.take(codes)
    values = cells.to_numpy()
    if values.dtype == np.bool_:
        return np.where(values, 0, -1)
    if values.dtype.kind == "M":
        seconds = values.astype("datetime64[s]")
        return np.where(np.isnat(seconds), -1, seconds.astype(np.int64))
    return pd.factorize(values)[0].astype(np.int64)


def with_cells(column: pd.Series, places: NDArray[np.int64], origins: NDArray[np.int64]) -> object:
    """The column with the cells of these places taken from others, emptied where the other is −1."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        texts = categorical(column)
        codes = texts.codes.copy()
        codes[places] = np.where(origins < 0, -1, codes[origins])
        return pd.Categorical.from_codes(codes, dtype=texts.dtype)
    values = column.to_numpy().copy()
    values[places] = values[origins]
    values[places[origins < 0]] = {"M": np.datetime64("NaT"), "f": np.nan}.get(values.dtype.kind, 0)
    return values
