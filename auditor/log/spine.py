"""The spine of the log: deals, events in their one order, and how to look them up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from auditor.inputs.tables import Sources
from auditor.log.columns import Arrays, Bools, Codes, Columns, Ints, Text
from auditor.log.facts import Facts
from auditor.log.kinds import DAY, DAY_BITS, DEAL_BITS, SECONDS, Kind
from auditor.log.readings import Reading
from auditor.log.unread import Unread
from auditor.settings import Settings


@dataclass(frozen=True, eq=False)
class Deals:
    """One row per deal, in the order of the table; the row's number is the deal's code."""

    is_lead: Bools
    created: Ints
    closed: Ints
    manager: Codes
    linked: Codes
    """The code of the deal's lead, −1 where it has none."""
    row: Codes
    frame: pd.DataFrame
    unknown: Mapping[str, Codes]
    """By column the deals whose cell is empty because exports contradict each other in it."""

    def __len__(self) -> int:
        return len(self.row)

    @cached_property
    def ids(self) -> NDArray[np.object_]:
        return self.frame["id"].astype(str).to_numpy(dtype=object)


@dataclass(frozen=True, eq=False)
class AfterAsOf:
    """Changes later than as-of, by deal and time: only their `before` is used, which stood at as-of."""

    deal: Codes
    kind: NDArray[np.uint8]
    ref: Codes

    def of_kind(self, *kinds: Kind) -> tuple[Codes, Codes]:
        """Deals and history rows of the changes of these kinds."""
        chosen = np.isin(self.kind, kinds)
        return self.deal[chosen], self.ref[chosen]


@dataclass(frozen=True, eq=False)
class Spine:
    """Events sorted by deal, second and row.

    `key` = deal << 32 | seconds since 2000-01-01 (an event before its deal's creation counts at the creation; its
    own second is in `early_time`), `kind`, `author` (code in `facts.people`, −1: nobody by name), `direction`,
    `answer`, `flags` (`Suspect`), `row` (global row of the source), `ref` (row of the table's frame): 24 bytes an
    event. Texts stay in the frames' columns, reached by `text(column)` and `ref`.
    """

    deals: Deals
    key: Ints
    kind: NDArray[np.uint8]
    author: Codes
    direction: NDArray[np.uint8]
    answer: NDArray[np.uint8]
    flags: NDArray[np.uint8]
    row: Codes
    ref: Codes
    maybe: Ints
    """Positions of the events that are only possible, since an equal row may tell the same, ascending."""
    timeless: Ints
    """Positions of the completions of which nobody knows the moment, ascending; they stand at the setting of their
    tasks, and their blur reaches to the due, or to as-of."""
    early: Ints
    """Positions of the events before their deal's creation, ascending …"""
    early_time: Ints
    """… and their own seconds."""
    blur: Codes | None
    """Per event the seconds after its own in which it may have happened; None where all are known to the second."""
    after_as_of: AfterAsOf
    history_deals: Codes
    """Per row of the history the code of the deal it belongs to, −1: none."""
    ledger_deals: Codes
    """Per row of the ledger the deal it belongs to, −1 for none."""
    unread: Unread
    arrays: Arrays
    settings: Settings
    facts: Facts
    reading: Reading
    memo: dict[Any, Any] = field(default_factory=dict, init=False, repr=False)
    """For `remembered` alone: what was asked of this log, and the answers."""

    @property
    def as_of(self) -> int:
        return self.facts.as_of

    @property
    def history(self) -> pd.DataFrame:
        return self.arrays.history.frame

    @property
    def activities(self) -> pd.DataFrame:
        return self.arrays.activities.frame

    @property
    def ledger(self) -> pd.DataFrame:
        return self.arrays.ledger.frame

    @property
    def sources(self) -> Sources:
        return self.arrays.sources

    def __len__(self) -> int:
        return len(self.key)

    @cached_property
    def is_early(self) -> Bools:
        """Per event whether it came before its deal's creation."""
        result = np.zeros(len(self), np.bool_)
        result[self.early] = True
        return result

    @cached_property
    def _of_kind(self) -> list[Codes]:
        """Per kind the positions of its events: one sort for all, since clauses ask for every kind many times."""
        order = np.argsort(self.kind, kind="stable").astype(np.int32)
        bounds = np.cumsum(np.bincount(self.kind, minlength=len(Kind)))
        return np.split(order, bounds[:-1])

    def of_kind(self, kind: Kind) -> Codes:
        """Positions of the events of one kind, ascending."""
        return self._of_kind[kind]

    def of_kinds(self, *kinds: Kind) -> Codes:
        """Positions of the events of these kinds, ascending."""
        return np.sort(np.concatenate([self._of_kind[kind] for kind in kinds]), kind="stable")

    def text(self, table: str, column: str) -> Text:
        """A text column of the history, the activities or the ledger."""
        columns: Columns = getattr(self.arrays, table)
        return columns.text(column)


def deal_of(key: Ints) -> Ints:
    """The deal codes of keys."""
    return key >> DEAL_BITS


def time_of(key: Ints) -> Ints:
    """The seconds of keys."""
    return key & SECONDS


def key_of(deal: Ints | Codes, time: Ints | int) -> Ints:
    """Deal and second as one number: it sorts, compares and searches by both at once."""
    return np.left_shift(deal, DEAL_BITS, dtype=np.int64) | time


def day_key(deal: Ints | Codes, day: Ints) -> Ints:
    """Deals (or persons) and days since 2000-01-01, each pair as one number in their order."""
    return (deal.astype(np.int64, copy=False) << DAY_BITS) + day


def deal_and_day_of(key: Ints) -> tuple[Ints, Ints]:
    """The deals and days of day keys."""
    return key >> DAY_BITS, key & ((1 << DAY_BITS) - 1)


def days_of(spine: Spine) -> tuple[int, int]:
    """The first and the last day of the calendar: from the earliest creation to 800 days after as-of, room for
    deadlines."""
    first = int(spine.deals.created.min(initial=spine.as_of)) // DAY
    return first, spine.as_of // DAY + 800
