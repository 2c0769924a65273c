"""Words that the patterns' sentences share."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from auditor.i18n import _, active, day_form, ngettext
from auditor.log.columns import Bools, Codes, Ints, moment
from auditor.log.kinds import DAY, NEVER
from auditor.log.log import Log
from auditor.patterns.core.duties import Doubt, Duties
from auditor.patterns.core.moments import Moments
from auditor.spelling import capital
from auditor.terms import Stage

MOST_STAGES = 3


LONGEST_VALUE = 60
"""Characters of a cell that a sentence shows."""


LONGEST_SENTENCE = 240
MOST_MOMENTS = 4
"""Moments that a sentence names."""


def time_words(seconds: Ints, exact: Bools | None = None) -> list[str]:
    """Per second «01.03.2024 10:00», with its seconds where `exact` says so; the day alone for its last second,
    «unknown» for NEVER."""
    # moments of a report share their days and clocks: each is made once, which took a tenth off all sentences
    date, clock, unknown = cache(date_words), cache(_clock_words), _("unknown")
    wanted = np.zeros(len(seconds), np.bool_) if exact is None else exact
    return [
        unknown
        if second >= NEVER
        else date(second // DAY * DAY)
        if second % DAY == DAY - 1
        else f"{date(second // DAY * DAY)} {clock(second % DAY, to_second)}"
        for second, to_second in zip(seconds.tolist(), wanted.tolist(), strict=True)
    ]


def date_words(second: "int | np.integer") -> str:
    return moment(second).strftime(day_form())


def _clock_words(second: int, to_second: bool = False) -> str:
    return moment(second).strftime("%H:%M:%S" if to_second else "%H:%M")


def shown_texts(values: Sequence[str], codes: "Codes | Ints") -> list[str]:
    """Per code its value as a sentence shows it: cut where it is long, «empty» for −1. Each is made once."""
    used, place = np.unique(codes, return_inverse=True)
    shown = [shortened(values[code]) if code >= 0 else _("empty") for code in used.tolist()]
    return np.array([*shown, ""], object)[place].tolist()


def values_shown(log: Log, caption: str, at: Moments) -> list[str]:
    """Per moment the field's value as a sentence shows it: cut where it is long, «empty» where there is none."""
    versions = log.field(caption)
    return shown_texts(versions.values, versions.code[versions.at(at.key)])


def shortened(text: str, most: int = LONGEST_VALUE) -> str:
    """The text on one line, cut where it is longer than that."""
    line = " ".join(text[: 2 * most].split())
    return line if len(line) <= most else line[: most - 1] + "…"


def number_words(number: float) -> str:
    """«12 500,5» in Russian, 12,500.5 in English."""
    text = f"{number:,.10g}"
    return text.translate({ord(","): "\u00a0", ord("."): ","}) if active() == "ru" else text


def numbers_told(numbers: "np.ndarray") -> list[str]:
    """Per number its words, «empty» for NaN. Each is made once."""
    told = cache(number_words)
    return [told(number) if number == number else _("empty") for number in numbers.tolist()]


def dates_behind(told: list[str], seconds: Ints) -> list[str]:
    """«3 (13.09.2024)»: each with the day of its second in brackets; nothing for NEVER."""
    date = cache(date_words)
    return [
        f"{words} ({date(second // DAY * DAY)})" if second < NEVER else words
        for words, second in zip(told, seconds.tolist(), strict=True)
    ]


def moments_told(seconds: list[int], day: int | None = None) -> str:
    """«21.05.2024 10:41, 16:41, 22.05.2024 10:02»: of each day the first alone with its date, of that `day` (its 00:00)
    none; at most a few."""
    told, days = [], [day, *(second // DAY * DAY for second in seconds)]
    for second, before in zip(seconds[:MOST_MOMENTS], days, strict=False):
        clock = _clock_words(second)
        told.append(clock if second // DAY * DAY == before else f"{date_words(second)} {clock}")
    more = len(seconds) - len(told)
    return ", ".join([*told, *([_("{n} more").format(n=more)] if more else [])])


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
        Doubt.MOMENT: _("the record does not say exactly enough when it was"),
    }
    return np.array([words[doubt] for doubt in Doubt], object)


def sentences(duties: Duties, facts: list[str], forms: "np.ndarray", **parts: Sequence[str]) -> list[str]:
    """Per duty its form, filled: the `fact` that raised it, when it `arose`, was `due` and `met`, its `doubt`, and the
    parts given, of which the longest is cut where all is too long for two lines."""
    exact = (duties.met < NEVER) & (duties.met // 60 == duties.due // 60)
    columns = {
        "fact": map(capital, facts),
        "arose": time_words(np.where(duties.arose % DAY == 0, duties.arose + DAY - 1, duties.arose)),
        "due": time_words(duties.due, exact),
        "met": time_words(duties.met, exact),
        "doubt": doubt_words()[duties.doubt],
        **parts,
    }
    told = (dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True))
    return [_fitted(form, each, tuple(parts)) for form, each in zip(forms, told, strict=True)]


def _fitted(form: str, told: dict[str, str], parts: tuple[str, ...]) -> str:
    sentence = form.format_map(told)
    excess = len(sentence) - LONGEST_SENTENCE
    if excess <= 0 or not parts:
        return sentence
    longest = max(parts, key=lambda name: len(told[name]))
    cut = shortened(told[longest], max(len(told[longest]) - excess, 1))
    return form.format_map({**told, longest: cut}).replace("….", "…")


def evidence_of(duties: Duties, *more: list[list[int]]) -> "list[list[tuple[int, str | None]]]":
    """Per duty the source rows of its trigger, of its fulfilment and of what was counted, each once, as (row, no
    column)."""
    own = [list(rows) for rows in zip(duties.row.tolist(), duties.met_row.tolist(), strict=True)]
    for counted in more:
        own = [rows + added for rows, added in zip(own, counted, strict=True)] if counted else own
    return [[(row, None) for row in dict.fromkeys(rows) if row >= 0] for rows in own]


def judged_until(log: Log, duties: Duties) -> Ints:
    """Per duty the second until which its lapse has grown: that of a late fulfilment, else as-of."""
    return np.where(duties.met < NEVER, duties.met, log.as_of)


def stage_names(stages: tuple[Stage, ...]) -> str:
    """«A» or «B»; of many the first two, and how many more."""
    shown = stages if len(stages) <= MOST_STAGES else stages[:2]
    names = _(" or ").join(f"«{stage.name}»" for stage in shown)
    more = len(stages) - len(shown)
    return names + (ngettext(" or {n} more stage", " or {n} more stages", more).format(n=more) if more else "")
