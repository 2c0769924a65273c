"""amoCRM's tasks, with the events that moved, completed and deleted them."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from auditor.i18n import _
from auditor.inputs.pages.amo.account import Account
from auditor.inputs.pages.amo.events import when
from auditor.inputs.pages.source import Item
from auditor.inputs.pages.values import ident, mapping, text

KINDS = {"1": "звонок", "2": "встреча", "3": "письмо"}
"""amoCRM's own types of tasks; «Связаться» is a call. Those of the company keep their names."""

ROWS = ("task_deadline_changed", "task_deleted")
"""Events that have a row of their own."""
Moved = list[tuple[datetime, Item]]


def read_tasks(account: Account) -> None:
    """A row per task with its first due, and one per move or deletion."""
    events = _events(account)
    own = {}
    for item in account.records.of("tasks"):
        if number := ident(item.data.get("id")):
            own[number] = item
        else:
            _lose(account, item, _("this task has no number and was left out"))
    types = {ident(i.data.get("id")): text(i.data.get("name")) for i in account.records.of("task_types")}
    for number, item in own.items():
        _task(account, item, number, events.get(number, {}), types)
    for number, by_kind in events.items():
        if number not in own:
            _strangers(account, number, by_kind)


def _events(account: Account) -> dict[str, dict[str, Moved]]:
    """Events of tasks in order of time, by task and type."""
    found: dict[str, dict[str, Moved]] = defaultdict(lambda: defaultdict(list))
    for item in account.records.of("events"):
        kind, number = text(item.data.get("type")) or "", ident(item.data.get("entity_id"))
        if kind.startswith("task_") and text(item.data.get("entity_type")) in ("task", "tasks"):
            if number is None:
                account.rows.reject("activities", item, _("this event does not say which task it is of"))
                continue
            moment = when(account, item)
            if moment is None:
                account.rows.reject("activities", item, _("this event has no time and was left out"))
            else:
                found[number][kind].append((moment, item))
    for by_kind in found.values():
        for moments in by_kind.values():
            moments.sort(key=lambda pair: pair[0])
    return found


def _task(
    account: Account, item: Item, number: str, events: dict[str, Moved], types: dict[str | None, str | None]
) -> None:
    data = item.data
    created = account.clock.moment(data.get("created_at"))
    if created is None:
        _join(account, events, ())
        return _lose(account, item, _("this task has no time of creation and was left out"))
    owner = account.owner(text(data.get("entity_type")), ident(data.get("entity_id")), created)
    if owner is None:
        _join(account, events, ())
        return account.no_owner(item, kind="task")
    moves = events.get("task_deadline_changed", [])
    sort = ident(data.get("task_type_id")) or ""
    common = {
        **owner.columns(),
        "task_id": number,
        "addressee": account.users.of(data.get("responsible_user_id"), item),
        "text": text(data.get("text")),
        "kind": types.get(sort) or KINDS.get(sort, "другое"),
    }
    _join(account, events, ROWS)
    done = data.get("is_completed") is True
    completions = events.get("task_completed", [])
    account.rows.put("activities", item, common | {
        "time": created,
        "type": "task",
        "author": account.users.of(data.get("created_by"), item),
        "due": _due(account, moves[0][1], "value_before") if moves else account.moment(item, "complete_till"),
        "completed": completions[-1][0] if completions and (done or "is_completed" not in data) else None,
        "done": done or bool(completions and "is_completed" not in data),
        "result": text(mapping(data.get("result")).get("text")),
    })  # fmt: skip
    _later(account, common, events)
    return None


def _lose(account: Account, item: Item, what: str) -> None:
    whose = account.named(text(item.data.get("entity_type")), ident(item.data.get("entity_id")))
    account.rows.reject("activities", item, what, **whose, kind="task")


def _later(account: Account, common: dict[str, Any], events: dict[str, Moved]) -> None:
    """Rows of the moves and of the deletion of a task."""
    for moment, item in events.get("task_deadline_changed", []):
        due = _due(account, item, "value_after")
        row = {
            "time": moment,
            "type": "task_moved",
            "author": account.users.of(item.data.get("created_by"), item),
            "due": due,
        }
        account.rows.put("activities", item, common | row)
    for moment, item in events.get("task_deleted", []):
        row = {"time": moment, "type": "task_deleted", "author": account.users.of(item.data.get("created_by"), item)}
        account.rows.put("activities", item, common | row)


def _join(account: Account, events: dict[str, Moved], but: tuple[str, ...]) -> None:
    """Count the events with their task, but for these kinds."""
    for kind, moments in events.items():
        for _moment, item in moments if kind not in but else ():
            account.rows.join("activities", item)


def _due(account: Account, item: Item, side: str) -> datetime | None:
    return account.clock.moment(mapping(mapping(item.data.get(side)).get("task_deadline")).get("timestamp"))


def _strangers(account: Account, number: str, events: dict[str, Moved]) -> None:
    """Events of a task that is on no saved page: nobody knows whose it was."""
    pairs = sorted((pair for moments in events.values() for pair in moments), key=lambda pair: pair[0])
    for _moment, item in pairs[1:]:
        account.rows.join("activities", item)
    account.rows.reject(
        "activities", pairs[0][1],
        _("task {id} is on no saved page, so what was done with it cannot be "
"attached: save the pages of tasks (api/v4/tasks)").format(id=number),
    )  # fmt: skip
