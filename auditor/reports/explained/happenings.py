"""What happened, in words: a line's name, its details, and what is odd about it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from auditor.audit.timeline import Happening
from auditor.i18n import _, quoted
from auditor.reports import words
from auditor.reports.amounts import amount, day, decimal, moment
from auditor.reports.captions import column
from auditor.spelling import capital

SAID = frozenset({"event", "text", "direction", "outcome", "duration", "task_id"})
"""Cells that the name of a line, or its first words, say already, or that tell people nothing."""
OF_MOVES = frozenset({"before", "after", "pipeline", "pipeline_before"})
SAID_BY_NAME = {
    "stage": OF_MOVES,
    "pipeline": OF_MOVES,
    "responsible": OF_MOVES,
    "field": OF_MOVES | {"field"},
    "closed": OF_MOVES,
    "unread": frozenset({"kind"}),
}
AS_KINDS = {"task": "task_set", "invite": "invited", "converted": "closed"}
"""What a row that could not be read calls itself, as the log's kinds."""


def name_of(happening: Happening) -> str:
    """«Исходящий звонок, без ответа», «Этап: «Замер» → «Преддоговор»»."""
    cells, kind = dict(happening.cells), happening.kind
    if kind == "unread":
        meant = str(cells.get("kind", ""))
        told = _named(AS_KINDS.get(meant, meant), str(cells.get("direction", ""))) or _("row of the exports")
        return _("Not read: {what}").format(what=told)
    if kind in _changes():
        name = cells.get("field") if kind == "field" else None
        changed = f"{_changes()[kind]} {quoted(str(name))}" if name else _changes()[kind]
        return f"{changed}: {_shown(cells.get('before'))} → {_shown(cells.get('after'))}"
    if kind == "closed":
        return ": ".join(
            part for part in (_("Closing"), words.outcome(str(cells.get("after") or cells.get("event")))) if part
        )
    return ", ".join(part for part in (_named(kind, happening.direction), _answer(happening), _lasted(cells)) if part)


def _named(kind: str, direction: str) -> str:
    """A kind by its name; empty for none."""
    names = _names()
    return names.get((kind, direction)) or names.get((kind, "")) or _changes().get(kind, "")


def _changes() -> Mapping[str, str]:
    return {
        "stage": _("Stage"),
        "pipeline": _("Pipeline"),
        "responsible": _("Responsible"),
        "field": _("Field"),
    }


def _shown(value: Any) -> str:
    return _("empty") if value is None else quoted(text_of(value))


def _names() -> Mapping[tuple[str, str], str]:
    return {
        ("created", ""): _("Creation"),
        ("closed", ""): _("Closing"),
        ("call", ""): _("Call of unknown direction"),
        ("call", "out"): _("Outgoing call"),
        ("call", "in"): _("Incoming call"),
        ("message", ""): _("Message of unknown direction"),
        ("message", "out"): _("Outgoing message"),
        ("message", "in"): _("Incoming message"),
        ("sms", ""): _("SMS of unknown direction"),
        ("sms", "out"): _("Outgoing SMS"),
        ("sms", "in"): _("Incoming SMS"),
        ("email", ""): _("E-mail of unknown direction"),
        ("email", "out"): _("Outgoing e-mail"),
        ("email", "in"): _("Incoming e-mail"),
        ("form", ""): _("Form filled in by the client"),
        ("chat", ""): _("Internal chat"),
        ("invited", ""): _("Invitation"),
        ("task_set", ""): _("Task set"),
        ("task_moved", ""): _("Task moved"),
        ("task_done", ""): _("Task done"),
        ("task_deleted", ""): _("Task deleted"),
        ("comment", ""): _("Comment"),
        ("file", ""): _("File"),
        ("document", ""): _("Document"),
        ("invoice", ""): _("Invoice"),
        ("payment", ""): _("Payment"),
        ("claim", ""): _("Claim"),
        ("opened", ""): _("E-mail opened by the client"),
        ("ledger", ""): _("Client ledger updated"),
    }


def _answer(happening: Happening) -> str:
    answers = {"answered": _("answered"), "unanswered": _("no answer"), "unknown": _("whether answered is not known")}
    return answers.get(happening.answer, "")


def _lasted(cells: Mapping[str, Any]) -> str:
    """The length of a call, if it had any."""
    seconds = cells.get("duration") or 0
    if not seconds:
        return ""
    return amount(seconds / 60, "minutes") if seconds >= 60 else _("{n} s").format(n=decimal(seconds))


def details_of(happening: Happening) -> str:
    """What else the row says: its text, then every other cell with its caption."""
    cells = dict(happening.cells)
    return "; ".join([*([text_of(cells["text"])] if "text" in cells else []), *_others(happening)])


def _others(happening: Happening) -> Iterator[str]:
    said = SAID | SAID_BY_NAME.get(happening.kind, frozenset())
    for name, value in happening.cells:
        if name not in said and value is not False:
            yield f"{column(name)}: {text_of(value)}"


def text_of(value: Any) -> str:
    """A cell as people write it."""
    if value is True:
        return _("yes")
    if isinstance(value, datetime):
        return moment(value) if value.time() != datetime.min.time() else day(value)
    return decimal(value) if isinstance(value, int | float) else str(value)


def remarks_on(happening: Happening) -> str:
    """What a judge of it must know: what is odd, and what is not known."""
    told = (
        (happening.day_only and happening.kind != "unread", _("the row tells the day alone")),
        (happening.timeless, _("done, nobody knows when")),
        (happening.early, _("before the creation, at which it counts")),
        (happening.maybe, _("perhaps the row above, told twice")),
        *((True, words.suspect(flag)) for flag in happening.suspect),
    )
    return capital("; ".join(words for holds, words in told if holds))
