"""The canonical tables: what every reader makes of its files, whatever the CRM.

A column that the export does not have is absent from the frame: *missing is not zero*. Empty cells are missing
values (NaN, NaT, code -1), never empty strings. Times are local to the account, `datetime64[s]` without zone.
Texts are categoricals of str. `row` is the global number of the source row (int32), see `Sources.locate`.

deals       id* entity* title pipeline stage manager created* closed outcome reason amount contact phone phones email
            source tags lead_id link changed, and one column `field:<caption>` for every other column of the export
history     deal* entity time* event* field before after author reason
activities  deal entity time* type* direction outcome duration channel author addressee text task_id kind template
            due completed done result pinned amount name field opened recording contact phone
ledger      deal entity measurement_date amount status contract_number updated contact phone
people      name* role department email schedule until
unread      deal* entity kind direction outcome field first last row*: the rows of history and activities that could
            not be read; without a deal calls of a known day alone, which may be any deal's

Rows of history and activities of which it is `maybe` (bool, only where there is one) have an equal one above: perhaps
what that one tells, told twice.

(* always there.) Beside a column of times may stand `day:<column>` (bool: the cell tells the day only, its moment is
00:00) and `fraction:<column>` (microseconds after the second); they are there only where some cell is so.

Values of closed lists, already translated from the captions of the export:
entity `deal` `lead`; deals.outcome `won` `lost` `converted` `rejected`; history.event see `HISTORY_EVENTS`;
activities.type see `ACTIVITY_TYPES`, and `planned_call`, a call that has not taken place; direction `out` `in`;
outcome `answered` `unanswered`, and `unclear` where the export says something that is not understood.
`duration` seconds (float), `amount` float, `pinned` and `done` bool (`done`: completed, though perhaps at an
unknown moment, when `completed` is missing), `phone` digits only with the country code (79161234567), `phones` all of
a deal's with blanks between (only where some deal has several), `lead_id`, `deal`, `id`, `task_id` text.
`history.after` of a closing is `won`, `lost`, `converted` or `rejected`.
A stage cell «Воронка / Этап» is already split: `before`/`after` hold the stage, `pipeline` holds the pipeline of
`after` and `pipeline_before` that of `before`, where the export names them.
An activity without a deal is an unattached call or letter (its deal is missing): one whose cell is empty, one whose
deal no list knows, one whose id is a lead's and a deal's; the latter two are problems as well.
`unread.kind` is an event or a type of those lists (missing: any of its table), `first` and `last` bound the moment
(missing: any that its table covers).
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from auditor.inputs.quality import Gravity, Trouble

TableName = Literal["deals", "history", "activities", "ledger", "people"]
Precision = Literal["second", "minute", "day"]
TABLES: tuple[TableName, ...] = ("deals", "history", "activities", "ledger", "people")
HISTORY_EVENTS = ("created", "stage", "pipeline", "responsible", "field", "closed", "converted")
ACTIVITY_TYPES = (
    "call", "message", "sms", "email", "form", "chat", "invite", "task", "task_moved", "task_done", "task_deleted",
    "comment", "file", "document", "invoice", "payment", "claim",
)  # fmt: skip
FIELD = "field:"
DAY_OF, FRACTION_OF = "day:", "fraction:"
EPOCH = "2000-01-01"
BEGIN, END = np.datetime64(EPOCH, "s"), np.datetime64("2136-01-01", "s")
"""Before and after all moments."""


class Place(NamedTuple):
    """Where something stands in the exports; `row` is what the user sees (a sheet's header is row 1)."""

    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        parts = [self.file, self.sheet, self.row, self.column]
        return " › ".join(str(part) for part in parts if part is not None)


@dataclass(frozen=True)
class Problem:
    """Something of the input that could not be used, or not as it stands; `what` is in the user's language."""

    place: Place
    what: str
    kind: Trouble = Trouble.NOTE
    more: int = 0
    """In how many rows, besides, it is the same."""

    @property
    def alike(self) -> Hashable:
        """The same for problems of rows that are one: of one kind, in one column of one sheet."""
        of_rows = self.place.row is not None or self.more
        return self.kind, self.place._replace(row=None), "" if of_rows else self.what

    @property
    def gravity(self) -> Gravity:
        return self.kind.gravity

    @property
    def refused(self) -> bool:
        """Whether an input named by the user could not be read at all (exit code 2)."""
        return self.kind is Trouble.REFUSED

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


class Gap(NamedTuple):
    """The exports lack records of these kinds (of `HISTORY_EVENTS`, `ACTIVITY_TYPES`), of moments from `first` to
    `last`."""

    kinds: frozenset[str]
    first: np.datetime64
    last: np.datetime64


@dataclass(frozen=True)
class Source:
    """One sheet (or file, or JSON page) that was read: which table it is, and how many rows it gave.

    `first` is the global number of its row 0; `carries` are the kinds of record that its format can hold (None: any
    that its columns can say)."""

    file: str
    sheet: str | None
    table: TableName
    reader: str
    rows: int
    rejected: int
    first: int
    carries: frozenset[str] | None = None
    columns: tuple[tuple[str, str], ...] = ()
    """(caption, canonical column), for `inspect`."""
    ignored: tuple[str, ...] = ()
    """Captions that are no column of that table."""
    listed: str = ""
    """The list that its rows are a page of: rows of one list are never the same thing."""
    precision: Mapping[str, Precision] = field(default_factory=dict)
    """How exactly each column of times tells its moments; to the second where nothing is said."""
    has: frozenset[str] = frozenset()
    """The canonical columns that it has."""
    latest: int = 0
    """The latest second (since 1970) at which anything happened by it."""


@dataclass
class Sources:
    """The sheets in reading order; turns a global row number back into a place."""

    sources: list[Source] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.firsts = np.array([source.first for source in self.sources], np.int32)

    def of(self, rows: "NDArray[np.integer] | int") -> NDArray[np.int64]:
        """The number of the sheet that each row stands on."""
        return np.searchsorted(self.firsts, rows, side="right") - 1

    def bounds(self, rows: NDArray[np.integer]) -> list[int]:
        """Where the rows of each sheet begin among these, which ascend; at last their number."""
        return [*np.searchsorted(rows, self.firsts.astype(rows.dtype)).tolist(), len(rows)]

    def locate(self, row: int) -> Place:
        source = self.sources[int(self.of(row))]
        return Place(source.file, source.sheet, row - source.first)


@dataclass
class Tables:
    """Everything that was read. A table that no export holds is None."""

    deals: pd.DataFrame
    history: pd.DataFrame | None = None
    activities: pd.DataFrame | None = None
    ledger: pd.DataFrame | None = None
    people: pd.DataFrame | None = None
    sources: Sources = field(default_factory=Sources)
    problems: list[Problem] = field(default_factory=list)
    attached: int = 0
    """Calls without a deal whose phone or contact told the one deal they belong to."""
    unattached: int = 0
    """Activities that hang on no deal."""
    ledger_joined: int = 0
    """Records of the ledger without an id whose contract number or phone told the one deal they belong to."""
    ledger_unjoined: int = 0
    """Records of the ledger that belong to no deal; each is a problem and not in the table."""
    unread: pd.DataFrame | None = None
    """Rows of history and activities that could not be read, of known deals."""
    contradicted: pd.DataFrame | None = None
    """Cells of deals (`row`, `column`) that several exports contradict each other in: empty, since nobody knows."""
    gaps: tuple[Gap, ...] = ()

    def frames(self) -> Iterable[tuple[TableName, pd.DataFrame]]:
        for name in TABLES:
            frame = getattr(self, name)
            if frame is not None:
                yield name, frame


@dataclass
class Sheet:
    """One sheet or CSV file as text cells, before it is understood.

    `cells`: a column per header, in order, of str (missing: NaN) or, from real Excel dates, of datetimes; the index is
    the row number that the user sees. `headers` are stripped, and made unique by « (2)» where they repeat."""

    file: str
    sheet: str | None
    headers: list[str]
    cells: pd.DataFrame
    problems: list[Problem] = field(default_factory=list)
    lost: int = 0
    """The number of rows that could not even be laid out in columns."""
    misplaced: pd.DataFrame | None = None
    """These rows as far as they go, their cells perhaps in wrong columns."""
    clocked: frozenset[str] = frozenset()
    """Headers of the columns of Excel dates of which some has a clock: there a date without one is a midnight."""
    notes: list[Problem] = field(default_factory=list)
    """What is to be told of it as a whole."""
    hidden: bool = False
    """Whether the workbook hides it: then it is not read."""
    swapped: str | None = None
    """The header of a column of dates in which Excel has taken days for months."""


@dataclass
class Part:
    """What one sheet, file or group of pages gave to one canonical table; `frame.row` is the row within its sheet.

    `rows` counts the data rows seen, `problems` name each one that is not in the frame. A part whose rows come from
    one item of a JSON page carries that item's number (from 1) as its row."""

    table: TableName
    file: str
    sheet: str | None
    reader: str
    frame: pd.DataFrame
    rows: int
    problems: list[Problem] = field(default_factory=list)
    carries: frozenset[str] | None = None
    columns: tuple[tuple[str, str], ...] = ()
    ignored: tuple[str, ...] = ()
    listed: str = ""
    """Of saved pages: the list that they are pages of."""
    joined: int = 0
    """Of `rows` those that are counted with others, which tell the same better."""
    unread: pd.DataFrame | None = None
    """What is known of the rows that are not in the frame, see `Tables.unread`."""
    gaps: tuple[Gap, ...] = ()
