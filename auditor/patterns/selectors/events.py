"""Selectors of events: calls, messages, letters, tasks, comments, what else the CRM records."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from auditor.i18n import N_, _
from auditor.log.columns import Bools
from auditor.log.kinds import Answer, Direction, Kind
from auditor.log.log import Log
from auditor.log.spine import key_of
from auditor.patterns.core.moments import Moments, events, none_of, points
from auditor.patterns.core.needs import Column, Need, People, Stream
from auditor.patterns.core.selector import Next
from auditor.patterns.deadlines.spans import Span
from auditor.patterns.selectors.records import (
    addressed_to,
    authored,
    names_role,
    of_answer,
    of_direction,
    pinned,
    resulting,
    saying,
    with_file,
)
from auditor.patterns.selectors.refined import Refinable
from auditor.terms import Role, role_words

OUT, IN = Direction.OUT, Direction.IN
"""Directions of calls, messages, SMS and letters; an event without a direction is possibly either."""
ANSWERED, UNANSWERED = Answer.ANSWERED, Answer.UNANSWERED
"""Answers of a call: by its outcome, else by its duration; a call with neither is possibly either."""


STREAM_OF = {
    Kind.CALL: "call", Kind.MESSAGE: "message", Kind.SMS: "sms", Kind.EMAIL: "email", Kind.FORM: "form",
    Kind.CHAT: "chat", Kind.INVITED: "invite", Kind.TASK_SET: "task", Kind.TASK_MOVED: "task", Kind.TASK_DONE: "task",
    Kind.COMMENT: "comment", Kind.FILE: "file", Kind.DOCUMENT: "document", Kind.INVOICE: "invoice",
    Kind.PAYMENT: "payment", Kind.CLAIM: "claim", Kind.LEDGER: "ledger", Kind.OPENED: "email out",
}  # fmt: skip


DIRECTED = {Direction.UNKNOWN: "", Direction.OUT: " out", Direction.IN: " in"}


@dataclass(frozen=True)
class Events(Refinable):
    """Events of one kind; of one direction, one answer, one author's role, and with certain words where told.

    `words_of`: the columns that `said` is looked for in."""

    kind: Kind
    name: str
    direction: Direction = Direction.UNKNOWN
    answer: Answer = Answer.NONE
    said: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()
    words_of: tuple[str, ...] = ("text",)
    role: Role | None = None
    named: Role | None = None
    addressed: Role | None = None
    is_pinned: bool = False
    results: tuple[str, ...] = ()
    attached: bool = False
    PARAMETERS: ClassVar[dict[str, str]] = {"said": "words", "but_not": "but_not", "results": "results"}

    def select(self, log: Log) -> Moments:
        places = log.of_kind(self.kind)
        sure = possible = np.ones(len(places), np.bool_)
        for surely, perhaps in self._conditions(log, places):
            sure, possible = sure & surely, possible & perhaps
        chosen = np.flatnonzero(possible)
        return events(log, places.take(chosen), sure.take(chosen))

    def _conditions(self, log: Log, places: "np.ndarray") -> Iterator[tuple[Bools, Bools]]:
        """Per event whether it surely, and possibly, is what each of the fields asks for."""
        if self.direction != Direction.UNKNOWN:
            yield of_direction(log, places, self.direction)
        if self.answer != Answer.NONE:
            yield of_answer(log, places, self.answer)
        if self.said or self.but_not:
            yield saying(log, places, self.words_of, self.said, self.but_not)
        if self.is_pinned:
            yield pinned(log, places)
        if self.attached:
            yield with_file(log, places)
        if self.results:
            yield resulting(log, places, self.results)
        if self.role is not None:
            yield authored(log, places, self.role)
        if self.addressed is not None:
            yield addressed_to(log, places, self.addressed)
        if self.named is not None:
            yield names_role(log, places, self.named)

    def words(self) -> str:
        about = _(" «{words}»").format(words="», «".join(self.said)) if self.said else ""
        details = "; ".join(self._details())
        return self.title + about + (f" ({details})" if details else "")

    def _details(self) -> Iterator[str]:
        """Whose it is, and what else narrows it down."""
        if self.role is not None:
            yield _("author: {role}").format(role=role_words(self.role))
        if self.addressed is not None:
            yield _("for: {role}").format(role=role_words(self.addressed))
        if self.named is not None:
            yield _("mentions: {role}").format(role=role_words(self.named))
        if self.is_pinned:
            yield _("pinned")
        if self.attached:
            yield _("with a file")
        if self.results:
            yield _("result: {words}").format(words=", ".join(f"«{word}»" for word in self.results))

    @property
    def title(self) -> str:
        return _(self.name)

    @property
    def streams(self) -> frozenset[str]:
        return frozenset({STREAM_OF[self.kind] + DIRECTED[self.direction]})

    @property
    def needs(self) -> tuple[Need, ...]:
        columns = (Column(*names) for names in self._columns())
        whose = (People(),) if self.role or self.addressed else ()
        return (Stream(*self.streams), *columns, *whose)

    def _columns(self) -> Iterator[tuple[str, ...]]:
        """The columns that say what each of the fields asks for, of each group any one; letters need no template."""
        if self.answer != Answer.NONE:
            yield ("outcome", "duration")
        if (self.said or self.but_not) and "template" not in self.words_of:
            yield self.words_of
        if self.is_pinned:
            yield ("pinned",)
        if self.attached:
            yield ("name",)
        if self.results:
            yield ("result",)
        if self.role is not None:
            yield ("author",)
        if self.addressed is not None:
            yield ("addressee",)
        if self.named is not None:
            yield ("text",)

    def saying(self, *words: str, but_not: str = "") -> "Events":
        """Only those whose text (template, subject) holds one of the words."""
        return replace(self, said=words, but_not=(but_not,) if but_not else ())

    def in_channel(self, word: str) -> "Events":
        """Of chat messages: only those in a chat whose name holds the word."""
        return replace(self, said=(word,), words_of=("channel",))

    def by(self, role: Role) -> "Events":
        """Only those whose author has that role."""
        return replace(self, role=role)

    def naming(self, role: Role) -> "Events":
        """Only those whose text names somebody of that role."""
        return replace(self, named=role)

    def to(self, role: Role) -> "Events":
        """Only those addressed to somebody of that role."""
        return replace(self, addressed=role)

    @property
    def pinned(self) -> "Events":
        """Of comments: only those that are pinned."""
        return replace(self, is_pinned=True)

    @property
    def with_file(self) -> "Events":
        """Of letters: only those with an attachment."""
        return replace(self, attached=True)

    def unopened(self, span: "Span") -> "Unopened":
        """Of letters: so long after each that was not opened until then."""
        return Unopened(self.by_template, span)

    @property
    def by_template(self) -> "ByTemplate":
        """Of letters, as what raises a duty: which they are is known by the template only."""
        return ByTemplate(self)

    def resulting(self, *words: str) -> "Events":
        """Of completed tasks: only those whose result holds one of the words."""
        return replace(self, results=words)

    @property
    def done(self) -> "Events":
        """Of tasks: their completion."""
        return replace(self, kind=Kind.TASK_DONE, name=N_("completing a task"))


@dataclass(frozen=True)
class LedgerUpdated(Events):
    """Updates of the ledger, of which only the last is kept: one that came too late may hide one in time."""

    def next(self, log: Log, t: Moments) -> Next:
        found = super().next(log, t)
        return replace(found, possible=np.where(found.key < none_of(t.deal), t.key, found.possible))


@dataclass(frozen=True)
class Unopened(Refinable):
    """So long after each letter that was not opened until then."""

    of: Refinable
    span: "Span"

    def select(self, log: Log) -> Moments:
        found = self.of.find(log)
        at = found.time + self.span.seconds
        opened = log.arrays.activities.seconds("opened")[log.ref[found.pos]] if "opened" in log.activities else at
        kept = (opened > at) & (at <= log.as_of)
        moved = points(log, key_of(found.deal[kept], at[kept]), found.row[kept])
        return moved.doubted(~found.sure[kept])

    def words(self) -> str:
        return _("{span} after an unopened letter").format(span=self.span.words())

    @property
    def needs(self) -> tuple[Need, ...]:
        return (*self.of.needs, Column("opened"))


@dataclass(frozen=True)
class ByTemplate(Refinable):
    """Letters by their template, as what raises a duty: without a template column nobody knows which they are."""

    of: Events

    def select(self, log: Log) -> Moments:
        found = self.of.find(log)
        return found if "template" in log.activities else found.doubted(np.ones(len(found), np.bool_))

    def words(self) -> str:
        return self.of.words()


def call(direction: Direction = Direction.UNKNOWN, answer: Answer = Answer.NONE) -> Events:
    """Telephone calls, of that direction and answer; all without them."""
    return Events(Kind.CALL, _CALLS[(direction, answer)], direction, answer)


def message(direction: Direction = Direction.UNKNOWN) -> Events:
    """Messages in messengers, of that direction; all without it."""
    return Events(Kind.MESSAGE, _MESSAGES[direction], direction)


def sms(direction: Direction = Direction.UNKNOWN) -> Events:
    """SMS, of that direction; all without it."""
    return Events(Kind.SMS, _SMS[direction], direction)


def email(direction: Direction = Direction.UNKNOWN) -> Events:
    """Letters, of that direction; `saying` looks into template and subject."""
    return Events(Kind.EMAIL, _EMAILS[direction], direction, words_of=("template", "text"))


def task(*said: str) -> Events:
    """The setting of tasks whose text holds one of the words; of all tasks without words. `done` is their
    completion."""
    return Events(Kind.TASK_SET, N_("a task"), said=said)


_CALLS = {
    (Direction.UNKNOWN, Answer.NONE): N_("a call"),
    (Direction.UNKNOWN, Answer.ANSWERED): N_("an answered call"),
    (Direction.UNKNOWN, Answer.UNANSWERED): N_("an unanswered call"),
    (Direction.OUT, Answer.NONE): N_("an outgoing call"),
    (Direction.OUT, Answer.ANSWERED): N_("an answered outgoing call"),
    (Direction.OUT, Answer.UNANSWERED): N_("an unanswered outgoing call"),
    (Direction.IN, Answer.NONE): N_("an incoming call"),
    (Direction.IN, Answer.ANSWERED): N_("an answered incoming call"),
    (Direction.IN, Answer.UNANSWERED): N_("a missed incoming call"),
}


_MESSAGES = {
    Direction.UNKNOWN: N_("a message"),
    Direction.OUT: N_("an outgoing message"),
    Direction.IN: N_("an incoming message"),
}


_SMS = {
    Direction.UNKNOWN: N_("an SMS"),
    Direction.OUT: N_("an outgoing SMS"),
    Direction.IN: N_("an incoming SMS"),
}


_EMAILS = {
    Direction.UNKNOWN: N_("an e-mail"),
    Direction.OUT: N_("an outgoing e-mail"),
    Direction.IN: N_("an incoming e-mail"),
}


form = Events(Kind.FORM, N_("a form"))
"""Forms that the client filled in."""
chat = Events(Kind.CHAT, N_("a chat message"))
"""Messages of the staff's own chats, never to the client; `in_channel` asks for the name of the chat."""
comment = Events(Kind.COMMENT, N_("a comment"))
"""Comments on the deal."""
file = Events(Kind.FILE, N_("a file"), words_of=("name", "field"))
"""Files added to the deal; `saying` looks into their names and the fields they were added to."""
invoice = Events(Kind.INVOICE, N_("an invoice"))
"""Invoices issued."""
payment = Events(Kind.PAYMENT, N_("a payment"))
"""Payments received."""
claim = Events(Kind.CLAIM, N_("a claim"))
"""The client's claims."""
letter_opened = Events(Kind.OPENED, N_("opening the letter"), words_of=("template", "text"))
"""The first opening of an outgoing letter by the client; `saying` looks into its template and subject."""
ledger_updated = LedgerUpdated(Kind.LEDGER, N_("a ledger update"))
"""Updates of the deal's ledger record. Only the last is exported: where it came too late, one in time is possible."""


def letter(*said: str) -> Events:
    """Outgoing letters by one of these templates; without a template column any outgoing letter."""
    return email(OUT).saying(*said)


def invited(role: Role) -> Events:
    """Somebody of that role is invited into the deal's chat."""
    return Events(Kind.INVITED, N_("an invitation"), addressed=role)
