"""Cells that are empty by another name: «не выбрано», «None», «#Н/Д»."""

import re
from collections.abc import Collection, Iterator

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from auditor.i18n import ngettext
from auditor.inputs.columns import only, texts_of
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import Place, Problem, Sheet
from auditor.inputs.times import Bools
from auditor.inputs.troubles import ranges
from auditor.spelling import folded

_ERROR = re.compile(r"#(?:n/a|н/д|[a-zа-я/0-9]+[!?])")


def without_placeholders(frame: pd.DataFrame, words: Collection[str], but: Collection[str] = ()) -> pd.DataFrame:
    """The same table, in whose columns of texts, `but` for these, those words are missing cells."""
    meant = frozenset(map(folded, words))
    asked = [name for name in frame if name not in but and _of_texts(frame[name])]
    found = {str(name): _without(frame[name].array, meant) for name in asked}
    return frame.assign(**{name: column for name, column in found.items() if column is not None})


def is_error(text: str) -> bool:
    """Whether a cell is an error value of a spreadsheet, such as «#ЗНАЧ!»."""
    return _ERROR.fullmatch(text.casefold()) is not None


def errors_in(sheet: Sheet) -> list[Problem]:
    """A problem for each error value of each column, with its rows."""
    cells = {header: sheet.cells[header] for header in sheet.cells}
    return [problem for header, column in cells.items() for problem in _errors(sheet, str(header), column)]


def _errors(sheet: Sheet, header: str, column: pd.Series) -> Iterator[Problem]:
    texts = column.cat.categories if _of_texts(column) else column
    marked = pc.starts_with(pa.array(texts, pa.large_string(), from_pandas=True), "#").fill_null(False)
    if not pc.any(marked).as_py():
        return
    written = column.astype("str")
    for text in sorted({text for text in written[written.str.startswith("#", na=False)] if is_error(text)}):
        rows = written.index[written == text].to_numpy()
        what = _error(len(rows)).format(text=text)
        yield Problem(Place(sheet.file, sheet.sheet, None, header), f"{what}: {ranges(rows)}", Trouble.CELL)


def _error(count: int) -> str:
    return ngettext(
        "“{text}” is an error of the spreadsheet, and no value, row",
        "“{text}” is an error of the spreadsheet, and no value, rows",
        count,
    )


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
