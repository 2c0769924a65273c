"""What a page is, by its content: the names that the CRMs give to their lists, and the fields of their items."""

import re

from auditor.inputs.pages.values import Json

AMO = "amocrm"
BITRIX = "bitrix24"
AMO_KINDS = (
    "leads", "contacts", "companies", "events", "notes", "tasks", "users", "pipelines", "statuses",
    "custom_fields", "loss_reasons", "task_types",
)  # fmt: skip

_BITRIX: tuple[tuple[str, frozenset[str], frozenset[str]], ...] = tuple(
    (kind, frozenset(every.split()), frozenset(any_of.split()))
    for kind, every, any_of in (
        ("deal_stages", "OWNER_ID STAGE_ID", ""),
        ("lead_stages", "OWNER_ID STATUS_ID", ""),
        ("calls", "", "CALL_START_DATE CALL_FAILED_CODE CALL_DURATION"),
        ("activities", "", "OWNER_TYPE_ID PROVIDER_ID COMMUNICATIONS"),
        ("comments", "COMMENT", "ENTITY_TYPE ENTITY_ID AUTHOR_ID"),
        ("activities", "ID FILES", ""),
        ("statuses", "ENTITY_ID STATUS_ID", ""),
        ("statuses", "STATUS_ID NAME SORT", ""),
        ("userfields", "FIELD_NAME ENTITY_ID", ""),
        ("deals", "ID", "STAGE_ID CATEGORY_ID"),
        ("leads", "ID", "STATUS_ID"),
        ("users", "ID", "ACTIVE USER_TYPE WORK_POSITION UF_DEPARTMENT"),
        ("categories", "ID NAME SORT", ""),
        ("contacts", "ID", "NAME LAST_NAME PHONE"),
        ("categories", "id name", "entityTypeId isDefault sort"),
        ("tasks", "id", "createdDate deadline responsibleId"),
    )
)
"""Kind, fields that its items all have, fields of which they have one; the first that fits, fits."""


_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_OWN_FIELD = re.compile(r"UF_CRM(?=\d)")
_RENAMED = {"CREATED_TIME": "DATE_CREATE", "UPDATED_TIME": "DATE_MODIFY", "CREATED_BY": "CREATED_BY_ID"}
_OF_LEADS = frozenset(("statusDescription", "isReturnCustomer", "lastName", "honorific"))


def of_item_list(item: Json) -> Json:
    """A deal or lead of crm.item.list as crm.deal.list and crm.lead.list tell it; any other item as it is."""
    if "stageId" not in item or str(item["stageId"]).startswith("DT"):
        return item
    named = {_OWN_FIELD.sub("UF_CRM_", _CAPITAL.sub("_", name).upper()): value for name, value in item.items()}
    told = {_RENAMED.get(name, name): value for name, value in named.items()}
    if "categoryId" not in item and _OF_LEADS & item.keys():
        told["STATUS_ID"] = told.pop("STAGE_ID")
    return told


def bitrix_kind(items: list[Json]) -> str | None:
    """Which list of Bitrix24 these items are of; None where it is none that is read."""
    fields = {key for item in items[:50] for key in item}
    for kind, every, any_of in _BITRIX:
        if every <= fields and (not any_of or any_of & fields):
            return kind
    return None


def describes_fields(result: Json) -> bool:
    """Whether this is the answer of crm.deal.fields: an object of descriptions."""
    described = [value for value in result.values() if isinstance(value, dict) and "type" in value]
    return len(described) > 1 and len(described) == len(result)
