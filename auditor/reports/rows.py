"""The duties of an audit, told, as plain Python values."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from auditor.audit.result import Audit, Waiver
from auditor.inputs.tables import Place
from auditor.terms import Checked


@dataclass(frozen=True, slots=True)
class Row:
    """One duty. A missing text is empty, a missing number or moment None; amounts are in `unit`,
    but for `at_stake`, the amount of an open deal."""

    id: str
    clause: str
    severity: str
    entity: str
    deal: str
    title: str
    link: str
    manager: str
    department: str
    role: str
    arose: datetime | None
    due: datetime | None
    met_at: datetime | None
    verdict: str
    how: str
    measured: float | None
    limit: float | None
    unit: str
    overrun: float | None
    why: str
    findings: tuple[Checked, ...]
    incident: str
    suspect: tuple[str, ...]
    waiver: Waiver | None
    evidence: tuple[Place, ...]
    at_stake: float | None


MOMENTS = ("arose", "due", "met_at")
NUMBERS = ("measured", "limit", "overrun", "at_stake")
COLUMNS = tuple(Row.__slots__)
PIECE = 50_000
"""Duties that are told at a time: what a clause does once for any number of them weighs little, and of some 300,000
duties a quarter of a gigabyte is never held."""


def pieces(audit: Audit, duties: pd.DataFrame | None = None) -> Iterator[pd.DataFrame]:
    """These duties of the audit, else all of them, in their order, told, so many at a time."""
    listed = audit.duties if duties is None else duties
    return (audit.tell(listed.iloc[first : first + PIECE]) for first in range(0, len(listed), PIECE))


def shown_rows(duties: pd.DataFrame) -> Iterator[Row]:
    """Duties that are told, in their order."""
    return (Row(*values) for values in zip(*(column(duties, name) for name in COLUMNS), strict=True))


def column(duties: pd.DataFrame, name: str) -> list[Any]:
    """A column's values, as in `Row`."""
    values = duties[name]
    if name in MOMENTS:
        return pd.to_datetime(values).to_numpy("datetime64[us]").astype(object).tolist()
    if name in ("findings", "suspect", "evidence"):
        return [tuple(value) for value in values]
    if name == "waiver":
        return [value if isinstance(value, Waiver) else None for value in values]
    numeric = name in NUMBERS
    codes, distinct = pd.factorize(values.astype("float64") if numeric else values)
    plain = [*map(number, distinct.tolist()), None] if numeric else [*map(str, distinct.tolist()), ""]
    return np.array(plain, object)[codes].tolist()


def number(value: float | None) -> float | None:
    """To four digits, whole where it is whole; None where there is none."""
    if value is None or not math.isfinite(value):
        return None
    rounded = round(value, 4)
    return int(rounded) if rounded == int(rounded) else rounded
