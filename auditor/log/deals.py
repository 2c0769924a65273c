"""The deals of a log, and the codes of the ids by which all other tables name them."""

import numpy as np
import pandas as pd

from auditor.inputs.tables import Tables
from auditor.log.columns import Bools, Codes, Text, seconds
from auditor.log.facts import Facts
from auditor.log.kinds import NEVER
from auditor.log.log import Deals


def deals_of(tables: Tables, facts: Facts) -> Deals:
    """The deals that exist as of the audit; later closings are unseen."""
    frame = tables.deals[(seconds(tables.deals["created"]) <= facts.as_of)].reset_index(drop=True)
    rows = len(frame)
    ids = frame["id"].astype(str).to_numpy(dtype=object)
    is_lead = (frame["entity"] == "lead").to_numpy(dtype=bool)
    closed = seconds(frame["closed"]) if "closed" in frame else np.full(rows, NEVER)
    closed[closed > facts.as_of] = NEVER
    linked = _linked(frame, ids, is_lead)
    manager = Text.of(frame.get("manager"), rows).mapped(dict(facts.codes))
    row = frame["row"].to_numpy().astype(np.int32)
    return Deals(ids, is_lead, seconds(frame["created"]), closed, manager, linked, row, frame)


def _linked(frame: pd.DataFrame, ids: "np.ndarray", is_lead: Bools) -> Codes:
    """The code of each deal's lead, −1 where it has none."""
    if "lead_id" not in frame:
        return np.full(len(frame), -1, np.int32)
    found = pd.Index(ids[is_lead]).get_indexer(frame["lead_id"].astype("string").fillna("").to_numpy(dtype=object))
    lead = np.append(np.flatnonzero(is_lead), -1)[found]
    return np.where(is_lead, -1, lead).astype(np.int32)


class DealCodes:
    """Ids of a table's rows → codes of deals; each distinct id is looked up once."""

    def __init__(self, deals: Deals) -> None:
        codes = np.arange(len(deals), dtype=np.int32)
        self._of = [pd.Series(codes[mask], index=deals.ids[mask]) for mask in (~deals.is_lead, deals.is_lead)]

    def of(self, frame: pd.DataFrame) -> Codes:
        """The code of each row's deal, −1 where it has none."""
        ids = Text.of(frame["deal"], len(frame))
        deal, lead = (
            np.append(series.reindex(list(ids.values), fill_value=-1).to_numpy(), -1)[ids.codes] for series in self._of
        )
        if "entity" not in frame:
            return np.where(deal >= 0, deal, lead).astype(np.int32)
        entity = frame["entity"]
        either = np.where(deal >= 0, deal, lead)
        return np.where(entity == "lead", lead, np.where(entity == "deal", deal, either)).astype(np.int32)
