"""amoCRM's notes → calls, letters, comments, files; the event of a note fills in what the note leaves open."""

import re
from datetime import datetime
from typing import Any

from auditor.i18n import _
from auditor.inputs.pages.amo.account import Account
from auditor.inputs.pages.contacts import Owner
from auditor.inputs.pages.source import Item
from auditor.inputs.pages.values import Json, ident, joined, mapping, number, phone, text

SORTS: dict[str, tuple[str, str | None]] = {
    "call_in": ("call", "in"), "call_out": ("call", "out"), "sms_in": ("sms", "in"), "sms_out": ("sms", "out"),
    "common": ("comment", None), "attachment": ("file", None), "amomail_message": ("email", None),
    "invoice_paid": ("payment", None),
}  # fmt: skip
NONE_OF_OURS = ("service_message", "extended_service_message", "message_cashier", "geolocation", "site_visit")
"""Notes that no clause asks for."""


def read_notes(account: Account, events: dict[str, Item]) -> set[str]:
    """Rows of all notes; returns the numbers of those that gave one. `events`: by number of the note."""
    told = set()
    for item in account.records.of("notes"):
        sort = SORTS.get(text(item.data.get("note_type")) or "")
        if sort is None:
            _strange(account, item)
        else:
            found = ident(item.data.get("id")) or ""
            told.add(found)
            _note(account, item, events.get(found), *sort)
    return told


def _strange(account: Account, item: Item) -> None:
    """Kinds of note that are not read are named once each; one that amoCRM did not have yet may be any act."""
    kind = text(item.data.get("note_type")) or "?"
    account.rows.leave("activities", item, _("notes of kind {kind} are not read").format(kind=kind))
    if kind not in NONE_OF_OURS:
        account.rows.miss(
            "activities", item, **_whose(account, item), time=account.clock.moment(item.data.get("created_at"))
        )


def _whose(account: Account, item: Item) -> dict[str, str | None]:
    sort = text(item.data.get("entity_type")) or _sort_of(item.address)
    return account.named(sort, ident(item.data.get("entity_id")))


def _note(account: Account, item: Item, event: Item | None, sort: str, direction: str | None) -> None:
    moment = account.clock.moment(item.data.get("created_at"))
    if moment is None:
        what = _("this note has no time and was left out")
        return account.rows.reject("activities", item, what, **_whose(account, item), kind=sort, direction=direction)
    owner = _owner(account, item, event, moment)
    if owner is None:
        return account.rows.reject(
            "activities", item, _("this note does not say whose it is, a deal's or a "
"contact's: save the page of events beside it")
        )  # fmt: skip
    params = mapping(item.data.get("params"))
    row: dict[str, Any] = {
        **owner.columns(),
        "time": moment,
        "type": sort,
        "direction": direction,
        "author": _author(account, item, event),
    }
    return account.rows.put("activities", item, row | _DETAILS.get(sort, _said)(account, item, params))


def _owner(account: Account, item: Item, event: Item | None, moment: datetime) -> Owner | None:
    """By the note's own address, else by its event, else by which page knows its number."""
    number = ident(item.data.get("entity_id"))
    sort = text(item.data.get("entity_type")) or _sort_of(item.address)
    if sort is None and event is not None:
        sort, number = text(event.data.get("entity_type")), ident(event.data.get("entity_id"))
    if sort is None and number is not None:
        known = [
            name
            for name, has in (
                ("lead", number in account.deals),
                ("contact", ("contact", number) in account.contacts.clients),
            )
            if has
        ]
        sort = known[0] if len(known) == 1 else None
    return account.owner(sort, number, moment)


def _sort_of(address: str) -> str | None:
    found = re.search(r"/(leads|contacts|companies)/(?:\d+/)?notes", address)
    return found[1] if found else None


def _author(account: Account, item: Item, event: Item | None) -> str | None:
    """Who made the call, where the note says it; else who wrote the note."""
    caller = mapping(item.data.get("params")).get("call_responsible")
    if isinstance(caller, str) and not caller.strip().isdigit():
        return text(caller)
    written = item.data if event is None or ident(item.data.get("created_by")) else event.data
    return account.users.of(ident(caller) or written.get("created_by"), item)


def _call(account: Account, item: Item, params: Json) -> dict[str, Any]:
    details = {
        "outcome": account.outcomes.of(ident(params.get("call_status")), item),
        "duration": account.rows.read(item, params, "duration", number),
        "recording": text(params.get("link")),
    }
    return details | ({"phone": phone(params["phone"])} if phone(params.get("phone")) else {})


def _letter(account: Account, item: Item, params: Json) -> dict[str, Any]:
    income = params.get("income")
    direction = "in" if income in (True, 1, "1") else "out"
    attached = number(params.get("attach_cnt"))
    name = {"name": text(params.get("subject")) or "1" if attached else None} if "attach_cnt" in params else {}
    return {"direction": direction, "text": text(params.get("subject")), **name}


def _file(account: Account, item: Item, params: Json) -> dict[str, Any]:
    names = [text(params.get(name)) for name in ("original_name", "file_name", "attachment", "text")]
    return {"name": next((name for name in names if name), None)}


def _paid(account: Account, item: Item, params: Json) -> dict[str, Any]:
    return {"text": text(params.get("text")), "amount": account.rows.read(item, params, "amount", number)}


def _said(account: Account, item: Item, params: Json) -> dict[str, Any]:
    pinned = {"pinned": item.data.get("is_pinned") is True} if "is_pinned" in item.data else {}
    return {"text": joined([text(params.get("text"))]), **pinned}


_DETAILS = {"call": _call, "email": _letter, "file": _file, "payment": _paid}
