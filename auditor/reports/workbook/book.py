"""Sheets written row by row in constant memory: numbers as numbers, moments as dates, texts never as formulas."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from math import ceil
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from auditor.i18n import _
from auditor.reports.names import sheet_names
from auditor.reports.safe import FORMULA, clean, is_web, units
from auditor.reports.workbook.styles import HEIGHTS, properties

LONGEST_CELL, LONGEST_LINK = 32_767, 2_000
"""Characters, a little fewer than Excel's 2,079 of a link."""
ROWS = 60_000
"""Of a list in one sheet: Excel follows 65,530 links of a sheet and ends at row 1,048,576. The others stand in the
next sheet."""
A4 = 9
LINE, HIGHEST_ROW = 13.5, 409
"""Points of a line of text, and of the highest row that Excel knows."""
MARGIN = 0.4


@dataclass(frozen=True)
class Link:
    """A text that opens an address, where it is one of the web."""

    text: str
    address: str


Lines = tuple[str, ...]
Value = str | Lines | int | float | datetime | Link | None
Cell = tuple[Value, str]
"""What a cell holds, and its style."""


@contextmanager
def written_book(file: BinaryIO, title: str, made: datetime) -> Iterator["Book"]:
    """A workbook that is written into the file in the end. Raises OSError where it cannot be written."""
    with TemporaryDirectory(prefix="auditor-", ignore_cleanup_errors=True) as folder:
        book = Book(file, folder, title, made)
        yield book
        book.close()


class FailsOnce:
    """A file of which the first failure is told, and that is left alone after it: an archive that was not finished
    writes its end when it is forgotten, where nobody can catch an error, and the file may be closed by then."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._failed = file, False

    def write(self, content: bytes) -> int:
        if self._failed:
            return len(content)
        try:
            return self._file.write(content)
        except OSError:
            self._failed = True
            raise

    def __getattr__(self, name: str) -> Any:
        return (lambda *_asked: 0) if self._failed else getattr(self._file, name)


class Book:
    """An open workbook: its sheets, in the order in which they are begun."""

    def __init__(self, file: BinaryIO, folder: str, title: str, made: datetime) -> None:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.made = Workbook(FailsOnce(file), {"constant_memory": True, "tmpdir": folder, **options})
        self.made.set_properties({"title": clean(title), "author": "auditor", "created": made})
        self.style = cache(lambda style: self.made.add_format(properties(style)))
        self.text_style = cache(lambda style: self.made.add_format({**properties(style), "quote_prefix": True}))
        self._names = sheet_names()

    def sheet(self, name: str, widths: Sequence[float]) -> "Sheet":
        """A new sheet, set to be printed across one page of A4."""
        made = self.made.add_worksheet(self._names.free(name))
        for column, width in enumerate(widths):
            made.set_column(column, column, width, self.style("text"))
        made.set_landscape()
        made.set_paper(A4)
        made.fit_to_pages(1, 0)
        made.set_margins(MARGIN, MARGIN, MARGIN, 2 * MARGIN)
        made.set_footer("&L&A&R&P / &N")
        made.hide_gridlines(2)
        made.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        return Sheet(self, made, widths)

    def close(self) -> None:
        try:
            self.made.close()
        except FileCreateError as error:
            raise error.args[0] from None


class Sheet:
    """A sheet; `row` is the next one to be written, from 0."""

    def __init__(self, book: Book, made: Any, widths: Sequence[float]) -> None:
        self._book, self.made, self._widths, self.row = book, made, widths, 0

    def line(self, *cells: Cell) -> None:
        """One row, from its first cell on, as high as its texts need."""
        high = max((_height(*cell, width) for cell, width in zip(cells, self._widths, strict=False)), default=LINE)
        self.made.set_row(self.row, min(high, HIGHEST_ROW))
        for column, (value, style) in enumerate(cells):
            self._write(column, value, style)
        self.row += 1

    def lines(self, texts: Iterable[str], style: str) -> None:
        """Each text in a row of its own, across all columns."""
        whole = f"wrapped {style}"
        for text in texts:
            self.made.set_row(self.row, _height(text, whole, sum(self._widths)))
            self.made.merge_range(self.row, 0, self.row, len(self._widths) - 1, "", self._book.style(whole))
            self._text(0, text, whole)
            self.row += 1

    def skip(self, rows: int = 1) -> None:
        self.row += rows

    def head(self, *titles: str, figures: Iterable[str] = ()) -> None:
        """The titles of the columns: of texts, then of figures."""
        self.line(*((title, "head") for title in titles), *((title, "head right") for title in figures))

    def _write(self, column: int, value: Value, style: str) -> None:
        match value:
            case None | "" | ():
                self.made.write_blank(self.row, column, None, self._book.style(style))
            case datetime():
                self.made.write_datetime(self.row, column, value, self._book.style(style))
            case int() | float():
                self.made.write_number(self.row, column, value, self._book.style(style))
            case Link():
                self._link(column, value, style)
            case _:
                self._text(column, value, style)

    def _text(self, column: int, value: str | Lines, style: str) -> None:
        text = fitting(clean(value) if isinstance(value, str) else "\n".join(map(clean, value)))
        looks = self._book.text_style if text.startswith(FORMULA) else self._book.style
        self.made.write_string(self.row, column, text, looks(style))

    def _link(self, column: int, link: Link, style: str) -> None:
        address = clean(link.address)
        if is_web(address) and len(address) <= LONGEST_LINK and " " not in address:
            self.made.write_url(self.row, column, address, self._book.style(f"{style} link"), clean(link.text))
        else:
            self._text(column, f"{link.text} {address}", style)


def _height(value: Value, style: str, width: float) -> float:
    """How many points high a cell is; told, since not every program that opens a workbook finds it itself."""
    if isinstance(value, str | tuple) and style.startswith(("wrapped", "head")):
        paragraphs = (value,) if isinstance(value, str) else value
        return LINE * sum(max(ceil(len(each) / width), 1) for each in paragraphs)
    return HEIGHTS.get(style.split()[-1], LINE)


def fitting(text: str) -> str:
    """The text as long as a cell can hold; one that is cut says so. What the writer would take for its own markup gets
    a blank before it."""
    kept = f" {text}" if text.startswith("<r>") else text
    if 2 * len(kept) <= LONGEST_CELL or units(kept) <= LONGEST_CELL:
        return kept
    told = _(" … (no more fits into a cell: the whole text is in the JSON report)")
    return kept.encode("utf-16-le")[: 2 * (LONGEST_CELL - len(told))].decode("utf-16-le", "ignore") + told
