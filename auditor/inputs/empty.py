"""Cells that are empty by another name: «не выбрано», «None», «#Н/Д»."""

from collections.abc import Collection

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from auditor.inputs.columns import only, texts_of
from auditor.inputs.times import Bools
from auditor.spelling import folded


def without_placeholders(frame: pd.DataFrame, words: Collection[str]) -> pd.DataFrame:
    """The same table, in whose columns of texts these words are missing cells."""
    meant = frozenset(map(folded, words))
    found = {str(name): _without(frame[name].array, meant) for name in frame if _of_texts(frame[name])}
    return frame.assign(**{name: column for name, column in found.items() if column is not None})


def _of_texts(column: pd.Series) -> bool:
    return isinstance(column.dtype, pd.CategoricalDtype)


def _without(column: pd.Categorical, words: Collection[str]) -> pd.Categorical | None:
    """The column without these words; None where it holds none."""
    texts = texts_of(column)
    asked = np.flatnonzero(_may_be(texts, words))
    there = np.zeros(len(texts) + 1, np.bool_)
    there[asked] = [folded(text) in words for text in texts.take(pa.array(asked)).to_pylist()]
    return only(column, ~there[column.codes], str) if there.any() else None


def _may_be(texts: pa.Array, words: Collection[str]) -> Bools:
    """Which texts may be one of these words, by their length and first letter: only these few need to be folded."""
    first = pc.utf8_slice_codeunits(texts, 0, 1).dictionary_encode()
    begins = [any(word.startswith(folded(letter)) for word in words) for letter in first.dictionary.to_pylist()]
    short = pc.less_equal(pc.utf8_length(texts), max(map(len, words), default=0))
    return np.array(begins, np.bool_)[first.indices.to_numpy()] & short.to_numpy(zero_copy_only=False)
