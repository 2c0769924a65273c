"""The deals of a log."""

import numpy as np

from auditor.inputs.owners import Owners
from auditor.inputs.tables import Tables
from auditor.log.columns import Codes, Text, seconds
from auditor.log.facts import Basis
from auditor.log.kinds import NEVER
from auditor.log.spine import Deals


def deals_of(tables: Tables, basis: Basis) -> tuple[Deals, Owners]:
    """The deals that exist as of the audit, and how other tables name them; later closings are unseen."""
    frame = tables.deals[seconds(tables.deals["created"]) <= basis.as_of].reset_index(drop=True)
    rows = len(frame)
    owners = Owners(frame)
    closed = seconds(frame["closed"]) if "closed" in frame else np.full(rows, NEVER)
    closed[closed > basis.as_of] = NEVER
    deals = Deals(
        is_lead=owners.is_lead,
        created=seconds(frame["created"]),
        closed=closed,
        manager=Text.of(frame.get("manager"), rows).mapped(basis.codes),
        linked=_linked(owners),
        row=frame["row"].to_numpy().astype(np.int32),
        frame=frame,
    )
    return deals, owners


def _linked(owners: Owners) -> Codes:
    """The code of each deal's lead, −1 where it has none."""
    if "lead_id" not in owners.deals:
        return np.full(len(owners.deals), -1, np.int32)
    return np.where(owners.is_lead, -1, owners.leads(owners.deals["lead_id"])).astype(np.int32)
