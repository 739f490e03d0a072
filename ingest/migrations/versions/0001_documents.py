"""Documents, their rows and passages, the state of the knowledge base and the vectors to be cleaned up."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "knowledge_state",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("next_generation", sa.BigInteger, nullable=False),
        sa.Column("embedder", sa.Text),
        sa.Column("dimension", sa.Integer),
    )
    op.create_table(
        "documents",
        sa.Column("document_id", sa.String(64), primary_key=True),
        sa.Column("generation", sa.BigInteger, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("entity", sa.Text),
        sa.Column("collection", sa.String(64), nullable=False),
        sa.Column("period", sa.Text),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("office", sa.Text),
        sa.Column("title", sa.Text),
        sa.Column("row_count", sa.Integer, nullable=False),
        sa.Column("passage_count", sa.Integer, nullable=False),
        sa.Column("table_count", sa.Integer, nullable=False),
        sa.Column("notices", sa.JSON, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("source", sa.Text),
        sa.Column("ingested_at", sa.String(32), nullable=False),
        sa.UniqueConstraint("collection", "name"),
    )
    op.create_table(
        "rows",
        sa.Column("row_id", sa.Text, primary_key=True),
        sa.Column("document_id", sa.String(64), sa.ForeignKey("documents.document_id"), nullable=False),
        sa.Column("generation", sa.BigInteger, nullable=False, index=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("entity", sa.Text, nullable=False),
        sa.Column("period", sa.Text, nullable=False),
        sa.Column("dependency", sa.Text, nullable=False),
        sa.Column("programme", sa.Text, nullable=False),
        sa.Column("indicator", sa.Text, nullable=False),
        sa.Column("wording", sa.Text, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
    )
    op.create_table(
        "passages",
        sa.Column("passage_id", sa.Text, primary_key=True),
        sa.Column("document_id", sa.String(64), sa.ForeignKey("documents.document_id"), nullable=False),
        sa.Column("generation", sa.BigInteger, nullable=False, index=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
    )
    op.create_table(
        "leftovers",
        sa.Column("generation", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("collection", sa.String(64), nullable=False),
    )
    op.execute("INSERT INTO knowledge_state (id, revision, next_generation) VALUES (1, 0, 1)")
