"""Where what an export lacks is to be had, in each CRM."""

from auditor.i18n import _

HISTORY = ("stage", "pipeline", "responsible", "created", "closed", "converted")
WRITTEN = ("message", "sms", "email", "form", "chat")
TASKS = ("task", "task_moved", "task_done", "task_deleted")


def where(source: str) -> str:
    """How to get a part of an export, by `Need.source`."""
    if source in HISTORY:
        return _("amoCRM: the list of events. Bitrix24: crm.stagehistory.list. By hand: a sheet “History”.")
    if source in WRITTEN:
        return _("amoCRM: the list of events. Bitrix24: the list of activities. By hand: a sheet “Activities”.")
    if source in TASKS:
        return _("amoCRM: the list of events. Bitrix24: crm.activity.list. By hand: a sheet “Activities”.")
    others = {
        "field": _("amoCRM: the list of events. Bitrix24 keeps none. By hand: a sheet “History”."),
        "call": _("amoCRM: the list of events. Bitrix24: the call details. By hand: a sheet “Activities”."),
        "comment": _("amoCRM: the list of events, or /api/v4/leads/notes. Otherwise: a sheet “Activities”."),
        "ledger": _("A sheet “Ledger”: Deal ID, Measurement date, Amount, Status, Updated."),
        "people": _("A sheet “People”: Name, Role."),
        "fields": _(
            "Add the column to the export of deals; one of another name is told under [fields] of auditor.toml."
        ),
        "columns": _("Add the column to the sheet “Activities”; all columns: auditor clauses --columns."),
    }
    return others.get(source, _("A sheet “Activities” with rows of that type."))
