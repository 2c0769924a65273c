"""CSV files as a sheet of text cells: delimiter, encoding and ragged rows are found, never asked for."""

import csv
import io
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from auditor.i18n import _
from auditor.inputs.beside import told_beside, uncaptioned
from auditor.inputs.cells import frame_of, unique_headers
from auditor.inputs.columns import empty
from auditor.inputs.encodings import BOM, Decoding, by_lines, encoding_of, other_encoding
from auditor.inputs.guards import Refused, check_size, check_width
from auditor.inputs.misplaced import Misplaced, unclosed
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import Place, Problem, Sheet
from auditor.inputs.top import LOOKED_AT, caption_row, known_captions
from auditor.inputs.troubles import ranges
from auditor.settings import Limits

PEEK = 1 << 18
BLOCK = 8 << 20
SAMPLE = 100
MOST_RAGGED = 500_000
DELIMITERS = ";,\t"
csv.field_size_limit(1 << 30)
Long = Callable[[Sequence[str]], Collection[str]]
"""The headers whose columns hold about as many texts as rows."""


def read_delimited(path: Path, label: str, long: Long, limits: Limits) -> Sheet:
    """The file as one sheet. Columns whose header is `long` stay plain text, all others are categoricals.

    Refused where it is no table."""
    check_size(path, limits.csv_mb, "csv_mb", _("a text larger than {size} MB; export a shorter period"))
    layout = _layout(path, limits)
    if layout.alone:
        frame = frame_of(layout.headers, [empty(0) for _header in layout.headers], pd.RangeIndex(0))
        return Sheet(label, None, list(frame.columns), frame)
    try:
        return _Reading(path, layout, long).sheet(label)
    except pa.ArrowInvalid as error:
        what = str(error)
        if "straddling" in what or "out of sync" in what or "truncated" in what:
            raise Refused(unclosed()) from error
        raise Refused(_("the file cannot be read as a table; open it in Excel and save it as .xlsx")) from error


def _ragged() -> str:
    return _(
        "hundreds of thousands of rows have more or fewer cells than there are captions; open the file in Excel and "
        "save it as .xlsx"
    )


@dataclass(frozen=True)
class _Layout:
    """`captions`: the number of cells in their row, which may be fewer than there are columns; `encoding`: of the
    file's beginning, ascii where that leaves it open; `above`: the rows above the captions; `alone`: none below."""

    headers: list[str]
    captions: int
    delimiter: str
    encoding: str
    above: tuple[list[str], ...]
    alone: bool


def _layout(path: Path, limits: Limits) -> _Layout:
    """From the beginning of the file; as wide as its first rows."""
    with path.open("rb") as file:
        head = file.read(PEEK).removeprefix(BOM)
    encoding = encoding_of(head)
    text = by_lines(head, encoding)[0]
    delimiter = max(DELIMITERS, key=lambda mark: _likeness(_rows(text, mark, LOOKED_AT)))
    rows = _rows(text, delimiter, SAMPLE)
    above = caption_row(rows) or 0
    first, *rest = rows[above:]
    width = max(len(first), *map(len, rest[:-1])) if len(rest) > 1 else len(first)
    check_width(width, limits)
    headers = unique_headers(first + [""] * (width - len(first)))
    alone = not rest and len(head) < PEEK - len(BOM)
    return _Layout(headers, len(first), delimiter, encoding, tuple(rows[:above]), alone)


def _likeness(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """How much like a table these first rows are."""
    return max(map(known_captions, rows)), len(rows[0])


def _rows(text: str, delimiter: str, count: int) -> list[list[str]]:
    try:
        rows = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), count))
    except csv.Error as error:
        raise Refused(unclosed()) from error
    return rows or [[]]


class _Reading:
    """One file being read, everything as bytes."""

    def __init__(self, path: Path, layout: _Layout, long: Long) -> None:
        self._path, self._layout = path, layout
        self._quoted = _quoted(path)
        plain, distinct = pa.binary(), pa.dictionary(pa.int32(), pa.binary())
        texts = long(layout.headers)
        self._types = {str(n): plain if header in texts else distinct for n, header in enumerate(layout.headers)}

    def sheet(self, label: str) -> Sheet:
        misplaced = Misplaced(label, len(self._types), self._layout.captions, self._layout.delimiter)
        try:
            table = self._table(self._path, None, threads=True)
            return self._laid_out(table, self._numbers(table.num_rows), misplaced, self._layout.encoding, [])
        except pa.ArrowInvalid as error:
            if "Expected" not in str(error):
                raise
            return self._ragged_sheet(misplaced)

    def _ragged_sheet(self, misplaced: Misplaced) -> Sheet:
        """A file with rows shorter or longer than its header: a single thread knows their numbers."""
        aside: dict[int, str] = {}

        def set_aside(row: Any) -> str:
            aside[row.number] = row.text
            return "skip" if len(aside) <= MOST_RAGGED else "error"

        text, odd = by_lines(self._path.read_bytes(), self._layout.encoding)
        try:
            table = self._table(io.BytesIO(text.encode()), set_aside, threads=False)
        except pa.ArrowInvalid as error:
            raise Refused(_ragged()) if len(aside) > MOST_RAGGED else error from error
        short = self._short(aside, misplaced)
        regular = self._numbers(table.num_rows + len(aside)).difference(list(aside), sort=False)
        numbers = regular.append(pd.Index(list(short), dtype="int64"))
        whole = pa.concat_tables([table, self._padded(short.values())])
        return self._laid_out(whole, numbers, misplaced, "utf-8", odd)

    def _short(self, aside: Mapping[int, str], misplaced: Misplaced) -> dict[int, list[str]]:
        """Rows that are only shorter than the header, by their numbers; what became of the others is told."""
        short: dict[int, list[str]] = {}
        for number, text in aside.items():
            cells = _filled(_rows(text, self._layout.delimiter, 1)[0])
            if rows := misplaced.swallowed(text):
                misplaced.take_swallowed(number, rows)
            elif len(cells) > len(self._types):
                misplaced.take_long(number, cells)
            else:
                short[number] = cells
        return short

    def _laid_out(
        self, table: pa.Table, numbers: pd.Index, misplaced: Misplaced, encoding: str, odd: Sequence[int]
    ) -> Sheet:
        """The sheet of these rows, without those whose cells may stand in wrong columns. `odd`: the rows that are known
        to be in another encoding."""
        headers, place = self._layout.headers, Place(misplaced.label)
        table, numbers = _without_blank(table, numbers)
        decoding = Decoding(encoding, len(numbers))
        columns = decoding.columns(table)
        if self._quoted:
            misplaced.look_for_swallowed(columns, numbers)
        beyond, between = uncaptioned(headers, columns, len(numbers))
        misplaced.look_beyond(columns, numbers, beyond)
        frame = frame_of(headers, columns, numbers).sort_index()
        wrong = misplaced.numbers
        uncapped = numbers[beyond | between].difference(wrong).to_numpy()
        mixed = np.union1d(np.array(odd, np.int64), numbers[decoding.odd])
        problems = [
            *misplaced.told(),
            *told_beside(place, headers, self._layout.above, 1, uncapped),
            *([Problem(place, f"{other_encoding(len(mixed))}: {ranges(mixed)}", Trouble.WORD)] if len(mixed) else []),
        ]
        return Sheet(
            place.file, None, list(frame.columns), frame[~frame.index.isin(wrong)] if wrong else frame, problems,
            lost=len(misplaced.rows), misplaced=misplaced.frame(headers),
        )  # fmt: skip

    def _numbers(self, rows: int) -> pd.RangeIndex:
        """The first row of the file is row 1."""
        first = len(self._layout.above) + 2
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
                skip_rows_after_names=len(self._layout.above) + 1,
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


def _without_blank(table: pa.Table, numbers: pd.Index) -> tuple[pa.Table, pd.Index]:
    """The rows that hold anything."""
    if not table.num_columns or not table.column(0).null_count:
        return table, numbers
    filled = reduce(pc.or_, (pc.is_valid(column) for column in table.columns))
    return table.filter(filled), numbers[filled.to_numpy(zero_copy_only=False)]


def _quoted(path: Path) -> bool:
    """Whether any quotation mark is in the file: without one no cell holds a line break, and rows are parted faster."""
    with path.open("rb", buffering=0) as file:
        return any(b'"' in block for block in iter(partial(file.read, PEEK), b""))


def _filled(cells: list[str]) -> list[str]:
    """The cells up to the last filled one."""
    return cells[: max((n for n, cell in enumerate(cells, 1) if cell.strip()), default=0)]
