"""The first tables."""

from alembic import op
from sqlalchemy import Boolean, Column, Date, DateTime, ForeignKey, Integer, LargeBinary, String, UniqueConstraint

revision = "1"
down_revision = None

COUNTS = ("met", "late", "missed", "forbidden", "pending", "unknown", "waived")
MOMENT = DateTime(timezone=True)


def upgrade() -> None:
    op.create_table("companies", _key(), _text("name"), UniqueConstraint("name", name="uq_companies_name"))
    op.create_table("forgotten", _key(), *(Column(name, LargeBinary, nullable=False) for name in ("salt", "digest")))
    op.create_table(
        "people",
        _key(),
        _of("people", "company", "companies"),
        *map(_text, ("name", "department", "role")),
        UniqueConstraint("company", "name", "department", "role", name="uq_people_company"),
    )
    op.create_table(
        "nights",
        _key(),
        _of("nights", "company", "companies"),
        Column("day", Date, nullable=False),
        Column("as_of", MOMENT, nullable=False),
        _text("zone"),
        Column("recorded", MOMENT, nullable=False),
        *map(_text, ("program", "digest")),
        UniqueConstraint("company", "day", name="uq_nights_company"),
    )
    op.create_table(
        "states",
        _key(),
        *map(_text, ("digest", "duty", "clause", "severity", "entity", "deal")),
        _of("states", "person", "people"),
        Column("arose", MOMENT, nullable=False),
        Column("due", MOMENT),
        Column("met_at", MOMENT),
        _text("verdict"),
        Column("how", String),
        UniqueConstraint("digest", name="uq_states_digest"),
    )
    op.create_table(
        "seen", _night("seen"), _of("seen", "state", "states", key=True), _text("became"), Column("why", String)
    )
    op.create_table(
        "sums",
        _night("sums"),
        _of("sums", "person", "people", key=True),
        Column("clause", String, primary_key=True),
        *(Column(name, Integer, nullable=False) for name in COUNTS),
    )
    op.create_table(
        "rules",
        _night("rules"),
        Column("clause", String, primary_key=True),
        _text("rule"),
        Column("checked", Boolean, nullable=False),
        Column("since", Date),
        Column("until", Date),
    )
    op.create_index("ix_states_duty", "states", ["duty"])
    op.create_index("ix_seen_state", "seen", ["state"])


def _key() -> "Column[int]":
    return Column("key", Integer, primary_key=True)


def _text(name: str) -> "Column[str]":
    return Column(name, String, nullable=False)


def _of(table: str, name: str, other: str, *, key: bool = False) -> "Column[int]":
    return Column(name, Integer, ForeignKey(f"{other}.key", name=f"fk_{table}_{name}"), nullable=False, primary_key=key)


def _night(table: str) -> "Column[int]":
    return _of(table, "night", "nights", key=True)
