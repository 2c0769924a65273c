"""One thing told twice is one thing: rows of several tables that agree and contradict each other nowhere are joined."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from auditor.i18n import ngettext
from auditor.inputs.columns import as_codes, with_cells
from auditor.inputs.deal_ids import DealIds
from auditor.inputs.precision import TIMES
from auditor.inputs.repeats import not_alone
from auditor.inputs.row_checks import RowChecks
from auditor.inputs.tables import DAY_OF, FRACTION_OF
from auditor.inputs.times import Bools

Ints = NDArray[np.int64]
Pairs = tuple[Ints, Ints]
NOT_COMPARED = ("row", "deal", "entity", "maybe")
MOST_IN_A_MINUTE = 64
"""Of more rows of one deal and minute only wholly equal ones are joined: there are too many pairs to be compared."""


def told_once(frame: pd.DataFrame, deal_ids: DealIds, rows: RowChecks) -> pd.DataFrame:
    """The frame with one row for each event that rows of several tables tell; it has what either of them says."""
    tables = rows.tables_of(frame["row"].to_numpy())
    if not len(tables) or tables.min() == tables.max():
        return frame
    key = (_whose(frame, deal_ids) << 32) ^ _minutes(frame)
    places = _told_again(key, tables)
    if not places.size:
        return frame
    exact = rows.units_of(frame["row"].to_numpy()[places], "time")
    places = places[np.lexsort((places, tables[places], exact, key[places]))]
    twins = _Twins(frame, places, pd.factorize(key[places])[0], rows)
    twins.join_equals()
    twins.join_others()
    gone = np.zeros(len(frame), np.bool_)
    gone[places[twins.gone]] = True
    rows.tell_joined(frame, places[twins.gone], places[twins.twin[twins.gone]], _joined)
    rows.tell_contradictions(frame, twins.contradicted)
    return rows.leave_out(twins.joined(), gone)


def _joined(count: int) -> str:
    return ngettext(
        "{count} row says what a row of {there} says, and was counted once with it; left out was row",
        "{count} rows say what rows of {there} say, and were counted once with them; left out were rows",
        count,
    )


def _whose(frame: pd.DataFrame, deal_ids: DealIds) -> Ints:
    """Per row the place of its deal; a number below 0 where it has none: the same for the same id, phone and contact,
    since then nobody knows better whose it is."""
    place = deal_ids.places(frame).astype(np.int64)
    loose = np.flatnonzero(place < 0)
    names = frame.iloc[loose][[name for name in ("deal", "phone", "contact") if name in frame]]
    place[loose] = -1 - names.groupby(list(names), dropna=False, observed=True, sort=False).ngroup().to_numpy()
    return place


def _minutes(frame: pd.DataFrame) -> Ints:
    """The minute of each row's moment; a date without a clock is in none of its minutes."""
    minutes = frame["time"].to_numpy().astype("datetime64[m]").astype(np.int64) * 2
    return minutes + frame[DAY_OF + "time"].to_numpy() if DAY_OF + "time" in frame else minutes


def _told_again(key: Ints, tables: Ints) -> Ints:
    """The places of the rows whose key rows of another table have as well."""
    places = np.flatnonzero(not_alone(key))
    return places[_several(key[places], tables[places])]


def _several(group: Ints, tables: Ints) -> Bools:
    """Which members are of a group of several tables."""
    found = pd.Series(tables).groupby(group)
    return np.asarray(found.transform("min") != found.transform("max"), np.bool_)


class _Twins:
    """Rows of several tables, those of one deal and minute (`group`) together, the more exact tables first.

    By column, `codes` are the cells as they are compared (−1: empty), and `origin` is the row from which each row's
    event has that cell; `twin` is the row that tells the same event, itself where none above does.

    Rows of one task's id are versions of it: of what they contradict each other in the newer counts (`latest`: of the
    row's file), and nobody knows where neither is."""

    def __init__(self, frame: pd.DataFrame, places: Ints, group: Ints, rows: RowChecks) -> None:
        self._frame, self._places, self._group = frame, places, group
        numbers = frame["row"].to_numpy()[places]
        self._table = rows.tables_of(numbers)
        names = [
            name for name in map(str, frame) if name not in NOT_COMPARED and not name.startswith((DAY_OF, FRACTION_OF))
        ]
        self._codes = {name: as_codes(frame[name].iloc[places]) for name in names}
        self._units = {name: rows.units_of(numbers, name) for name in names if name in TIMES}
        own = np.arange(len(places))
        self._origin = {name: np.where(codes >= 0, own, -1) for name, codes in self._codes.items()}
        self._has = {name: rows.has_column(numbers, name) for name in names}
        self._latest = rows.latest_of(numbers)
        self._task = self._codes.get("task_id", np.full(len(places), -1))
        self._task = np.where(_are_tasks(frame, places), self._task, -1)
        self.contradicted: list[tuple[str, Ints, Ints]] = []
        """By column the places of rows of tasks, and of others that say otherwise of them."""
        self.twin = own

    @property
    def gone(self) -> Bools:
        return self.twin != np.arange(len(self.twin))

    def join_equals(self) -> None:
        """Join the rows that say the same in every column, the nth of one table with the nth of another."""
        content = pd.DataFrame(self._codes | {"group": self._group, "table": self._table})
        nth = content.groupby(list(content)).cumcount()
        told = pd.util.hash_pandas_object(content.drop(columns="table").assign(nth=nth), index=False)
        numbers, distinct = pd.factorize(told.to_numpy())
        first = np.zeros(len(distinct), np.int64)
        first[numbers[::-1]] = np.arange(len(numbers))[::-1]
        self.twin = first[numbers]

    def join_others(self) -> None:
        """Join what is left, table by table, with the likest event above that has no row of that table yet."""
        left = np.flatnonzero(~self.gone)
        left = left[_several(self._group[left], self._table[left])]
        left = left[np.bincount(self._group[left])[self._group[left]] <= MOST_IN_A_MINUTE]
        held = np.flatnonzero(np.isin(self.twin, left))
        above = left[:0]
        for theirs in _by_table(left, self._units["time"], self._table):
            joined = self._join(self._alike(above, theirs, held))
            above = np.sort(np.concatenate([above, np.setdiff1d(theirs, joined)]))

    def _alike(self, above: Ints, theirs: Ints, held: Ints) -> Pairs:
        """The pairs of events above and of these rows that contradict each other nowhere, where the event has no row of
        their table; `held`: the rows of all events."""
        group = self._group[above]
        first, last = (np.searchsorted(group, self._group[theirs], side=side) for side in ("left", "right"))
        number = np.repeat(np.arange(len(theirs)), last - first)
        one = above[np.arange(len(number)) - np.repeat(np.cumsum(last - first) - last, last - first)]
        other = theirs[number]
        agree = self._are_versions(one, other)
        alike = np.ones(len(one), np.bool_)
        for name in self._codes:
            alike &= ~self._contradict(name, one, other)
        taken = np.isin(self._pair(one, self._table[other]), self._pair(self.twin[held], self._table[held]))
        agree = (agree | alike) & ~taken
        return one[agree], other[agree]

    def _are_versions(self, one: Ints, other: Ints) -> Bools:
        """Whether two rows are of one task, by its id."""
        return (self._task[one] >= 0) & (self._task[one] == self._task[other])

    def _pair(self, event: Ints, table: Ints) -> Ints:
        """Events and tables, each pair as one number."""
        return event * (int(self._table.max()) + 1) + table

    def _contradict(self, name: str, one: Ints, other: Ints) -> Bools:
        """Whether the cells of that column are both filled and say something else."""
        one, other = self._origin[name][one], self._origin[name][other]
        unit = np.maximum(self._units[name][one], self._units[name][other]) if name in self._units else 1
        codes = self._codes[name]
        return (one >= 0) & (other >= 0) & (codes[one] // unit != codes[other] // unit)

    def _join(self, pairs: Pairs) -> Ints:
        """Join the likest pairs, each row with one other; the rows that are gone."""
        one, other = pairs
        shared = np.sum(
            [(self._origin[name][one] >= 0) & (codes[other] >= 0) for name, codes in self._codes.items()], 0
        )
        apart = np.abs(self._codes["time"][one] - self._codes["time"][other])
        chosen = _matched(one, other, np.lexsort((other, one, apart, -shared)))
        one, other = one[chosen], other[chosen]
        for name in self._origin:
            self._tell(name, one, other)
        self._latest[one] = np.maximum(self._latest[one], self._latest[other])
        events = np.arange(len(self.twin))
        events[other] = one
        self.twin = events[self.twin]
        return other

    def _tell(self, name: str, one: Ints, other: Ints) -> None:
        """Give each event what the other row says in that column."""
        origin, has = self._origin[name], self._has[name]
        age = np.where(self._are_versions(one, other), self._latest[other] - self._latest[one], 0)
        newer = (age > 0) & has[other]
        older = (age < 0) & has[one]
        differ = self._contradict(name, one, other) & (age == 0)
        if differ.any():
            self.contradicted.append((name, self._places[one[differ]], self._places[other[differ]]))
        said = np.where(newer | ((origin[one] < 0) & ~older), origin[other], origin[one])
        origin[one] = np.where(differ, -1, said)
        has[one] |= has[other]

    def joined(self) -> pd.DataFrame:
        """The frame in which each event has what any of its rows says."""
        columns: dict[str, Any] = dict(self._columns())
        return self._frame.assign(**columns) if columns else self._frame

    def _columns(self) -> Iterator[tuple[str, object]]:
        """The columns that get cells from other rows, and what stands beside them."""
        own = np.arange(len(self._places))
        for name, origin in self._origin.items():
            taken = np.flatnonzero((origin != np.where(self._codes[name] >= 0, own, -1)) & ~self.gone)
            origins = np.where(origin[taken] < 0, -1, self._places[origin[taken]])
            for column in (name, DAY_OF + name, FRACTION_OF + name) if taken.size else ():
                if column in self._frame:
                    yield column, with_cells(self._frame[column], self._places[taken], origins)


def _are_tasks(frame: pd.DataFrame, places: Ints) -> Bools:
    """Which rows set a task."""
    return (
        np.asarray(frame["type"].iloc[places] == "task", np.bool_)
        if "type" in frame
        else np.zeros(len(places), np.bool_)
    )


def _by_table(rows: Ints, unit: Ints, table: Ints) -> Iterator[Ints]:
    """These rows table by table, the more exact ones first."""
    order = rows[np.lexsort((rows, table[rows], unit[rows]))]
    changes = np.flatnonzero((np.diff(table[order]) != 0) | (np.diff(unit[order]) != 0)) + 1
    return iter(np.split(order, changes))


def _matched(one: Ints, other: Ints, order: Ints) -> Ints:
    """Of these pairs, in that order of preference, those that are the best left for both of their rows."""
    chosen = []
    while order.size:
        best = ~pd.Series(one[order]).duplicated().to_numpy() & ~pd.Series(other[order]).duplicated().to_numpy()
        found = order[best]
        chosen.append(found)
        order = order[~(np.isin(one[order], one[found]) | np.isin(other[order], other[found]))]
    return np.concatenate([*chosen, np.zeros(0, np.int64)])
