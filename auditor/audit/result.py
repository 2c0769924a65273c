"""What an audit hands to the reports: numbers per manager and clause, and the duties worth showing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

import numpy as np
import pandas as pd

from auditor.audit.timeline import Timelines
from auditor.inputs.tables import Place, Problem, Source
from auditor.rules import Regulation

COUNTS = ("met", "late", "missed", "forbidden", "pending", "unknown", "waived")
"""The counted verdicts of `Audit.scores`; violated = late + missed + forbidden."""
TOLD = ("measured", "limit", "unit", "overrun", "why", "findings", "evidence")
"""The columns of duties that `Audit.tell` adds: what nobody sees need not be put into words."""
REMARKS = ("unknown_deal", "unknown_manager", "ends_soon", "permanent", "overlapping")
"""What may be odd about a waiver beside its state."""


class Status(StrEnum):
    CHECKED = "checked"
    NOT_CHECKED = "not_checked"
    BY_HAND = "by_hand"


@dataclass(frozen=True)
class Coverage:
    """Whether a clause could be checked with this data; `why` and `needs` in the user's language.

    For `by_hand` the clause is the regulation's code, and `why` tells the place in the source, rule and reason."""

    clause: str
    status: Status
    why: str = ""
    needs: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    """Those of the needs that the exports lack."""
    sources: tuple[str, ...] = ()
    """For each of these the part of an export that holds it, see `Need.source`."""
    since: date | None = None
    until: date | None = None
    """The days between which its streams cover all; None: no limit, and up to as-of."""
    rule: str = ""
    """A hash of the pattern with its parameters."""


@dataclass(frozen=True)
class PipelineFound:
    """A pipeline that the data names, with the number of deals that were ever in it.

    `regulation`: the code of the one whose pipeline it is, `taken_for`: the regulation's name of it; None where it is
    no regulation's, or has that name itself. `judged`: the audit goes by that regulation."""

    name: str
    regulation: str | None
    taken_for: str | None
    deals: int
    judged: bool


@dataclass(frozen=True)
class Extent:
    """What the exports hold: deals and leads that there were as of the audit, and the days of their first and last
    record, whatever as-of is (None: no record)."""

    deals: int = 0
    leads: int = 0
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Scope:
    """What an audit was narrowed to, and how it judged; empty or None where nothing was asked.

    `period`: the word of it, `since` and `until` its days; `severity`: the least that counts; `select`, `ignore`:
    beginnings of codes; `config`: the file of the settings."""

    period: str | None = None
    since: date | None = None
    until: date | None = None
    managers: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    severity: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    strict: bool = False
    config: str | None = None


@dataclass(frozen=True)
class Suspected:
    """Duties of one person and clause that were met by something odd: how many, and the first few deals."""

    manager: str
    clause: str
    suspect: str
    times: int
    deals: tuple[str, ...]


@dataclass(frozen=True)
class StageFound:
    """An ordinary stage that the data names. `meant`: the regulation's stage that it is, `near`: else the one most like
    it; empty where there is none."""

    name: str
    meant: str
    near: str


@dataclass(frozen=True)
class Parameter:
    """A number or marker of a clause that the configuration changed."""

    clause: str
    parameter: str
    value: str | float
    default: str | float


class Remark(NamedTuple):
    """Something to look at in a waiver: one of `REMARKS`, and that in the user's language."""

    kind: str
    text: str


@dataclass(frozen=True)
class WhatIf:
    """What the counts would be with other parameters, each with its present value as `default`; `scores` as in
    `Audit`."""

    parameters: tuple[Parameter, ...]
    scores: pd.DataFrame


@dataclass(frozen=True)
class Waiver:
    """An excuse somebody approved. `clause` may be a prefix or empty (any); one of deal and manager may be empty;
    `since`/`until`: the duty's due day lies between them, `until` is the waiver's last day; `place`: where it was read.
    """

    clause: str
    deal: str
    manager: str
    since: date | None
    until: date
    approved_by: str
    reason: str
    state: str = "unused"
    remarks: tuple[Remark, ...] = ()
    place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True)
class Crash:
    """A check that failed: the clause and the error, in a line."""

    clause: str
    error: str


@dataclass(frozen=True)
class Audit:
    """One audit.

    `duties`: the duties that a report lists, one row each, sorted by manager, clause, due, deal. Columns: id clause
    severity entity deal title link manager department role arose due met_at (datetime64[s]) verdict how incident
    suspect (names of `Suspect`) waiver (Waiver or None) at_stake (the amount of a deal that is open, else NaN),
    number (of the duty; for `tell`).
    `tell`: some rows of these with more columns: measured limit unit overrun why findings (list of Checked) evidence
    (list of Place). `untold`: the clauses whose words failed then.
    `scores`: a row per manager, department, role, clause, severity with the columns of `COUNTS` (int).
    Roles other than manager have their own rows; nobody by name is the empty manager.
    """

    as_of: datetime
    timezone: str
    regulations: tuple[Regulation, ...]
    chosen_because: str
    inputs: tuple[Source, ...]
    problems: tuple[Problem, ...]
    coverage: tuple[Coverage, ...]
    scores: pd.DataFrame
    duties: pd.DataFrame
    parameters: tuple[Parameter, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    supposed_days_off: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    crashes: tuple[Crash, ...] = ()
    pipelines: tuple[PipelineFound, ...] = ()
    stages: tuple[StageFound, ...] = ()
    """Those in pipelines that are judged; in all where no regulation was chosen, told by the likest one."""
    streams: pd.DataFrame | None = None
    """`inspect`: kind, from, to, rows of each stream."""
    unused: tuple[str, ...] = ()
    """Streams that the company is taken not to use."""
    hours_a_day: float = 9
    """Of the company's working day."""
    scope: Scope = Scope()
    extent: Extent = Extent()
    suspected: tuple[Suspected, ...] = ()
    """What was met and is odd, in the order of the clauses."""
    what_if: WhatIf | None = None
    people: tuple[str, ...] = ()
    """Those of the company: who held a deal, or stands in the list of people."""
    tell: Callable[[pd.DataFrame], pd.DataFrame] = lambda duties: duties
    used_up: Callable[[pd.DataFrame], "np.ndarray"] = lambda duties: np.full(len(duties), np.nan)
    """Of rows of `duties` the share of the time between trigger and due that is over as of the audit (NaN: none)."""
    untold: Sequence[Crash] = ()
    timelines: Timelines | None = None
    """What the log holds of a deal, or of a person's day."""
