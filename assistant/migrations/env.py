"""Alembic's way in: everything it needs comes from ``ingest.database.migrate``."""

from __future__ import annotations

from ingest.database import run_migrations

run_migrations()
