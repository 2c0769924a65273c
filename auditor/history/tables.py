"""The tables of the history: nights, what each found of every duty, and the sums of the rest.

A state of a duty is written once and never changed: a night lists the states that it saw. Moments are in UTC; a night
keeps the zone that makes local ones of them."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
)

from auditor.audit.result import COUNTS

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)


class Utc(TypeDecorator[datetime]):
    """An aware moment; SQLite drops offsets, so it is UTC before it is written and after it is read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _key() -> Column[int]:
    return Column("key", Integer, primary_key=True)


def _of(table: Table, *, key: bool = False) -> Column[int]:
    """A reference to a row of the table; `key`: a part of the primary key."""
    name = {"companies": "company", "people": "person"}.get(table.name, table.name.removesuffix("s"))
    return Column(name, ForeignKey(table.c.key), nullable=False, primary_key=key)


companies = Table("companies", metadata, _key(), Column("name", String, nullable=False, unique=True))
"""Whose nights belong together; by the file of its settings."""

people = Table(
    "people",
    metadata,
    _key(),
    _of(companies),
    Column("name", String, nullable=False),
    Column("department", String, nullable=False),
    Column("role", String, nullable=False),
    UniqueConstraint("company", "name", "department", "role"),
)
forgotten = Table(
    "forgotten",
    metadata,
    _key(),
    Column("salt", LargeBinary, nullable=False),
    Column("digest", LargeBinary, nullable=False),
)
"""People whose names must not be kept: only a salted hash tells that a name is one of theirs."""

nights = Table(
    "nights",
    metadata,
    _key(),
    _of(companies),
    Column("day", Date, nullable=False),
    Column("as_of", Utc, nullable=False),
    Column("zone", String, nullable=False),
    Column("recorded", Utc, nullable=False),
    Column("program", String, nullable=False),
    Column("digest", String, nullable=False),
    UniqueConstraint("company", "day"),
)
states = Table(
    "states",
    metadata,
    _key(),
    Column("digest", String, nullable=False, unique=True),
    Column("duty", String, nullable=False, index=True),
    Column("clause", String, nullable=False),
    Column("severity", String, nullable=False),
    Column("entity", String, nullable=False),
    Column("deal", String, nullable=False),
    _of(people),
    Column("arose", Utc, nullable=False),
    Column("due", Utc),
    Column("met_at", Utc),
    Column("verdict", String, nullable=False),
    Column("how", String),
)
seen = Table(
    "seen",
    metadata,
    _of(nights, key=True),
    _of(states, key=True),
    Column("became", String, nullable=False),
    Column("why", String),
    Index("ix_seen_state", "state"),
)
"""What a night lists, each with its `Group` that night; what was withdrawn, as the night before listed it."""

sums = Table(
    "sums",
    metadata,
    _of(nights, key=True),
    _of(people, key=True),
    Column("clause", String, primary_key=True),
    *(Column(name, Integer, nullable=False) for name in COUNTS),
)
rules = Table(
    "rules",
    metadata,
    _of(nights, key=True),
    Column("clause", String, primary_key=True),
    Column("rule", String, nullable=False),
    Column("checked", Boolean, nullable=False),
    Column("since", Date),
    Column("until", Date),
)
outbox = Table(
    "outbox",
    metadata,
    _key(),
    _of(companies),
    Column("day", Date, nullable=False),
    Column("recipient", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("state", String, nullable=False),
    Column("told", String, nullable=False),
    Column("changed", Utc, nullable=False),
    UniqueConstraint("company", "day", "recipient", "channel", "kind"),
)
"""Who was told of which day, by which way, and what became of it; `told`: the ids of duties, each after a blank."""
