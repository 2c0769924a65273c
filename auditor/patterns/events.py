"""Selectors of events: calls, messages, letters, tasks, comments, what else the CRM records."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from auditor.i18n import _, later
from auditor.log.columns import Bools, Text, seconds
from auditor.log.kinds import Answer, Direction, Kind
from auditor.log.log import Log, deal_of, key_of
from auditor.patterns.base import Need, Next, Selector
from auditor.patterns.moments import Moments, events, none_of, points
from auditor.patterns.refined import Refinable
from auditor.patterns.texts import says
from auditor.patterns.who import authored, names_role
from auditor.terms import Role, role_words

COMMUNICATIONS = (Kind.CALL, Kind.MESSAGE, Kind.SMS, Kind.EMAIL, Kind.FORM)
if TYPE_CHECKING:
    from auditor.patterns.deadlines import Span

OUT, IN = Direction.OUT, Direction.IN
ANSWERED, UNANSWERED = Answer.ANSWERED, Answer.UNANSWERED

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
        conditions = list(self._conditions(log, places))
        sure = np.logical_and.reduce([surely for surely, _perhaps in conditions])
        possible = np.logical_and.reduce([perhaps for _surely, perhaps in conditions])
        return events(log, places[possible], sure[possible])

    def _conditions(self, log: Log, places: "np.ndarray") -> Iterator[tuple[Bools, Bools]]:
        """Per event whether it surely, and possibly, is what each of the fields asks for."""
        yield _of_direction(log, places, self.direction)
        yield _of_answer(log, places, self.answer)
        if self.said or self.but_not:
            yield (_said(log, places, self),) * 2
        if self.is_pinned:
            yield (_pinned(log, places),) * 2
        if self.attached:
            yield (_with_file(log, places),) * 2
        if self.results:
            yield (_resulting(log, places, self.results),) * 2
        if self.role is not None:
            yield authored(log, places, self.role)
        if self.addressed is not None:
            yield _addressee(log, places, self.addressed)
        if self.named is not None:
            yield (names_role(log, places, self.named),) * 2

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
        answered = (Need("column", ("outcome", "duration")),) if self.answer != Answer.NONE else ()
        whose = (Need("people"),) if self.role or self.addressed else ()
        return (Need("stream", tuple(self.streams)), *answered, *whose)

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
        return replace(self, kind=Kind.TASK_DONE, name=later("completing a task"))


@dataclass(frozen=True)
class LedgerUpdated(Events):
    """Updates of the ledger, of which only the last is kept: one that came too late may hide one in time."""

    def next(self, log: Log, t: Moments) -> Next:
        found = super().next(log, t)
        return replace(found, possible=np.where(found.key < none_of(t.deal), t.key, found.possible))


def _of_direction(log: Log, places: "np.ndarray", direction: Direction) -> tuple[Bools, Bools]:
    """Surely and possibly of that direction: an empty cell may be either."""
    if direction == Direction.UNKNOWN:
        every = np.ones(len(places), np.bool_)
        return every, every
    told = log.direction[places]
    return told == direction, (told == direction) | (told == Direction.UNKNOWN)


def _of_answer(log: Log, places: "np.ndarray", answer: Answer) -> tuple[Bools, Bools]:
    """Surely and possibly of that answer: a call with neither outcome nor duration may be either."""
    if answer == Answer.NONE:
        every = np.ones(len(places), np.bool_)
        return every, every
    told = log.answer[places]
    return told == answer, (told == answer) | (told == Answer.UNKNOWN)


def _said(log: Log, places: "np.ndarray", selector: Events) -> Bools:
    if "template" in selector.words_of and "template" not in log.activities:
        return np.ones(len(places), np.bool_)
    result = np.zeros(len(places), np.bool_)
    for column in selector.words_of:
        text = log.text("activities", column)
        if not text.values:
            continue
        codes = text.codes[log.ref[places]]
        hit = _holding(log, column, text, selector.said)[codes] if selector.said else codes >= -1
        if selector.but_not:
            hit = hit & ~_holding(log, column, text, selector.but_not)[codes]
        result |= hit
    return result


def _holding(log: Log, column: str, text: Text, words: tuple[str, ...]) -> Bools:
    name = ("holding", column, words)
    if name not in log.memo:
        search = says(*words)
        log.memo[name] = text.where(lambda value: bool(search(value)))
    return log.memo[name]


def _pinned(log: Log, places: "np.ndarray") -> Bools:
    if "pinned" not in log.activities:
        return np.zeros(len(places), np.bool_)
    return log.activities["pinned"].fillna(False).to_numpy(dtype=bool)[log.ref[places]]


def _with_file(log: Log, places: "np.ndarray") -> Bools:
    return log.text("activities", "name").codes[log.ref[places]] >= 0


def _resulting(log: Log, places: "np.ndarray", words: tuple[str, ...]) -> Bools:
    text = log.text("activities", "result")
    return _holding(log, "result", text, words)[text.codes[log.ref[places]]]


def _addressee(log: Log, places: "np.ndarray", role: Role) -> tuple[Bools, Bools]:
    from auditor.patterns.who import of_role

    person = log.text("activities", "addressee").mapped(dict(log.facts.codes))
    return of_role(log, person[log.ref[places]] if person.size else np.full(len(places), -1), role)


@dataclass(frozen=True)
class Unopened(Refinable):
    """So long after each letter that was not opened until then."""

    of: Refinable
    span: "Span"

    def select(self, log: Log) -> Moments:
        found = self.of.find(log)
        at = found.time + self.span.seconds
        opened = seconds(log.activities["opened"])[log.ref[found.pos]] if "opened" in log.activities else at
        kept = (opened > at) & (at <= log.as_of)
        moved = points(log, key_of(found.deal[kept], at[kept]), found.row[kept])
        return moved.doubted(~found.sure[kept])

    def words(self) -> str:
        return _("{span} after an unopened letter").format(span=self.span.words())

    @property
    def needs(self) -> tuple[Need, ...]:
        return (*self.of.needs, Need("column", ("opened",)))


@dataclass(frozen=True)
class ByTemplate(Refinable):
    """Letters by their template, as what raises a duty: without a template column nobody knows which they are."""

    of: Events

    def select(self, log: Log) -> Moments:
        found = self.of.find(log)
        return found if "template" in log.activities else found.doubted(np.ones(len(found), np.bool_))

    def words(self) -> str:
        return self.of.words()


@dataclass(frozen=True)
class Contact(Refinable):
    """Feedback from the client: an answered call, or an incoming message, SMS or letter that is no request."""

    def select(self, log: Log) -> Moments:
        written = (message(IN) | sms(IN) | email(IN)).find(log)
        asked = written.taken(_before_first_attempt(log, written))
        answered = call(answer=ANSWERED).find(log)
        kept = np.isin(written.pos, asked.pos, invert=True)
        from auditor.patterns.moments import joined

        return joined([answered, written.taken(kept)])

    def words(self) -> str:
        return _("contact with the client")

    @property
    def streams(self) -> frozenset[str]:
        return frozenset({"call", "message in", "sms in", "email in"})

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Need("stream", tuple(sorted(self.streams))),)


@dataclass(frozen=True)
class RecordedContact(Contact):
    """Contact that left a record: in writing, or a call with its recording where the export has that column."""

    def select(self, log: Log) -> Moments:
        found = super().select(log)
        if "recording" not in log.activities:
            return found
        silent = log.text("activities", "recording").codes[log.ref[found.pos]] < 0
        return found.taken(~(silent & (log.kind[found.pos] == Kind.CALL)))

    def words(self) -> str:
        return _("the client's words on record")


@dataclass(frozen=True)
class FirstOfAll(Refinable):
    """Those that are the deal's first call, message, letter or form; one before the creation counts at it."""

    of: Selector

    def select(self, log: Log) -> Moments:
        places = np.sort(np.concatenate([log.of_kind(kind) for kind in COMMUNICATIONS]))
        first = places[np.append(True, np.diff(deal_of(log.key[places])) != 0)[: len(places)]]
        found = self.of.find(log)
        return found.taken(np.isin(found.pos, first))

    def words(self) -> str:
        return _("{what}, the deal's first event").format(what=self.of.words())

    @property
    def early_too(self) -> bool:
        return True


def _before_first_attempt(log: Log, written: Moments) -> Bools:
    """A client's own application: what comes in before the first attempt of the deal."""
    attempts = attempt.find(log)
    first = np.full(len(log.deals), np.iinfo(np.int64).max)
    deal = deal_of(attempts.key)
    first[deal[::-1]] = attempts.key[::-1]
    return written.key < first[written.deal]


def call(direction: Direction = Direction.UNKNOWN, answer: Answer = Answer.NONE) -> Events:
    """Telephone calls."""
    return Events(Kind.CALL, _CALLS[(direction, answer)], direction, answer)


def message(direction: Direction = Direction.UNKNOWN) -> Events:
    """Messages in messengers."""
    return Events(Kind.MESSAGE, _MESSAGES[direction], direction)


def sms(direction: Direction = Direction.UNKNOWN) -> Events:
    return Events(Kind.SMS, _SMS[direction], direction)


def email(direction: Direction = Direction.UNKNOWN) -> Events:
    """Letters; `saying` looks into template and subject."""
    return Events(Kind.EMAIL, _EMAILS[direction], direction, words_of=("template", "text"))


def task(*said: str) -> Events:
    """Tasks set, by their text."""
    return Events(Kind.TASK_SET, later("a task"), said=said)


_CALLS = {
    (Direction.UNKNOWN, Answer.NONE): later("a call"),
    (Direction.UNKNOWN, Answer.ANSWERED): later("an answered call"),
    (Direction.UNKNOWN, Answer.UNANSWERED): later("an unanswered call"),
    (Direction.OUT, Answer.NONE): later("an outgoing call"),
    (Direction.OUT, Answer.ANSWERED): later("an answered outgoing call"),
    (Direction.OUT, Answer.UNANSWERED): later("an unanswered outgoing call"),
    (Direction.IN, Answer.NONE): later("an incoming call"),
    (Direction.IN, Answer.ANSWERED): later("an answered incoming call"),
    (Direction.IN, Answer.UNANSWERED): later("a missed incoming call"),
}
_MESSAGES = {
    Direction.UNKNOWN: later("a message"),
    Direction.OUT: later("an outgoing message"),
    Direction.IN: later("an incoming message"),
}
_SMS = {
    Direction.UNKNOWN: later("an SMS"),
    Direction.OUT: later("an outgoing SMS"),
    Direction.IN: later("an incoming SMS"),
}
_EMAILS = {
    Direction.UNKNOWN: later("an e-mail"),
    Direction.OUT: later("an outgoing e-mail"),
    Direction.IN: later("an incoming e-mail"),
}

form = Events(Kind.FORM, later("a form"))
chat = Events(Kind.CHAT, later("a chat message"))
comment = Events(Kind.COMMENT, later("a comment"))
file = Events(Kind.FILE, later("a file"), words_of=("name", "field"))
invoice = Events(Kind.INVOICE, later("an invoice"))
payment = Events(Kind.PAYMENT, later("a payment"))
claim = Events(Kind.CLAIM, later("a claim"))
letter_opened = Events(Kind.OPENED, later("opening the letter"), words_of=("template", "text"))
ledger_updated = LedgerUpdated(Kind.LEDGER, later("a ledger update"))


def letter(*said: str) -> Events:
    """Outgoing letters by one of these templates; without a template column any outgoing letter."""
    return email(OUT).saying(*said)


def invited(role: Role) -> Events:
    """Somebody of that role is invited into the deal's chat."""
    return Events(Kind.INVITED, later("an invitation"), addressed=role)


attempt: Refinable = call(OUT) | message(OUT) | sms(OUT) | email(OUT)
contact = Contact()
contact_on_record = RecordedContact()


def first_of_all(of: Selector) -> FirstOfAll:
    return FirstOfAll(of)
