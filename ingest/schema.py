"""The tables of the catalogue; ``migrations/`` holds how they came to be so.

What a filter matches is stored folded (``wording``, ``dependency`` …); a record itself is stored whole, as JSON.
"""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Integer, MetaData, String, Table, Text, UniqueConstraint

metadata = MetaData()

knowledge_state = Table(
    "knowledge_state",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("revision", BigInteger, nullable=False),
    Column("next_generation", BigInteger, nullable=False),
    Column("embedder", Text),
    Column("dimension", Integer),
)
documents = Table(
    "documents",
    metadata,
    Column("document_id", String(64), primary_key=True),
    Column("generation", BigInteger, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("entity", Text),
    Column("collection", String(64), nullable=False),
    Column("period", Text),
    Column("kind", String(16), nullable=False),
    Column("office", Text),
    Column("title", Text),
    Column("row_count", Integer, nullable=False),
    Column("passage_count", Integer, nullable=False),
    Column("table_count", Integer, nullable=False),
    Column("notices", JSON, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("source", Text),
    Column("ingested_at", String(32), nullable=False),
    UniqueConstraint("collection", "name"),
)
rows = Table(
    "rows",
    metadata,
    Column("row_id", Text, primary_key=True),
    Column("document_id", String(64), ForeignKey("documents.document_id"), nullable=False),
    Column("generation", BigInteger, nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("entity", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("dependency", Text, nullable=False),
    Column("programme", Text, nullable=False),
    Column("indicator", Text, nullable=False),
    Column("wording", Text, nullable=False),
    Column("record", Text, nullable=False),
)
passages = Table(
    "passages",
    metadata,
    Column("passage_id", Text, primary_key=True),
    Column("document_id", String(64), ForeignKey("documents.document_id"), nullable=False),
    Column("generation", BigInteger, nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("record", Text, nullable=False),
)
#: Generations whose vectors are to be deleted: being written, or replaced. A crash leaves its line here.
leftovers = Table(
    "leftovers",
    metadata,
    Column("generation", BigInteger, primary_key=True, autoincrement=False),
    Column("collection", String(64), nullable=False),
)
