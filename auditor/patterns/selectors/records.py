"""What the rows of events tell: direction, answer, words, files, whose act it is."""

import numpy as np

from auditor.log.columns import Bools
from auditor.log.kinds import Answer, Direction
from auditor.log.log import Log
from auditor.log.remembered import remembered
from auditor.log.roles import NAMING_WORDS
from auditor.patterns.core.texts import says
from auditor.terms import Role


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
        hit = _holding(log, column, words)[codes] if words else codes >= -1
        if but_not:
            hit = hit & ~_holding(log, column, but_not)[codes]
        result |= hit
    return as_told(log, result, *columns)


@remembered
def _holding(log: Log, column: str, words: tuple[str, ...]) -> Bools:
    """Per distinct text of the column whether it holds one of the words; a last False for the empty cell."""
    search = says(*words)
    return log.text("activities", column).where(lambda value: bool(search(value)))


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
    return as_told(log, _holding(log, "result", words)[text.codes[log.ref[places]]], "result")


def of_role(log: Log, person: "np.ndarray", role: Role) -> tuple[Bools, Bools]:
    """Whether each person surely, and possibly, has that role: nobody knows of a name the people table lacks."""
    has = np.zeros(len(log.facts.people) + 1, np.bool_)
    listed = np.zeros(len(has), np.bool_)
    for code, theirs in log.facts.roles.items():
        has[code] = theirs is role
        listed[code] = True
    sure = has[person] & (person >= 0)
    unlisted = ~listed[person] if log.facts.has_people else np.ones(len(person), np.bool_)
    return sure, sure | unlisted


def authored(log: Log, places: "np.ndarray", role: Role) -> tuple[Bools, Bools]:
    """Events surely, and possibly, done by somebody of that role."""
    return of_role(log, log.author[places], role)


def names_role(log: Log, places: "np.ndarray", role: Role) -> tuple[Bools, Bools]:
    """Events whose text surely, and possibly, names the role, or a person of it by name."""
    codes = log.text("activities", "text").codes
    return as_told(log, _naming(log, role)[codes[log.ref[places]]], "text")


@remembered
def _naming(log: Log, role: Role) -> Bools:
    """Per distinct text of the activities whether it names the role; a last False for the empty cell."""
    people = [log.facts.people[code] for code, theirs in log.facts.roles.items() if theirs is role]
    stems = [word[:-1] for person in people for word in person.split() if len(word) > 4]
    search = says(*NAMING_WORDS[role], *people, *stems)
    return log.text("activities", "text").where(lambda value: bool(search(value)))


def addressed_to(log: Log, places: "np.ndarray", role: Role) -> tuple[Bools, Bools]:
    """Events surely, and possibly, addressed to somebody of that role."""
    person = log.text("activities", "addressee").mapped(dict(log.facts.codes))
    return of_role(log, person[log.ref[places]] if person.size else np.full(len(places), -1), role)
