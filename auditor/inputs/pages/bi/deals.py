"""crm_deal and crm_lead → deals."""

from collections.abc import Callable

import pandas as pd

from auditor.inputs.pages.bi.columns import Columns, name_in, no_id, no_time, outcomes, part_of
from auditor.inputs.pages.page_rows import typed
from auditor.inputs.pages.values import ident, number, phone, text
from auditor.inputs.tables import FIELD, Part

CLOSED = ("DATE_CLOSED", "MOVED_TIME")
"""When a closed deal came into its last stage; CLOSEDATE is only the day that was expected."""


def deals_part(columns: Columns) -> Part:
    return _entities(columns, "deal", "bitrix24 crm_deal", "STAGE")


def leads_part(columns: Columns) -> Part:
    return _entities(columns, "lead", "bitrix24 crm_lead", "STATUS")


def _entities(columns: Columns, entity: str, reader: str, stage: str) -> Part:
    sources: dict[str, tuple[Callable[[object], object], tuple[str, ...]]] = {
        "id": (ident, ("ID",)),
        "title": (text, ("TITLE",)),
        "stage": (name_in, (f"{stage}_NAME", stage, f"{stage}_ID")),
        "manager": (name_in, ("ASSIGNED_BY_NAME", "ASSIGNED_BY", "ASSIGNED_BY_ID")),
        "amount": (number, ("OPPORTUNITY",)),
        "source": (name_in, ("SOURCE_NAME", "SOURCE", "SOURCE_ID")),
        "contact": (name_in, ("CONTACT_NAME", "CONTACT")),
        "phone": (phone, ("PHONE",)),
        "email": (text, ("EMAIL",)),
    }  # fmt: skip
    if entity == "deal":
        sources["pipeline"] = (name_in, ("CATEGORY_NAME", "CATEGORY", "CATEGORY_ID"))
        sources["lead_id"] = (ident, ("LEAD_ID",))
    frame = pd.DataFrame({"row": columns.rows, "created": columns.moments("DATE_CREATE")})
    frame["entity"] = typed("entity", [entity] * len(columns))
    if columns.first("DATE_MODIFY"):
        frame["changed"] = columns.moments("DATE_MODIFY")
    if columns.first(*CLOSED):
        frame["closed"] = columns.moments(*CLOSED)
    semantics = (f"{stage}_SEMANTIC_ID", f"{stage}_SEMANTIC")
    for name, (make, names) in sources.items():
        if columns.first(*names):
            frame[name] = columns.column(name, make, *names)
    if columns.first(*semantics):
        frame["outcome"] = outcomes(columns, entity, *semantics)
        if "closed" in frame:
            frame["closed"] = frame["closed"].where(frame["outcome"].notna())
    used = [name for _make, names in sources.values() for name in names]
    used += ["DATE_CREATE", "DATE_MODIFY", *CLOSED, *semantics]
    for header in columns.rest(used):
        frame[FIELD + header] = columns.column(FIELD, name_in, header.strip().upper())
    kept = columns.kept({"ID": (frame["id"], no_id()), "DATE_CREATE": (frame["created"], no_time())})
    return part_of(columns, "deals", reader, frame[kept].reset_index(drop=True), kept, None)
