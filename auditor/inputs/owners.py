"""Whose row it is: ids of history, activities and ledger rows → deals."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from auditor.inputs.columns import categorical
from auditor.inputs.times import Bools

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Owned:
    """Per row the place of its deal in `deals`, −1 where it has none; `unknown`: no deal has that id; `open`: a deal
    and a lead have it, and the row does not say which is meant."""

    place: Ints
    unknown: Bools
    open: Bools


class Owners:
    """The deals by id, leads apart from deals."""

    def __init__(self, deals: pd.DataFrame) -> None:
        self.deals = deals
        self.is_lead = np.asarray(deals["entity"] == "lead", dtype=np.bool_)
        places = np.arange(len(deals))
        ids = deals["id"].astype("str").to_numpy(dtype=object)
        self._leads = pd.Series(places[self.is_lead], index=ids[self.is_lead])
        self._deals = pd.Series(places[~self.is_lead], index=ids[~self.is_lead])

    def of(self, frame: pd.DataFrame) -> Owned:
        """Each distinct id is looked up once."""
        ids = categorical(frame["deal"])
        names = ids.categories.to_numpy(dtype=object)
        deal, lead = (
            np.append(series.reindex(names, fill_value=-1).to_numpy(), -1)[ids.codes]
            for series in (self._deals, self._leads)
        )
        says_deal, says_lead = (
            np.asarray(frame["entity"] == entity, dtype=np.bool_)
            if "entity" in frame
            else np.zeros(len(frame), np.bool_)
            for entity in ("deal", "lead")
        )
        both = (deal >= 0) & (lead >= 0) & ~says_deal & ~says_lead
        place = np.where(says_lead, lead, np.where(says_deal | (deal >= 0), deal, lead))
        return Owned(place, (place < 0) & (ids.codes >= 0), both)
