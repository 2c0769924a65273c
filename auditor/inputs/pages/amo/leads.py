"""amoCRM's leads → deals; contacts and companies → who they are and whose."""

import re
from datetime import datetime
from typing import Any

from auditor.i18n import _
from auditor.inputs.pages.amo.account import Account, values_of
from auditor.inputs.pages.contacts import Client
from auditor.inputs.pages.source import Item
from auditor.inputs.pages.values import Json, ident, joined, mapping, number, objects, phone, text
from auditor.inputs.tables import FIELD

Client_id = tuple[str, str]
_HOST = re.compile(r"https://([\w.-]+(?::\d+)?)(?:[/?#]|$)", re.ASCII)


def read_leads(account: Account) -> None:
    """Deals of all pages of leads; the account knows its contacts from here on."""
    _clients(account)
    captions = _captions_of_leads(account)
    lives: dict[str, tuple[datetime, datetime | None]] = {}
    for item in account.records.of("leads"):
        found, created = ident(item.data.get("id")), account.clock.moment(item.data.get("created_at"))
        if item.data.get("is_deleted") is True:
            account.rows.reject("deals", item, _("this deal was deleted in the CRM and was left out"))
        elif found is None or created is None:
            account.rows.reject("deals", item, _("this deal has no number or no time of creation and was left out"))
        else:
            closed = account.moment(item, "closed_at")
            lives[found] = created, closed
            clients = _clients_of(item.data)
            _link(account, clients, found, created, closed)
            account.rows.put("deals", item, captions | _deal(account, item, found, created, closed, clients))
    _links_of_contacts(account, lives)


def _deal(
    account: Account, item: Item, found: str, created: datetime, closed: datetime | None, clients: list[Client_id]
) -> dict[str, Any]:
    data, embedded = item.data, mapping(item.data.get("_embedded"))
    stage = account.stage(data.get("status_id"), data.get("pipeline_id"), item)
    known = [account.contacts.clients.get(client, Client()) for client in clients[:1]] or [Client()]
    row: dict[str, Any] = {
        "id": found,
        "entity": "deal",
        "title": text(data.get("name")),
        "pipeline": stage.pipeline,
        "stage": stage.name,
        "manager": account.users.of(data.get("responsible_user_id"), item),
        "created": created,
        "closed": closed,
        "changed": account.clock.moment(data.get("updated_at")),
        "outcome": stage.outcome,
        "amount": account.rows.read(item, data, "price", number),
        "tags": joined([text(tag.get("name")) for tag in objects(embedded.get("tags"))]),
        "link": _link_of(item, found),
    }
    if "loss_reason_id" in data or "loss_reason" in embedded:
        row["reason"] = _reason(account, data, embedded)
    if clients or account.records.of("contacts"):
        row |= {"contact": known[0].name, "phone": known[0].phone, "email": known[0].email}
    if source := text(mapping(embedded.get("source")).get("name")):
        row["source"] = source
    return row | _fields(account, data)


def _fields(account: Account, data: Json) -> dict[str, str | None]:
    fields = {}
    for entry in objects(data.get("custom_fields_values")):
        caption = text(entry.get("field_name")) or account.captions.known.get(ident(entry.get("field_id")) or "")
        if caption:
            fields[FIELD + caption] = values_of(account, entry)
    return fields


def _captions_of_leads(account: Account) -> dict[str, None]:
    """Every field of leads that a page of fields names is a column, though no deal fills it."""
    pages = (item for item in account.records.of("custom_fields") if "/contacts/" not in item.address)
    names = (text(item.data.get("name")) for item in pages if "/companies/" not in item.address)
    return {FIELD + name: None for name in names if name}


def _reason(account: Account, data: Json, embedded: Json) -> str | None:
    """Why the deal was lost: in the lead itself, else by its number in the page of reasons."""
    named = text(mapping(embedded.get("loss_reason")).get("name"))
    wanted = ident(data.get("loss_reason_id"))
    reasons = {ident(item.data.get("id")): text(item.data.get("name")) for item in account.records.of("loss_reasons")}
    return named or (reasons.get(wanted) or wanted if wanted else None)


def _link_of(item: Item, found: str) -> str | None:
    host = _HOST.match(item.address)
    return f"https://{host[1]}/leads/detail/{found}" if host else None


def _clients_of(data: Json) -> list[Client_id]:
    """The lead's contacts, the main one first, then its companies."""
    embedded = mapping(data.get("_embedded"))
    contacts = sorted(objects(embedded.get("contacts")), key=lambda contact: contact.get("is_main") is not True)
    pairs = [("contact", ident(contact.get("id"))) for contact in contacts]
    pairs += [("company", ident(company.get("id"))) for company in objects(embedded.get("companies"))]
    return [(sort, found) for sort, found in pairs if found]


def _link(account: Account, clients: list[Client_id], deal: str, created: datetime, closed: datetime | None) -> None:
    for client in clients:
        account.contacts.link(client, "deal", deal, created, closed)


def _links_of_contacts(account: Account, lives: dict[str, tuple[datetime, datetime | None]]) -> None:
    """Links that only the pages of contacts and companies tell."""
    for kind, sort in (("contacts", "contact"), ("companies", "company")):
        for item in account.records.of(kind):
            found = ident(item.data.get("id"))
            for lead in objects(mapping(item.data.get("_embedded")).get("leads")):
                deal = ident(lead.get("id"))
                if found and deal in lives:
                    account.contacts.link((sort, found), "deal", deal, *lives[deal])


def _clients(account: Account) -> None:
    for kind, sort in (("contacts", "contact"), ("companies", "company")):
        for item in account.records.of(kind):
            if found := ident(item.data.get("id")):
                account.contacts.clients[sort, found] = _client(item.data)


def _client(data: Json) -> Client:
    values = {
        text(entry.get("field_code")): mapping(entry.get("values")).get("value")
        for entry in reversed(objects(data.get("custom_fields_values")))
    }
    name = text(data.get("name")) or joined([text(data.get("first_name")), text(data.get("last_name"))], " ")
    return Client(name, phone(values.get("PHONE")), text(values.get("EMAIL")))
