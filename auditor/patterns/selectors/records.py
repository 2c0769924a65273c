"""What the rows of events tell: direction, answer, words, files."""

import numpy as np

from auditor.log.columns import Bools, Text
from auditor.log.kinds import Answer, Direction
from auditor.log.log import Log
from auditor.patterns.core.texts import says


def of_direction(log: Log, places: "np.ndarray", direction: Direction) -> tuple[Bools, Bools]:
    """Surely and possibly of that direction: an empty cell may be either."""
    told = log.direction.take(places)
    sure = told == direction
    return sure, sure | (told == Direction.UNKNOWN)


def of_answer(log: Log, places: "np.ndarray", answer: Answer) -> tuple[Bools, Bools]:
    """Surely and possibly of that answer: a call with neither outcome nor duration may be either."""
    told = log.answer.take(places)
    sure = told == answer
    return sure, sure | (told == Answer.UNKNOWN)


def as_told(log: Log, told: Bools, *columns: str) -> tuple[Bools, Bools]:
    """Surely and possibly what the columns tell of each event; an export without any of them leaves it open."""
    if any(column in log.activities for column in columns):
        return told, told
    return np.zeros(len(told), np.bool_), np.ones(len(told), np.bool_)


def saying(
    log: Log, places: "np.ndarray", columns: tuple[str, ...], words: tuple[str, ...], but_not: tuple[str, ...]
) -> tuple[Bools, Bools]:
    """Events of which one of the columns surely, and possibly, holds one of the words (where any) and none of the
    others; which letters are meant nobody knows without templates: any."""
    if "template" in columns and "template" not in log.activities:
        return (np.ones(len(places), np.bool_),) * 2
    result = np.zeros(len(places), np.bool_)
    for column in columns:
        text = log.text("activities", column)
        if not text.values:
            continue
        codes = text.codes[log.ref[places]]
        hit = _holding(log, column, text, words)[codes] if words else codes >= -1
        if but_not:
            hit = hit & ~_holding(log, column, text, but_not)[codes]
        result |= hit
    return as_told(log, result, *columns)


def _holding(log: Log, column: str, text: Text, words: tuple[str, ...]) -> Bools:
    name = ("holding", column, words)
    if name not in log.memo:
        search = says(*words)
        log.memo[name] = text.where(lambda value: bool(search(value)))
    return log.memo[name]


def pinned(log: Log, places: "np.ndarray") -> tuple[Bools, Bools]:
    """Surely and possibly pinned."""
    cells = log.activities.get("pinned")
    told = np.zeros(len(log.activities), np.bool_) if cells is None else cells.fillna(False).to_numpy(dtype=bool)
    return as_told(log, told[log.ref[places]], "pinned")


def with_file(log: Log, places: "np.ndarray") -> tuple[Bools, Bools]:
    """Surely and possibly with a file attached."""
    return as_told(log, log.text("activities", "name").codes[log.ref[places]] >= 0, "name")


def resulting(log: Log, places: "np.ndarray", words: tuple[str, ...]) -> tuple[Bools, Bools]:
    """Tasks of which the result surely, and possibly, holds one of the words."""
    text = log.text("activities", "result")
    return as_told(log, _holding(log, "result", text, words)[text.codes[log.ref[places]]], "result")
