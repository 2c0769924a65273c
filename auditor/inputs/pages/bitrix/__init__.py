"""Saved answers of Bitrix24's REST → canonical rows."""

from auditor.inputs.pages.bitrix.activities import Activities
from auditor.inputs.pages.bitrix.calls import read_calls
from auditor.inputs.pages.bitrix.deals import read_deals
from auditor.inputs.pages.bitrix.portal import open_portal
from auditor.inputs.pages.bitrix.stages import read_stages
from auditor.inputs.pages.bitrix.tasks import read_comments, read_tasks
from auditor.inputs.pages.page_rows import PageRows
from auditor.inputs.pages.records import Records
from auditor.inputs.pages.values import Clock, ident
from auditor.inputs.tables import TableName

STAGES = frozenset({"created", "stage", "closed"})
CARRIES = {
    "deal_stages": STAGES,
    "lead_stages": STAGES,
    "calls": frozenset({"call"}),
    "activities": frozenset(["call", "message", "sms", "email", "form", "task"]),
    "comments": frozenset({"comment", "file"}),
    "tasks": frozenset({"task"}),
}


TABLES: dict[str, TableName] = {
    "deals": "deals", "leads": "deals", "deal_stages": "history", "lead_stages": "history", "calls": "activities",
    "activities": "activities", "comments": "activities", "tasks": "activities",
}  # fmt: skip


def read_bitrix(records: Records, clock: Clock) -> PageRows:
    """Deals, leads, history and activities of the portal that the pages were saved from."""
    rows = PageRows(CARRIES)
    portal = open_portal(records, rows, clock)
    read_deals(portal, read_stages(portal))
    activities = {number: item for item in records.of("activities") if (number := ident(item.data.get("ID")))}
    Activities(portal).read(read_calls(portal, activities) | read_tasks(portal, activities))
    read_comments(portal)
    rows.join_versions(records.versions, TABLES)
    portal.tell()
    return rows
