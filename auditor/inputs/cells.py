"""Cells as categoricals: each distinct text is kept, stripped and later understood once."""

from collections.abc import Callable, Iterator, Sequence
from itertools import count

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from auditor.spelling import IMPURE, pure

SIGNS = (b"&", b"\xcc", b"\xcd", b"\xc2\xad", b"\xd8\x9c", b"\xe1\xa0\x8e", b"\xe2\x80", b"\xe2\x81", b"\xef\xbb\xbf")
"""Texts without any of these bytes are pure: looked for ten times faster than what is impure."""
BLANKS = " \t\r\n\u00a0\u2007\u2009\u202f\ufeff"


def categorical(
    column: "pa.ChunkedArray | pa.DictionaryArray", decode: Callable[[pa.Array], pa.Array]
) -> pd.Categorical:
    """The texts of a dictionary column, pure and stripped; blank ones are missing."""
    array = whole(column)
    codes = array.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    texts = pc.utf8_trim(_pure(decode(array.dictionary)), characters=BLANKS)
    untouched = texts.cast(pa.binary()).equals(array.dictionary.cast(pa.binary()))
    if not untouched or pc.any(pc.equal(texts, "")).as_py():
        codes, texts = _merged(codes, texts.dictionary_encode())
    return of_codes(codes, texts)


def whole(column: "pa.ChunkedArray | pa.DictionaryArray") -> pa.DictionaryArray:
    """The column in one piece, with one dictionary."""
    array = column.unify_dictionaries().combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(array, pa.ChunkedArray):
        array = pa.concat_arrays(array.chunks) if array.num_chunks else pa.array([], column.type)
    return array


def _pure(texts: pa.Array) -> pa.Array:
    """The texts as `auditor.spelling.pure` spells them; only those that may change are looked at one by one."""
    data = texts.buffers()[-1]
    letters = b"" if data is None else data.to_pybytes()
    if not any(sign in letters for sign in SIGNS):
        return texts
    odd = pc.match_substring_regex(texts, IMPURE)
    if not pc.any(odd).as_py():
        return texts
    spelt = [None if text is None else pure(text) for text in texts.filter(odd).to_pylist()]
    return pc.replace_with_mask(texts, odd.fill_null(False), pa.array(spelt, texts.type))


def of_codes(codes: NDArray[np.integer], texts: pa.Array) -> pd.Categorical:
    """The categorical of codes into texts of which no two are alike."""
    return pd.Categorical.from_codes(codes, pd.Index(texts.to_pandas(), dtype="str"))


def _merged(codes: NDArray[np.int32], distinct: pa.DictionaryArray) -> "tuple[NDArray[np.int32], pa.Array]":
    """Codes into the distinct texts that are not blank."""
    filled = pc.not_equal(distinct.dictionary, "").to_numpy(zero_copy_only=False)
    number = np.where(filled, np.cumsum(filled) - 1, -1)
    table = np.append(number[distinct.indices.to_numpy()], -1)
    return table.take(codes).astype(np.int32), distinct.dictionary.filter(pa.array(filled))


def as_text(array: pa.Array) -> pa.Array:
    return array.cast(pa.string())


def unique_headers(captions: Sequence[str]) -> list[str]:
    """Stripped captions, made unique by « (2)» where they repeat; empty where a column has none."""
    taken: set[str] = set()
    numbers: dict[str, Iterator[int]] = {}
    headers = []
    for caption in (" ".join(pure(caption).split()) for caption in captions):
        name = caption
        while name in taken:
            name = f"{caption} ({next(numbers.setdefault(caption, count(2)))})"
        taken |= {name} - {""}
        headers.append(name)
    return headers


def frame_of(
    headers: Sequence[str], columns: Sequence["pd.Categorical | pd.Series"], numbers: pd.Index
) -> pd.DataFrame:
    """The columns under their headers, `numbers` (the row numbers that the user sees) as the index. Columns without a
    caption are left out, and so are rows without any value."""
    named = {header: column for header, column in zip(headers, columns, strict=True) if header}
    frame = pd.DataFrame(named, copy=False, index=pd.RangeIndex(len(numbers)))
    frame.index = numbers
    if not len(frame.columns):
        return frame.iloc[:0]
    first = frame.iloc[:, 0].isna().to_numpy()
    if not first.any():
        return frame
    blank = np.flatnonzero(first)
    still = frame.iloc[blank].isna().to_numpy().all(axis=1)
    return frame.drop(frame.index[blank[still]]) if still.any() else frame
