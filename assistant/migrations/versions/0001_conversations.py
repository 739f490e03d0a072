"""Conversations and their turns, what people thought of the answers, and who did what."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # SQLite counts up in INTEGER keys alone
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(200), primary_key=True),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("channel", sa.Text),
    )
    op.create_table(
        "turns",
        sa.Column("id", number, primary_key=True),
        sa.Column("conversation_id", sa.String(200), sa.ForeignKey("conversations.id"), nullable=False),
        sa.Column("answer_id", sa.String(64), nullable=False, unique=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("query", sa.JSON, nullable=False),
        sa.Column("answer", sa.JSON, nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.UniqueConstraint("conversation_id", "position"),
    )
    op.create_table(
        "feedback",
        sa.Column("id", number, primary_key=True),
        sa.Column("answer_id", sa.String(64), sa.ForeignKey("turns.answer_id"), nullable=False, index=True),
        sa.Column("verdict", sa.String(8), nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("user", sa.Text),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.CheckConstraint("verdict IN ('up', 'down')", name="feedback_verdict"),
    )
    op.create_table(
        "audit",
        sa.Column("id", number, primary_key=True),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("actor", sa.Text),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(200), index=True),
        sa.Column("detail", sa.JSON, nullable=False),
    )
