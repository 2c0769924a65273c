"""Rows of all sources: what is said of them, and how many of each source are left out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from auditor.i18n import day_form, ngettext, numeral
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import Place, Problem, Source, Sources
from auditor.inputs.times import Bools
from auditor.inputs.troubles import ranges, troubles
from auditor.spelling import shortened

UNITS = {"second": 1, "minute": 60, "day": 86_400}


Contradiction = tuple[str, NDArray[np.int64], NDArray[np.int64]]
"""A column, the places of the rows that are kept, and those of the rows that say otherwise."""


class RowChecks:
    """`now`: the moment of the run; `problems`: of rows checked against the other tables; `headlines`: what a reader
    must know of many rows at once."""

    def __init__(self, sources: Sequence[Source], now: np.datetime64) -> None:
        self.now = now
        self.problems: list[Problem] = []
        self.headlines: list[Problem] = []
        self.unread: list[pd.DataFrame] = []
        """Rows that several deals could have, once for each of these, as in `Tables.unread`."""
        self.attached = 0
        self.ledger_joined = 0
        self.ledger_unjoined = 0
        self._sources = Sources(list(sources))
        self._tables = pd.factorize(np.array([source.listed or str(n) for n, source in enumerate(sources)], object))[0]
        self._left_out = np.zeros(len(sources), np.int64)

    def tables_of(self, rows: NDArray[np.integer]) -> NDArray[np.int64]:
        """The number of each row's table: pages of one list are one table."""
        return self._tables[self._sources.of(rows)]

    def units_of(self, rows: NDArray[np.integer], column: str) -> NDArray[np.int64]:
        """How many seconds the moments of a column may be off, by the sources of the rows: 1, a minute's, a day's."""
        units = [UNITS[source.precision.get(column, "second")] for source in self._sources.sources]
        return np.array(units)[self._sources.of(rows)]

    def latest_of(self, rows: NDArray[np.integer]) -> NDArray[np.int64]:
        """The latest moment of each row's file, in seconds."""
        latest: dict[str, int] = {}
        for source in self._sources.sources:
            latest[source.file] = max(latest.get(source.file, 0), source.latest)
        return np.array([latest[source.file] for source in self._sources.sources])[self._sources.of(rows)]

    def has_column(self, rows: NDArray[np.integer], column: str) -> Bools:
        """Whether the source of each row has that column."""
        return np.array([column in source.has for source in self._sources.sources], np.bool_)[self._sources.of(rows)]

    def complain(self, frame: pd.DataFrame, bad: Bools, column: str, what: str, kind: Trouble) -> None:
        """A problem of each bad row; `what` may quote its {text} in that column."""
        if not bad.any():
            return
        cells = frame[column].to_numpy() if column in frame else None
        for source, places in self._by_source(frame, bad):

            def words(position: int, places: NDArray[np.int64] = places) -> str:
                return what.format(text="" if cells is None else _shown(cells[places[position]]))

            rows = frame["row"].to_numpy()[places] - source.first
            self.problems += troubles(_place(source, column), rows, words, kind)

    def summarise(self, frame: pd.DataFrame, bad: Bools, what: Callable[[int], str], kind: Trouble) -> None:
        """One line for the bad rows of each source: what is said of so many, and which they are."""
        self.problems += self._summaries(frame, bad, what, kind)

    def headline(self, frame: pd.DataFrame, bad: Bools, what: Callable[[int], str], kind: Trouble) -> None:
        """The same, to stand above all problems of rows."""
        self.headlines += self._summaries(frame, bad, what, kind)

    def tell_joined(
        self,
        frame: pd.DataFrame,
        gone: NDArray[np.int64],
        kept: NDArray[np.int64],
        what: Callable[[int], str],
    ) -> None:
        """One line for each pair of sources: how many rows of the one are left out for rows of the other."""
        for source, other, rows in self._by_pair(frame, gone, kept):
            words = what(len(rows)).format(count=numeral(len(rows)), there=_place(other))
            self.problems.append(Problem(_place(source), f"{words}: {ranges(rows)}", Trouble.REPEATED))

    def tell_contradictions(self, frame: pd.DataFrame, found: Sequence[Contradiction]) -> None:
        """One line for each pair of sources: in which columns they contradict each other, and in which rows."""
        told: dict[tuple[Place, Place], tuple[dict[str, None], list[NDArray[np.integer]]]] = {}
        for column, kept, others in found:
            for source, other, rows in self._by_pair(frame, others, kept):
                columns, numbers = told.setdefault((_place(source), _place(other)), ({}, []))
                columns[_place(source, column).column or column] = None
                numbers.append(rows)
        for (here, there), (columns, numbers) in told.items():
            rows = np.unique(np.concatenate(numbers))
            words = _contradicted(len(rows)).format(there=there, columns=", ".join(f"“{name}”" for name in columns))
            self.problems.append(Problem(here, f"{words}: {ranges(rows)}", Trouble.CONTRADICTED))

    def _by_pair(
        self, frame: pd.DataFrame, places: NDArray[np.int64], others: NDArray[np.int64]
    ) -> Iterator[tuple[Source, Source, NDArray[np.integer]]]:
        """Each pair of sources of these places and those, and the rows of the former as the user sees them."""
        numbers = frame["row"].to_numpy()
        here, there = self._sources.of(numbers[places]), self._sources.of(numbers[others])
        for source, other in dict.fromkeys(zip(here.tolist(), there.tolist(), strict=True)):
            rows = numbers[places[(here == source) & (there == other)]] - self._sources.firsts[source]
            yield self._sources.sources[source], self._sources.sources[other], rows

    def _summaries(
        self, frame: pd.DataFrame, bad: Bools, what: Callable[[int], str], kind: Trouble
    ) -> Iterator[Problem]:
        for source, places in self._by_source(frame, bad):
            rows = frame["row"].to_numpy()[places] - source.first
            yield Problem(_place(source), f"{what(len(rows))}: {ranges(rows)}", kind)

    def leave_out(self, frame: pd.DataFrame, bad: Bools) -> pd.DataFrame:
        """The frame without its bad rows; a row of the export that gave several is left out with the last of them."""
        if not bad.any():
            return frame
        rows = frame["row"].to_numpy()
        gone = np.unique(rows[bad])
        gone = gone[~np.isin(gone, rows[~bad])]
        self._left_out += np.bincount(self._sources.of(gone), minlength=len(self._left_out))
        return frame[~bad].reset_index(drop=True)

    def reject(self, frame: pd.DataFrame, bad: Bools, column: str, what: str, kind: Trouble) -> pd.DataFrame:
        """The frame without its bad rows, each of which is a problem."""
        self.complain(frame, bad, column, what, kind)
        return self.leave_out(frame, bad)

    def counted(self) -> Sources:
        """The sources, with the rows that were left out."""
        return Sources(
            [
                replace(source, rejected=source.rejected + int(count))
                for source, count in zip(self._sources.sources, self._left_out, strict=True)
            ]
        )

    def _by_source(self, frame: pd.DataFrame, bad: Bools) -> Iterator[tuple[Source, NDArray[np.int64]]]:
        """Each source that has bad rows, and their places in the frame."""
        places = np.flatnonzero(bad)
        numbers = self._sources.of(frame["row"].to_numpy()[places])
        for number in np.unique(numbers):
            yield self._sources.sources[number], places[numbers == number]


def _contradicted(count: int) -> str:
    return ngettext(
        "contradicts {there} in {columns}, and nothing says which of them is newer; unknown there, row",
        "contradicts {there} in {columns}, and nothing says which of them is newer; unknown there, rows",
        count,
    )


def _place(source: Source, column: str = "") -> Place:
    captions = {canonical: caption for caption, canonical in source.columns}
    return Place(source.file, source.sheet, None, captions.get(column))


def _shown(cell: object) -> str:
    if not isinstance(cell, np.datetime64):
        return shortened(cell)
    return "" if np.isnat(cell) else pd.Timestamp(cell).strftime(f"{day_form()} %H:%M:%S")
