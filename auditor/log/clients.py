"""Who knew a client first: per phone the earliest lead or deal, and the earliest of another manager."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from auditor.log.columns import Bools, Codes, Columns, Ints, set_first
from auditor.log.kinds import NEVER


@dataclass(frozen=True, eq=False)
class Clients:
    """Per phone: `manager` (code) and `since` (seconds) of its earliest lead or deal; `second`: when the earliest one
    of another manager was created (NEVER: none)."""

    phones: pd.Index
    manager: Codes
    since: Ints
    second: Ints

    def known_to_another(self, frame: pd.DataFrame, manager: Codes, before: Ints) -> Bools:
        """Per deal (row of the frame) whether another manager had a record of its phone before that second."""
        if "phone" not in frame or not len(self.phones):
            return np.zeros(len(frame), np.bool_)
        code = self.phones.get_indexer(pd.Index(frame["phone"].astype("object")))
        other = np.where(self.manager[code] != manager, self.since[code], self.second[code])
        return (code >= 0) & (other < before)


def clients_of(deals: Columns, people: Mapping[str, int]) -> Clients:
    """Who knew each phone of the export first; deals without a phone are left out."""
    phone, manager = deals.text("phone"), deals.text("manager")
    since = deals.seconds("created")
    order = np.lexsort((since, phone.codes))
    order = order[phone.codes[order] >= 0] if manager.values else order[:0]
    code, person, since = phone.codes[order], manager.mapped(people)[order], since[order]
    first = np.flatnonzero(np.diff(code, prepend=-1))
    number = np.repeat(np.arange(len(first)), np.diff(first, append=len(code)))
    others = np.flatnonzero(person != person[first][number])
    second = np.full(len(first), NEVER)
    set_first(second, number[others], since[others])
    return Clients(pd.Index(np.array(phone.values, dtype=object)[code[first]]), person[first], since[first], second)
