"""Lists: a row an item, a column each of its properties, under a head that stays in sight, with filters."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from auditor.reports.workbook.book import ROWS, Book, Cell, Sheet, Value

FIGURES = ("amount", "money", "share")
Item = TypeVar("Item")


@dataclass(frozen=True)
class Column(Generic[Item]):
    """A column of the list: of each item a value and its style."""

    title: str
    width: float
    style: Callable[[Item], str] | str
    value: Callable[[Item], Value]

    def cell(self, item: Item) -> Cell:
        return self.value(item), f"{self.style if isinstance(self.style, str) else self.style(item)} top"


@dataclass(frozen=True)
class Listing(Generic[Item]):
    """A list under its name and what stands above it; the first `printed` of its columns are printed."""

    name: str
    above: Sequence[Cell]
    columns: Sequence[Column[Item]]
    printed: int

    def write(self, book: Book, items: Iterable[Item]) -> None:
        """The items, in as many sheets as they need."""
        sheet = self._begun(book)
        for number, item in enumerate(items):
            if number and not number % ROWS:
                self._end(sheet)
                sheet = self._begun(book)
            sheet.line(*(column.cell(item) for column in self.columns))
        self._end(sheet)

    def _begun(self, book: Book) -> Sheet:
        sheet = book.sheet(self.name, [column.width for column in self.columns])
        sheet.line((self.name, "title"))
        for cell in self.above:
            sheet.line(cell)
        sheet.line(*((column.title, f"head {'right' if column.style in FIGURES else ''}") for column in self.columns))
        sheet.made.freeze_panes(sheet.row, 0)
        sheet.made.repeat_rows(sheet.row - 1)
        return sheet

    def _end(self, sheet: Sheet) -> None:
        sheet.made.autofilter(len(self.above) + 1, 0, sheet.row - 1, len(self.columns) - 1)
        sheet.made.print_area(0, 0, sheet.row - 1, self.printed - 1)
