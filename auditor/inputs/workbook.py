"""XLSX workbooks as sheets of text cells."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from auditor.i18n import _
from auditor.inputs.beside import told_beside, uncaptioned
from auditor.inputs.cells import as_text, categorical, frame_of, unique_headers
from auditor.inputs.guards import Refused, check_width, check_workbook, damaged
from auditor.inputs.swapped import has_swapped
from auditor.inputs.tables import Place, Problem, Sheet
from auditor.inputs.top import LOOKED_AT, caption_row
from auditor.inputs.unseen import Unseen, unseen
from auditor.inputs.values import decimal
from auditor.settings import Limits, Settings

RowChecks = Sequence[Sequence[Any]]


def read_workbook(path: Path, label: str, settings: Settings) -> list[Sheet]:
    """Its sheets that have a header, in order; Refused where it cannot be read, or is unsafe to read."""
    check_workbook(path, settings.limits)
    failures: list[Exception] = []
    for read in (_with_calamine, _with_openpyxl):
        try:
            hidden = unseen(path)
            sheets = [replace(sheet, notes=_notes(sheet, hidden)) for sheet in read(path, label, hidden, settings)]
            if sheets:
                return sheets
            failures.append(LookupError(label))
        except Refused:
            raise
        except Exception as failure:  # each raises its own errors
            failures.append(failure)
    raise Refused(_("the workbook cannot be read; open it in Excel and save it once more")) from failures[0]


def _notes(sheet: Sheet, hidden: Mapping[str, Unseen]) -> list[Problem]:
    found = hidden.get(sheet.sheet or "")
    return [] if found is None else list(found.told(Place(sheet.file, sheet.sheet)))


def _with_calamine(path: Path, label: str, hidden: Mapping[str, Unseen], settings: Settings) -> Iterator[Sheet]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    with CalamineWorkbook.from_path(str(path)) as book:
        for meta in book.sheets_metadata:
            if meta.typ != SheetTypeEnum.WorkSheet:
                continue
            if meta.visible != SheetVisibleEnum.Visible and not settings.hidden_sheets:
                yield _hidden(label, meta.name)
                continue
            cells = book.get_sheet_by_name(meta.name)
            start = cells.start or (0, 0)
            rows = cells.to_python()
            for (row, column), text in hidden.get(meta.name, Unseen()).errors.items():
                rows[row - start[0]][column - start[1]] = text
            _fill_down(rows, cells.merged_cell_ranges or (), start)
            yield sheet_of(label, meta.name, rows, 1 + start[0], settings.limits)


def _hidden(label: str, name: str) -> Sheet:
    return Sheet(label, name, [], frame_of([], [], pd.RangeIndex(0)), hidden=True)


def _fill_down(
    rows: "list[list[Any]]", merged: Iterable[tuple[tuple[int, int], tuple[int, int]]], start: tuple[int, int]
) -> None:
    """Give every row of a merged cell what stands in it; a cell that is merged across alone keeps to its column.

    `start`: the row and column of `rows[0][0]`, from 0. Refused where merged cells lie upon each other, as no program
    writes them."""
    left_to_fill = sum(map(len, rows))
    for (top, left), (bottom, _right) in merged:
        first, column = top - start[0], left - start[1]
        if first >= 0 and 0 <= column < len(rows[0]):
            below = rows[first + 1 : bottom - start[0] + 1]
            left_to_fill -= len(below)
            if left_to_fill < 0:
                raise Refused(damaged())
            for row in below:
                row[column] = rows[first][column]


def _with_openpyxl(path: Path, label: str, _hidden_cells: Mapping[str, Unseen], settings: Settings) -> Iterator[Sheet]:
    """Slower, but it reads some workbooks that calamine does not; the guards have looked at the XML before."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    for cells in book.worksheets:
        if cells.sheet_state != "visible" and not settings.hidden_sheets:
            yield _hidden(label, cells.title)
            continue
        cells.reset_dimensions()
        rows = [list(row) for row in cells.iter_rows(values_only=True)]
        width = max(map(len, rows), default=0)
        filled = [row + [None] * (width - len(row)) for row in rows]
        yield sheet_of(label, cells.title, filled, 1, settings.limits)
    book.close()


def sheet_of(label: str, name: str | None, rows: RowChecks, first_row: int, limits: Limits) -> Sheet:
    """`first_row` is the number of `rows[0]`."""
    top = _top(rows)
    if top is None:
        return Sheet(label, name, [], frame_of([], [], pd.RangeIndex(0)))
    captions = [text_of(cell) or "" for cell in rows[top]]
    check_width(sum(map(bool, captions)), limits)
    below_top = list(zip(*rows[top + 1 :], strict=True)) or [()] * len(captions)
    used = [n for n, cells in enumerate(below_top) if captions[n] or any(cell not in ("", None) for cell in cells)]
    headers, below_top = unique_headers([captions[n] for n in used]), [below_top[n] for n in used]
    clocked = frozenset(header for header, cells in zip(headers, below_top, strict=True) if any(map(_has_clock, cells)))
    swapped = next((header for header, cells in zip(headers, below_top, strict=True) if has_swapped(cells)), None)
    columns = [categorical(_column(cells), as_text) for cells in below_top]
    below = first_row + top + 1
    numbers = pd.RangeIndex(below, below + len(rows) - top - 1)
    frame = frame_of(headers, columns, numbers)
    above = [[text_of(cell) or "" for cell in row] for row in rows[max(top - LOOKED_AT, 0) : top]]
    uncapped = numbers[np.logical_or(*uncaptioned(headers, columns, len(numbers)))].to_numpy()
    beside = told_beside(Place(label, name), headers, above, below - 1 - len(above), uncapped)
    return Sheet(label, name, list(frame.columns), frame, beside, clocked=clocked, swapped=swapped)


def _top(rows: RowChecks) -> int | None:
    """The position of the captions."""
    first = next((number for number, row in enumerate(rows) if any(cell not in ("", None) for cell in row)), None)
    if first is None:
        return None
    texts = [[text_of(cell) or "" for cell in row] for row in rows[first : first + LOOKED_AT]]
    return first + (caption_row(texts) or 0)


def _column(cells: Sequence[Any]) -> pa.DictionaryArray:
    try:
        array = pa.array(cells, pa.string())
    except (pa.ArrowInvalid, pa.ArrowTypeError, UnicodeEncodeError):
        array = pa.array([text_of(cell) for cell in cells], pa.string())
    return array.dictionary_encode()


def _has_clock(cell: object) -> bool:
    return isinstance(cell, datetime) and cell.time() != time()


def text_of(cell: object) -> str | None:
    """A cell as its reader would see it: whole numbers without .0, dates as dd.mm.yyyy HH:MM:SS."""
    if isinstance(cell, str):
        return cell.encode("utf-8", "replace").decode()
    if cell is None or isinstance(cell, bool):
        return None if cell is None else "да" if cell else "нет"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else decimal(cell)
    if isinstance(cell, datetime):
        return _moment(cell)
    if isinstance(cell, date):
        return cell.strftime("%d.%m.%Y")
    if isinstance(cell, time):
        return cell.strftime("%H:%M:%S")
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return str(cell)


def _moment(cell: datetime) -> str:
    """Rounded to the second: Excel keeps days as fractions."""
    whole = (cell + timedelta(milliseconds=500)).replace(microsecond=0) if cell.year < 9999 else cell
    return f"{whole:%d.%m.}{whole.year:04}" + (f" {whole:%H:%M:%S}" if whole.time() != time() else "")
