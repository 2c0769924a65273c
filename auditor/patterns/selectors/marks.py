"""Marks of events: what narrows a selector down, each with its test, its words and its needs in one place."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from auditor.i18n import _, numeral, quoted
from auditor.log.columns import Bools, Codes, Ints
from auditor.log.kinds import Answer, Direction
from auditor.log.log import Log
from auditor.log.remembered import remembered
from auditor.log.roles import NAMING_WORDS
from auditor.patterns.core.needs import Channel, Column, Need, People
from auditor.patterns.core.texts import of_file_name, says
from auditor.patterns.core.truth import TRUE, UNKNOWN, Truth, between, truth
from auditor.terms import Role, role_words

Places = Codes | Ints
"""Positions of events in the log."""


class Mark(ABC):
    """What narrows a selector of events down: it means those of which all of its marks hold."""

    @abstractmethod
    def holds(self, log: Log, places: Places) -> Truth:
        """Whether the mark holds of the events at these places; UNKNOWN where the record leaves it open.

        But for direction, answer and author, the events are rows of the activities."""

    def about(self) -> str:
        """What a sentence says of it right behind the events' title."""
        return ""

    def words(self) -> str:
        """What a sentence says of it in brackets; nothing where the title says it."""
        return ""

    @property
    def way(self) -> str:
        """What it adds to the name of the stream that such events come from."""
        return ""

    @property
    def needs(self) -> tuple[Need, ...]:
        """What must be exported for the mark to be seen, besides the stream of the events."""
        return ()


@dataclass(frozen=True)
class Directed(Mark):
    """Of that direction; an empty cell may be either. The title tells it."""

    direction: Direction

    def holds(self, log: Log, places: Places) -> Truth:
        recorded = log.direction.take(places)
        return truth(recorded == self.direction, recorded == Direction.UNKNOWN)

    @property
    def way(self) -> str:
        return " out" if self.direction == Direction.OUT else " in"


@dataclass(frozen=True)
class Answered(Mark):
    """Calls of that answer; one with neither outcome nor duration may be either. The title tells it."""

    answer: Answer

    def holds(self, log: Log, places: Places) -> Truth:
        recorded = log.answer.take(places)
        return truth(recorded == self.answer, recorded == Answer.UNKNOWN)

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Column("outcome", "duration"),)


@dataclass(frozen=True)
class Lasting(Mark):
    """Calls of at least so many seconds, or of fewer; one of unknown length may be either."""

    seconds: float
    shorter: bool = False
    PARAMETERS: ClassVar[dict[str, str]] = {"seconds": "seconds"}

    def holds(self, log: Log, places: Places) -> Truth:
        if "duration" not in log.activities:
            return np.full(len(places), UNKNOWN)
        lasted = log.activities["duration"].to_numpy(dtype=float)[log.ref.take(places)]
        return truth((lasted < self.seconds) == self.shorter, np.isnan(lasted))

    def words(self) -> str:
        told = _("shorter than {n} s") if self.shorter else _("{n} s or longer")
        return told.format(n=numeral(self.seconds))

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Column("duration"),)


@dataclass(frozen=True)
class Saying(Mark):
    """One of the columns holds one of the words (where there are any) and none of the others.

    Without templates nobody knows which letters are meant: any."""

    said: tuple[str, ...]
    but_not: tuple[str, ...] = ()
    columns: tuple[str, ...] = ("text",)
    PARAMETERS: ClassVar[dict[str, str]] = {"said": "words", "but_not": "but_not"}

    def holds(self, log: Log, places: Places) -> Truth:
        if "template" in self.columns and not _tells_templates(log):
            return np.full(len(places), TRUE)
        ref = log.ref.take(places)
        said = np.logical_or.reduce([self._said_in(log, column, ref) for column in self.columns])
        return as_recorded(log, said, *self.columns)

    def _said_in(self, log: Log, column: str, ref: Codes) -> Bools:
        codes = log.text("activities", column).codes.take(ref)
        said = _holding(log, column, self.said).take(codes) if self.said else np.ones(len(codes), np.bool_)
        return said & ~_holding(log, column, self.but_not).take(codes) if self.but_not else said

    def about(self) -> str:
        return f" {quoted(*self.said)}" if self.said else ""

    @property
    def needs(self) -> tuple[Need, ...]:
        """Letters need no template."""
        return () if "template" in self.columns else (Column(*self.columns),)


@dataclass(frozen=True)
class InChannel(Saying):
    """Written in a chat with one of the words in its name."""

    columns: tuple[str, ...] = ("channel",)

    @property
    def needs(self) -> tuple[Need, ...]:
        return (*super().needs, Channel(*self.said))


@dataclass(frozen=True)
class ByTemplate(Mark):
    """Letters by their template, as what raises a duty: without templates nobody knows which they are."""

    def holds(self, log: Log, places: Places) -> Truth:
        return np.full(len(places), TRUE if _tells_templates(log) else UNKNOWN)


@dataclass(frozen=True)
class Pinned(Mark):
    """Pinned comments."""

    def holds(self, log: Log, places: Places) -> Truth:
        cells = log.activities.get("pinned")
        pinned = np.zeros(len(log.activities), np.bool_) if cells is None else cells.fillna(False).to_numpy(dtype=bool)
        return as_recorded(log, pinned[log.ref.take(places)], "pinned")

    def words(self) -> str:
        return _("pinned")

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Column("pinned"),)


@dataclass(frozen=True)
class WithFile(Mark):
    """With a file attached: its name is recorded."""

    def holds(self, log: Log, places: Places) -> Truth:
        return as_recorded(log, log.text("activities", "name").codes[log.ref.take(places)] >= 0, "name")

    def words(self) -> str:
        return _("with a file")

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Column("name"),)


@dataclass(frozen=True)
class Resulting(Mark):
    """Completed tasks whose result holds one of the words."""

    said: tuple[str, ...]
    PARAMETERS: ClassVar[dict[str, str]] = {"said": "results"}

    def holds(self, log: Log, places: Places) -> Truth:
        codes = log.text("activities", "result").codes[log.ref.take(places)]
        return as_recorded(log, _holding(log, "result", self.said)[codes], "result")

    def words(self) -> str:
        return _("result: {words}").format(words=quoted(*self.said))

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Column("result"),)


@dataclass(frozen=True)
class By(Mark):
    """Done by somebody of that role."""

    role: Role

    def holds(self, log: Log, places: Places) -> Truth:
        return of_role(log, log.author.take(places), self.role)

    def words(self) -> str:
        return _("author: {role}").format(role=role_words(self.role))

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Column("author"), People())


@dataclass(frozen=True)
class To(Mark):
    """Addressed to somebody of that role."""

    role: Role

    def holds(self, log: Log, places: Places) -> Truth:
        addressee = log.text("activities", "addressee").mapped(dict(log.facts.codes))
        return of_role(log, addressee[log.ref.take(places)], self.role)

    def words(self) -> str:
        return _("for: {role}").format(role=role_words(self.role))

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Column("addressee"), People())


@dataclass(frozen=True)
class Naming(Mark):
    """Whose text names the role, or a person of it by name."""

    role: Role

    def holds(self, log: Log, places: Places) -> Truth:
        codes = log.text("activities", "text").codes[log.ref.take(places)]
        return as_recorded(log, _naming(log, self.role)[codes], "text")

    def words(self) -> str:
        return _("mentions: {role}").format(role=role_words(self.role))

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Column("text"),)


def as_recorded(log: Log, holds: Bools, *columns: str) -> Truth:
    """What the columns record; UNKNOWN of every event where the export has none of them."""
    exported = any(column in log.activities for column in columns)
    return truth(holds) if exported else np.full(len(holds), UNKNOWN)


def _tells_templates(log: Log) -> bool:
    """Whether any activity names a template: a column without one tells as little as none."""
    return bool((log.text("activities", "template").codes >= 0).any())


@remembered
def _holding(log: Log, column: str, words: tuple[str, ...]) -> Bools:
    """Per distinct text of the column whether it holds one of the words; a last False for the empty cell."""
    search = says(*words)
    spoken = of_file_name if column == "name" else str
    return log.text("activities", column).where(lambda value: bool(search(value) or search(spoken(value))))


@remembered
def _naming(log: Log, role: Role) -> Bools:
    """Per distinct text of the activities whether it names the role; a last False for the empty cell."""
    people = [log.facts.people[code] for code, theirs in log.facts.roles.items() if theirs is role]
    stems = [word[:-1] for person in people for word in person.split() if len(word) > 4]
    search = says(*NAMING_WORDS[role], *people, *stems)
    return log.text("activities", "text").where(lambda value: bool(search(value)))


def of_role(log: Log, person: Codes | Ints, role: Role) -> Truth:
    """Whether each person has that role; UNKNOWN of a name that the people table lacks.

    UNKNOWN as well of nobody by name, code −1, which indexes the last element of both arrays."""
    has = np.zeros(len(log.facts.people) + 1, np.bool_)
    listed = np.zeros(len(has), np.bool_)
    for code, theirs in log.facts.roles.items():
        has[code] = theirs is role
        listed[code] = log.facts.has_people  # a table without roles makes managers of all: it says no role of anybody
    return between(has[person], ~listed[person])
