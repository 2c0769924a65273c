"""Lists as the CRMs write them, and the rows that came out of them as the words that they hold."""

from typing import Any

import pandas as pd

from auditor.inputs.tables import Tables


def rows_of(tables: Tables, table: str, *names: str) -> list[tuple[Any, ...]]:
    """These columns of a table, row by row; «» where a cell is missing or the column is not there."""
    frame = getattr(tables, table)
    columns = [_texts(frame[name]) if name in frame else [""] * len(frame) for name in names]
    return list(zip(*columns, strict=True))


def _texts(column: "pd.Series[Any]") -> list[str]:
    if column.dtype.kind == "M":
        return [f"{moment:%d.%m.%Y %H:%M:%S}" if moment is not pd.NaT else "" for moment in column]
    return ["" if pd.isna(cell) else f"{cell:g}" if isinstance(cell, float) else str(cell) for cell in column]


def counted(tables: Tables) -> dict[str, list[tuple[str, int, int]]]:
    """By file what each of its parts is, its rows and how many of them were rejected."""
    found: dict[str, list[tuple[str, int, int]]] = {}
    for source in tables.sources.sources:
        found.setdefault(source.file, []).append((source.table, source.rows, source.rejected))
    return found
