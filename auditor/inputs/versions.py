"""Versions of one deal: the newest counts; what versions of one age contradict each other in is unknown."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from auditor.i18n import ngettext
from auditor.inputs.columns import as_codes, with_cells
from auditor.inputs.precision import TIMES
from auditor.inputs.row_checks import RowChecks
from auditor.inputs.tables import DAY_OF, FRACTION_OF
from auditor.inputs.times import Bools

Ints = NDArray[np.int64]
NOT_COMPARED = ("row", "id", "entity", "changed")


def newest_versions(deals: pd.DataFrame, rows: RowChecks) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The deals, each once, with what its newest version says; and the cells (`row`, `column`) that versions of one age
    contradict each other in, which are empty."""
    nothing = pd.DataFrame({"row": np.zeros(0, np.int32), "column": np.zeros(0, object)})
    places = np.flatnonzero(deals.duplicated(["entity", "id"], keep=False).to_numpy())
    if not places.size:
        return deals, nothing
    versions = _Versions(deals, places, rows)
    columns: dict[str, Any] = dict(versions.columns())
    gone = np.zeros(len(deals), np.bool_)
    gone[versions.gone] = True
    rows.tell_joined(deals, versions.gone, versions.kept_instead, _other_version)
    rows.tell_contradictions(deals, versions.contradicted)
    told = [
        pd.DataFrame({"row": deals["row"].to_numpy()[kept], "column": name}) for name, kept, _ in versions.contradicted
    ]
    return rows.leave_out(deals.assign(**columns), gone), pd.concat([nothing, *told], ignore_index=True)


def _other_version(count: int) -> str:
    return ngettext(
        "{count} row repeats a deal of {there} (a row per product, or another export) and is no newer; left out was "
        "row",
        "{count} rows repeat deals of {there} (a row per product, or another export) and are no newer; left out were "
        "rows",
        count,
    )


class _Versions:
    """Rows of one deal together, the newest first, of one age as they stand."""

    def __init__(self, deals: pd.DataFrame, places: Ints, rows: RowChecks) -> None:
        group = deals.iloc[places].groupby(["entity", "id"], sort=False, observed=True).ngroup().to_numpy()
        age = _ages(deals, places, group, rows)
        order = np.lexsort((places, -age, group))
        self._deals, self._rows = deals, rows
        self._places, self._group, age = places[order], group[order], age[order]
        self._first = np.flatnonzero(np.diff(self._group, prepend=-1))
        self._newest = age == age[self._first][self._group]
        self._numbers = deals["row"].to_numpy()[self._places]
        self.contradicted: list[tuple[str, Ints, Ints]] = []
        """By column the places of the deals, and of the rows that say otherwise."""

    @property
    def _is_kept(self) -> Bools:
        return np.diff(self._group, prepend=-1) != 0

    @property
    def gone(self) -> Ints:
        """The places of the versions that are left out …"""
        return self._places[~self._is_kept]

    @property
    def kept_instead(self) -> Ints:
        """… and of those that are kept."""
        return self._places[self._first][self._group[~self._is_kept]]

    def columns(self) -> Iterator[tuple[str, object]]:
        """The columns that get cells from other versions."""
        beside = (DAY_OF, FRACTION_OF)
        for name in map(str, self._deals):
            if name not in NOT_COMPARED and not name.startswith(beside):
                origin = self._origins(name)
                changed = np.flatnonzero(origin != self._first)
                origins = np.where(origin < 0, -1, self._places[origin])[changed]
                for column in (name, *(prefix + name for prefix in beside)) if changed.size else ():
                    if column in self._deals:
                        yield column, with_cells(self._deals[column], self._places[self._first[changed]], origins)

    def _origins(self, name: str) -> Ints:
        """Per deal the row that tells this cell: of the newest versions, else of the newest that has the column; −1
        where there is none, or where the newest contradict each other."""
        codes = as_codes(self._deals[name].iloc[self._places])
        units = self._rows.units_of(self._numbers, name)
        codes = np.where(codes < 0, -1, codes // units.max()) if name in TIMES else codes
        has = self._rows.has_column(self._numbers, name)
        asked = np.zeros(len(self._first), np.bool_)
        asked[self._group[self._newest & has]] = True
        told = np.flatnonzero((codes >= 0) & (self._newest | ~asked[self._group]))
        told = told[np.argsort(units[told], kind="stable")]  # of two that agree the more exact one
        origin = np.full(len(self._first), -1)
        origin[self._group[told[::-1]]] = told[::-1]
        differ = told[codes[told] != codes[origin[self._group[told]]]]
        differ = differ[self._newest[differ]]
        if differ.size:
            self.contradicted.append((name, self._places[self._first[self._group[differ]]], self._places[differ]))
            origin[self._group[differ]] = -1
        return origin


def _ages(deals: pd.DataFrame, places: Ints, group: "np.ndarray", rows: RowChecks) -> Ints:
    """How new each version is: by its own stamp of change where all of its deal have one, else by the latest moment of
    its file."""
    latest = rows.latest_of(deals["row"].to_numpy()[places])
    if "changed" not in deals:
        return latest
    stamps = deals["changed"].to_numpy()[places].astype("datetime64[s]")
    stamped = np.ones(int(group.max()) + 1, np.bool_)
    stamped[group[np.isnat(stamps)]] = False
    return np.where(stamped[group], stamps.astype(np.int64), latest)
