"""crm.deal.list, crm.lead.list and crm.contact.list → deals and leads, and whose contacts are."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from auditor.i18n import _
from auditor.inputs.pages.bitrix.portal import Portal
from auditor.inputs.pages.bitrix.stages import Closings
from auditor.inputs.pages.contacts import Client
from auditor.inputs.pages.source import Item
from auditor.inputs.pages.values import Json, ident, joined, mapping, number, phone, text

PAGES = (("lead", "leads", "STATUS_ID", "STATUS_SEMANTIC_ID"), ("deal", "deals", "STAGE_ID", "STAGE_SEMANTIC_ID"))


def read_deals(portal: Portal, closings: Closings) -> None:
    """Rows of all deals and leads; the portal knows its contacts from here on."""
    for item in portal.records.of("contacts"):
        if found := ident(item.data.get("ID")):
            portal.contacts.clients["contact", found] = client_of(item.data)
    for entity, kind, stage, semantics in PAGES:
        for item in portal.records.of(kind):
            found, created = ident(item.data.get("ID")), portal.clock.moment(item.data.get("DATE_CREATE"))
            if found is None or created is None:
                portal.rows.reject("deals", item, _("this deal has no number or no time of creation and was left out"))
                continue
            state = portal.stage(entity, item.data.get(stage), item.data.get(semantics), item)
            closed = _closed(portal, item, closings.get((entity, found))) if state.outcome else None
            _link(portal, entity, found, created, closed, item.data)
            row = {"id": found, "entity": entity, "created": created, "closed": closed, "outcome": state.outcome}
            row |= {"changed": portal.moment(item, "DATE_MODIFY")}
            if item.data.get(stage) is not None:
                row |= {"stage": state.name, "pipeline": state.pipeline}
            portal.rows.put("deals", item, row | _columns(portal, item) | portal.fields.columns(item))


def _closed(portal: Portal, item: Item, told: datetime | None) -> datetime | None:
    """When it came into its final stage; CLOSEDATE is only the day that was expected."""
    moments = (portal.moment(item, name) for name in ("DATE_CLOSED", "MOVED_TIME"))
    return told or next((moment for moment in moments if moment), None)


def _columns(portal: Portal, item: Item) -> dict[str, Any]:
    """What the page says of a deal; fields that were not asked for give no column."""
    data = item.data
    made: dict[str, tuple[str, Callable[[object], object]]] = {
        "TITLE": ("title", text),
        "ASSIGNED_BY_ID": ("manager", lambda value: portal.users.of(value, item)),
        "OPPORTUNITY": ("amount", lambda _value: portal.rows.read(item, data, "OPPORTUNITY", number)),
        "SOURCE_ID": ("source", portal.source),
        "LEAD_ID": ("lead_id", ident),
    }
    row: dict[str, Any] = {column: make(data[name]) for name, (column, make) in made.items() if name in data}
    client = _client(portal, data)
    return row if client is None else row | {"contact": client.name, "phone": client.phone, "email": client.email}


def _client(portal: Portal, data: Json) -> Client | None:
    """The deal's contact, a lead's own name and phone before it has one."""
    own = client_of(data)
    contact = portal.contacts.clients.get(("contact", ident(data.get("CONTACT_ID")) or ""), Client())
    if not portal.contacts.clients and own == Client():
        return None
    return Client(contact.name or own.name, contact.phone or own.phone, contact.email or own.email)


def client_of(data: Json) -> Client:
    """Name, first phone and first address of a contact or a lead."""
    name = joined([text(data.get(part)) for part in ("NAME", "SECOND_NAME", "LAST_NAME")], " ")
    return Client(name, phone(mapping(data.get("PHONE")).get("VALUE")), text(mapping(data.get("EMAIL")).get("VALUE")))


def _link(portal: Portal, entity: str, deal: str, created: datetime, closed: datetime | None, data: Json) -> None:
    several = data.get("CONTACT_IDS")
    contacts = [data.get("CONTACT_ID"), *(several if isinstance(several, list) else [])]
    clients = [("contact", ident(contact)) for contact in contacts] + [("company", ident(data.get("COMPANY_ID")))]
    for sort, found in clients:
        if found:
            portal.contacts.link((sort, found), entity, deal, created, closed)
