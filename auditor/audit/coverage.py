"""Whether a clause can be checked with this data, and what is missing otherwise."""

from collections.abc import Sequence

from auditor.audit.result import Coverage, Status
from auditor.i18n import _, clause_text
from auditor.log import Log
from auditor.patterns.core.needs import Stream
from auditor.rules import Clause, Regulation
from auditor.terms import stream_words


def coverage_of(clause: Clause, log: Log) -> Coverage:
    """Checked, or not checked because the exports lack something."""
    needs = clause.needs
    missing = [need for need in needs if not need.is_there(log)]
    said = tuple(need.words() for need in needs)
    if missing:
        lacking = tuple(need.words() for need in missing)
        why = _("needs {what}").format(what=", ".join(lacking))
        return Coverage(clause.code, Status.NOT_CHECKED, why, said, lacking, tuple(need.source for need in missing))
    return Coverage(clause.code, Status.CHECKED, _caveat(clause, log), said)


def _caveat(clause: Clause, log: Log) -> str:
    """What the exports lack though the clause is checked: streams that another one stands in for, that nobody uses, and
    what could excuse."""
    absent = {name for need in clause.needs if isinstance(need, Stream) for name in need.absent(log)}
    parts = []
    if absent:
        streams = ", ".join(map(stream_words, sorted(absent)))
        parts.append(_("not exported: {streams} — what only they could show is unknown").format(streams=streams))
    looked_at = (*clause.needs, *clause.excuses)
    unused = {name for need in looked_at if isinstance(need, Stream) for name in need.unused(log)}
    if unused:
        text = _("not one in the whole export, taken as not used: {streams}")
        parts.append(text.format(streams=", ".join(map(stream_words, sorted(unused)))))
    parts.append(unseen_excuses(clause, log))
    return "; ".join(filter(None, parts))


def unseen_excuses(clause: Clause, log: Log) -> str:
    """What could excuse and is not exported, in words; empty where there is nothing of the kind."""
    hidden = [words for need in clause.excuses for words in need.lacking(log)]
    if not hidden:
        return ""
    return _("not exported, though it could excuse: {what}").format(what=", ".join(dict.fromkeys(hidden)))


def by_hand(regulations: Sequence[Regulation]) -> list[Coverage]:
    return [
        Coverage(
            regulation.code,
            Status.BY_HAND,
            f"{rule.where}: {clause_text(regulation.code, rule.text)} — {clause_text(regulation.code, rule.why)}",
        )
        for regulation in regulations
        for rule in regulation.by_hand
    ]
