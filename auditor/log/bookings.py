"""Bookings of persons, as the records of deals tell them: what one deal books may be booked by any other."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from auditor.log.columns import Bools, Codes, Ints


@dataclass(frozen=True, eq=False)
class Bookings:
    """A booking each: the deal (the row of its record, and its id) books the person (folded name, "": nobody) for
    `[start, stop)` seconds, and its record says so during `[since, until)` seconds; `exact`: the start is known as
    exactly as it must be."""

    row: Codes
    id: NDArray[np.object_]
    person: NDArray[np.object_]
    start: Ints
    stop: Ints
    since: Ints
    until: Ints
    exact: Bools

    @classmethod
    def together(cls, parts: Sequence["Bookings"]) -> "Bookings":
        """Those of several logs, in the order of the deals' records."""
        joined = cls(*(np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(cls)))
        return joined.taken(np.argsort(joined.row, kind="stable"))

    def taken(self, index: Ints) -> "Bookings":
        """Those at these positions."""
        return Bookings(*(getattr(self, each.name)[index] for each in fields(self)))
