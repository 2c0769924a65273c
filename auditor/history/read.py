"""Nights read back from the history."""

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, Select, and_, func, insert, not_, select, update

from auditor.history.changes import Group
from auditor.history.night import Duty, Night, Sight
from auditor.history.store import Store
from auditor.history.tables import companies, nights, people, rules, seen, states
from auditor.rules import Severity

AT_A_TIME = 500
"""Values in one question: databases have a limit."""
T = TypeVar("T")

STILL_LISTED = not_(and_(seen.c.became == Group.WITHDRAWN, states.c.verdict == "violated"))
"""Of what a night lists, all but the violations that were withdrawn and are gone."""


def pieces(values: Sequence[T]) -> Iterator[Sequence[T]]:
    return (values[first : first + AT_A_TIME] for first in range(0, len(values), AT_A_TIME))


def local(at: datetime | None, zone: str) -> datetime | None:
    """An aware moment as clocks in the zone showed it."""
    return at and at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def aware(at: datetime | None, zone: str) -> datetime | None:
    """A local moment; one that came twice is the second one, as for deadlines."""
    return at and at.replace(tzinfo=ZoneInfo(zone), fold=1).astimezone(UTC)


def company_of(connection: Connection, store: Store) -> int | None:
    """The key of the company whose nights these are; None where it has none."""
    return connection.execute(select(companies.c.key).where(companies.c.name == store.company)).scalar()


def company_made(connection: Connection, store: Store) -> int:
    """The same, made where there is none."""
    found = company_of(connection, store) or _moved(connection, store)
    if found is None:
        return connection.execute(insert(companies).values(name=store.company).returning(companies.c.key)).scalar_one()
    # one run at a time for each company, whoever else writes
    return connection.execute(select(companies.c.key).where(companies.c.key == found).with_for_update()).scalar_one()


def _moved(connection: Connection, store: Store) -> int | None:
    """The only company of a file beside the settings, where those it knew are gone: they were moved, and it with them.
    In any other place it may be another company's."""
    if store.file is None or store.file.parent != Path(store.company).parent:
        return None
    others = connection.execute(select(companies)).all()
    if len(others) != 1 or Path(others[0].name).exists():
        return None
    connection.execute(update(companies).values(name=store.company))
    return int(others[0].key)


def nights_of(company: int) -> Select[Any]:
    """All of them, the latest first."""
    return select(nights).where(nights.c.company == company).order_by(nights.c.day.desc())


def night_before(connection: Connection, company: int, day: date) -> Row[Any] | None:
    return connection.execute(nights_of(company).where(nights.c.day < day).limit(1)).first()


def night_read(connection: Connection, night: Row[Any]) -> Night:
    """A night as the next one is compared with it."""
    listed = (
        select(states, people.c.name, people.c.department, people.c.role)
        .join(seen, seen.c.state == states.c.key)
        .join(people, people.c.key == states.c.person)
        .where(seen.c.night == night.key, STILL_LISTED)
    )
    sights = connection.execute(select(rules).where(rules.c.night == night.key))
    as_of = local(night.as_of, night.zone)
    assert as_of is not None
    return Night(
        as_of=as_of,
        timezone=night.zone,
        duties=tuple(duty_of(row, night.zone) for row in connection.execute(listed)),
        sights={row.clause: Sight(row.checked, row.since, row.until, row.rule) for row in sights},
    )


def duty_of(row: Row[Any], zone: str) -> Duty:
    arose = local(row.arose, zone)
    assert arose is not None
    return Duty(
        id=row.duty,
        clause=row.clause,
        severity=Severity(row.severity),
        entity=row.entity,
        deal=row.deal,
        manager=row.name,
        role=row.role,
        arose=arose,
        due=local(row.due, zone),
        met_at=local(row.met_at, zone),
        verdict=row.verdict,
        how=row.how,
        department=row.department,
    )


def violated_before(connection: Connection, company: int, day: date, duties: Collection[str]) -> frozenset[str]:
    """Those of the duties that were violated on a night before that day."""
    question = (
        select(states.c.duty)
        .join(seen, seen.c.state == states.c.key)
        .join(nights, nights.c.key == seen.c.night)
        .where(nights.c.company == company, nights.c.day < day, states.c.verdict == "violated")
        .distinct()
    )
    found: set[str] = set()
    for some in pieces(sorted(duties)):
        found |= set(connection.scalars(question.where(states.c.duty.in_(some))))
    return frozenset(found)


def latest(connection: Connection, company: int) -> tuple[date | None, datetime | None]:
    """The last day of a night, and when anything was recorded last."""
    found = select(func.max(nights.c.day), func.max(nights.c.recorded)).where(nights.c.company == company)
    row = connection.execute(found).one()
    return row[0], row[1]
