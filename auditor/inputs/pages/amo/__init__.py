"""Saved pages of amoCRM's API v4 → canonical rows."""

from auditor.inputs.pages.amo.account import open_account
from auditor.inputs.pages.amo.events import note_of, read_events
from auditor.inputs.pages.amo.leads import read_leads
from auditor.inputs.pages.amo.notes import read_notes
from auditor.inputs.pages.amo.tasks import read_tasks
from auditor.inputs.pages.page_rows import PageRows
from auditor.inputs.pages.records import Records
from auditor.inputs.pages.values import Clock
from auditor.inputs.tables import TableName

CARRIES = {
    "events": frozenset(
        [
            "created",
            "stage",
            "responsible",
            "field",
            "closed",
            "call",
            "message",
            "chat",
            "sms",
            "comment",
            "file",
            "task_moved",
            "task_deleted",
        ]
    ),
    "notes": frozenset(["call", "sms", "email", "comment", "file", "payment"]),
    "tasks": frozenset({"task"}),
}


TABLES: dict[str, TableName] = {
    "leads": "deals", "events": "history", "notes": "activities", "tasks": "activities",
}  # fmt: skip


def read_amo(records: Records, clock: Clock) -> PageRows:
    """Deals, history and activities of the account that the pages were saved from."""
    rows = PageRows(CARRIES)
    account = open_account(records, rows, clock)
    read_leads(account)
    read_tasks(account)
    events = {number: item for item in records.of("events") if (number := note_of(item.data))}
    read_events(account, read_notes(account, events))
    rows.join_versions(records.versions, TABLES)
    account.tell()
    return rows
