"""tasks.task.list and crm.timeline.comment.list → tasks, comments, files."""

from collections import defaultdict
from datetime import datetime

from auditor.i18n import _
from auditor.inputs.pages.bitrix.activities import task_of
from auditor.inputs.pages.bitrix.portal import Portal
from auditor.inputs.pages.contacts import Owner
from auditor.inputs.pages.source import Item
from auditor.inputs.pages.values import ident, objects, text

DONE = frozenset({"4", "5"})
"""Statuses of a task that its addressee has done: waiting for approval, and completed."""
LETTERS = {"L": "lead", "D": "deal", "C": "contact", "CO": "company"}


def read_tasks(portal: Portal, activities: dict[str, Item]) -> set[str]:
    """A row per task and deal; returns the numbers of the activities that these tasks are."""
    standing: dict[str, dict[str, Item]] = defaultdict(dict)
    for number, item in activities.items():
        if task := task_of(item):
            standing[task][number] = item
    told: set[str] = set()
    for item in portal.records.of("tasks"):
        task = ident(item.data.get("id"))
        if task is None:
            portal.rows.reject("activities", item, _("this task has no number and was left out"))
            continue
        twins = standing.get(task, {})
        told |= set(twins)
        _task(portal, item, task, list(twins.values()))
    return told


def _task(portal: Portal, item: Item, number: str, twins: list[Item]) -> None:
    data = item.data
    created = portal.clock.moment(data.get("createdDate"))
    if created is None:
        what = _("this task has no time of creation and was left out")
        return portal.rows.reject("activities", item, what, **_known(portal, item, twins), kind="task")
    done = text(data.get("status")) in DONE
    owners = _owners(portal, item, twins, created)
    if not owners:
        portal.rows.leave("activities", item, _("tasks that belong to no deal, lead or contact were left out"))
    for owner in owners:
        portal.rows.add(
            "activities", item, **owner.columns(), time=created, type="task", task_id=number,
            text=text(data.get("title")), kind="другое", due=portal.moment(item, "deadline"),
            completed=portal.moment(item, "closedDate") if done else None, done=done,
            author=portal.users.of(data.get("createdBy"), item),
            addressee=portal.users.of(data.get("responsibleId"), item),
        )  # fmt: skip
    return None


def _known(portal: Portal, item: Item, twins: list[Item]) -> dict[str, str | None]:
    """The first deal or lead that a task names itself, or one of its activities."""
    named = item.data.get("ufCrmTask")
    pairs = [(text(name) or "").partition("_") for name in named] if isinstance(named, list) else []
    own = [portal.named(LETTERS.get(letter), ident(number)) for letter, _bar, number in pairs]
    theirs = [portal.named(text(twin.data.get("OWNER_TYPE_ID")), ident(twin.data.get("OWNER_ID"))) for twin in twins]
    return next((whose for whose in (*own, *theirs) if whose), {})


def _owners(portal: Portal, item: Item, twins: list[Item], moment: datetime) -> list[Owner]:
    """The deals that the task names itself (D_12), else those of its activities; a task of none is not a deal's."""
    named = item.data.get("ufCrmTask")
    pairs = [(text(name) or "").partition("_") for name in named] if isinstance(named, list) else []
    own = [portal.owner(LETTERS.get(letter), ident(number), moment) for letter, _bar, number in pairs]
    of_twins = [
        portal.owner(text(twin.data.get("OWNER_TYPE_ID")), ident(twin.data.get("OWNER_ID")), moment) for twin in twins
    ]
    return list(dict.fromkeys(owner for owner in own if owner) or dict.fromkeys(owner for owner in of_twins if owner))


def read_comments(portal: Portal) -> None:
    """A row per comment, and one per file that hangs on it."""
    for item in portal.records.of("comments"):
        moment = portal.clock.moment(item.data.get("CREATED"))
        sort, number = text(item.data.get("ENTITY_TYPE")), ident(item.data.get("ENTITY_ID"))
        owner = portal.owner(sort, number, moment) if moment else None
        if moment is None or owner is None:
            what = _(
                "this comment does not say when it was written or whose it is: ask for CREATED, ENTITY_ID and "
                "ENTITY_TYPE too"
            )
            portal.rows.reject("activities", item, what, **portal.named(sort, number), kind="comment", time=moment)
            continue
        common = owner.columns() | {"time": moment, "author": portal.users.of(item.data.get("AUTHOR_ID"), item)}
        written = text(item.data.get("COMMENT"))
        portal.rows.put("activities", item, common | {"type": "comment", "text": written})
        for file in objects(item.data.get("FILES")):
            name = text(file.get("name")) or text(file.get("id"))
            portal.rows.put("activities", item, common | {"type": "file", "name": name})
