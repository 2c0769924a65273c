"""The outbox: who was told of a night."""

from alembic import op
from sqlalchemy import Column, Date, DateTime, ForeignKey, Integer, String, UniqueConstraint

revision = "2"
down_revision = "1"


def upgrade() -> None:
    op.create_table(
        "outbox",
        Column("key", Integer, primary_key=True),
        Column("company", Integer, ForeignKey("companies.key", name="fk_outbox_company"), nullable=False),
        Column("day", Date, nullable=False),
        *(Column(name, String, nullable=False) for name in ("recipient", "channel", "kind", "state", "told")),
        Column("changed", DateTime(timezone=True), nullable=False),
        UniqueConstraint("company", "day", "recipient", "channel", "kind", name="uq_outbox_company"),
    )
