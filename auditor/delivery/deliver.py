"""A run is told: to each person once, whatever becomes of the others."""

import mimetypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from auditor.audit.result import Audit
from auditor.config.models import File
from auditor.config.secrets import SecretError
from auditor.delivery.letter import Letter, Shape, Told, composed
from auditor.delivery.message import Attachment, Message, NotSentError, UnsureError
from auditor.delivery.outbox import Kind, Outbox, State, recipient_words
from auditor.delivery.page import html_of
from auditor.delivery.plans import News, Plan, Plans
from auditor.delivery.recipients import Audience, Recipient
from auditor.delivery.ways import WAYS
from auditor.history.failures import HistoryError
from auditor.i18n import _
from auditor.reports.amounts import day

Attach = Callable[[Audit, str], bytes]
"""A report in one of the formats."""


@dataclass(frozen=True)
class Delivered:
    """What became of the message to one person; `letter`: None where there was nothing to tell."""

    to: Recipient
    state: State
    letter: Letter | None = None
    why: str = ""

    @property
    def fault(self) -> str:
        """Why nobody can rely on its having arrived, in a line; empty where it did."""
        if self.state == State.FAILED:
            return _("{recipient} was not told: {why}").format(recipient=self.to, why=self.why)
        if self.state == State.UNSURE:
            what = _("nobody knows whether {recipient} was told, and it is not sent again: {why}")
            return what.format(recipient=self.to, why=self.why)
        return ""


def deliver(news: News, file: File, outbox: Outbox, attach: Attach) -> Iterator[Delivered]:
    """Send what is to be sent; never raises for what concerns one person, or the history. Who is told everything comes
    last, and hears of the others. `attach` makes the files of mails."""
    post, faults = _Post(news, file, outbox, attach), list(news.faults)
    for done in post.all_sent(faults):
        faults += [done.fault] if done.fault else []
        yield done


def rehearsed(news: News, file: File, outbox: Outbox) -> Iterator[Delivered]:
    """What would go to whom; nothing is sent or written."""
    post = _Post(news, file, outbox, lambda _audit, _form: b"")
    for plan in (post.plans.with_faults(plan, news.faults) for plan in post.plans.all()):
        found = post.letter(plan, news.faults) if plan.keys else None
        yield Delivered(plan.to, State.PLANNED if found else State.QUIET, found)


class _Post:
    def __init__(self, news: News, file: File, outbox: Outbox, attach: Attach) -> None:
        self.plans = Plans(news, file, outbox)
        self._file, self._outbox, self._attach = file, outbox, attach
        self._is_first = news.recorded is not None and news.recorded.before is None

    def all_sent(self, faults: list[str]) -> Iterator[Delivered]:
        """`faults` grows meanwhile."""
        yield from self._cut_off()
        plans = self.plans.all()
        try:
            self._outbox.write(self.plans.quiet(plans), State.QUIET)
            self._outbox.write([key for plan in plans for key in plan.keys], State.PLANNED)
        except HistoryError as error:
            yield from (Delivered(plan.to, State.FAILED, why=str(error)) for plan in plans if plan.keys)
            return
        for plan in plans:
            yield self._sent(self.plans.with_faults(plan, faults), faults)

    def _cut_off(self) -> Iterator[Delivered]:
        """What a killed run had begun to send."""
        for key in self._outbox.cut_off:
            to = Recipient(recipient_words(key), key.channel, "", Audience.OWN)
            why = _("a run was stopped while it sent the message of {day}").format(day=day(key.day))
            yield Delivered(to, State.UNSURE, why=why)

    def _sent(self, plan: Plan, faults: Sequence[str]) -> Delivered:
        if not plan.keys:
            return Delivered(plan.to, State.QUIET)
        try:
            letter = self.letter(plan, faults)
            message = self._message(plan, letter)
            self._outbox.write(plan.keys, State.SENDING, plan.told)
        except HistoryError as error:
            return Delivered(plan.to, State.FAILED, why=str(error))
        except Exception as error:  # of one person: the others are told
            return Delivered(plan.to, State.FAILED, why=type(error).__name__)
        state, why = self._handed_over(plan.to, message)
        try:
            self._outbox.write(plan.keys, state, plan.told)
        except HistoryError as error:
            state, why = State.UNSURE, str(error)
        return Delivered(plan.to, state, letter, why)

    def _handed_over(self, to: Recipient, message: Message) -> tuple[State, str]:
        """What became of it; the words of an error that nobody foresaw may hold a secret, and are not told."""
        try:
            WAYS[to.channel].send(getattr(self._file.delivery, to.channel), to.address, message)
        except (NotSentError, SecretError) as error:
            return State.FAILED, str(error)
        except UnsureError as error:
            return State.UNSURE, str(error)
        except Exception as error:  # in doubt nothing is sent twice
            return State.UNSURE, type(error).__name__
        return State.SENT, ""

    def letter(self, plan: Plan, faults: Sequence[str]) -> Letter:
        told = Told(plan.part, plan.groups, faults if plan.tells(Kind.ALARM) else (), self._is_first)
        delivery = self._file.delivery
        rest = _("in the attachment") if self._forms(plan) else ""
        return composed(plan.to, told, Shape(delivery.items, rest, delivery.link or "", bool(self._file.deals.link)))

    def _message(self, plan: Plan, letter: Letter) -> Message:
        key = blake2b(repr((self._outbox.company, plan.keys)).encode(), digest_size=16).hexdigest()
        if plan.to.channel != "mail":
            return Message(key, letter.subject, letter.text)
        files = (self._file_of(plan.part, form) for form in self._forms(plan)) if plan.part else ()
        return Message(key, letter.subject, letter.text, html_of(letter), tuple(files))

    def _forms(self, plan: Plan) -> tuple[str, ...]:
        mail = self._file.delivery.mail
        return mail.attach if mail and plan.to.channel == "mail" and plan.groups else ()

    def _file_of(self, part: Audit, form: str) -> Attachment:
        name = f"auditor-{part.as_of:%Y-%m-%d}.{form.lower()}"
        return Attachment(name, mimetypes.guess_type(name)[0] or "application/octet-stream", self._attach(part, form))
