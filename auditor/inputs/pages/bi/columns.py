"""Columns of a BI table → canonical columns; each distinct cell is looked at once."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from auditor.i18n import _, numeral
from auditor.inputs.pages.bitrix.portal import OUTCOMES
from auditor.inputs.pages.page_rows import TIMES, typed
from auditor.inputs.pages.values import number, phone, text
from auditor.inputs.precision import moments_of
from auditor.inputs.quality import Trouble
from auditor.inputs.repeats import once, repeated
from auditor.inputs.tables import DAY_OF, Part, Place, Problem, Sheet, TableName
from auditor.inputs.troubles import ranges, troubles
from auditor.inputs.unread import unread_rows
from auditor.settings import Settings
from auditor.spelling import shortened

READ = (number, phone)
"""What must make something of every cell that holds anything."""
NEEDED = ("DATE_CREATE", "START_DATE", "CALL_START_DATE")
"""Rows without these moments are problems themselves."""

_COMPOSITE = re.compile(r"\[([^\]]*)\]\s*(.*)", re.DOTALL)


def name_in(value: object) -> str | None:
    """The name of `[12] Имя Фамилия`; a cell without brackets is the name."""
    written = text(value)
    found = _COMPOSITE.fullmatch(written or "")
    return (found[2].strip() or found[1].strip() or None) if found else written


def code_in(value: object) -> str | None:
    """The code of `[C1:NEW] Название`; a cell without brackets is the code."""
    written = text(value)
    found = _COMPOSITE.fullmatch(written or "")
    return (found[1].strip() or None) if found else written


@dataclass
class Columns:
    """A sheet's columns by their names in capitals, with the moments that could not be read."""

    sheet: Sheet
    settings: Settings
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._names: dict[str, str] = {}
        self.problems += self.sheet.problems
        self.lost = self.sheet.lost + self._once()
        """How many rows of the sheet are not among the cells."""
        self.clockless = np.zeros(len(self), np.bool_)
        """Rows in which some moment is told as a day."""
        for header in self.sheet.headers:
            self._names.setdefault(header.strip().upper(), header)

    def _once(self) -> int:
        """Leave out rows that say in every cell what one above says; their number."""
        cells = self.sheet.cells
        again = repeated(cells, np.ones(len(cells), np.bool_))
        count = int(again.sum())
        if count:
            numbers = ranges(cells.index.to_numpy()[again])
            what = once(count).format(count=numeral(count), rows=numbers)
            self.problems.append(Problem(Place(self.sheet.file, self.sheet.sheet), what, Trouble.REPEATED))
            self.sheet = replace(self.sheet, cells=cells[~again])
        return count

    def __len__(self) -> int:
        return len(self.sheet.cells)

    @property
    def rows(self) -> pd.Series:
        return typed("row", self.sheet.cells.index.to_numpy())

    def first(self, *names: str) -> str | None:
        """The first of these names that the sheet has."""
        return next((name for name in names if name in self._names), None)

    def rest(self, used: Iterable[str]) -> list[str]:
        """The headers that stand under none of these names."""
        known = set(used)
        return [header for name, header in self._names.items() if name not in known]

    def column(self, name: str, make: Callable[[object], object], *sources: str) -> pd.Series:
        """The canonical column `name`, made of the first of the sources; all missing where the sheet has none."""
        source = self.first(*sources)
        if source is None:
            return typed(name, [None] * len(self))
        cells = self.sheet.cells[self._names[source]]
        codes, distinct = pd.factorize(cells)
        found = [make(value) for value in distinct]
        if make in READ:
            bad = [value is None and text(cell) is not None for value, cell in zip(found, distinct, strict=True)]
            self._tell_unread(self._names[source], codes, np.array(bad, np.bool_), list(distinct))
        return typed(name, [*found, None]).iloc[codes].reset_index(drop=True)

    def _tell_unread(self, header: str, codes: "np.ndarray", bad: "np.ndarray", texts: Sequence[object]) -> None:
        """Cells of a column that hold something else than is to stand there."""
        places = np.flatnonzero(np.append(bad, False)[codes])
        what = _("“{text}” can be read neither as a number nor as a date; taken as empty")
        words = [what.format(text=shortened(texts[code])) for code in codes[places]]
        place = Place(self.sheet.file, self.sheet.sheet, None, header)
        self.problems += troubles(place, self.sheet.cells.index.to_numpy()[places], words.__getitem__, Trouble.CELL)

    def moments(self, *sources: str) -> pd.Series:
        """A column of local times; cells that are none become missing. Ambiguous where slashes leave the day open."""
        source = self.first(*sources)
        if source is None:
            return typed("time", [None] * len(self))
        read = moments_of(self.sheet, self._names[source], self.settings)
        self.clockless |= read.clockless
        cells = self.sheet.cells[self._names[source]]
        if read.bad.any() and source not in NEEDED:
            self._tell_unread(self._names[source], *_coded(cells, read.bad))
        return pd.Series(read.values)

    def tell_rows(self, rows: "np.ndarray", what: Callable[[int], str]) -> None:
        """One line for these rows."""
        numbers = self.sheet.cells.index.to_numpy()[rows]
        if numbers.size:
            words = f"{what(len(numbers))}: {ranges(numbers)}"
            self.problems.append(Problem(Place(self.sheet.file, self.sheet.sheet), words))

    def kept(self, wanted: dict[str, tuple[pd.Series, str]]) -> "np.ndarray":
        """Which rows have all of these columns; the others are problems. `wanted`: column → (values, what is wrong)."""
        good = np.ones(len(self), np.bool_)
        rows = self.sheet.cells.index.to_numpy()
        for caption, (values, what) in wanted.items():
            bad = values.isna().to_numpy() & good
            good &= ~bad
            place = self._names.get(caption, caption)
            self.problems += [
                Problem(Place(self.sheet.file, self.sheet.sheet, int(row), place), what, Trouble.ROW)
                for row in rows[bad]
            ]
        return good


def _coded(cells: pd.Series, bad: "np.ndarray") -> tuple["np.ndarray", "np.ndarray", Sequence[object]]:
    """Codes of the bad cells, that all are bad, and their texts."""
    codes, texts = pd.factorize(cells.astype("str").where(bad))
    return codes, np.ones(len(texts), np.bool_), list(texts)


def part_of(
    columns: Columns,
    table: TableName,
    reader: str,
    frame: pd.DataFrame,
    kept: "np.ndarray",
    carries: frozenset[str] | None,
    unread: pd.DataFrame | None = None,
) -> Part:
    """The part of the rows that were kept; `unread`: what is known of others, by canonical columns and `kind`."""
    sheet = columns.sheet
    rows = frame["row"].nunique() + columns.lost + int(np.count_nonzero(~kept))
    frame = frame.assign(**_days(columns, frame))
    return Part(
        table, sheet.file, sheet.sheet, reader, frame, rows, columns.problems, carries,
        unread=_of_deals(columns, unread),
    )  # fmt: skip


def _of_deals(columns: Columns, rows: pd.DataFrame | None) -> pd.DataFrame | None:
    """What is known of the rows that name a deal."""
    if rows is None or not rows["deal"].notna().any():
        return None
    named = rows[rows["deal"].notna()]
    known = named.assign(**_days(columns, named))
    return unread_rows(named["row"].to_numpy(), {str(name): known[name].to_numpy() for name in known})


def _days(columns: Columns, frame: pd.DataFrame) -> dict[str, pd.Series]:
    """Which midnights are days without a clock, beside each column of times that has any."""
    if not columns.clockless.any():
        return {}
    rows = frame["row"].isin(columns.rows[columns.clockless])
    told = {name: rows & (frame[name] == frame[name].dt.normalize()) for name in TIMES & {*frame.columns}}
    return {DAY_OF + name: days for name, days in told.items() if days.any()}


def no_time() -> str:
    return _("no date and time can be read here, so the row was left out")


def no_id() -> str:
    return _("there is no number here, so the row was left out")


def semantics_of(value: object) -> str | None:
    """S for a stage that ends in success, F for one that ends in failure."""
    code = (code_in(value) or "").upper()[:1]
    return code if code in ("S", "F") else None


def outcomes(columns: Columns, entity: str, *sources: str) -> pd.Series:
    return columns.column("outcome", lambda value: OUTCOMES.get((entity, semantics_of(value) or "")), *sources)
