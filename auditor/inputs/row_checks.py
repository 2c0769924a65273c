"""Rows of all sources: what is said of them, and how many of each source are left out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from auditor.inputs.tables import Place, Problem, Source, Sources
from auditor.inputs.times import Bools
from auditor.inputs.troubles import quoted, ranges, troubles


class RowChecks:
    """`now`: the moment of the run; `problems`: of rows checked against the other tables; `headlines`: what a reader
    must know of many rows at once."""

    def __init__(self, sources: Sequence[Source], now: np.datetime64) -> None:
        self.now = now
        self.problems: list[Problem] = []
        self.headlines: list[Problem] = []
        self.attached = 0
        self.ledger_joined = 0
        self.ledger_unjoined = 0
        self._sources = Sources(list(sources))
        self._firsts = np.array([source.first for source in sources], dtype=np.int64)
        self._left_out = np.zeros(len(sources), np.int64)

    def sources_of(self, rows: NDArray[np.integer]) -> NDArray[np.int64]:
        """The number of each row's source."""
        return np.searchsorted(self._firsts, rows, side="right") - 1

    def complain(self, frame: pd.DataFrame, bad: Bools, column: str, what: str) -> None:
        """A problem of each bad row; `what` may quote its {text} in that column."""
        if not bad.any():
            return
        cells = frame[column].to_numpy() if column in frame else None
        for source, places in self._by_source(frame, bad):

            def words(position: int, places: NDArray[np.int64] = places) -> str:
                return what.format(text="" if cells is None else _shown(cells[places[position]]))

            rows = frame["row"].to_numpy()[places] - source.first
            self.problems += troubles(_place(source, column), rows, words)

    def summarise(self, frame: pd.DataFrame, bad: Bools, what: Callable[[int], str]) -> None:
        """One line for the bad rows of each source: what is said of so many, and which they are."""
        self.problems += self._summaries(frame, bad, what)

    def headline(self, frame: pd.DataFrame, bad: Bools, what: Callable[[int], str]) -> None:
        """The same, to stand above all problems of rows."""
        self.headlines += self._summaries(frame, bad, what)

    def _summaries(self, frame: pd.DataFrame, bad: Bools, what: Callable[[int], str]) -> Iterator[Problem]:
        for source, places in self._by_source(frame, bad):
            rows = frame["row"].to_numpy()[places] - source.first
            yield Problem(_place(source), f"{what(len(rows))}: {ranges(rows)}")

    def leave_out(self, frame: pd.DataFrame, bad: Bools) -> pd.DataFrame:
        """The frame without its bad rows."""
        if not bad.any():
            return frame
        numbers = self.sources_of(frame["row"].to_numpy()[bad])
        self._left_out += np.bincount(numbers, minlength=len(self._left_out))
        return frame[~bad].reset_index(drop=True)

    def reject(self, frame: pd.DataFrame, bad: Bools, column: str, what: str) -> pd.DataFrame:
        """The frame without its bad rows, each of which is a problem."""
        self.complain(frame, bad, column, what)
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
        numbers = self.sources_of(frame["row"].to_numpy()[places])
        for number in np.unique(numbers):
            yield self._sources.sources[number], places[numbers == number]


def _place(source: Source, column: str = "") -> Place:
    captions = {canonical: caption for caption, canonical in source.columns}
    return Place(source.file, source.sheet, None, captions.get(column))


def _shown(cell: object) -> str:
    if not isinstance(cell, np.datetime64):
        return quoted(cell)
    return "" if np.isnat(cell) else f"{pd.Timestamp(cell):%d.%m.%Y %H:%M:%S}"
