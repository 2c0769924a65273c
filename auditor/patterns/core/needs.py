"""What an export must hold for a clause to be judged."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import ClassVar, TypeVar

from auditor.i18n import N_, _, quoted
from auditor.log.kinds import Kind
from auditor.log.log import Log
from auditor.patterns.core.texts import says
from auditor.terms import stream_words


class Need(ABC):
    """Something of the export without which a clause cannot be judged."""

    @abstractmethod
    def is_there(self, log: Log) -> bool:
        """Whether the export holds it."""

    @abstractmethod
    def words(self) -> str:
        """What it is, in the active language."""

    @property
    @abstractmethod
    def source(self) -> str:
        """Which part of an export holds it: a stream by its name, or `fields`, `columns`, `people`."""

    def lacking(self, log: Log) -> tuple[str, ...]:
        """What of it the export lacks, in words: all of it, or nothing."""
        return () if self.is_there(log) else (self.words(),)

    def is_implied(self, others: Collection["Need"]) -> bool:
        """Whether one of the other needs cannot be met without this one being met."""
        return False


@dataclass(frozen=True, init=False)
class AnyName(Need):
    """A need of things that have names: any one of them will do."""

    names: tuple[str, ...]

    def __init__(self, *names: str) -> None:
        object.__setattr__(self, "names", names)  # frozen dataclasses know no other way; `Field(a, b)` reads better

    def is_implied(self, others: Collection[Need]) -> bool:
        """Whether a need of the same kind names fewer."""
        return any(type(other) is type(self) and set(other.names) < set(self.names) for other in others)


class Stream(AnyName):
    """Streams, by their names in `Facts.streams`."""

    @property
    def source(self) -> str:
        return self.names[0].split()[0]

    def is_there(self, log: Log) -> bool:
        return any(name in log.facts.streams for name in self.names)

    def absent(self, log: Log) -> list[str]:
        """The names of those that are used but not exported."""
        return [name for name in self.names if name not in log.facts.streams and name not in log.facts.unused]

    def words(self) -> str:
        return _(" or ").join(map(stream_words, self.names))

    def unused(self, log: Log) -> list[str]:
        """The names of those that the company does not use."""
        return [name for name in self.names if name in log.facts.unused]

    def lacking(self, log: Log) -> tuple[str, ...]:
        """Each stream that is missing, though another of them be there."""
        return tuple(map(stream_words, self.absent(log)))


class Field(AnyName):
    """Fields of the deals, by their captions."""

    source = "fields"

    def is_there(self, log: Log) -> bool:
        return any(log.field(name).exported for name in self.names)

    def words(self) -> str:
        return _("the field {names}").format(names=_(" or ").join(quoted(name) for name in self.names))


class Column(AnyName):
    """Columns of the activities; the first one stands for what they tell."""

    source = "columns"

    def is_there(self, log: Log) -> bool:
        return any(name in log.activities for name in self.names)

    def words(self) -> str:
        return _(TOLD_BY[self.names[0]])


TOLD_BY = {
    "outcome": N_("whether calls were answered (outcome or duration)"),
    "duration": N_("how long calls lasted"),
    "result": N_("the results of tasks"),
    "opened": N_("when letters were opened"),
    "pinned": N_("which comments are pinned"),
    "channel": N_("names of chats"),
    "name": N_("names of files"),
    "author": N_("authors of activities"),
    "addressee": N_("addressees of activities"),
    "text": N_("texts of activities"),
    "due": N_("due dates of tasks"),
    "amount": N_("amounts of invoices and payments"),
    "kind": N_("kinds or texts of tasks"),
}
"""What a column tells."""


class Channel(AnyName):
    """Chats, by words of their names: one without a single row in the whole export may not be exported."""

    source = "chat"

    def is_there(self, log: Log) -> bool:
        """Where the export names no chats at all, that is what it lacks."""
        return "channel" not in log.activities or bool(log.text("activities", "channel").where(self._names).any())

    def _names(self, chat: str) -> bool:
        return bool(says(*self.names)(chat))

    def words(self) -> str:
        chats = _(" or ").join(quoted(name) for name in self.names)
        return _("the chat {names} (not exported, or never used)").format(names=chats)


@dataclass(frozen=True)
class Attachment(Need):
    """A field, by its caption, or files: what is attached may be in either."""

    field: str
    source: ClassVar[str] = "file"

    def is_there(self, log: Log) -> bool:
        return "file" in log.facts.streams or log.field(self.field).exported

    def words(self) -> str:
        return _("the field «{name}» or files").format(name=self.field)


@dataclass(frozen=True)
class People(Need):
    """The table of people with their roles."""

    source: ClassVar[str] = "people"

    def is_there(self, log: Log) -> bool:
        return log.facts.has_people

    def words(self) -> str:
        return _("the table of people with their roles")


@dataclass(frozen=True)
class Movers(Need):
    """Authors of moves between stages."""

    source: ClassVar[str] = "stage"

    def is_there(self, log: Log) -> bool:
        return bool((log.author[log.of_kind(Kind.STAGE)] >= 0).any())

    def words(self) -> str:
        return _("who moved the deals between stages")


@dataclass(frozen=True)
class OneOf(Need):
    """All needs of any one of the options."""

    options: tuple[tuple[Need, ...], ...]

    @property
    def source(self) -> str:
        """That of the first option."""
        return self.options[0][0].source

    def is_there(self, log: Log) -> bool:
        return any(all(need.is_there(log) for need in option) for option in self.options)

    def words(self) -> str:
        return _(" or ").join(" + ".join(need.words() for need in option) for option in self.options)

    def is_implied(self, others: Collection[Need]) -> bool:
        """Whether the others hold one of the options whole."""
        return any(all(need in others for need in option) for option in self.options)


def any_of(*options: tuple[Need, ...]) -> tuple[Need, ...]:
    """One need: all of one of the options, or nothing where an option needs nothing.

    Options that hold another option whole are left out: the other is easier to meet."""
    options = tuple(dict.fromkeys(options))
    options = tuple(one for one in options if not any(set(other) < set(one) for other in options))
    if len(options) == 1:
        return options[0]
    return (_together(options),) if all(options) else ()


def _together(options: tuple[tuple[Need, ...], ...]) -> Need:
    """Single streams, or single fields, as one need of that kind: «calls or messages»."""
    singles = [option[0] for option in options if len(option) == 1]
    for kind in (Stream, Field):
        alike = [need for need in singles if isinstance(need, kind)]
        if len(alike) == len(options):
            return kind(*dict.fromkeys(name for need in alike for name in need.names))
    return OneOf(options)


def needs_of(whole: object) -> tuple[Need, ...]:
    """What all direct parts need, each once; without what another need implies."""
    every = dict.fromkeys(need for part in parts_of(whole, object) for need in getattr(part, "needs", ()))
    return tuple(need for need in every if not need.is_implied(every))


Part = TypeVar("Part")


def parts_of(whole: object, kind: type[Part]) -> Iterator[Part]:
    """The direct parts of a dataclass that are of that kind, tuples included."""
    if not is_dataclass(whole):
        return
    for field in fields(whole):
        value = getattr(whole, field.name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, kind):
                yield part


CAPTIONS = ("field", "fields", "key", "start")
"""What parts call the fields that they look at."""


def captions_of(whole: object) -> Iterator[str]:
    """The captions of all fields that a clause or a part of it looks at, wherever in it they stand."""
    for name in CAPTIONS:
        value = getattr(whole, name, ())
        yield from (value,) if isinstance(value, str) else value
    for part in parts_of(whole, object):
        yield from captions_of(part)
