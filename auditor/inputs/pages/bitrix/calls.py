"""voximplant.statistic.get joined with the calls of crm.activity.list: one call, one row."""

from datetime import datetime
from typing import Any

from auditor.i18n import _
from auditor.inputs.pages.bitrix.portal import Portal
from auditor.inputs.pages.contacts import Owner
from auditor.inputs.pages.outcomes import of_telephony
from auditor.inputs.pages.source import Item
from auditor.inputs.pages.values import ident, mapping, number, phone, text

DIRECTIONS = {"1": "out", "2": "in", "3": "in", "4": "out", "5": "out"}
"""By CALL_TYPE: outgoing, incoming, incoming with redirection, callback (the company rings), announcement."""


def read_calls(portal: Portal, activities: dict[str, Item]) -> set[str]:
    """A row per call of the telephony; returns the numbers of the activities that these calls are."""
    told = set()
    for item in portal.records.of("calls"):
        number = ident(item.data.get("CRM_ACTIVITY_ID"))
        activity = activities.get(number or "")
        moment = portal.clock.moment(item.data.get("CALL_START_DATE"))
        if moment is None and activity is not None:
            moment = portal.clock.moment(activity.data.get("START_TIME"))
        if moment is None:
            what = _("this call has no time and was left out")
            portal.rows.reject("activities", item, what, **_known(portal, item, activity))
            continue
        if activity is not None and number:
            told.add(number)
        portal.rows.put("activities", item, _call(portal, item, activity, moment))
    return told


def _call(portal: Portal, item: Item, activity: Item | None, moment: datetime) -> dict[str, Any]:
    data = item.data
    owner = _owner(portal, item, activity, moment)
    direction = DIRECTIONS.get(text(data.get("CALL_TYPE")) or "") or direction_of(activity)
    caller = ident(data.get("PORTAL_USER_ID")) or (activity and activity.data.get("RESPONSIBLE_ID"))
    return owner.columns() | {
        "time": moment,
        "type": "call",
        "direction": direction,
        "outcome": portal.outcomes.of(text(data.get("CALL_FAILED_CODE")), item),
        "duration": portal.rows.read(item, data, "CALL_DURATION", number),
        "author": portal.users.of(caller, item),
        "recording": text(data.get("CALL_RECORD_URL")) or ident(data.get("RECORD_FILE_ID")),
        "phone": phone(data.get("PHONE_NUMBER")) or owner.phone,
    }


def _known(portal: Portal, item: Item, activity: Item | None) -> dict[str, Any]:
    """What a call without a time tells."""
    data, direction = item.data, DIRECTIONS.get(text(item.data.get("CALL_TYPE")) or "")
    whose = portal.named(text(data.get("CRM_ENTITY_TYPE")), ident(data.get("CRM_ENTITY_ID")))
    if activity is not None:
        whose |= portal.named(text(activity.data.get("OWNER_TYPE_ID")), ident(activity.data.get("OWNER_ID")))
    told = {"kind": "call", "direction": direction or direction_of(activity)}
    return whose | told | {"outcome": of_telephony(text(data.get("CALL_FAILED_CODE")) or "")}


def direction_of(activity: Item | None) -> str | None:
    """By the DIRECTION of an activity."""
    return {"1": "in", "2": "out"}.get(text(activity.data.get("DIRECTION")) or "") if activity else None


def _owner(portal: Portal, item: Item, activity: Item | None, moment: datetime) -> Owner:
    """The activity's deal, else the call's own; a call of nobody known is unattached."""
    own = portal.owner(text(item.data.get("CRM_ENTITY_TYPE")), ident(item.data.get("CRM_ENTITY_ID")), moment)
    owners = [own or Owner()]
    if activity is not None:
        data = activity.data
        of_activity = portal.owner(text(data.get("OWNER_TYPE_ID")), ident(data.get("OWNER_ID")), moment)
        owners.insert(0, of_activity or Owner())
    return next((owner for owner in owners if owner.deal), owners[-1])


def missed(activity: Item) -> str | None:
    """What an activity itself says of its call: only that it was missed."""
    flag = mapping(activity.data.get("SETTINGS")).get("MISSED_CALL")
    return "unanswered" if flag in (True, 1, "1", "Y") else None
