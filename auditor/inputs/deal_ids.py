"""Whose row it is: ids of history, activities and ledger rows → deals."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from auditor.inputs.columns import categorical
from auditor.inputs.times import Bools

ENTITIES = {"deal": 1, "lead": 2}
Ints = NDArray[np.int64]
Codes = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Owned:
    """Per row the place of its deal in `deals`, −1 where it has none; `unknown`: no deal has that id; `open`: a deal
    and a lead have it, and the row does not say which is meant."""

    place: Codes
    unknown: Bools
    open: Bools


class DealIds:
    """The deals by id, leads apart from deals."""

    def __init__(self, deals: pd.DataFrame) -> None:
        self.deals = deals
        self.is_lead = np.asarray(deals["entity"] == "lead", dtype=np.bool_)
        ids = categorical(deals["id"])
        self._ids = pa.array(ids.categories, pa.large_string())
        self._places = np.full((2, len(self._ids) + 1), -1, np.int32)
        self._places[self.is_lead.astype(np.intp), ids.codes] = np.arange(len(deals))
        self._asked: tuple[pd.Index, Codes] | None = None

    def of(self, frame: pd.DataFrame) -> Owned:
        """Whose each row is, and where that cannot be said."""
        ids, said = categorical(frame["deal"]), said_entities(frame)
        found = self._looked_up(ids.categories)
        place, both = _chosen(found, said, ids.codes), np.logical_and(*(found >= 0))
        return Owned(place, (place < 0) & (ids.codes >= 0), both[ids.codes] & (said == 0))

    def places(self, frame: pd.DataFrame) -> Codes:
        """The place of each row's deal, −1 where it has none; a deal before a lead where the row does not say."""
        ids = categorical(frame["deal"])
        return _chosen(self._looked_up(ids.categories), said_entities(frame), ids.codes)

    def leads(self, ids: pd.Series) -> Codes:
        """The place of the lead of each of these ids, −1 where none has it."""
        texts = categorical(ids)
        return self._looked_up(texts.categories)[1, texts.codes]

    def _looked_up(self, ids: pd.Index) -> Codes:
        """Two rows: the place of the deal, and of the lead, of each id, −1 where none has it; with a last column of
        −1 for the empty cell. Each distinct id is looked up once: a table is asked about several times in turn."""
        asked = self._asked
        if asked is None or asked[0] is not ids:
            number = pc.index_in(pa.array(ids, pa.large_string()), value_set=self._ids).fill_null(len(self._ids))
            asked = self._asked = ids, self._places[:, np.append(number.to_numpy(), len(self._ids))]
        return asked[1]


def _chosen(found: Codes, said: NDArray[np.uint8], codes: NDArray[np.integer]) -> Codes:
    """Per row what was found for its id: deal or lead, as the row says, else the first of both."""
    deal, lead = found
    return np.stack([np.where(deal >= 0, deal, lead), deal, lead])[said, codes]


def said_entities(frame: pd.DataFrame) -> NDArray[np.uint8]:
    """Per row 1 where it says that its id is a deal's, 2 a lead's, 0 neither."""
    if "entity" not in frame:
        return np.zeros(len(frame), np.uint8)
    entity = categorical(frame["entity"])
    return np.array([*(ENTITIES.get(text, 0) for text in entity.categories), 0], np.uint8).take(entity.codes)
