"""Slack's two tables: events that some replica has taken, and messages that wait to be sent.

Functions over a connection, as the assistant's other tables have them; the schema is migration 0002_slack.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from assistant.store import storable
from ingest.database import writing
from ingest.errors import StoreError

KEY_LIMIT = 255  # characters

metadata = MetaData()

claims = Table(
    "slack_claims",
    metadata,
    Column("key", String(KEY_LIMIT), primary_key=True),
    Column("claimed_at", String(32), nullable=False),
)
outbox = Table(
    "slack_outbox",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("delivery", JSON, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("next_at", String(32), nullable=False),
)


@dataclass(frozen=True)
class Waiting:
    """A delivery in the outbox, as a JSON object; ``next_at`` is when it may be tried, and who holds it says so."""

    id: str
    delivery: dict[str, Any]
    attempts: int
    created_at: str
    next_at: str


def moment(seconds_from_now: float = 0.0) -> str:
    """A moment as the tables keep it: texts that sort as the moments do."""
    return (datetime.now(UTC) + timedelta(seconds=seconds_from_now)).isoformat(timespec="microseconds")


def moment_after(begin: str, seconds: float) -> str:
    """The moment so many seconds after one."""
    return (datetime.fromisoformat(begin) + timedelta(seconds=seconds)).isoformat(timespec="microseconds")


def claim(engine: Engine, *keys: str, waiting: Waiting | None = None) -> bool:
    """Take what the keys stand for, all of them or none; False when anybody has taken one of them before.

    ``waiting`` is written in the same transaction: what was taken is then never lost.

    Raises ``StoreError`` when the database does not answer: then nobody knows, and nothing may be done.
    """
    lines = [{"key": key[:KEY_LIMIT], "claimed_at": moment()} for key in dict.fromkeys(keys)]
    try:
        with writing(engine) as connection:
            connection.execute(insert(claims), lines)
            if waiting is not None:
                put(connection, waiting)
    except StoreError as error:
        if isinstance(error.__cause__, IntegrityError):
            return False
        raise
    return True


def forget_claims(connection: Connection, older_than: str) -> int:
    """Drop claims that no retry can come for any more; returns how many."""
    return connection.execute(delete(claims).where(claims.c.claimed_at < older_than)).rowcount


def put(connection: Connection, waiting: Waiting) -> None:
    """Write a delivery, held until its ``next_at``."""
    connection.execute(
        insert(outbox),
        {
            "id": waiting.id,
            "delivery": storable(waiting.delivery),
            "attempts": waiting.attempts,
            "created_at": waiting.created_at,
            "next_at": waiting.next_at,
        },
    )


def due(connection: Connection, limit: int = 20) -> list[Waiting]:
    """The deliveries that nobody holds, oldest first."""
    query = select(outbox).where(outbox.c.next_at <= moment()).order_by(outbox.c.created_at).limit(limit)
    return [Waiting(**line) for line in connection.execute(query).mappings()]


def take(connection: Connection, waiting: Waiting, until: str) -> bool:
    """Hold a due delivery until a moment; False when another replica was faster."""
    query = (
        update(outbox)
        .where(outbox.c.id == waiting.id, outbox.c.next_at == waiting.next_at)
        .values(next_at=until, attempts=waiting.attempts + 1)
    )
    return connection.execute(query).rowcount == 1


def renew(connection: Connection, ids: Collection[str], until: str) -> None:
    """Go on holding what is being worked on."""
    connection.execute(update(outbox).where(outbox.c.id.in_(ids)).values(next_at=until))


def release(connection: Connection, waiting_id: str, next_at: str) -> None:
    """Let a delivery be tried again from a moment on."""
    connection.execute(update(outbox).where(outbox.c.id == waiting_id).values(next_at=next_at))


def drop(connection: Connection, waiting_id: str) -> None:
    """A delivery is done, or given up."""
    connection.execute(delete(outbox).where(outbox.c.id == waiting_id))


def count_waiting(connection: Connection) -> int:
    return len(connection.execute(select(outbox.c.id)).all())
