"""Selectors of events: calls, messages, letters, tasks, comments, what else the CRM records."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from auditor.i18n import N_, _
from auditor.log.kinds import Answer, Direction, Kind
from auditor.log.log import Log
from auditor.log.spine import key_of
from auditor.patterns.core.loose import Call
from auditor.patterns.core.moments import Moments, events, none_of, points
from auditor.patterns.core.needs import Channel, Column, Need, People, Stream, needs_of
from auditor.patterns.core.selector import Next
from auditor.patterns.core.truth import FALSE, TRUE
from auditor.patterns.deadlines.spans import Span
from auditor.patterns.selectors.marks import (
    Answered,
    By,
    ByTemplate,
    Directed,
    InChannel,
    Lasting,
    Mark,
    Naming,
    Pinned,
    Resulting,
    Saying,
    To,
    WithFile,
)
from auditor.patterns.selectors.refined import Refinable
from auditor.terms import Role

OUT, IN = Directed(Direction.OUT), Directed(Direction.IN)
"""Directions of calls, messages, SMS and letters; an event without a direction is possibly either."""
ANSWERED, UNANSWERED = Answered(Answer.ANSWERED), Answered(Answer.UNANSWERED)
"""Answers of a call: by its outcome, else by its duration; a call with neither is possibly either."""

STREAM_OF = {
    Kind.CALL: "call", Kind.MESSAGE: "message", Kind.SMS: "sms", Kind.EMAIL: "email", Kind.FORM: "form",
    Kind.CHAT: "chat", Kind.INVITED: "invite", Kind.TASK_SET: "task", Kind.TASK_MOVED: "task", Kind.TASK_DONE: "task",
    Kind.TASK_DELETED: "task",
    Kind.COMMENT: "comment", Kind.FILE: "file", Kind.DOCUMENT: "document", Kind.INVOICE: "invoice",
    Kind.PAYMENT: "payment", Kind.CLAIM: "claim", Kind.LEDGER: "ledger", Kind.OPENED: "email out",
}  # fmt: skip

TEXTS_OF = {
    Kind.EMAIL: ("template", "text"),
    Kind.OPENED: ("template", "text"),
    Kind.FILE: ("name", "field"),
}
"""The columns that hold what events of a kind say, where that is not the text."""


@dataclass(frozen=True)
class Events(Refinable):
    """Events of one kind of which all marks hold; sentences tell the marks in the order in which they were added.

    `name`: the title, before translation; it tells direction and answer, where there are any."""

    kind: Kind
    name: str
    marks: tuple[Mark, ...] = ()

    def select(self, log: Log) -> Moments:
        places = log.of_kind(self.kind)
        unsure = np.zeros(len(places), np.bool_)
        for mark in self.marks:
            holds = mark.holds(log, places)
            unsure |= holds != TRUE
            left = np.flatnonzero(holds != FALSE)
            places, unsure = places.take(left), unsure.take(left)
        return events(log, places).doubted(unsure)

    def words(self) -> str:
        about = "".join(mark.about() for mark in self.marks)
        details = "; ".join(filter(None, (mark.words() for mark in self.marks)))
        return _(self.name) + about + (f" ({details})" if details else "")

    @property
    def streams(self) -> frozenset[str]:
        """SMS are one stream: to be used in one direction only is usual of them."""
        way = "" if self.kind == Kind.SMS else "".join(mark.way for mark in self.marks)
        return frozenset({STREAM_OF[self.kind] + way})

    @property
    def calls(self) -> frozenset[Call]:
        if self.kind != Kind.CALL:
            return frozenset()
        direction = next((mark.direction for mark in self.marks if isinstance(mark, Directed)), Direction.UNKNOWN)
        answer = next((mark.answer for mark in self.marks if isinstance(mark, Answered)), Answer.NONE)
        return frozenset({(direction, answer)})

    @property
    def needs(self) -> tuple[Need, ...]:
        """The stream, the columns, and last the table of people."""
        return (Stream(*self.streams), *sorted(needs_of(self), key=lambda need: isinstance(need, People)))

    def column_missing(self, log: Log) -> bool:
        return not all(need.is_there(log) for need in needs_of(self) if isinstance(need, Channel))

    def _marked(self, mark: Mark) -> "Events":
        """Only those of which the mark holds as well."""
        return replace(self, marks=(*self.marks, mark))

    def saying(self, *words: str, but_not: str = "") -> "Events":
        """Only those whose text (template, subject; of files the name or the field) holds one of the words."""
        without = (but_not,) if but_not else ()
        return self._marked(Saying(words, without, TEXTS_OF.get(self.kind, ("text",)))) if words or without else self

    def in_channel(self, word: str) -> "Events":
        """Of chat messages: only those in a chat whose name holds the word."""
        return self._marked(InChannel((word,)))

    def by(self, role: Role) -> "Events":
        """Only those whose author has that role."""
        return self._marked(By(role))

    def naming(self, role: Role) -> "Events":
        """Only those whose text names somebody of that role."""
        return self._marked(Naming(role))

    def to(self, role: Role) -> "Events":
        """Only those addressed to somebody of that role."""
        return self._marked(To(role))

    @property
    def pinned(self) -> "Events":
        """Of comments: only those that are pinned."""
        return self._marked(Pinned())

    @property
    def with_file(self) -> "Events":
        """Of letters: only those with an attachment."""
        return self._marked(WithFile())

    @property
    def by_template(self) -> "Events":
        """Of letters, as what raises a duty: which they are is known by the template only."""
        return self._marked(ByTemplate())

    def unopened(self, span: Span) -> "Unopened":
        """Of letters: so long after each that was not opened until then."""
        return Unopened(self.by_template, span)

    def lasting(self, seconds: float) -> "Events":
        """Of calls: only those of at least so many seconds."""
        return self._marked(Lasting(seconds))

    def shorter_than(self, seconds: float) -> "Events":
        """Of calls: only those of fewer seconds."""
        return self._marked(Lasting(seconds, shorter=True))

    def resulting(self, *words: str) -> "Events":
        """Of completed tasks: only those whose result holds one of the words."""
        return self._marked(Resulting(words))

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
    """So long after each letter that was not opened until then; `place` is the letter's."""

    of: Refinable
    span: Span

    def select(self, log: Log) -> Moments:
        found = self.of.find(log)
        at = self.span.later(log, found.time)
        opened = log.arrays.activities.seconds("opened")[log.ref[found.pos]] if "opened" in log.activities else at
        kept = (opened > at) & (at <= log.as_of)
        moved = points(log, key_of(found.deal[kept], at[kept]), found.row[kept])
        return replace(moved, place=found.pos[kept]).doubted(~found.sure[kept])

    def words(self) -> str:
        return _("{span} after an unopened letter").format(span=self.span.words())

    @property
    def needs(self) -> tuple[Need, ...]:
        return (*self.of.needs, Column("opened"))


def call(*marks: Directed | Answered) -> Events:
    """Telephone calls, of that direction and answer (in this order); all without them."""
    return Events(Kind.CALL, CALLS[marks], marks)


def message(*direction: Directed) -> Events:
    """Messages in messengers, of that direction; all without it."""
    return Events(Kind.MESSAGE, MESSAGES[direction], direction)


def sms(*direction: Directed) -> Events:
    """SMS, of that direction; all without it."""
    return Events(Kind.SMS, SMS[direction], direction)


def email(*direction: Directed) -> Events:
    """Letters, of that direction; `saying` looks into template and subject."""
    return Events(Kind.EMAIL, EMAILS[direction], direction)


def task(*said: str) -> Events:
    """The setting of tasks whose text holds one of the words; of all tasks without words. `done` is their
    completion."""
    return Events(Kind.TASK_SET, N_("a task")).saying(*said)


Titles = Mapping[tuple[Mark, ...], str]

CALLS: Titles = {
    (): N_("a call"),
    (ANSWERED,): N_("an answered call"),
    (UNANSWERED,): N_("an unanswered call"),
    (OUT,): N_("an outgoing call"),
    (OUT, ANSWERED): N_("an answered outgoing call"),
    (OUT, UNANSWERED): N_("an unanswered outgoing call"),
    (IN,): N_("an incoming call"),
    (IN, ANSWERED): N_("an answered incoming call"),
    (IN, UNANSWERED): N_("a missed incoming call"),
}
MESSAGES: Titles = {(): N_("a message"), (OUT,): N_("an outgoing message"), (IN,): N_("an incoming message")}
SMS: Titles = {(): N_("an SMS"), (OUT,): N_("an outgoing SMS"), (IN,): N_("an incoming SMS")}
EMAILS: Titles = {(): N_("an e-mail"), (OUT,): N_("an outgoing e-mail"), (IN,): N_("an incoming e-mail")}


form = Events(Kind.FORM, N_("a form"))
"""Forms that the client filled in."""
chat = Events(Kind.CHAT, N_("a chat message"))
"""Messages of the staff's own chats, never to the client; `in_channel` asks for the name of the chat."""
comment = Events(Kind.COMMENT, N_("a comment"))
"""Comments on the deal."""
file = Events(Kind.FILE, N_("a file"))
"""Files added to the deal; `saying` looks into their names and the fields they were added to."""
document = Events(Kind.DOCUMENT, N_("a document"))
"""Documents made from the deal."""
invoice = Events(Kind.INVOICE, N_("an invoice"))
"""Invoices issued."""
payment = Events(Kind.PAYMENT, N_("a payment"))
"""Payments received."""
claim = Events(Kind.CLAIM, N_("a claim"))
"""The client's claims."""
letter_opened = Events(Kind.OPENED, N_("opening the letter"))
"""The first opening of an outgoing letter by the client; `saying` looks into its template and subject."""
ledger_updated = LedgerUpdated(Kind.LEDGER, N_("a ledger update"))
"""Updates of the deal's ledger record. Only the last is exported: where it came too late, one in time is possible."""


def letter(*said: str) -> Events:
    """Outgoing letters by one of these templates; without a template column any outgoing letter."""
    return email(OUT).saying(*said)


def invited(role: Role) -> Events:
    """Somebody of that role is invited into the deal's chat."""
    return Events(Kind.INVITED, N_("an invitation")).to(role)
