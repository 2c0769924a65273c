"""Whose row it is: ids of history, activities and ledger rows → deals."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from auditor.inputs.columns import categorical
from auditor.inputs.times import Bools

Ints = NDArray[np.int64]
Codes = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Owned:
    """Per row the place of its deal in `deals`, −1 where it has none; `unknown`: no deal has that id; `open`: a deal
    and a lead have it, and the row does not say which is meant."""

    place: Codes
    unknown: Bools
    open: Bools


class Owners:
    """The deals by id, leads apart from deals."""

    def __init__(self, deals: pd.DataFrame) -> None:
        self.deals = deals
        self.is_lead = np.asarray(deals["entity"] == "lead", dtype=np.bool_)
        ids = pa.array(deals["id"].astype("str"), pa.large_string())
        self._places = [np.flatnonzero(mask).astype(np.int32) for mask in (~self.is_lead, self.is_lead)]
        self._ids = [ids.take(places) for places in self._places]

    def of(self, frame: pd.DataFrame) -> Owned:
        """Each distinct id is looked up once."""
        ids = categorical(frame["deal"])
        deal, lead = self._looked_up(ids.categories, 0), self._looked_up(ids.categories, 1)
        either = np.where(deal >= 0, deal, lead)
        said = _entities(frame)
        place = np.stack([either, deal, lead])[said, ids.codes]
        both = (deal >= 0) & (lead >= 0)
        return Owned(place, (place < 0) & (ids.codes >= 0), both[ids.codes] & (said == 0))

    def leads(self, ids: pd.Series) -> Codes:
        """The place of the lead of each of these ids, −1 where none has it."""
        texts = categorical(ids)
        return self._looked_up(texts.categories, 1)[texts.codes]

    def _looked_up(self, ids: pd.Index, entity: int) -> Codes:
        """Per id the place of its deal (entity 0) or lead (1), −1 where none has it; a last −1 for the empty cell."""
        number = pc.index_in(pa.array(ids, pa.large_string()), value_set=self._ids[entity]).fill_null(-1)
        return np.append(self._places[entity], np.int32(-1))[np.append(number.to_numpy(), -1)]


def _entities(frame: pd.DataFrame) -> NDArray[np.uint8]:
    """Per row 1 where it says that its id is a deal's, 2 a lead's, 0 neither."""
    said = np.zeros(len(frame), np.uint8)
    if "entity" in frame:
        for number, entity in enumerate(("deal", "lead"), 1):
            said[np.asarray(frame["entity"] == entity, dtype=np.bool_)] = number
    return said
