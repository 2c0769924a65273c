"""Rows gathered item by item, and the parts they become."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from auditor.i18n import _, numeral
from auditor.inputs.pages.source import Item
from auditor.inputs.pages.values import Json, text
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import DAY_OF, FIELD, Part, Place, Problem, TableName
from auditor.inputs.troubles import ranges, troubles
from auditor.inputs.unread import unread_rows
from auditor.inputs.values import Day
from auditor.spelling import shortened

TIMES = frozenset({"time", "due", "completed", "opened", "created", "closed", "changed"})
NUMBERS = frozenset({"duration", "amount"})
SAID = frozenset({"done", "pinned"})
ALWAYS: dict[TableName, tuple[str, ...]] = {
    "deals": ("id", "entity", "created"),
    "history": ("deal", "entity", "time", "event"),
    "activities": ("deal", "time", "type"),
}
FEW_FIELDS, MANY_FIELDS = 500, 5_000
MOST_CELLS = 8_000_000
"""Deals keep as many fields as there are cells for, and these numbers at least and at most."""
_EMPTY = re.compile(r"0*|0000-00-00.*|9999-.*")
"""How the CRMs write that there is nothing."""
T = TypeVar("T")
Key = tuple[str, TableName, str]


@dataclass
class PageRows:
    """Canonical rows by file, table and reader; a column exists where a row names it, be its value empty or not."""

    carries: dict[str, frozenset[str]]
    """By the kind of page: the kinds of record that its format can hold."""
    problems: list[Problem] = field(default_factory=list)
    _rows: dict[Key, list[dict[str, Any]]] = field(default_factory=dict)
    _rejected: dict[Key, dict[int, Problem]] = field(default_factory=dict)
    _unread: dict[Key, list[dict[str, Any]]] = field(default_factory=dict)
    _noted: set[str] = field(default_factory=set)
    _kinds: dict[Key, str] = field(default_factory=dict)
    _left: dict[Key, dict[str, list[int]]] = field(default_factory=dict)
    _joined: dict[Key, int] = field(default_factory=dict)
    _unclear: dict[tuple[str, str], dict[int, str]] = field(default_factory=dict)

    def add(self, table: TableName, item: Item, **values: Any) -> None:
        self.put(table, item, values)

    def put(self, table: TableName, item: Item, values: dict[str, Any]) -> None:
        """A row of an item; its columns by their canonical names."""
        self._rows.setdefault(self._key(table, item), []).append({"row": item.number, **values})

    def reject(self, table: TableName, item: Item, what: str, **known: Any) -> None:
        """An item that gives no row, why, and what is known of it all the same."""
        self._rejected.setdefault(self._key(table, item), {}).setdefault(
            item.number, Problem(item.place, what, Trouble.ROW)
        )
        self.miss(table, item, **known)

    def leave(self, table: TableName, item: Item, what: str) -> None:
        """An item that is known to be nothing that is audited, or told by another one; told once a file."""
        self._left.setdefault(self._key(table, item), {}).setdefault(what, []).append(item.number)

    def join(self, table: TableName, item: Item) -> None:
        """An item that another one tells better, or of which another one is a later version."""
        key = self._key(table, item)
        self._joined[key] = self._joined.get(key, 0) + 1

    def join_versions(self, items: Iterable[Item], tables: Mapping[str, TableName]) -> None:
        """Items that are versions of others; `tables`: by the kind of page."""
        for item in items:
            if item.kind in tables:
                self.join(tables[item.kind], item)

    def read(self, item: Item, data: Json, name: str, make: Callable[[object], T | None]) -> T | None:
        """What `make` makes of that value of the item; one that is there and is nothing is told."""
        found, written = make(data.get(name)), text(data.get(name))
        if found is None and written is not None and not _EMPTY.fullmatch(written):
            self._unclear.setdefault((item.file, name), {})[item.number] = written
        return found

    def miss(self, table: TableName, item: Item, **known: Any) -> None:
        """What is known of an item that could not be read: `Tables.unread`, its moment as `time`."""
        if known.get("deal"):
            self._unread.setdefault(self._key(table, item), []).append({"row": item.number, **known})

    def note(self, item: Item, what: str, kind: Trouble = Trouble.NOTE) -> None:
        """Something of an item that did not come out as it stands."""
        self.problems.append(Problem(item.place, what, kind))

    def note_once(self, item: Item, what: str) -> None:
        """The same, at the first item of which it can be said."""
        if what not in self._noted:
            self._noted.add(what)
            self.note(item, what)

    def parts(self) -> list[Part]:
        """One part per file, table and kind of page, in reading order."""
        self._tell_unclear()
        return [
            self._part(key)
            for key in dict.fromkeys([*self._rows, *self._rejected, *self._left, *self._joined, *self._unread])
        ]

    def _tell_unclear(self) -> None:
        what = _("“{text}” can be read neither as a number nor as a date; taken as empty")
        for (file, name), cells in self._unclear.items():
            texts = [what.format(text=shortened(written)) for written in cells.values()]
            self.problems += troubles(Place(file, None, None, name), list(cells), texts.__getitem__, Trouble.CELL)
        self._unclear.clear()

    def _key(self, table: TableName, item: Item) -> Key:
        key: Key = (item.file, table, f"{item.crm} {item.kind}")
        self._kinds[key] = item.kind
        return key

    def _part(self, key: Key) -> Part:
        file, table, reader = key
        rows = self._narrow(sorted(self._rows.get(key, []), key=lambda row: row["row"]), file)
        left = self._left.get(key, {})
        lost = self._rejected.get(key, {})
        rejected = [
            *lost.values(),
            *(Problem(Place(file), f"{what}: {ranges(numbers)}") for what, numbers in left.items()),
        ]
        joined = self._joined.get(key, 0)
        count = len({row["row"] for row in rows}) + len(lost) + sum(map(len, left.values())) + joined
        carries = self.carries.get(self._kinds[key])
        return Part(
            table, file, None, reader, frame_of(table, rows), count, rejected, carries,
            listed=reader, joined=joined, unread=_unread(self._unread.get(key, [])),
        )  # fmt: skip

    def _narrow(self, rows: list[dict[str, Any]], file: str) -> list[dict[str, Any]]:
        """The rows without the rarest fields, where there are more than any account has."""
        counted = Counter(name for row in rows for name in row if name.startswith(FIELD))
        most = min(MANY_FIELDS, max(FEW_FIELDS, MOST_CELLS // max(len(rows), 1)))
        if len(counted) <= most:
            return rows
        rare = {name for name, _count in counted.most_common()[most:]}
        what = _("the deals have {count} fields, more than any account has; the rarest were left out")
        self.problems.append(Problem(Place(file), what.format(count=numeral(len(counted)))))
        return [{name: value for name, value in row.items() if name not in rare} for row in rows]


def _unread(rows: list[dict[str, Any]]) -> pd.DataFrame | None:
    names = dict.fromkeys(name for row in rows for name in row)
    known = {name: [row.get(name) for row in rows] for name in names}
    known[DAY_OF + "time"] = [isinstance(row.get("time"), Day) for row in rows]
    return unread_rows([row["row"] for row in rows], known) if rows else None


def frame_of(table: TableName, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """The canonical frame of rows: times of seconds, numbers, yes and no, categories of text."""
    names = dict.fromkeys(["row", *ALWAYS[table], *(column for row in rows for column in row)])
    cells = {name: [row.get(name) for row in rows] for name in names}
    days = {DAY_OF + name: [isinstance(cell, Day) for cell in cells[name]] for name in TIMES & {*cells}}
    days = {name: told for name, told in days.items() if any(told)}
    return pd.DataFrame({name: typed(name, values) for name, values in cells.items()} | days)


def typed(name: str, values: Iterable[Any]) -> pd.Series:
    """A canonical column of Python values, None where missing."""
    cells = list(values)
    if name == "row":
        return pd.Series(np.array(cells, dtype=np.int32))
    if name in TIMES:
        return pd.Series(np.array(cells, dtype="datetime64[s]"))
    if name in NUMBERS:
        return pd.Series(np.array(cells, dtype=np.float64))
    if name in SAID:
        return pd.Series([cell is True for cell in cells], dtype=bool)
    return pd.Series(cells, dtype="str").astype("category")
