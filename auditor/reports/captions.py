"""The canonical columns as people call them."""

from auditor.i18n import _
from auditor.inputs.tables import FIELD


def column(name: str) -> str:
    """A canonical column's caption; a field's own."""
    return _captions().get(name, name.removeprefix(FIELD))


def _captions() -> dict[str, str]:
    return {**_of_deals(), **_of_events(), **_of_others()}


def _of_deals() -> dict[str, str]:
    return {
        "id": _("Id"),
        "deal": _("Deal id"),
        "entity": _("Deal or lead"),
        "title": _("Title"),
        "pipeline": _("Pipeline"),
        "pipeline_before": _("Pipeline before"),
        "stage": _("Stage"),
        "manager": _("Manager"),
        "created": _("Created"),
        "closed": _("Closed"),
        "outcome": _("Outcome"),
        "reason": _("Reason"),
        "amount": _("Amount"),
        "contact": _("Contact"),
        "phone": _("Phone"),
        "email": _("E-mail"),
        "source": _("Source of the client"),
        "tags": _("Tags"),
        "lead_id": _("Lead id"),
        "link": _("Link"),
    }


def _of_events() -> dict[str, str]:
    return {
        "time": _("Time"),
        "event": _("Event"),
        "field": _("Field"),
        "before": _("Before"),
        "after": _("After"),
        "author": _("Author"),
        "type": _("Type"),
        "direction": _("Direction"),
        "duration": _("Duration"),
        "channel": _("Channel"),
        "addressee": _("Addressee"),
        "text": _("Text"),
        "task_id": _("Task id"),
        "kind": _("Kind of task"),
        "template": _("Template"),
        "due": _("Due"),
        "completed": _("Completed"),
        "done": _("Completed"),
        "result": _("Result"),
        "pinned": _("Pinned"),
        "opened": _("Opened"),
        "recording": _("Recording"),
    }


def _of_others() -> dict[str, str]:
    return {
        "name": _("Name"),
        "measurement_date": _("Measurement date"),
        "status": _("Status"),
        "contract_number": _("Contract number"),
        "updated": _("Updated"),
        "role": _("Role"),
        "department": _("Department"),
        "schedule": _("Schedule"),
        "until": _("Works until"),
    }
