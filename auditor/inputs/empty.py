"""Cells that are empty by another name: «не выбрано», «None», «#Н/Д»."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from auditor.inputs.columns import only
from auditor.inputs.times import Bools
from auditor.spelling import folded


def without_placeholders(frame: pd.DataFrame, words: Collection[str]) -> pd.DataFrame:
    """The same table, in whose columns of texts these words are missing cells."""
    meant = frozenset(map(folded, words))
    longest = max(map(len, meant), default=0)
    found = {str(name): _without(frame[name].array, meant, longest) for name in frame if _of_texts(frame[name])}
    return frame.assign(**{name: column for name, column in found.items() if column is not None})


def _of_texts(column: pd.Series) -> bool:
    return isinstance(column.dtype, pd.CategoricalDtype)


def _without(column: pd.Categorical, words: Collection[str], longest: int) -> pd.Categorical | None:
    """The column without these words; None where it holds none. Folding leaves no text shorter, so longer texts, which
    are most, are not folded."""
    there = np.array([len(text) <= longest and folded(text) in words for text in column.categories], dtype=np.bool_)
    if not there.any():
        return None
    kept: Bools = ~np.append(there, False)[column.codes]
    return only(column, kept, str)
