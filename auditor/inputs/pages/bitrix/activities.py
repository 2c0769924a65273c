"""crm.activity.list → letters, messages, forms, planned contacts, and the calls that no telephony page tells."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from auditor.i18n import _
from auditor.inputs.pages.bitrix.calls import direction_of, missed
from auditor.inputs.pages.bitrix.portal import OWNERS, Portal
from auditor.inputs.pages.contacts import Owner
from auditor.inputs.pages.source import Item
from auditor.inputs.pages.values import ident, joined, objects, text

PROVIDERS = {
    "VOXIMPLANT_CALL": "call", "CALL_TRACKER": "call", "CRM_CALL": "planned call", "CRM_MEETING": "meeting",
    "CRM_TASKS_TASK": "task", "TASKS": "task", "CRM_TODO": "todo", "CRM_EMAIL": "email", "CRM_SMS": "sms",
    "IMOPENLINES_SESSION": "message", "CRM_NOTIFICATION": "message", "NOTIFICATION": "message",
    "CRM_WEBFORM": "form",
}  # fmt: skip
TYPES = {"1": "meeting", "2": "planned call", "3": "task", "4": "email"}
KINDS = {"planned call": "звонок", "meeting": "встреча"}


def sort_of(provider: str | None, type_id: str | None) -> str | None:
    """What an activity is, by its PROVIDER_ID, else by its TYPE_ID; None: nothing that a clause asks for."""
    return PROVIDERS.get(provider or "") or TYPES.get(type_id or "")


NONE_OF_OURS = ("CRM_DELIVERY", "CRM_ORDER", "CRM_PAYMENT", "CRM_SIGN", "CRM_DOCUMENT", "CRM_REPEAT", "STORE_")
"""Providers of activities that no clause asks for begin so: deliveries, orders, receipts, signatures."""


def is_none_of_ours(provider: str) -> bool:
    """Whether these activities are known to be nothing that a clause asks for."""
    return provider.startswith(NONE_OF_OURS)


def _told(item: Item, sort: str) -> dict[str, str | None]:
    """Kind and direction of an activity without a time."""
    kind = "task" if sort in ("meeting", "task", "todo") else "call" if sort == "planned call" else sort
    return {"kind": kind, "direction": direction_of(item)}


def task_of(item: Item) -> str | None:
    """The number of the task that an activity stands for."""
    sort = sort_of(text(item.data.get("PROVIDER_ID")), text(item.data.get("TYPE_ID")))
    return ident(item.data.get("ASSOCIATED_ENTITY_ID")) if sort == "task" else None


class Activities:
    """The rows of one portal's activities."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal

    def read(self, told: set[str]) -> None:
        """Rows of all activities but those in `told`, which other pages tell better."""
        for item in self.portal.records.of("activities"):
            if ident(item.data.get("ID")) in told:
                self.portal.rows.join("activities", item)
            else:
                self._one(item)

    def _one(self, item: Item) -> None:
        provider = text(item.data.get("PROVIDER_ID"))
        sort = sort_of(provider, text(item.data.get("TYPE_ID")))
        if sort is None:
            return self._strange(item, provider)
        moment = self._when(item, "CREATED", "START_TIME")
        if moment is None:
            what = _("this activity has no time and was left out")
            return self.portal.rows.reject("activities", item, what, **self._known(item), **_told(item, sort))
        owner = self.portal.owner(text(item.data.get("OWNER_TYPE_ID")), ident(item.data.get("OWNER_ID")), moment)
        if owner is None:
            return self._no_owner(item, sort)
        rows = _ROWS.get(sort, Activities._letter)
        return rows(self, item, owner, sort)

    def _no_owner(self, item: Item, sort: str) -> None:
        """An activity of an order or a quote is none of ours; one that does not say whose it is is lost."""
        owner_type = text(item.data.get("OWNER_TYPE_ID"))
        if owner_type and owner_type not in OWNERS:
            what = _("activities of owners of type {type} belong to no deal and were left out")
            return self.portal.rows.leave("activities", item, what.format(type=owner_type))
        what = _("this activity does not say whose it is, a deal's or a contact's; it was left out")
        return self.portal.rows.reject("activities", item, what, **self._known(item), **_told(item, sort))

    def _strange(self, item: Item, provider: str | None) -> None:
        """Kinds of activity that are not read are named once each; one that is not known may be any."""
        name = provider or text(item.data.get("TYPE_ID")) or "?"
        if not is_none_of_ours(name):
            time = self._when(item, "START_TIME", "CREATED")
            self.portal.rows.miss("activities", item, **self._known(item), direction=direction_of(item), time=time)
        self.portal.rows.leave("activities", item, _("activities of kind {kind} are not read").format(kind=name))

    def _known(self, item: Item) -> dict[str, str | None]:
        return self.portal.named(text(item.data.get("OWNER_TYPE_ID")), ident(item.data.get("OWNER_ID")))

    def _call(self, item: Item, owner: Owner, sort: str) -> None:
        """A call that really took place; only the telephony's pages tell how it ended."""
        self._put(
            item, owner, type="call", time=self._when(item, "START_TIME", "CREATED"), direction=direction_of(item),
            outcome=missed(item), author=self._user(item, "RESPONSIBLE_ID"),
        )  # fmt: skip

    def _planned_call(self, item: Item, owner: Owner, sort: str) -> None:
        """A call planned by hand is a task; done, it is a call too, not later than the activity was last changed."""
        created, planned = self._when(item, "CREATED", "START_TIME"), self._when(item, "DEADLINE", "START_TIME")
        done = text(item.data.get("COMPLETED")) == "Y"
        if not done or (created and planned and planned > created):
            self._task(item, owner, sort)
        if done:
            moments = [when for when in (planned or created, self._when(item, "LAST_UPDATED")) if when]
            self._put(
                item, owner, type="call", time=min(moments), direction=direction_of(item), outcome=None,
                author=self._user(item, "RESPONSIBLE_ID"),
            )  # fmt: skip

    def _task(self, item: Item, owner: Owner, sort: str) -> None:
        done = text(item.data.get("COMPLETED")) == "Y"
        self._put(
            item, owner, type="task", time=self._when(item, "CREATED", "START_TIME"),
            due=self._when(item, "DEADLINE", "START_TIME"), done=done, task_id=self._task_id(item, sort),
            kind=KINDS.get(sort, "другое"), text=text(item.data.get("SUBJECT")),
            author=self._user(item, "AUTHOR_ID"), addressee=self._user(item, "RESPONSIBLE_ID"),
        )  # fmt: skip

    def _letter(self, item: Item, owner: Owner, sort: str) -> None:
        """A letter, message, SMS or form; what comes in has no author among the employees."""
        direction = "in" if sort == "form" else direction_of(item)
        author = None if direction == "in" else self._user(item, "AUTHOR_ID")
        more = {"name": _files(item)} if sort == "email" and "FILES" in item.data else {}
        if sort == "message":
            more["channel"] = text(item.data.get("PROVIDER_TYPE_ID"))
        self._put(
            item, owner, type=sort, time=self._when(item, "START_TIME", "CREATED"), direction=direction,
            text=text(item.data.get("SUBJECT")), author=author, **more,
        )  # fmt: skip

    def _put(self, item: Item, owner: Owner, **row: Any) -> None:
        self.portal.rows.put("activities", item, owner.columns() | row)

    def _user(self, item: Item, name: str) -> str | None:
        return self.portal.users.of(item.data.get(name), item)

    def _when(self, item: Item, *names: str) -> datetime | None:
        """The first of these moments that the activity has; Bitrix24 writes none as the year 9999."""
        moments = (self.portal.moment(item, name) for name in names)
        return next((moment for moment in moments if moment), None)

    def _task_id(self, item: Item, sort: str) -> str:
        own = ident(item.data.get("ASSOCIATED_ENTITY_ID")) if sort == "task" else None
        return own or f"activity {ident(item.data.get('ID')) or item.number}"


def _files(item: Item) -> str | None:
    return joined([text(file.get("name")) or text(file.get("id")) for file in objects(item.data.get("FILES"))])


_ROWS: dict[str, Callable[[Activities, Item, Owner, str], None]] = {
    "call": Activities._call,
    "planned call": Activities._planned_call,
    "meeting": Activities._task,
    "task": Activities._task,
    "todo": Activities._task,
}
