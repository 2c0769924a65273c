"""Bytes as text: UTF-8 or Windows-1251, also where a file changes from one to the other."""

import codecs
import re
from contextlib import suppress

import numpy as np
import pandas as pd
import pyarrow as pa

from auditor.i18n import ngettext
from auditor.inputs.cells import as_text, categorical, whole
from auditor.inputs.times import Bools

BOM = b"\xef\xbb\xbf"

_UNUSUAL = re.compile("[\u0080-\u009f\u0250-\u03ff\u0460-\u0481\u048a-\u1fff]")
"""What two letters of Windows-1251 look like that happen to be one of UTF-8."""


def encoding_of(head: bytes) -> str:
    """UTF-8, where no more letters are damaged than whole, else cp1251; ascii where that is open. The head may end
    inside a letter."""
    if head.isascii():
        return "ascii"
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(head)
    damaged = text.count("\ufffd")
    letters = len(text) - len(text.encode("ascii", "ignore")) - damaged
    return "utf-8" if damaged <= letters else "cp1251"


def decoded(data: bytes, usual: str) -> tuple[str, bool]:
    """The text, and whether it is written otherwise than `usual`, or damaged."""
    if data.isascii():
        return data.decode(), False
    try:
        text = data.decode()
    except UnicodeDecodeError:
        encoding = encoding_of(data)
        return data.decode(encoding, "replace"), encoding != usual or encoding == "utf-8"
    if usual == "cp1251" and _UNUSUAL.search(text):
        return data.decode("cp1251", "replace"), False
    return text, usual == "cp1251"


def by_lines(data: bytes, usual: str) -> tuple[str, list[int]]:
    """The text of a file, each line by its own encoding, and the numbers of the lines that are written otherwise."""
    if usual == "ascii":
        usual = encoding_of(data)
    if usual != "cp1251":
        with suppress(UnicodeDecodeError):
            return data.removeprefix(BOM).decode(), []
    lines = [decoded(line, usual) for line in data.removeprefix(BOM).split(b"\n")]
    return "\n".join(line for line, _odd in lines), [n for n, (_line, odd) in enumerate(lines, 1) if odd]


def other_encoding(count: int) -> str:
    return ngettext(
        "written in another encoding than the rest of the file, or damaged; check row",
        "written in another encoding than the rest of the file, or damaged; check rows",
        count,
    )


class Decoding:
    """Columns of bytes as columns of texts; `odd`: the rows that are written otherwise than the others."""

    def __init__(self, encoding: str, rows: int) -> None:
        self._encoding = encoding
        self.odd: Bools = np.zeros(rows, np.bool_)

    def columns(self, table: pa.Table) -> list[pd.Categorical | pd.Series]:
        if self._encoding != "cp1251":
            try:
                return [_plain(column) for column in table.columns]
            except pa.ArrowInvalid:
                self._encoding = "cp1251" if self._encoding == "ascii" else "utf-8"
        return [self._column(column) for column in table.columns]

    def _column(self, column: pa.ChunkedArray) -> pd.Categorical | pd.Series:
        if not pa.types.is_dictionary(column.type):
            texts, odd = self._texts(column.combine_chunks())
            self.odd |= odd
            return pd.Series(texts.to_pandas(), dtype="str")
        array = whole(column)
        texts, odd = self._texts(array.dictionary)
        self.odd |= np.append(odd, False)[array.indices.fill_null(-1).to_numpy(zero_copy_only=False)]
        return categorical(array, lambda _bytes: texts)

    def _texts(self, array: pa.Array) -> tuple[pa.Array, Bools]:
        found = [(None, False) if data is None else decoded(data, self._encoding) for data in array.to_pylist()]
        return pa.array([text for text, _odd in found], pa.string()), np.array([odd for _text, odd in found], np.bool_)


def _plain(column: pa.ChunkedArray) -> pd.Categorical | pd.Series:
    """Of a column in UTF-8."""
    if pa.types.is_dictionary(column.type):
        return categorical(column, as_text)
    return pd.Series(
        pa.chunked_array([as_text(chunk) for chunk in column.chunks], pa.string()).to_pandas(), dtype="str"
    )
