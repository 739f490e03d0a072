"""The assistant's tables (conversations, turns, feedback, audit) and the queries over them.

Functions over a connection, as the catalogue's are; they live in the catalogue's database beside it, with migrations
of their own. What people wrote arrives here already masked; only the audit log masks by itself, since every part of
the program writes to it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, cast

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Connection,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    RowMapping,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
    insert,
    select,
)

from ingest.database import migrate, reading, writing
from ingest.privacy import mask_contacts

MIGRATIONS = Path(__file__).parent / "migrations"
VERSION_TABLE = "assistant_version"

Verdict = Literal["up", "down"]

#: SQLite counts up in INTEGER keys alone.
_NUMBER = BigInteger().with_variant(Integer, "sqlite")
#: Members of an audit entry's detail that hold what somebody wrote.
_MESSAGE_TEXTS = frozenset({"text", "question", "answer", "reason", "message", "letter", "body", "quote"})

metadata = MetaData()

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("created_at", String(32), nullable=False),
    Column("channel", Text),
)
turns = Table(
    "turns",
    metadata,
    Column("id", _NUMBER, primary_key=True),
    Column("conversation_id", String(200), ForeignKey("conversations.id"), nullable=False),
    Column("answer_id", String(64), nullable=False, unique=True),
    Column("position", Integer, nullable=False),
    Column("question", Text, nullable=False),
    Column("query", JSON, nullable=False),
    Column("answer", JSON, nullable=False),
    Column("created_at", String(32), nullable=False),
    UniqueConstraint("conversation_id", "position"),
)
feedback = Table(
    "feedback",
    metadata,
    Column("id", _NUMBER, primary_key=True),
    Column("answer_id", String(64), ForeignKey("turns.answer_id"), nullable=False, index=True),
    Column("verdict", String(8), nullable=False),
    Column("reason", Text),
    Column("user", Text),
    Column("created_at", String(32), nullable=False),
)
audit = Table(
    "audit",
    metadata,
    Column("id", _NUMBER, primary_key=True),
    Column("at", String(32), nullable=False),
    Column("actor", Text),
    Column("action", String(64), nullable=False),
    Column("subject", String(200), index=True),
    Column("detail", JSON, nullable=False),
)


@dataclass(frozen=True)
class StoredTurn:
    """A question and its answer as they are kept; ``query`` and ``answer`` are JSON objects."""

    answer_id: str
    question: str
    query: dict[str, Any]
    answer: dict[str, Any]
    created_at: str


@dataclass(frozen=True)
class Feedback:
    """What somebody thought of an answer; several may be given of one, and all are kept."""

    answer_id: str
    verdict: Verdict
    reason: str | None = None
    user: str | None = None
    created_at: str = ""


@dataclass(frozen=True)
class AuditEntry:
    """Who did what to what, and when. ``actor`` None is the program itself."""

    action: str
    actor: str | None = None
    subject: str | None = None
    detail: dict[str, Any] = field(default_factory=dict)
    at: str = ""


def open_store(engine: Engine) -> None:
    """Bring the assistant's tables up to date. Raises ``StoreError`` for a newer schema."""
    migrate(engine, MIGRATIONS, VERSION_TABLE)


def now() -> str:
    """This moment in ISO 8601 with microseconds, UTC: texts that sort as the moments do."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def storable(value: Any) -> Any:
    """A JSON value without what databases refuse in a text: NUL, and halves of surrogate pairs (which become '?')."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, Mapping):
        return {storable(key): storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable(item) for item in value]
    return value


def insert_turn(connection: Connection, conversation_id: str, turn: StoredTurn, channel: str | None = None) -> None:
    """Write a turn at the end of its conversation, making the conversation if need be; a turn that is there stays.

    The conversation's line is locked first (SQLite locks everything), so two replicas never give the same position.
    Raises for the second of two replicas that make the same conversation at once; trying again helps.
    """
    locked = select(conversations.c.id).where(conversations.c.id == conversation_id).with_for_update()
    if connection.execute(locked).scalar() is None:
        line = {"id": conversation_id, "created_at": turn.created_at, "channel": channel}
        connection.execute(insert(conversations), line)
    if has_answer(connection, turn.answer_id):
        return
    last = select(func.coalesce(func.max(turns.c.position), 0)).where(turns.c.conversation_id == conversation_id)
    connection.execute(
        insert(turns),
        {
            "conversation_id": conversation_id,
            "answer_id": turn.answer_id,
            "position": connection.execute(last).scalar_one() + 1,
            "question": storable(turn.question),
            "query": storable(turn.query),
            "answer": storable(turn.answer),
            "created_at": turn.created_at,
        },
    )


def read_turns(connection: Connection, conversation_id: str, limit: int) -> list[StoredTurn]:
    """The last ``limit`` turns of a conversation, oldest first; none of an unknown one."""
    query = (
        select(turns)
        .where(turns.c.conversation_id == conversation_id)
        .order_by(turns.c.position.desc())
        .limit(max(limit, 0))
    )
    return [_stored_turn(line) for line in reversed(connection.execute(query).mappings().all())]


def _stored_turn(line: RowMapping) -> StoredTurn:
    return StoredTurn(line["answer_id"], line["question"], line["query"], line["answer"], line["created_at"])


def read_answer(connection: Connection, answer_id: str) -> dict[str, Any] | None:
    """An answer as JSON, or None when it is unknown."""
    query = select(turns.c.answer).where(turns.c.answer_id == storable(answer_id))
    return cast("dict[str, Any] | None", connection.execute(query).scalar())


def has_answer(connection: Connection, answer_id: str) -> bool:
    query = select(turns.c.id).where(turns.c.answer_id == storable(answer_id))
    return connection.execute(query).scalar() is not None


def insert_feedback(connection: Connection, given: Feedback) -> None:
    """Write what somebody thought of an answer that is there."""
    connection.execute(
        insert(feedback),
        {
            "answer_id": given.answer_id,
            "verdict": given.verdict,
            "reason": storable(given.reason),
            "user": storable(given.user),
            "created_at": given.created_at or now(),
        },
    )


def read_feedback(connection: Connection, answer_id: str | None = None) -> list[Feedback]:
    """What people thought of one answer, or of all, oldest first."""
    query = select(feedback).order_by(feedback.c.id)
    if answer_id is not None:
        query = query.where(feedback.c.answer_id == storable(answer_id))
    return [
        Feedback(line["answer_id"], line["verdict"], line["reason"], line["user"], line["created_at"])
        for line in connection.execute(query).mappings()
    ]


class AuditLog:
    """Who did what. Without ``keep_texts``, of what somebody wrote only the number of characters is kept.

    Texts that are kept are masked. The tables must be there (``open_store``).
    """

    def __init__(self, engine: Engine, *, keep_texts: bool = False) -> None:
        self._engine = engine
        self._change: Callable[[Any], Any] = _masked if keep_texts else _measured

    def record(self, entry: AuditEntry) -> None:
        """Write one entry. Raises ``StoreError``: what cannot be audited should not go on."""
        with writing(self._engine) as connection:
            self.insert(connection, entry)

    def insert(self, connection: Connection, entry: AuditEntry) -> None:
        """Write one entry within the transaction of what it tells of."""
        line = {"actor": entry.actor, "action": entry.action, "subject": entry.subject}
        line["detail"] = change_texts(entry.detail, self._change)
        connection.execute(insert(audit), storable(line) | {"at": entry.at or now()})

    def entries(self, subject: str | None = None, limit: int = 100) -> list[AuditEntry]:
        """The last entries, of one subject or of all, newest first."""
        query = select(audit).order_by(audit.c.id.desc()).limit(limit)
        if subject is not None:
            query = query.where(audit.c.subject == subject)
        with reading(self._engine) as connection:
            lines = connection.execute(query).mappings().all()
        return [
            AuditEntry(line["action"], line["actor"], line["subject"], line["detail"], line["at"]) for line in lines
        ]


def change_texts(detail: Any, change: Callable[[Any], Any]) -> Any:
    """An audit detail in which every member that holds a message text, at any depth, is changed."""
    if isinstance(detail, Mapping):
        return {
            key: change(item) if key in _MESSAGE_TEXTS else change_texts(item, change) for key, item in detail.items()
        }
    if isinstance(detail, Sequence) and not isinstance(detail, str):
        return [change_texts(item, change) for item in detail]
    return detail


def _measured(item: Any) -> Any:
    return None if item is None else {"characters": len(item if isinstance(item, str) else json.dumps(item))}


def _masked(item: Any) -> Any:
    if isinstance(item, str):
        return mask_contacts(item)
    if isinstance(item, Mapping):
        return {key: _masked(value) for key, value in item.items()}
    return [_masked(value) for value in item] if isinstance(item, list | tuple) else item
