"""The nouns that every layer shares: outcomes, stages, pipelines, roles."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import NamedTuple

from auditor.i18n import _


class Outcome(IntEnum):
    """How a deal or lead was closed; OPEN is an ordinary stage, UNTOLD a closing of which the record says no more."""

    OPEN = 0
    WON = 1
    LOST = 2
    CONVERTED = 3
    REJECTED = 4
    UNTOLD = 255


@dataclass(frozen=True)
class Stage:
    """A stage of a pipeline. An empty pipeline matches that stage in any pipeline."""

    name: str
    pipeline: str = ""
    aliases: tuple[str, ...] = ()

    def __or__(self, other: "Stage | tuple[Stage, ...]") -> "tuple[Stage, ...]":
        return (self, *(other if isinstance(other, tuple) else (other,)))


@dataclass(frozen=True)
class Pipeline:
    """A pipeline unpacks into its stages: `NEW, NO_ANSWER, FINISHING = LEADS`."""

    name: str
    stages: tuple[str, ...]
    aliases: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Stage]:
        return iter(Stage(name, self.name) for name in self.stages)


class Role(StrEnum):
    """Who answers for a duty, and who writes; words of the people table are matched by substring."""

    MANAGER = "manager"
    HEAD = "head"
    TECHNOLOGIST = "technologist"
    SECRETARY = "secretary"
    ENGINEER = "engineer"
    COMMUNICATIONS = "communications"
    DESIGNER = "designer"
    CONSTRUCTOR = "constructor"
    PRODUCTION_HEAD = "production_head"
    MASTER = "master"
    MEASURER = "measurer"
    ROBOT = "robot"


def role_words(role: str) -> str:
    """A role in the user's language."""
    names = {
        "manager": _("manager"),
        "head": _("head of sales"),
        "technologist": _("technologist"),
        "secretary": _("secretary"),
        "engineer": _("engineer"),
        "communications": _("communications manager"),
        "designer": _("designer"),
        "constructor": _("constructor"),
        "production_head": _("head of production"),
        "master": _("assembly master"),
        "measurer": _("measurer"),
        "robot": _("CRM robot"),
    }
    return names.get(role, role)


OPTIONAL_STREAMS = ("sms", "form")
"""Streams that a company need not have."""


def stream_words(name: str) -> str:
    """A stream in the user's language."""
    return {
        "stage": _("history of stages"),
        "pipeline": _("history of pipelines"),
        "responsible": _("history of the responsible"),
        "field": _("history of fields"),
        "created": _("creations"),
        "closed": _("closings"),
        "converted": _("conversions"),
        "ledger": _("the ledger"),
        "call": _("calls"),
        "call out": _("outgoing calls"),
        "call in": _("incoming calls"),
        "message": _("messages"),
        "message out": _("outgoing messages"),
        "message in": _("incoming messages"),
        "sms": _("SMS"),
        "email": _("e-mails"),
        "email out": _("outgoing e-mails"),
        "email in": _("incoming e-mails"),
        "form": _("forms"),
        "chat": _("internal chats"),
        "invite": _("invitations"),
        "task": _("tasks"),
        "task_moved": _("moved tasks"),
        "task_done": _("completions of tasks"),
        "task_deleted": _("deleted tasks"),
        "comment": _("comments"),
        "file": _("files"),
        "document": _("documents"),
        "invoice": _("invoices"),
        "payment": _("payments"),
        "claim": _("claims"),
    }.get(name, name)


class Checked(NamedTuple):
    """One line of a duty's checklist, in words: `what` was looked at, what was `needed` of it, what was `found`;
    `holds`: None where nobody knows."""

    what: str
    needed: str
    found: str
    holds: bool | None
