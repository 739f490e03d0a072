"""The tables of petitions and the queries over them: functions over a connection, JSON in and out.

What is written here is masked already; the petitioner's own fields stand in a table of their own. Other tables of the
assistant are ``assistant.store``'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Integer,
    RowMapping,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
    insert,
    select,
    update,
)

from assistant.petitions.records import State, Transition, Version
from assistant.store import metadata, storable

Json = dict[str, Any]

_NUMBER = BigInteger().with_variant(Integer, "sqlite")

petitions = Table(
    "petitions",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("state", String(16), nullable=False),
    Column("head", Integer, nullable=False),
    Column("received", String(10), nullable=False),
    Column("due", String(10), nullable=False),
    Column("radicado", Text),
    Column("petition", JSON, nullable=False),
    Column("asks", JSON, nullable=False),
    Column("transfers", JSON, nullable=False),
    Column("approval", JSON),
    Column("created_at", String(32), nullable=False),
    Column("created_by", Text),
)
petitioners = Table(
    "petitioners",
    metadata,
    Column("petition_id", String(32), ForeignKey("petitions.id"), primary_key=True),
    Column("fields", JSON, nullable=False),
)
versions = Table(
    "petition_versions",
    metadata,
    Column("id", _NUMBER, primary_key=True),
    Column("petition_id", String(32), ForeignKey("petitions.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("base", Integer),
    Column("applied", Boolean, nullable=False),
    Column("author", Text),
    Column("at", String(32), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("content", JSON, nullable=False),
    UniqueConstraint("petition_id", "number"),
)
transitions = Table(
    "petition_transitions",
    metadata,
    Column("id", _NUMBER, primary_key=True),
    Column("petition_id", String(32), ForeignKey("petitions.id"), nullable=False, index=True),
    Column("at", String(32), nullable=False),
    Column("actor", Text),
    Column("detail", JSON, nullable=False),
)


@dataclass(frozen=True)
class StoredPetition:
    """A petition's line; ``petition``, ``asks``, ``transfers`` and ``approval`` are JSON. ``due`` is the first term."""

    id: str
    state: State
    head: int
    received: str
    due: str
    radicado: str | None
    petition: Json
    asks: list[Json]
    transfers: list[Json]
    approval: Json | None
    created_at: str
    created_by: str | None


def insert_petition(connection: Connection, stored: StoredPetition, petitioner: Json) -> None:
    line = {column.name: getattr(stored, column.name) for column in petitions.columns}
    connection.execute(insert(petitions), cast(Json, storable(line)))
    connection.execute(insert(petitioners), {"petition_id": stored.id, "fields": storable(petitioner)})


def read_petition(connection: Connection, petition_id: str, *, lock: bool = False) -> StoredPetition | None:
    """A petition's line, or None; with ``lock`` nobody else changes it in this transaction (SQLite locks all)."""
    query = select(petitions).where(petitions.c.id == storable(petition_id))
    line = connection.execute(query.with_for_update() if lock else query).mappings().first()
    return None if line is None else _stored(line)


def list_petitions(
    connection: Connection, states: Sequence[State] | None, limit: int, offset: int
) -> tuple[int, list[StoredPetition]]:
    """How many there are of these states (None: of all), and some of them: those due first at the front."""
    query, count = select(petitions), select(func.count()).select_from(petitions)
    if states is not None:
        query, count = (one.where(petitions.c.state.in_(states)) for one in (query, count))
    lines = connection.execute(query.order_by(petitions.c.due, petitions.c.id).limit(limit).offset(offset)).mappings()
    return connection.execute(count).scalar_one(), [_stored(line) for line in lines]


def _stored(line: RowMapping) -> StoredPetition:
    return StoredPetition(**{column.name: line[column.name] for column in petitions.columns})


def update_petition(connection: Connection, petition_id: str, **changes: Any) -> None:
    connection.execute(update(petitions).where(petitions.c.id == petition_id), cast(Json, storable(changes)))


def read_petitioner(connection: Connection, petition_id: str) -> Json:
    query = select(petitioners.c.fields).where(petitioners.c.petition_id == petition_id)
    return cast(Json, connection.execute(query).scalar() or {})


def update_petitioner(connection: Connection, petition_id: str, fields: Json) -> None:
    changed = update(petitioners).where(petitioners.c.petition_id == petition_id)
    connection.execute(changed, {"fields": storable(fields)})


def next_number(connection: Connection, petition_id: str) -> int:
    """The number of the next version, of applied ones and those put aside alike."""
    query = select(func.coalesce(func.max(versions.c.number), 0)).where(versions.c.petition_id == petition_id)
    return cast(int, connection.execute(query).scalar_one()) + 1


def insert_version(connection: Connection, petition_id: str, version: Version) -> None:
    line = version.model_dump(mode="json") | {"petition_id": petition_id}
    connection.execute(insert(versions), cast(Json, storable(line)))


def read_versions(connection: Connection, petition_id: str, number: int | None = None) -> list[Version]:
    """The versions of a draft, or the one of that number; the oldest first."""
    query = select(versions).where(versions.c.petition_id == petition_id).order_by(versions.c.number)
    if number is not None:
        query = query.where(versions.c.number == number)
    fields = tuple(Version.model_fields)
    return [Version(**{name: line[name] for name in fields}) for line in connection.execute(query).mappings()]


def insert_transition(connection: Connection, petition_id: str, step: Transition) -> None:
    line = {"petition_id": petition_id, "at": step.at, "actor": step.actor, "detail": step.model_dump(mode="json")}
    connection.execute(insert(transitions), cast(Json, storable(line)))


def read_transitions(connection: Connection, petition_id: str) -> list[Transition]:
    """The steps of the work on a draft, the oldest first."""
    query = select(transitions.c.detail).where(transitions.c.petition_id == petition_id).order_by(transitions.c.id)
    return [Transition.model_validate(detail) for detail in connection.execute(query).scalars()]
