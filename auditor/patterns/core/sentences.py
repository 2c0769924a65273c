"""Words that the patterns' sentences share."""

from functools import cache

import numpy as np

from auditor.i18n import _, day_form, ngettext
from auditor.log.columns import Ints, moment
from auditor.log.kinds import DAY, NEVER
from auditor.log.log import Log
from auditor.patterns.core.duties import Doubt, Duties, How, Verdict
from auditor.patterns.core.pattern import Details
from auditor.terms import Stage

MOST_STAGES = 3


def time_words(seconds: Ints) -> list[str]:
    """Per second «01.03.2024 10:00», with its seconds where they are not 0; «unknown» for NEVER."""
    # moments of a report share their days and clocks: each is made once, which took a tenth off all sentences
    date, clock, unknown = cache(date_words), cache(_clock_words), _("unknown")
    return [
        f"{date(second // DAY * DAY)} {clock(second % DAY)}" if second < NEVER else unknown
        for second in seconds.tolist()
    ]


def date_words(second: "int | np.integer") -> str:
    return moment(second).strftime(day_form())


def _clock_words(second: int) -> str:
    return moment(second).strftime("%H:%M:%S" if second % 60 else "%H:%M")


def moments_words(number: float) -> str:
    return ngettext("{n} time", "{n} times", int(number)).format(n=f"{number:g}")


def doubt_words() -> "np.ndarray":
    """What the record lacks, in words, by the number of the `Doubt`."""
    words = {
        Doubt.NONE: "",
        Doubt.TRIGGER: _("the record does not say whether this duty arose"),
        Doubt.STREAM: _("the exports do not cover these days or lack a kind of record"),
        Doubt.RECORD: _("a record leaves open whether it was done"),
        Doubt.DUE: _("the record does not say until when it was due"),
        Doubt.VALUE: _("a value is not known"),
        Doubt.DAY_OFF: _("it looks like the manager's day off"),
        Doubt.EXCUSE: _("the record leaves open whether it was still owed"),
        Doubt.SCHEDULE: _("the schedule of who was responsible is not understood"),
        Doubt.UNREAD: _("a row that may show it could not be read"),
    }
    return np.array([words[doubt] for doubt in Doubt], object)


def outcomes(duties: Duties) -> list[str]:
    """Per duty what became of it, in words."""
    at_once, met = duties.due == duties.arose, duties.verdict == Verdict.MET
    forms = np.select(
        [
            duties.verdict == Verdict.UNKNOWN,
            duties.verdict == Verdict.PENDING,
            met & at_once,
            met,
            duties.how == How.LATE,
            duties.how == How.FORBIDDEN,
            at_once,
        ],
        [
            doubt_words()[duties.doubt],
            _("not done yet"),
            _("it was so"),
            _("done on {moment}"),
            _("done late, on {moment}"),
            _("broken"),
            _("it was not so"),
        ],
        _("not done"),
    )
    return [form.format(moment=moment) for form, moment in zip(forms, time_words(duties.met), strict=True)]


def sentences(duties: Duties, trigger: str, expected: str, found: list[str]) -> list[str]:
    """Per duty «{trigger} on {arose}: {expected} — due by {due}; {found}»; without «due by» where it is due at once."""
    forms = np.where(
        duties.due == duties.arose,
        np.array(_("{trigger} on {arose}: {expected} — {found}"), object),
        _("{trigger} on {arose}: {expected} — due by {due}; {found}"),
    )
    told = zip(forms, time_words(duties.arose), time_words(duties.due), found, strict=True)
    return [
        form.format(trigger=trigger, arose=arose, expected=expected, due=due, found=outcome)
        for form, arose, due, outcome in told
    ]


def evidence_of(duties: Duties) -> list[list[tuple[int, str | None]]]:
    """Per duty the source rows of its trigger and of its fulfilment, each once, as (row, no column)."""
    return [
        [(row, None) for row in dict.fromkeys(rows) if row >= 0]
        for rows in zip(duties.row.tolist(), duties.met_row.tolist(), strict=True)
    ]


def told_at_once(duties: Duties, trigger: str, expected: str) -> Details:
    """What a report says of duties that are judged at their trigger and have no numbers."""
    nothing = np.full(len(duties), np.nan)
    return Details(
        why=sentences(duties, trigger, expected, outcomes(duties)),
        measured=nothing,
        limit=nothing,
        unit="times",
        overrun=nothing,
        evidence=evidence_of(duties),
    )


def judged_until(log: Log, duties: Duties) -> Ints:
    """Per duty the second until which its lapse has grown: that of a late fulfilment, else as-of."""
    return np.where(duties.met < NEVER, duties.met, log.as_of)


def stage_names(stages: tuple[Stage, ...]) -> str:
    """«A» or «B»; of many the first two, and how many more."""
    shown = stages if len(stages) <= MOST_STAGES else stages[:2]
    names = _(" or ").join(f"«{stage.name}»" for stage in shown)
    more = len(stages) - len(shown)
    return names + (ngettext(" or {n} more stage", " or {n} more stages", more).format(n=more) if more else "")
