"""Petitions with their drafts: every version of the text, every step of the work, and the petitioners kept apart."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0001"


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # SQLite counts up in INTEGER keys alone
    op.create_table(
        "petitions",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("head", sa.Integer, nullable=False),
        sa.Column("received", sa.String(10), nullable=False),
        sa.Column("due", sa.String(10), nullable=False),
        sa.Column("radicado", sa.Text),
        sa.Column("petition", sa.JSON, nullable=False),
        sa.Column("asks", sa.JSON, nullable=False),
        sa.Column("transfers", sa.JSON, nullable=False),
        sa.Column("approval", sa.JSON),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("created_by", sa.Text),
        sa.CheckConstraint("state IN ('draft', 'in_review', 'returned', 'approved', 'sent')", name="petition_state"),
    )
    op.create_index("petitions_by_due_date", "petitions", ["due", "id"])
    op.create_table(
        "petitioners",
        sa.Column("petition_id", sa.String(32), sa.ForeignKey("petitions.id"), primary_key=True),
        sa.Column("fields", sa.JSON, nullable=False),
    )
    op.create_table(
        "petition_versions",
        sa.Column("id", number, primary_key=True),
        sa.Column("petition_id", sa.String(32), sa.ForeignKey("petitions.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("base", sa.Integer),
        sa.Column("applied", sa.Boolean, nullable=False),
        sa.Column("author", sa.Text),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.UniqueConstraint("petition_id", "number"),
    )
    op.create_table(
        "petition_transitions",
        sa.Column("id", number, primary_key=True),
        sa.Column("petition_id", sa.String(32), sa.ForeignKey("petitions.id"), nullable=False, index=True),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("actor", sa.Text),
        sa.Column("detail", sa.JSON, nullable=False),
    )
