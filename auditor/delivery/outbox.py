"""The outbox: who was told of which day by which way, kept in the history, so that nobody is told twice."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, and_, insert, select, update

from auditor.history.changes import Group
from auditor.history.failures import NoHistoryError
from auditor.history.people import Masks, shown
from auditor.history.read import company_made, company_of
from auditor.history.store import Store, reading, writing
from auditor.history.tables import nights, outbox, seen, states

NEWS = (Group.NEW, Group.REOPENED, Group.CLOSED_LATE)
"""What people are told of each night."""
LONG_AGO = timedelta(31)
"""Nobody is told any more of what he should have been told before."""


class Kind(StrEnum):
    """What a message tells; one message may tell all of it."""

    NEWS = "news"
    """What a night found; its day is the night's."""
    DIGEST = "digest"
    """What stays open; its day is that of the run."""
    ALARM = "alarm"
    """What failed; its day is that of the run."""


class State(StrEnum):
    QUIET = "quiet"
    """There was nothing to tell."""
    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    """It did not go out, and is tried again by the next run."""
    UNSURE = "unsure"
    """Nobody knows whether it went out: it is not sent again."""


DONE = (State.SENT, State.UNSURE)
"""Not to be sent again."""
SETTLED = (State.QUIET, *DONE)
"""Whatever was to be told of that day was told."""


@dataclass(frozen=True)
class Key:
    """One message to one person: the same is never sent twice."""

    day: date
    recipient: str
    channel: str
    kind: Kind


@dataclass(frozen=True)
class Entry:
    """`told`: the ids of the duties that the message tells."""

    state: State
    told: frozenset[str] = frozenset()


@dataclass
class Outbox:
    """The entries of one company, as the run found them; without a store nothing is kept. `became`: what each of the
    latest nights found new, by the ids of duties."""

    store: Store | None = None
    entries: dict[Key, Entry] = field(default_factory=dict)
    became: Mapping[date, Mapping[str, Group]] = field(default_factory=dict)
    masks: Masks = field(default_factory=lambda: Masks(()))
    cut_off: tuple[Key, ...] = ()
    """Messages that a killed run had begun to send: unsure from now on."""

    def done(self, key: Key) -> bool:
        entry = self.entries.get(self._masked(key))
        return entry is not None and entry.state in DONE

    def missed(self, news: Key) -> dict[str, Group]:
        """What nights before that of the news found, and the recipient was not told; nothing to who never was told
        anything."""
        name = self._masked(news).recipient
        rows = {
            key.day: entry
            for key, entry in self.entries.items()
            if (key.recipient, key.channel, key.kind) == (name, news.channel, Kind.NEWS) and key.day <= news.day
        }
        settled = [day for day, entry in rows.items() if entry.state in SETTLED]
        last = max(settled) if settled else min(rows, default=news.day)
        told = rows[last].told if settled else frozenset()
        days = [day for day in sorted(self.became) if last <= day < news.day]
        return {duty: group for day in days for duty, group in self.became[day].items() if duty not in told}

    def write(self, keys: Iterable[Key], state: State, told: Iterable[str] = ()) -> None:
        """The state of messages, in a transaction of its own. Raises HistoryError."""
        entries = dict.fromkeys(map(self._masked, keys), Entry(state, frozenset(told)))
        if self.store and entries:
            with writing(self.store) as connection:
                company = company_made(connection, self.store)
                for key, entry in entries.items():
                    _write(connection, company, key, entry)
        self.entries |= entries

    @property
    def company(self) -> str:
        return self.store.company if self.store else ""

    def _masked(self, key: Key) -> Key:
        return Key(key.day, self.masks.name(key.recipient), key.channel, key.kind)


def opened(store: Store, day: date) -> Outbox:
    """The outbox of a run that sends messages of this day and later ones: what another run had begun to send is unsure.
    Raises HistoryError."""
    with writing(store) as connection:
        company = company_made(connection, store)
        begun = and_(outbox.c.company == company, outbox.c.state == State.SENDING.value)
        found = connection.execute(select(outbox).where(begun).order_by(outbox.c.key)).all()
        connection.execute(update(outbox).where(begun).values(state=State.UNSURE.value))
        return _read(connection, company, store, day - LONG_AGO, tuple(map(_key_of, found)))


def looked_into(store: Store, day: date) -> Outbox:
    """The same for a run that only shows what it would send. Raises HistoryError."""
    try:
        with reading(store) as connection:
            company = company_of(connection, store)
            return _read(connection, company, store, day - LONG_AGO) if company else Outbox()
    except NoHistoryError:
        return Outbox()


def _read(connection: Connection, company: int, store: Store, since: date, cut_off: tuple[Key, ...] = ()) -> Outbox:
    rows = connection.execute(select(outbox).where(outbox.c.company == company, outbox.c.day > since))
    entries = {_key_of(row): Entry(State(row.state), frozenset(row.told.split())) for row in rows}
    masks = Masks.of(connection)
    return Outbox(store, entries, _became(connection, company, since), masks, cut_off)


def _key_of(row: Any) -> Key:
    return Key(row.day, row.recipient, row.channel, Kind(row.kind))


def _became(connection: Connection, company: int, since: date) -> dict[date, dict[str, Group]]:
    question = (
        select(nights.c.day, states.c.duty, seen.c.became)
        .select_from(seen.join(states).join(nights, nights.c.key == seen.c.night))
        .where(nights.c.company == company, nights.c.day > since, seen.c.became.in_([group.value for group in NEWS]))
    )
    found: dict[date, dict[str, Group]] = defaultdict(dict)
    for day, duty, group in connection.execute(question):
        found[day][duty] = Group(group)
    return found


def _write(connection: Connection, company: int, key: Key, entry: Entry) -> None:
    name = {"company": company, "day": key.day, "recipient": key.recipient, "channel": key.channel}
    values = {"state": entry.state.value, "told": " ".join(sorted(entry.told)), "changed": datetime.now(UTC)}
    names = {**name, "kind": key.kind.value}
    same = and_(*(outbox.c[column] == value for column, value in names.items()))
    if not connection.execute(update(outbox).where(same).values(**values)).rowcount:
        connection.execute(insert(outbox).values(**names, **values))


def recipient_words(key: Key) -> str:
    """Whom a kept message was for."""
    return shown(key.recipient)
