"""A part of a workbook as its reader parses it: how far its cells reach, and which texts they share."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

MOST_ELEMENTS = 10_000_000
"""About five seconds."""

_REFERENCE = re.compile(r"([A-Za-z]{0,7})(\d{0,12})")


class TooManyError(ValueError):
    """More elements than any workbook has that Excel did not write."""


@dataclass
class Laid:
    """The farthest row and column, the number of cells, the numbers of shared texts that they show, and the lengths of
    the texts that this part shares."""

    rows: int = 0
    columns: int = 0
    cells: int = 0
    shown: list[int] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)


def laid_out(chunks: Iterable[bytes]) -> Laid:
    """ValueError or ExpatError where the part is no XML that can be counted."""
    part = _Part()
    for chunk in chunks:
        part.parser.Parse(chunk)
    part.parser.Parse(b"", True)
    return part.laid


class _Part:
    def __init__(self) -> None:
        self.laid = Laid()
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._entity
        self._elements = self._row = self._column = self._length = 0
        self._shown: str | None = None
        """What stands in a cell that shares its text."""

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise TooManyError
        tag = name.rpartition(":")[2]
        if tag == "c":
            self._cell(attributes)
        elif tag == "row" and attributes.get("r", "").isdigit():
            self._row = int(attributes["r"][:12]) - 1
        elif tag == "si":
            self._length = 0

    def _cell(self, attributes: Mapping[str, str]) -> None:
        found = _REFERENCE.fullmatch(attributes.get("r", ""))
        letters, number = found.groups() if found else ("", "")
        self._column = column_number(letters.upper().encode()) if letters else self._column + 1
        row = int(number) if number else self._row + 1
        self.laid.cells += 1
        self.laid.rows, self.laid.columns = max(self.laid.rows, row), max(self.laid.columns, self._column)
        self._shown = "" if attributes.get("t") == "s" else None

    def _end(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        if tag == "row":
            self._row, self._column = self._row + 1, 0
        elif tag == "c":
            if self._shown is not None and self._shown.strip().isdigit():
                self.laid.shown.append(int(self._shown.strip()[:12]))
            self._shown = None
        elif tag == "si":
            self.laid.lengths.append(self._length)

    def _text(self, text: str) -> None:
        self._length += len(text)
        if self._shown is not None and len(self._shown) < 20:
            self._shown += text

    def _entity(self, *_declared: object) -> None:
        raise TooManyError


def column_number(letters: bytes) -> int:
    """`A` is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
