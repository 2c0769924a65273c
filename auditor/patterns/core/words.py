"""Moments, numbers and texts in words, each distinct one made once however many duties show it."""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from string import Formatter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from auditor.i18n import _, day_form, ngettext, numeral, quoted
from auditor.log.columns import Bools, Codes, Ints, moment
from auditor.log.kinds import DAY, MINUTE, NEVER
from auditor.log.log import Log
from auditor.patterns.core.moments import Moments
from auditor.patterns.core.runs import slices, spread, starts
from auditor.spelling import shortened
from auditor.terms import Stage

Words = NDArray[np.object_]
"""A text each."""
MOST_STAGES = 3
MOST_MOMENTS = 4
"""Moments that a sentence names."""
MOST_NAMES = 4
"""Names of which the same is told."""


def each_once(words: Callable[[Any], str], values: NDArray[Any]) -> Words:
    """Per value its words, made once for equal ones."""
    used, place = np.unique(values, return_inverse=True)
    return texts_of(map(words, used.tolist()))[place]


def texts_of(texts: Iterable[str]) -> Words:
    return np.array([*texts], object)


def filled(form: str, **columns: "Words | str") -> Words:
    """The form with the texts of the columns in its places, one sentence each; whole columns are joined at a time."""
    told: Any = ""
    for literal, name, _spec, _conversion in Formatter().parse(form):
        told = told + literal if name is None else told + literal + columns[name]
    return told


def time_words(seconds: Ints, exact: Bools | None = None, today: Ints | None = None) -> Words:
    """Per second «01.03.2024 10:00», with its seconds where `exact` says so, without its day where that is `today` (a
    number); the day alone for its last second, «unknown» for NEVER."""
    known = np.where(seconds < NEVER, seconds, 0)
    day, second = each_once(_day_words, known // DAY), known % DAY
    clock = second // MINUTE * MINUTE
    if exact is not None:
        clock = np.where(exact, second + DAY, clock)
    clocks = each_once(_clock_words, clock)
    told = day + " " + clocks if today is None else np.where(known // DAY == today, clocks, day + " " + clocks)
    told = np.where(second == DAY - 1, day, told)
    return np.where(seconds < NEVER, told, _("unknown"))


def day_words(seconds: Ints) -> Words:
    """Per second its day."""
    return each_once(_day_words, seconds // DAY)


def _day_words(day: int) -> str:
    return moment(day * DAY).strftime(day_form())


def _clock_words(second: int) -> str:
    """«10:00»; with the seconds where a day is added."""
    return moment(second).strftime("%H:%M" if second < DAY else "%H:%M:%S")


def moments_told(times: Ints, first: Ints, last: Ints, day: Ints | None = None) -> Words:
    """Per range of the times «21.05.2024 10:41, 16:41, 22.05.2024 10:02»: of each day the first alone with its date, of
    that `day` (a number) none; at most a few. Nothing for an empty range."""
    number, index = spread(first, np.minimum(last, first + MOST_MOMENTS))
    seconds, begins = times[index], starts(number)
    days = seconds // DAY
    before = np.append(-1, days)[: len(days)]
    before[begins] = -1 if day is None else day[number[begins]]
    clock = each_once(_clock_words, seconds % DAY // MINUTE * MINUTE)
    told = np.where(days == before, clock, each_once(_day_words, days) + " " + clock)
    more = each_once(lambda n: ", " + _("{n} more").format(n=numeral(n)) if n > 0 else "", last - first - MOST_MOMENTS)
    return listed(told, number, len(first)) + more


def listed(texts: Words, number: Ints, many: int) -> Words:
    """For each of so `many` numbers its texts, with commas between them; `number` says whose each is, in order."""
    bounds = np.searchsorted(number, np.arange(many + 1))
    return texts_of(map(", ".join, slices(texts, bounds[:-1], bounds[1:])))


def few(names: Sequence[str]) -> str:
    """«A», «B», «C», 4 more."""
    shown = names if len(names) <= MOST_NAMES else names[: MOST_NAMES - 1]
    more = len(names) - len(shown)
    return ", ".join([*shown, *([_("{n} more").format(n=numeral(more))] if more else [])])


def one_of(texts: Iterable[str]) -> str:
    """«a, b or c»; the brackets that neighbours end with stand once: «a or b (for: c)». With «or» alone where a comma
    stands in one of them."""
    told: list[str] = []
    for end, same in groupby(texts, _bracketed):
        alike = [text.removesuffix(end) for text in same]
        told += [_either(alike) + end] if end else alike
    return _either(told)


def _bracketed(text: str) -> str:
    found = re.search(r" \([^()]*\)$", text)
    return found.group() if found else ""


def _either(texts: list[str]) -> str:
    if any("," in text for text in texts):
        return _(" or ").join(texts)
    return _(" or ").join([", ".join(texts[:-1]), *texts[-1:]]) if len(texts) > 1 else "".join(texts)


def shown_texts(values: Sequence[str], codes: "Codes | Ints") -> Words:
    """Per code its value as a sentence shows it: cut where it is long, «empty» for −1."""
    return each_once(lambda code: shortened(values[code]) if code >= 0 else _("empty"), codes)


def values_shown(log: Log, caption: str, at: Moments) -> Words:
    """Per moment the field's value as a sentence shows it: cut where it is long, «empty» where there is none."""
    versions = log.field(caption)
    return shown_texts(versions.values, versions.code[versions.at(at.key)])


def number_words(value: float) -> str:
    """«12 500,5» in Russian, 12,500.5 in English."""
    return numeral(value, 10)


def numbers_told(numbers: "np.ndarray") -> Words:
    """Per number its words, «empty» for NaN."""
    return each_once(lambda number: number_words(number) if number == number else _("empty"), numbers)


def dates_behind(told: Words, seconds: Ints) -> Words:
    """«3 (13.09.2024)»: each with the day of its second in brackets; nothing for NEVER."""
    known = seconds < NEVER
    return np.where(known, told + " (" + day_words(np.where(known, seconds, 0)) + ")", told)


def stage_names(stages: tuple[Stage, ...]) -> str:
    """«A» or «B»; of many the first two, and how many more."""
    shown = stages if len(stages) <= MOST_STAGES else stages[:2]
    names = _(" or ").join(quoted(stage.name) for stage in shown)
    more = len(stages) - len(shown)
    return names + (ngettext(" or {n} more stage", " or {n} more stages", more).format(n=more) if more else "")
