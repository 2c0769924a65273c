"""Words that the patterns' sentences share."""

from collections.abc import Callable

import numpy as np

from auditor.i18n import _, day_form, ngettext
from auditor.log.columns import Ints, moment
from auditor.log.kinds import NEVER
from auditor.log.log import Log
from auditor.patterns.duties import Doubt, Duties, How, Verdict
from auditor.patterns.pattern import Details


def time_words(second: "int | np.integer") -> str:
    """«01.03.2024 10:00», with seconds where there are any."""
    if second >= NEVER:
        return _("unknown")
    stamp = moment(second)
    return stamp.strftime(day_form() + (" %H:%M:%S" if stamp.second else " %H:%M"))


def date_words(second: "int | np.integer") -> str:
    return moment(second).strftime(day_form())


def moments_words(number: float) -> str:
    return ngettext("{n} time", "{n} times", int(number)).format(n=f"{number:g}")


def doubt_words(doubt: int) -> str:
    """What the record lacks."""
    return {
        Doubt.TRIGGER: _("the record does not say whether this duty arose"),
        Doubt.STREAM: _("the exports do not cover these days or lack a kind of record"),
        Doubt.RECORD: _("a record leaves open whether it was done"),
        Doubt.DUE: _("the record does not say until when it was due"),
        Doubt.VALUE: _("a value is not known"),
        Doubt.DAY_OFF: _("it looks like the manager's day off"),
        Doubt.EXCUSE: _("the record leaves open whether it was still owed"),
    }[Doubt(doubt)]


def outcome_words(duties: Duties, index: int) -> str:
    """What became of a duty."""
    verdict, how = int(duties.verdict[index]), int(duties.how[index])
    if verdict == Verdict.UNKNOWN:
        return doubt_words(duties.doubt[index])
    if verdict == Verdict.PENDING:
        return _("not done yet")
    if verdict == Verdict.MET and duties.due[index] == duties.arose[index]:
        return _("it was so")
    if verdict == Verdict.MET:
        return _("done on {moment}").format(moment=time_words(duties.met[index]))
    if how == How.LATE:
        return _("done late, on {moment}").format(moment=time_words(duties.met[index]))
    if how == How.FORBIDDEN:
        return _("broken")
    return _("it was not so") if duties.due[index] == duties.arose[index] else _("not done")


def sentences(duties: Duties, trigger: str, expected: str, found: "Callable[[int], str]") -> list[str]:
    """«{trigger} on {arose}: {expected} — due by {due}; {found}» for each duty, without a due that is the trigger."""
    later, at_once = (
        _("{trigger} on {arose}: {expected} — due by {due}; {found}"),
        _("{trigger} on {arose}: {expected} — {found}"),
    )
    return [
        (at_once if duties.due[index] == duties.arose[index] else later).format(
            trigger=trigger,
            arose=time_words(duties.arose[index]),
            expected=expected,
            due=time_words(duties.due[index]),
            found=found(index),
        )
        for index in range(len(duties))
    ]


def evidence_of(duties: Duties) -> list[list[tuple[int, str | None]]]:
    """The rows of trigger and fulfilment."""
    return [
        [(int(row), None) for row in dict.fromkeys((first, last)) if row >= 0]
        for first, last in zip(duties.row, duties.met_row, strict=True)
    ]


def told_at_once(duties: Duties, trigger: str, expected: str) -> Details:
    """What a report says of duties that were judged at their trigger, and have no numbers."""
    nothing = np.full(len(duties), np.nan)
    return Details(
        why=sentences(duties, trigger, expected, lambda i: outcome_words(duties, i)),
        measured=nothing,
        limit=nothing,
        unit="times",
        overrun=nothing,
        evidence=evidence_of(duties),
    )


def judged_until(log: Log, duties: Duties) -> Ints:
    """The second until which a lapse has grown: its late fulfilment, else as-of."""
    return np.where(duties.met < NEVER, duties.met, log.as_of)
