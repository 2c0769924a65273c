"""Who knew a client first: per phone the earliest lead or deal, and the earliest of another manager."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from auditor.log.columns import Bools, Codes, Ints, Text, seconds
from auditor.log.kinds import NEVER


@dataclass(frozen=True, eq=False)
class Owners:
    """`phones` sorted; `manager` (code) and `since` (second) of each phone's earliest record, `second`: the second at
    which the earliest record of another manager was created (NEVER: none)."""

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


def owners_of(deals: pd.DataFrame, people: Mapping[str, int]) -> Owners:
    """The owners of all phones of the export."""
    if "phone" not in deals or "manager" not in deals:
        return Owners(pd.Index([]), np.zeros(0, np.int32), np.zeros(0, np.int64), np.zeros(0, np.int64))
    manager = Text.of(deals["manager"], len(deals)).mapped(dict(people))
    told = pd.DataFrame(
        {"phone": deals["phone"].astype("object"), "manager": manager, "since": seconds(deals["created"])}
    )
    told = told.dropna().sort_values(["phone", "since"], kind="stable")
    first = told.drop_duplicates("phone").set_index("phone")
    others = told[told["manager"].to_numpy() != first["manager"].reindex(told["phone"]).to_numpy()]
    second = others.drop_duplicates("phone").set_index("phone")["since"].reindex(first.index)
    return Owners(
        phones=first.index,
        manager=first["manager"].to_numpy(dtype=np.int32),
        since=first["since"].to_numpy(dtype=np.int64),
        second=second.fillna(NEVER).to_numpy(dtype=np.int64),
    )
