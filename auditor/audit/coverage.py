"""Whether a clause can be checked with this data, and what is missing otherwise."""

from collections.abc import Sequence

from auditor.audit.result import Coverage, Status
from auditor.i18n import _
from auditor.log import Log
from auditor.patterns.core.needs import Need
from auditor.rules import Clause, Regulation


def coverage_of(clause: Clause, log: Log) -> Coverage:
    """Checked, or not checked because the exports lack something."""
    needs = clause.duty.needs
    missing = [need for need in needs if not need.is_there(log)]
    said = tuple(need_words(need) for need in needs)
    if missing:
        lacking = tuple(need_words(need) for need in missing)
        why = _("needs {what}").format(what=", ".join(lacking))
        return Coverage(clause.code, Status.NOT_CHECKED, why, said, lacking)
    return Coverage(clause.code, Status.CHECKED, _caveat(clause, log), said)


def _caveat(clause: Clause, log: Log) -> str:
    """What the exports lack though the clause is checked: streams that another one stands in for, and what could
    excuse."""
    streams = sorted(s for need in clause.duty.needs if need.sort == "stream" for s in need.names)
    unseen = [stream_words(name) for name in dict.fromkeys(streams) if name not in log.facts.streams]
    parts = []
    if unseen:
        parts.append(
            _("not exported: {streams} — what only they could show is unknown").format(streams=", ".join(unseen))
        )
    hidden = [words for need in _excuses(clause) for words in _hidden(need, log)]
    if hidden:
        text = _("not exported, though it could excuse: {what}")
        parts.append(text.format(what=", ".join(dict.fromkeys(hidden))))
    return "; ".join(parts)


def _excuses(clause: Clause) -> tuple[Need, ...]:
    return (*clause.duty.excuses, *(clause.excused_by.needs if clause.excused_by is not None else ()))


def _hidden(need: Need, log: Log) -> list[str]:
    """What the exports lack of an excuse; of a choice of streams each that is missing, since each could have
    excused."""
    if need.sort != "stream":
        return [] if need.is_there(log) else [need_words(need)]
    return [stream_words(name) for name in need.names if name not in log.facts.streams]


def by_hand(regulations: Sequence[Regulation]) -> list[Coverage]:
    return [
        Coverage(regulation.code, Status.BY_HAND, f"{rule.where}: {rule.text} — {rule.why}")
        for regulation in regulations
        for rule in regulation.by_hand
    ]


def need_words(need: Need) -> str:
    """A need in the user's language."""
    if need.sort == "either":
        return _(" or ").join(" + ".join(need_words(each) for each in option) for option in need.options)
    if need.sort == "people":
        return _("the table of people with their roles")
    if need.sort == "column":
        return {
            "outcome": _("whether calls were answered (outcome or duration)"),
            "result": _("the results of tasks"),
            "opened": _("when letters were opened"),
            "pinned": _("which comments are pinned"),
            "channel": _("names of chats"),
            "name": _("names of files"),
            "author": _("authors of activities"),
            "addressee": _("addressees of activities"),
            "text": _("texts of activities"),
            "due": _("due dates of tasks"),
            "kind": _("kinds or texts of tasks"),
        }[need.names[0]]
    if need.sort == "attachment":
        return _("the field «{name}» or files").format(name=need.names[0])
    if need.sort == "field":
        return _("the field {names}").format(names=_(" or ").join(f"«{name}»" for name in need.names))
    return _(" or ").join(stream_words(name) for name in need.names)


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
        "sms out": _("outgoing SMS"),
        "sms in": _("incoming SMS"),
        "email": _("e-mails"),
        "email out": _("outgoing e-mails"),
        "email in": _("incoming e-mails"),
        "form": _("forms"),
        "chat": _("internal chats"),
        "invite": _("invitations"),
        "task": _("tasks"),
        "task_moved": _("moved tasks"),
        "task_deleted": _("deleted tasks"),
        "comment": _("comments"),
        "file": _("files"),
        "document": _("documents"),
        "invoice": _("invoices"),
        "payment": _("payments"),
        "claim": _("claims"),
    }.get(name, name)
