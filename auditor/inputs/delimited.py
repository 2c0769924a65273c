"""CSV files as a sheet of text cells: delimiter, encoding and ragged rows are found, never asked for."""

import codecs
import csv
import io
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.csv

from auditor.i18n import _
from auditor.inputs.cells import as_text, categorical, frame_of, unique_headers
from auditor.inputs.columns import empty
from auditor.inputs.guards import Refused, check_width
from auditor.inputs.tables import Place, Problem, Sheet
from auditor.inputs.top import LOOKED_AT, caption_row, known_captions

PEEK = 1 << 18
BLOCK = 8 << 20
SAMPLE = 100
DELIMITERS = ";,\t"
BOM = b"\xef\xbb\xbf"
Long = Callable[[Sequence[str]], Collection[str]]
"""The headers whose columns hold about as many texts as rows."""


def read_delimited(path: Path, label: str, long: Long) -> Sheet:
    """The file as one sheet. Columns whose header is `long` stay plain text, all others are categoricals.

    Refused where it is no table."""
    layout = _layout(path)
    if layout.alone:
        frame = frame_of(layout.headers, [empty(0) for _header in layout.headers], pd.RangeIndex(0))
        return Sheet(label, None, list(frame.columns), frame)
    try:
        return _Reading(path, layout, long).sheet(label)
    except pa.ArrowInvalid as error:
        what = str(error)
        if "straddling" in what or "out of sync" in what or "truncated" in what:
            raise Refused(_unclosed()) from error
        raise Refused(_("the file cannot be read as a table; open it in Excel and save it as .xlsx")) from error


def _unclosed() -> str:
    return _(
        "this is no table, or a quotation mark is opened in it and never closed; export the file once more, "
        "or open it in Excel and save it as .xlsx"
    )


@dataclass(frozen=True)
class _Layout:
    """`encoding`: of the file's beginning, ascii where that leaves it open; `above`: the rows above the captions;
    `alone`: none below."""

    headers: list[str]
    delimiter: str
    encoding: str
    above: int
    alone: bool


def _layout(path: Path) -> _Layout:
    """From the beginning of the file; as wide as its first rows."""
    with path.open("rb") as file:
        head = file.read(PEEK).removeprefix(BOM)
    encoding = encoding_of(head)
    text = head.decode(encoding, "replace")
    delimiter = max(DELIMITERS, key=lambda mark: _likeness(_rows(text, mark, LOOKED_AT)))
    rows = _rows(text, delimiter, SAMPLE)
    above = caption_row(rows) or 0
    first, *rest = rows[above:]
    width = max(len(first), *map(len, rest[:-1])) if len(rest) > 1 else len(first)
    check_width(width)
    headers = unique_headers(first + [""] * (width - len(first)))
    return _Layout(headers, delimiter, encoding, above, alone=not rest and len(head) < PEEK - len(BOM))


def _likeness(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """How much like a table these first rows are."""
    return max(map(known_captions, rows)), len(rows[0])


def _rows(text: str, delimiter: str, count: int) -> list[list[str]]:
    try:
        rows = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), count))
    except csv.Error as error:
        raise Refused(_unclosed()) from error
    return rows or [[]]


def encoding_of(head: bytes) -> str:
    """UTF-8, with a few damaged letters or without, else cp1251. The head may end inside a letter."""
    if head.isascii():
        return "ascii"
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(head)
    damaged = text.count("\ufffd")
    letters = len(text) - len(text.encode("ascii", "ignore")) - damaged
    return "utf-8" if damaged * 10 <= letters else "cp1251"


def _columns(table: pa.Table, encoding: str) -> list[pd.Categorical | pd.Series]:
    """Decoded columns. Bytes are decoded once per distinct text; damaged letters become �."""
    if encoding != "cp1251":
        try:
            return [_column(column, as_text) for column in table.columns]
        except pa.ArrowInvalid:
            encoding = "cp1251" if encoding == "ascii" else "utf-8"

    def decoded(array: pa.Array) -> pa.Array:
        texts = [None if text is None else text.decode(encoding, "replace") for text in array.to_pylist()]
        return pa.array(texts, pa.string())

    return [_column(column, decoded) for column in table.columns]


def _column(column: pa.ChunkedArray, decode: Callable[[Any], Any]) -> pd.Categorical | pd.Series:
    if pa.types.is_dictionary(column.type):
        return categorical(column, decode)
    chunks = [decode(chunk) for chunk in column.chunks]
    return pd.Series(pa.chunked_array(chunks, pa.string()).to_pandas(), dtype="str")


class _Reading:
    """One file being read, everything as bytes."""

    def __init__(self, path: Path, layout: _Layout, long: Long) -> None:
        self._path, self._layout = path, layout
        self._quoted = _quoted(path)
        plain, distinct = pa.binary(), pa.dictionary(pa.int32(), pa.binary())
        texts = long(layout.headers)
        self._types = {str(n): plain if header in texts else distinct for n, header in enumerate(layout.headers)}

    def sheet(self, label: str) -> Sheet:
        try:
            table = self._table(self._path, None, threads=True)
        except pa.ArrowInvalid as error:
            if "Expected" not in str(error):
                raise
            return self._ragged_sheet(label)
        frame = frame_of(self._layout.headers, _columns(table, self._layout.encoding), self._numbers(table.num_rows))
        return Sheet(label, None, list(frame.columns), frame)

    def _ragged_sheet(self, label: str) -> Sheet:
        """A file with rows shorter or longer than its header: a single thread knows their numbers."""
        aside: dict[int, list[str]] = {}

        def set_aside(row: Any) -> str:
            aside[row.number] = _filled(_rows(row.text, self._layout.delimiter, 1)[0])
            return "skip"

        source = io.BytesIO(_transcoded(self._path.read_bytes(), self._layout.encoding))
        table = self._table(source, set_aside, threads=False)
        fitting = {number: cells for number, cells in aside.items() if len(cells) <= len(self._types)}
        regular = self._numbers(table.num_rows + len(aside)).difference(list(aside), sort=False)
        frame = frame_of(
            self._layout.headers,
            _columns(pa.concat_tables([table, self._padded(fitting.values())]), "utf-8"),
            regular.append(pd.Index(list(fitting), dtype="int64")),
        ).sort_index()
        problems = [
            Problem(Place(label, None, number), _("the row has more cells than the header; it was left out"))
            for number in aside
            if number not in fitting
        ]
        return Sheet(label, None, list(frame.columns), frame, problems)

    def _numbers(self, rows: int) -> pd.RangeIndex:
        """The first row of the file is row 1."""
        first = self._layout.above + 2
        return pd.RangeIndex(first, first + rows)

    def _padded(self, rows: Collection[list[str]]) -> pa.Table:
        width = len(self._types)
        filled = [[cell.encode() or None for cell in row] + [None] * (width - len(row)) for row in rows]
        columns = list(zip(*filled, strict=True)) or [()] * width
        table = pa.table({str(n): pa.array(column, pa.binary()) for n, column in enumerate(columns)})
        return table.cast(pa.schema(list(self._types.items())))

    def _table(self, source: Any, ragged: Any, *, threads: bool) -> pa.Table:
        """The rows below the header."""
        return pyarrow.csv.read_csv(
            source,
            read_options=pyarrow.csv.ReadOptions(
                column_names=list(self._types),
                skip_rows_after_names=self._layout.above + 1,
                use_threads=threads,
                block_size=BLOCK,
            ),
            parse_options=pyarrow.csv.ParseOptions(
                delimiter=self._layout.delimiter,
                newlines_in_values=self._quoted,
                ignore_empty_lines=False,
                invalid_row_handler=ragged,
            ),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=self._types, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=True
            ),
        )


def _quoted(path: Path) -> bool:
    """Whether any quotation mark is in the file: without one no cell holds a line break, and rows are parted faster."""
    with path.open("rb", buffering=0) as file:
        return any(b'"' in block for block in iter(partial(file.read, PEEK), b""))


def _filled(cells: list[str]) -> list[str]:
    """The cells up to the last filled one."""
    return cells[: max((n for n, cell in enumerate(cells, 1) if cell.strip()), default=0)]


def _transcoded(data: bytes, encoding: str) -> bytes:
    """The file in UTF-8."""
    if encoding == "ascii":
        encoding = "utf-8" if encoding_of(data) != "cp1251" else "cp1251"
    return data.removeprefix(BOM).decode(encoding, "replace").encode()
