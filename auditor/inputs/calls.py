"""Calls of the plain layout: how they ended, how long they lasted, and whether they took place at all."""

import re
from functools import partial

import numpy as np

from auditor.i18n import _, ngettext, numeral
from auditor.inputs import columns
from auditor.inputs.answers import UNCLEAR, answer_of, not_understood
from auditor.inputs.columns import only, rewritten
from auditor.inputs.quality import Trouble
from auditor.inputs.reading import Reading
from auditor.inputs.tables import Problem
from auditor.inputs.times import Bools
from auditor.inputs.troubles import ranges
from auditor.inputs.values import duration_of, number_of
from auditor.spelling import folded

MINUTE, DAY = 60.0, 86_400.0
MINUTES, SECONDS = re.compile(r"\b(?:мин|min)"), re.compile(r"\b(?:сек|sec|с|s)\b")
CLOSE = 1e-6
"""Whole numbers that went through a spreadsheet are off by less."""


def read_outcomes(reading: Reading) -> None:
    """A word that is not understood leaves its calls unclear, and is told with its count; so is what is said of other
    rows than calls."""
    if not reading.has("outcome"):
        return
    reading.values["outcome"] = columns.texts(reading.cells("outcome"), answer_of).values
    strange = np.asarray(reading.values["outcome"] == UNCLEAR)
    is_call = np.asarray(reading.values["type"] == "call")
    reading.tell_words("outcome", strange & is_call, not_understood)
    reading.tell_words("outcome", strange & ~is_call, _not_read)


def _not_read(word: str, count: int) -> str:
    what = ngettext(
        "“{word}” ({count} row) is not read: it is no call, and only calls have an outcome",
        "“{word}” ({count} rows) is not read: they are no calls, and only calls have an outcome",
        count,
    )
    return what.format(word=word, count=numeral(count))


def read_durations(reading: Reading) -> None:
    """Seconds. Bare numbers are minutes where the caption says so, else, all below 1, shares of a day; with fractions
    above 1 nobody knows what they are: told, and how long those calls lasted stays open."""
    if not reading.has("duration"):
        return
    cells, caption = reading.cells("duration"), folded(reading.understanding.headers["duration"])
    bare = [number for text in cells.unique() if isinstance(text, str) and (number := _bare(text))]
    factor = _seconds_in(np.array(bare), caption)
    lengths = columns.numbers(cells, partial(_seconds, factor=factor))
    reading.take("duration", lengths, _("“{text}” is no duration; taken as empty"))
    open_rows = reading.rows[np.isnan(lengths.values) & ~lengths.bad & cells.notna().to_numpy() & ~reading.lost]
    if len(open_rows):
        reading.problems.append(Problem(reading.place("duration"), f"{_no_unit()}: {ranges(open_rows)}", Trouble.WORD))


def _bare(text: str) -> float | None:
    """A length without a unit; 0 and None need none."""
    return number_of(text) if duration_of(text) is not None else None


def _seconds(text: str, factor: float) -> float | None:
    """A length in seconds; NaN where its unit is not known."""
    bare = _bare(text)
    return float(np.round(bare * factor)) if bare else duration_of(text)


def _seconds_in(bare: "np.ndarray", caption: str) -> float:
    """The seconds of the unit of these numbers; NaN where nothing tells it."""
    if MINUTES.search(caption):
        return MINUTE
    if (bare < 1).all():
        return DAY
    whole = (np.abs(bare - np.round(bare)) < CLOSE).all()
    return 1 if whole or SECONDS.search(caption) else np.nan


def _no_unit() -> str:
    return _(
        "the lengths have fractions, and nothing tells their unit: name it in the caption, “Длительность, мин” or "
        "“Длительность, сек”; how long these calls lasted stays open"
    )


def part_plans(reading: Reading, undone: Bools) -> None:
    """Calls that are only planned get a type of their own: «Выполнено» or the CRM says so, and neither an answer nor a
    length tells that they took place. The outcomes then hold nothing but answers."""
    kind, rows = reading.values["type"], len(reading.rows)
    outcome = reading.values.get("outcome", columns.empty(rows))
    answered = np.asarray(outcome.isin(["answered", "unanswered", UNCLEAR]))
    lasted = reading.values.get("duration", np.zeros(rows)) > 0
    planned = (undone | np.asarray(outcome == "planned")) & ~answered & ~lasted
    reading.values["type"] = rewritten(kind, np.asarray(kind == "call") & planned, lambda _call: "planned_call")
    if reading.has("outcome"):
        reading.values["outcome"] = only(outcome, answered, str)
