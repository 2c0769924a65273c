"""Attempts to reach the client, and contact with him."""

from dataclasses import dataclass

import numpy as np

from auditor.i18n import N_, _
from auditor.log.columns import Bools, set_first
from auditor.log.kinds import NEVER, Kind
from auditor.log.log import Log
from auditor.log.spine import deal_of
from auditor.patterns.core.loose import Call
from auditor.patterns.core.moments import Moments, joined, own_time
from auditor.patterns.core.needs import Need, Stream
from auditor.patterns.core.runs import starts
from auditor.patterns.core.selector import Selector
from auditor.patterns.selectors.events import ANSWERED, IN, OUT, call, email, message, sms
from auditor.patterns.selectors.refined import Narrowed, Refinable

COMMUNICATIONS = (Kind.CALL, Kind.MESSAGE, Kind.SMS, Kind.EMAIL, Kind.FORM)


@dataclass(frozen=True)
class Contact(Refinable):
    """Feedback from the client: an answered call in either direction, or an incoming message, SMS or letter. What comes
    in before the first attempt of the deal is his request and no contact; an answered call always is one."""

    def select(self, log: Log) -> Moments:
        written = (message(IN) | sms(IN) | email(IN)).find(log)
        answered = call(ANSWERED).find(log)
        return joined([answered, written.taken(~_before_first_attempt(log, written))])

    def words(self) -> str:
        return _("contact with the client")

    @property
    def streams(self) -> frozenset[str]:
        return frozenset({"call", "message in", "sms", "email in"})

    @property
    def calls(self) -> frozenset[Call]:
        return call(ANSWERED).calls

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Stream(*sorted(self.streams)),)


@dataclass(frozen=True)
class RecordedContact(Contact):
    """A contact that left a record: in writing, or a call with its recording where the export has that column."""

    def select(self, log: Log) -> Moments:
        found = super().select(log)
        if "recording" not in log.activities:
            return found
        silent = log.text("activities", "recording").codes[log.ref[found.pos]] < 0
        return found.taken(~(silent & (log.kind[found.pos] == Kind.CALL)))

    def words(self) -> str:
        return _("the client's words on record")


@dataclass(frozen=True)
class FirstOfAll(Narrowed):
    """Those that are the deal's first call, message, letter or form; one before the creation counts at it."""

    def narrow(self, log: Log, found: Moments) -> Moments:
        places = log.of_kinds(*COMMUNICATIONS)
        deal = deal_of(log.key[places])
        first = np.full(len(log.deals), -1)
        set_first(first, deal, places)
        return found.taken(found.pos == first[found.deal])

    def words(self) -> str:
        return _("{what}, the deal's first event").format(what=self.of.words())

    @property
    def early_too(self) -> bool:
        return True


def _before_first_attempt(log: Log, written: Moments) -> Bools:
    """A client's own application: what comes in before the first attempt of the deal. Before the creation, where both
    count, each has its own time, in whose order the log keeps them."""
    attempts = attempt.find(log)
    attempts = attempts.taken(starts(attempts.deal))
    first = np.full(len(log.deals), NEVER)
    first[attempts.deal] = own_time(log, attempts)
    return own_time(log, written) < first[written.deal]


attempt: Refinable = (call(OUT) | message(OUT) | sms(OUT) | email(OUT)).named(N_("an attempt to reach the client"))
"""Anything outgoing to the client, by anybody: a call, answered or not, a message, SMS or letter."""
contact = Contact()
contact_on_record = RecordedContact()


def first_of_all(of: Selector) -> FirstOfAll:
    """Those that are the first call, message, SMS, letter or form of their deal; one before the creation raises its
    duty at the creation."""
    return FirstOfAll(of)
