"""What Slack's events and messages need: events that were taken, and messages that wait to be sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002_slack"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "slack_claims",
        sa.Column("key", sa.String(255), primary_key=True),
        sa.Column("claimed_at", sa.String(32), nullable=False, index=True),
    )
    op.create_table(
        "slack_outbox",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("delivery", sa.JSON, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("next_at", sa.String(32), nullable=False, index=True),
    )
