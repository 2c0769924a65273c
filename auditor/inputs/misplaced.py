"""Rows of a CSV file whose cells may stand in the wrong columns: too many of them, or swallowed by a quotation mark."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from auditor.i18n import _, ngettext, numeral
from auditor.inputs.beside import Columns
from auditor.inputs.guards import Refused
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import Place, Problem
from auditor.inputs.times import Bools
from auditor.inputs.troubles import troubles

MOST_SWALLOWED = 1_000
FEW = 20
"""So many rows that go on beyond the last caption are no column."""


def unclosed() -> str:
    return _(
        "this is no table, or a quotation mark is opened in it and never closed; export the file once more, "
        "or open it in Excel and save it as .xlsx"
    )


@dataclass
class Misplaced:
    """Such rows of the file `label`, of `width` columns, so many of them with `captions`: (number, cells); what is told
    of them in `problems`."""

    label: str
    width: int
    captions: int
    delimiter: str
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _long: list[int] = field(default_factory=list)
    _beyond: list[int] = field(default_factory=list)

    @property
    def numbers(self) -> list[int]:
        return [number for number, _cells in self.rows]

    def swallowed(self, text: str) -> list[list[str]]:
        """The rows that a record is without its quotation marks; none where it is but one."""
        lines = text.rstrip("\r\n").splitlines()
        marks = {line.count(self.delimiter) for line in lines}
        if len(lines) < 2 or marks not in ({self.width - 1}, {self.captions - 1}):
            return []
        return [[cell.strip().strip('"') for cell in line.split(self.delimiter)] for line in lines]

    def take_swallowed(self, number: int, rows: Sequence[list[str]]) -> None:
        if len(rows) > MOST_SWALLOWED:
            raise Refused(unclosed())
        self.rows += [(number, cells) for cells in rows]
        what = ngettext(
            "a quotation mark that is opened here swallows {count} row below; both were left out: correct the file, or "
            "export it as .xlsx",
            "a quotation mark that is opened here swallows {count} rows below; all were left out: correct the file, or "
            "export it as .xlsx",
            len(rows) - 1,
        )
        self.problems.append(
            Problem(Place(self.label, None, number), what.format(count=numeral(len(rows) - 1)), Trouble.ROW)
        )

    def take_long(self, number: int, cells: list[str]) -> None:
        self.rows.append((number, cells))
        self._long.append(number)

    def look_for_swallowed(self, columns: Columns, numbers: pd.Index) -> None:
        """Rows of a table that have as many cells as it has captions only since a quotation mark swallowed others."""
        broken = np.logical_or.reduce([_broken(column, self.delimiter) for column in columns])
        for number, cells in _rows(columns, numbers, broken):
            text = self.delimiter.join(cells)
            blank = self.delimiter * (self.width - self.captions)
            if rows := self.swallowed(text) or self.swallowed(text.removesuffix(blank)):
                self.take_swallowed(number, rows)

    def look_beyond(self, columns: Columns, numbers: pd.Index, beyond: Bools) -> None:
        """Rows that go on beyond the last caption, where they are few."""
        found = beyond & ~numbers.isin(self.numbers) if beyond.any() else beyond
        if 0 < np.count_nonzero(found) <= FEW:
            rows = list(_rows(columns, numbers, found))
            self.rows += rows
            self._beyond += [number for number, _cells in rows]

    def told(self) -> list[Problem]:
        long = _("the row has more cells than the header; it was left out")
        beyond = _("the row goes on beyond the last caption, so its cells may stand in wrong columns; it was left out")
        place = Place(self.label)
        return [
            *self.problems,
            *troubles(place, sorted(self._long), lambda _position: long, Trouble.ROW),
            *troubles(place, self._beyond, lambda _position: beyond, Trouble.ROW),
        ]

    def frame(self, headers: Sequence[str]) -> pd.DataFrame:
        """The rows under the same headers, by their numbers."""
        cells = [(row + [""] * self.width)[: self.width] for _number, row in self.rows]
        frame = pd.DataFrame(cells, index=self.numbers, columns=range(self.width), dtype="str")
        named = [place for place, header in enumerate(headers) if header]
        return frame[named].set_axis([headers[place] for place in named], axis=1).replace("", None)


def _rows(columns: Columns, numbers: pd.Index, wanted: Bools) -> Iterator[tuple[int, list[str]]]:
    places = np.flatnonzero(wanted)
    cells = [pd.Series(column).iloc[places].astype("str").fillna("").tolist() for column in columns]
    yield from zip(numbers[places].tolist(), map(list, zip(*cells, strict=True)), strict=True)


def _broken(column: "pd.Categorical | pd.Series", delimiter: str) -> Bools:
    """Rows whose cell holds a line break and a delimiter."""
    of_codes = isinstance(column, pd.Categorical)
    texts = pa.array(column.categories if of_codes else column, pa.large_string(), from_pandas=True)
    both = pc.and_(pc.match_substring(texts, "\n"), pc.match_substring(texts, delimiter)).fill_null(False)
    marked: Bools = both.to_numpy(zero_copy_only=False)
    return np.append(marked, False)[column.codes] if of_codes else marked
