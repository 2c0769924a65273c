"""The deals of a log."""

import numpy as np
import pandas as pd

from auditor.inputs.deal_ids import DealIds
from auditor.inputs.tables import Tables
from auditor.log.columns import Codes, Text, seconds
from auditor.log.facts import Basis
from auditor.log.kinds import NEVER
from auditor.log.spine import Deals


def deals_of(tables: Tables, basis: Basis) -> tuple[Deals, DealIds]:
    """The deals created up to as-of, and their look-up by id; a closing later than as-of is NEVER."""
    there = seconds(tables.deals["created"]) <= basis.as_of
    frame = (tables.deals if there.all() else tables.deals[there]).reset_index(drop=True)
    rows = len(frame)
    deal_ids = DealIds(frame)
    closed = seconds(frame["closed"]) if "closed" in frame else np.full(rows, NEVER)
    closed[closed > basis.as_of] = NEVER
    deals = Deals(
        is_lead=deal_ids.is_lead,
        created=seconds(frame["created"]),
        closed=closed,
        manager=Text.of(frame.get("manager"), rows).mapped(basis.codes),
        linked=_linked(deal_ids),
        row=frame["row"].to_numpy().astype(np.int32),
        frame=frame,
        unknown=_unknown(frame, tables.contradicted),
    )
    return deals, deal_ids


def _unknown(frame: pd.DataFrame, cells: pd.DataFrame | None) -> dict[str, Codes]:
    """By column the codes of the deals that exports contradict each other in."""
    if cells is None or not len(cells):
        return {}
    code = pd.Index(frame["row"]).get_indexer(cells["row"]).astype(np.int32)
    return {str(name): code[theirs[code[theirs] >= 0]] for name, theirs in cells.groupby("column").indices.items()}


def _linked(deal_ids: DealIds) -> Codes:
    """The code of each deal's lead, −1 where it has none."""
    if "lead_id" not in deal_ids.deals:
        return np.full(len(deal_ids.deals), -1, np.int32)
    return np.where(deal_ids.is_lead, -1, deal_ids.leads(deal_ids.deals["lead_id"])).astype(np.int32)
