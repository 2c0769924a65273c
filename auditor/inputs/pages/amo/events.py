"""amoCRM's events → history, and the activities that no note or task tells better."""

import re
from datetime import datetime

from auditor.i18n import _
from auditor.inputs.pages.amo.account import Account
from auditor.inputs.pages.source import Item
from auditor.inputs.pages.values import Json, ident, joined, mapping, objects, text

FIELD_CHANGED = re.compile(r"custom_field_(?:(\d+)_)?value_changed")
ACTIVITIES = {
    "incoming_call": ("call", "in"),
    "outgoing_call": ("call", "out"),
    "incoming_chat_message": ("message", "in"),
    "outgoing_chat_message": ("message", "out"),
    "robot_replied": ("message", "out"),
    "entity_direct_message": ("chat", None),
    "incoming_sms": ("sms", "in"),
    "outgoing_sms": ("sms", "out"),
    "common_note_added": ("comment", None),
    "attachment_note_added": ("file", None),
}
"""Type and direction of the activities that events tell."""
NONE_OF_OURS = re.compile(
    r"(?:lead|contact|company|customer|entity)_\w+|(?:name|ltv)_field_changed|common_note_deleted|nps_rate_added"
    r"|link_followed|transaction_added|intent_identified|key_action_completed|(?:talk|conversation)_\w+"
    r"|(?:targeting_in|targeting_out|geo|service|site_visit|message_to_cashier)_note_added"
)
"""Events that no clause asks for: links, tags, merges, purchases, visits, talks."""
OWN_FIELDS = {
    "sale_field_changed": ("Бюджет", "sale_field_value", "sale"),
    "name_field_changed": ("Название", "name_field_value", "name"),
}


def note_of(data: Json) -> str | None:
    """The number of the note that an event stands for."""
    return ident(mapping(mapping(data.get("value_after")).get("note")).get("id"))


def read_events(account: Account, noted: set[str]) -> None:
    """History and activities; events of the notes in `noted` are told by those."""
    for item in account.records.of("events"):
        kind = text(item.data.get("type")) or ""
        sort = text(item.data.get("entity_type"))
        if kind in ACTIVITIES:
            if note_of(item.data) in noted:
                account.rows.join("activities", item)
            else:
                _activity(account, item, kind)
        elif sort in ("lead", "leads"):
            _history(account, item, kind)
        elif sort is None:
            account.rows.reject("history", item, _("this event does not say whose it is and was left out"))
        elif not (kind.startswith("task_") and sort in ("task", "tasks")):
            what = _("events of {sort} are no events of deals and were left out")
            account.rows.leave("history", item, what.format(sort=sort))


def _whose(account: Account, item: Item) -> dict[str, str | None]:
    return account.named(text(item.data.get("entity_type")), ident(item.data.get("entity_id")))


def when(account: Account, item: Item) -> datetime | None:
    return account.clock.moment(item.data.get("created_at"))


def _activity(account: Account, item: Item, kind: str) -> None:
    moment = when(account, item)
    if moment is None:
        sort, direction = ACTIVITIES[kind]
        what = _("this event has no time and was left out")
        return account.rows.reject("activities", item, what, **_whose(account, item), kind=sort, direction=direction)
    sort, direction = ACTIVITIES[kind]
    owner = account.owner(text(item.data.get("entity_type")), ident(item.data.get("entity_id")), moment)
    if owner is None:
        return account.no_owner(item, kind=sort, direction=direction)
    message = mapping(mapping(item.data.get("value_after")).get("message"))
    return account.rows.add(
        "activities", item, **owner.columns(), time=moment, type=sort, direction=direction,
        channel=text(message.get("origin")) if sort == "message" else None,
        author=account.users.of(item.data.get("created_by"), item),
    )  # fmt: skip


def _history(account: Account, item: Item, kind: str) -> None:
    if kind == "lead_added":
        return _row(account, item, "created")
    if kind == "lead_status_changed":
        return _stage(account, item)
    if kind == "entity_responsible_changed":
        before, after = (
            account.users.of(mapping(mapping(side).get("responsible_user")).get("id"), item) for side in _sides(item)
        )
        return _row(account, item, "responsible", before=before, after=after)
    if kind in OWN_FIELDS:
        caption, holder, name = OWN_FIELDS[kind]
        before, after = (text(mapping(mapping(side).get(holder)).get(name)) for side in _sides(item))
        return _row(account, item, "field", field=caption, before=before, after=after)
    if changed := FIELD_CHANGED.fullmatch(kind):
        return _field(account, item, changed[1])
    return _strange(account, item, kind)


def _strange(account: Account, item: Item, kind: str) -> None:
    """Kinds of event that are not read are named once each; one that amoCRM did not have yet may be any act."""
    account.rows.leave("history", item, _("events of kind {kind} are not read").format(kind=kind or "?"))
    if not NONE_OF_OURS.fullmatch(kind):
        account.rows.miss("activities", item, **_whose(account, item), time=when(account, item))


def _sides(item: Item) -> tuple[object, object]:
    return item.data.get("value_before"), item.data.get("value_after")


def _stage(account: Account, item: Item) -> None:
    """A move, and the closing where it ends the deal, whatever the company calls that stage."""
    before, after = (mapping(mapping(side).get("lead_status")) for side in _sides(item))
    source = account.stage(before.get("id"), before.get("pipeline_id"), item)
    target = account.stage(after.get("id"), after.get("pipeline_id"), item)
    if target.name is None:
        what = _("this event does not say into which stage the deal moved")
        return account.rows.reject(
            "history", item, what, **_whose(account, item), kind="stage", time=when(account, item)
        )
    _row(
        account,
        item,
        "stage",
        before=source.name,
        after=target.name,
        pipeline=target.pipeline,
        pipeline_before=source.pipeline,
    )
    if target.outcome:
        _row(account, item, "closed", after=target.outcome)
    return None


def _field(account: Account, item: Item, number: str | None) -> None:
    entries = [[mapping(entry.get("custom_field_value")) for entry in objects(side)] for side in _sides(item)]
    field = number or next(
        (found for side in entries for entry in side if (found := ident(entry.get("field_id")))), None
    )
    caption = account.captions.of(field, item)
    if field is None or caption is None:
        what = _("this event does not say which field was changed")
        return account.rows.reject(
            "history", item, what, **_whose(account, item), kind="field", time=when(account, item)
        )
    sort = account.field_types.get(field)
    before, after = (
        joined([account.value(sort or text(entry.get("field_type")), entry.get("text")) for entry in side])
        for side in entries
    )
    return _row(account, item, "field", field=caption, before=before, after=after)


def _row(account: Account, item: Item, event: str, **values: str | None) -> None:
    moment, deal = when(account, item), ident(item.data.get("entity_id"))
    if moment is None or deal is None:
        what = _("this event has no time or no deal and was left out")
        return account.rows.reject(
            "history", item, what, deal=deal, entity="deal", kind=event, field=values.get("field"), time=moment
        )
    author = account.users.of(item.data.get("created_by"), item)
    return account.rows.add(
        "history", item, deal=deal, entity="deal", time=moment, event=event, author=author, **values
    )
