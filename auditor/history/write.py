"""One night as rows of the tables."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select, update

from auditor import __version__
from auditor.audit.result import COUNTS, Audit, Status
from auditor.history.changes import Change
from auditor.history.night import Duty, Sight
from auditor.history.people import Masks, Person, keys_of
from auditor.history.read import aware, nights_of, pieces
from auditor.history.tables import nights, outbox, people, rules, seen, states, sums
from auditor.spelling import folded

Values = dict[str, Any]
TABLES = (seen, sums, rules)
"""What belongs to one night."""
STATE = ("clause", "severity", "entity", "deal", "arose", "due", "met_at", "verdict", "how")


def write(connection: Connection, company: int, audit: Audit, kept: Sequence[Change], now: datetime) -> None:
    """The night of the audit's day with these duties; one that is there already is replaced, unless it is the same."""
    keys = _Keys(connection, company, audit, kept)
    head = {"as_of": aware(audit.as_of, audit.timezone), "zone": audit.timezone}
    listed = {keys.digest(change.duty): change for change in kept}
    became = sorted((state, change.group.value, change.why or "") for state, change in listed.items())
    found, ruled = sorted(_sums(audit, keys), key=_by_clause), list(_rules(audit))
    digest = _hash(head, became, found, ruled)
    old = connection.execute(nights_of(company).where(nights.c.day == audit.as_of.date())).first()
    if old and old.digest == digest:
        return
    about = {**head, "digest": digest, "recorded": now, "program": __version__}
    night = _emptied(connection, old.key, about) if old else _begun(connection, company, audit.as_of.date(), about)
    place = _states(connection, {state: keys.state(change.duty) for state, change in listed.items()})
    lines = [
        {"state": place[state], "became": c.group.value, "why": c.why and c.why.value} for state, c in listed.items()
    ]
    for table, rows in zip(TABLES, (lines, found, ruled), strict=True):
        if rows:
            connection.execute(insert(table), [{"night": night, **row} for row in rows])
    if old:
        drop_orphans(connection)


class _Keys:
    """The people of one night by their keys; who must be forgotten stands under a number."""

    def __init__(self, connection: Connection, company: int, audit: Audit, kept: Sequence[Change]) -> None:
        named = {*(_person(change.duty) for change in kept), *(person for person, *_ in _scores(audit))}
        self._company, self._zone = company, audit.timezone
        self._names = Masks.of(connection).names(name for name, *_ in named)
        self._keys = keys_of(
            connection, company, {(self._names[name], department, role) for name, department, role in named}
        )

    def of(self, person: Person) -> int:
        name, department, role = person
        return self._keys[folded(self._names[name]), department, role]

    def digest(self, duty: Duty) -> str:
        """The same as long as nothing of the duty changes."""
        return _hash(self._company, duty.id, *(getattr(duty, name) for name in STATE), self.of(_person(duty)))

    def state(self, duty: Duty) -> Values:
        values = {name: getattr(duty, name) for name in STATE}
        moments = {name: aware(values[name], self._zone) for name in ("arose", "due", "met_at")}
        return {**values, **moments, "severity": duty.severity.value, "duty": duty.id, "person": self.of(_person(duty))}


def _hash(*parts: object) -> str:
    return blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def _person(duty: Duty) -> Person:
    return duty.manager, duty.department, duty.role


def _scores(audit: Audit) -> Iterator[tuple[Person, str, tuple[int, ...]]]:
    """Person, clause and counts of each row of the scores."""
    names = audit.scores[["manager", "department", "role", "clause"]].astype(object).fillna("")
    counts = audit.scores[list(COUNTS)].to_numpy().tolist()
    for (manager, department, role, clause), numbers in zip(names.itertuples(index=False), counts, strict=True):
        yield (manager, department, role), clause, tuple(map(int, numbers))


def _sums(audit: Audit, keys: _Keys) -> Iterator[Values]:
    for person, clause, counts in _scores(audit):
        yield {"person": keys.of(person), "clause": clause, **dict(zip(COUNTS, counts, strict=True))}


def _by_clause(row: Values) -> tuple[str, int]:
    return row["clause"], row["person"]


def _rules(audit: Audit) -> Iterator[Values]:
    for coverage in audit.coverage:
        if coverage.status != Status.BY_HAND:
            yield {"clause": coverage.clause, **vars(Sight.of(coverage))}


def _begun(connection: Connection, company: int, day: date, about: Values) -> int:
    night = insert(nights).values(company=company, day=day, **about).returning(nights.c.key)
    return int(connection.execute(night).scalar_one())


def _emptied(connection: Connection, night: int, about: Values) -> int:
    """A night that stays by its key, without all that it had."""
    for table in TABLES:
        connection.execute(delete(table).where(table.c.night == night))
    connection.execute(update(nights).where(nights.c.key == night).values(**about))
    return night


def _states(connection: Connection, wanted: Mapping[str, Values]) -> dict[str, int]:
    """The key of each state by its digest; those that no night saw before are made."""
    place: dict[str, int] = {}
    for some in pieces(list(wanted)):
        place |= _places(connection.execute(select(states.c.digest, states.c.key).where(states.c.digest.in_(some))))
    rows = [{"digest": digest, **state} for digest, state in wanted.items() if digest not in place]
    if rows:
        place |= _places(connection.execute(insert(states).returning(states.c.digest, states.c.key), rows))
    return place


def _places(rows: Any) -> dict[str, int]:
    return {row.digest: row.key for row in rows}


def drop_before(connection: Connection, company: int, oldest: date) -> None:
    """Nights of days before that one, what only they listed, and who was told of them."""
    connection.execute(delete(outbox).where(outbox.c.company == company, outbox.c.day < oldest))
    old = _nights_before(company, oldest)
    if not connection.execute(old.limit(1)).first():
        return
    for table in TABLES:
        connection.execute(delete(table).where(table.c.night.in_(old)))
    connection.execute(delete(nights).where(nights.c.company == company, nights.c.day < oldest))
    drop_orphans(connection)


def _nights_before(company: int, oldest: date) -> Select[Any]:
    return select(nights.c.key).where(nights.c.company == company, nights.c.day < oldest)


def drop_orphans(connection: Connection) -> None:
    """States that no night lists, and people of whom nothing is told."""
    connection.execute(delete(states).where(~select(seen.c.state).where(seen.c.state == states.c.key).exists()))
    told = [select(table.c.person).where(table.c.person == people.c.key).exists() for table in (states, sums)]
    connection.execute(delete(people).where(*(~there for there in told)))
