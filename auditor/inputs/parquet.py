"""Parquet files as a sheet of text cells."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from auditor.i18n import _
from auditor.inputs.cells import as_text, categorical, frame_of, unique_headers
from auditor.inputs.guards import Refused, check_unpacked, check_width
from auditor.inputs.tables import Sheet
from auditor.inputs.workbook import text_of
from auditor.settings import Limits

_TEXTS = (pa.types.is_string, pa.types.is_large_string, pa.types.is_null)


def read_parquet(path: Path, label: str, limits: Limits) -> Sheet:
    """The file as one sheet, its first row row 2, below its captions; Refused where it cannot be read."""
    try:
        file = pq.ParquetFile(path)
        check_width(file.metadata.num_columns, limits)
        groups = map(file.metadata.row_group, range(file.num_row_groups))
        check_unpacked(sum(group.total_byte_size for group in groups), limits)
        table = file.read()
        headers = unique_headers(table.column_names)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise Refused(_("the Parquet file is damaged or incomplete; export it once more")) from error
    cells = [categorical(_texts(column), as_text) for column in table.columns]
    frame = frame_of(headers, cells, pd.RangeIndex(2, 2 + table.num_rows))
    return Sheet(label, None, list(frame.columns), frame)


def _texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The column's texts; numbers and moments as a workbook would show them, each distinct one looked at once."""
    if pa.types.is_nested(column.type):
        return _shown(column).dictionary_encode()
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if any(is_kind(column.type) for is_kind in _TEXTS):
        return column.cast(pa.string()).dictionary_encode()
    whole = pa.chunked_array([column.combine_chunks()]).dictionary_encode().combine_chunks()
    whole = whole.chunk(0) if isinstance(whole, pa.ChunkedArray) else whole
    return pa.chunked_array([pa.DictionaryArray.from_arrays(whole.indices, _shown(whole.dictionary))])


def _shown(values: "pa.Array | pa.ChunkedArray") -> pa.Array:
    return pa.array([_written(value) for value in values], pa.string())


def _written(value: pa.Scalar) -> str | None:
    """The text of a value; of a moment or a length that no calendar holds the number that is kept of it."""
    try:
        return _text(value.as_py())
    except (OverflowError, ValueError):
        return str(getattr(value, "value", value.type))


def _text(value: Any) -> str | None:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.isoformat(" ", "seconds")
    return text_of(value)
