"""Names of the exports that resemble one of the people table: perhaps one person, spelt in two ways."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from auditor.config.people import names_of
from auditor.i18n import _
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import Place, Problem, TableName, Tables
from auditor.log.roles import is_robot
from auditor.spelling import folded

ALIKE = 0.8
"""From this likeness on one word may be the other, misspelt: «Кузнецово» and «Кузнецова», not «Олег» and «Ольга»."""


def lookalikes(tables: Tables) -> Iterator[Problem]:
    """Each with its first row, and how to join the two."""
    if tables.people is None:
        return
    listed = {folded(name): _Name.of(name) for name in tables.people["name"].dropna().unique()}
    told = set(listed)
    for table, column, name in names_of(tables):
        if folded(name) not in told and not is_robot(name):
            told.add(folded(name))
            parted = _Name.of(name)
            near = [known for known in listed.values() if _resemble(parted, known)]
            if len(near) == 1:
                yield Problem(_first_place(tables, table, column, name), _what(name, near[0].text), Trouble.PERSON)


def _first_place(tables: Tables, table: TableName, column: str, name: str) -> Place:
    frame = getattr(tables, table)
    return tables.sources.locate(int(frame["row"].to_numpy()[(frame[column] == name).to_numpy().argmax()]))


def _what(name: str, near: str) -> str:
    text = _("“{name}” is not among the people, “{near}” is. If they are one person, say in auditor.toml: {setting}")
    return text.format(name=name, near=near, setting=f'[people."{near}"] aliases = ["{name}"]')


class _Name(NamedTuple):
    """A name in its parts; the first letters part most names from each other at once."""

    text: str
    words: tuple[str, ...]
    initials: frozenset[str]

    @classmethod
    def of(cls, text: str) -> "_Name":
        words = re.findall(r"\w+", folded(text))
        return cls(text, tuple(words), frozenset(word[0] for word in words))


def _resemble(one: _Name, other: _Name) -> bool:
    """Whether every word of the shorter name is one of the longer's, in any order; initials alone tell nobody."""
    short, long = (one, other) if len(one.words) <= len(other.words) else (other, one)
    if not short.initials <= long.initials:
        return False
    left, whole_words = [*long.words], 0
    for word in short.words:
        found = next((each for each in left if _is_like(word, each)), None)
        if found is None:
            return False
        left.remove(found)
        whole_words += min(len(word), len(found)) > 1
    return whole_words > 0


@lru_cache(maxsize=1 << 16)
def _is_like(one: str, other: str) -> bool:
    """The same word but for a slip of the pen, or its initial."""
    if one[0] != other[0]:
        return False
    return min(len(one), len(other)) == 1 or SequenceMatcher(None, one, other).ratio() >= ALIKE
