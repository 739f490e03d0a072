"""The catalogue: what is committed of documents, rows and passages, read and written.

Functions over a connection, so that whoever needs several of them to be one transaction makes them one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, Engine, Table, delete, func, insert, select, update

from ingest.database import migrate, read_number
from ingest.fold import fold
from ingest.records import IndicatorRow, Passage, RowKind
from ingest.schema import documents, knowledge_state, leftovers, passages, rows
from ingest.stored import StoredDocument, document_line, passage_line, row_line, stored_document

MIGRATIONS = Path(__file__).parent / "migrations"
VERSION_TABLE = "ingest_version"

#: Databases limit the number of values in one query.
_IN_A_QUERY = 500
_Record = TypeVar("_Record", IndicatorRow, Passage)


@dataclass(frozen=True)
class State:
    """What there is one of: how often something was committed, and which model made the vectors."""

    revision: int
    next_generation: int
    embedder: str | None
    dimension: int | None


@dataclass(frozen=True)
class RowFilter:
    """Which rows; None is any. All but ``document`` (an id) and ``kind`` compare folded.

    ``text``: every word of it stands somewhere in the indicator, target, baseline, metric, codes or quote.
    ``dependency``, ``programme``, ``entity``: a part of theirs. ``period``: the whole of it.
    """

    document: str | None = None
    kind: RowKind | None = None
    dependency: str | None = None
    programme: str | None = None
    text: str | None = None
    entity: str | None = None
    period: str | None = None


def open_catalogue(engine: Engine) -> None:
    """Bring ingest's tables up to date. Raises ``StoreError`` for a newer schema."""
    migrate(engine, MIGRATIONS, VERSION_TABLE)


def read_revision(connection: Connection) -> int:
    return int(connection.execute(_REVISION).scalar_one())


def current_revision(engine: Engine) -> int:
    """The revision committed now, without a transaction of one's own."""
    return read_number(engine, _REVISION)


_REVISION = select(knowledge_state.c.revision)


def read_state(connection: Connection) -> State:
    found = connection.execute(select(knowledge_state)).mappings().one()
    return State(found["revision"], found["next_generation"], found["embedder"], found["dimension"])


def read_documents(connection: Connection) -> list[StoredDocument]:
    """All committed documents, in the order in which they came."""
    found = connection.execute(select(documents).order_by(documents.c.generation)).mappings()
    return [stored_document(line) for line in found]


def read_generation_rows(connection: Connection, generations: Iterable[int]) -> dict[int, tuple[IndicatorRow, ...]]:
    """The rows of each generation in reading order."""
    return _read_records(connection, rows, IndicatorRow, generations)


def read_generation_passages(connection: Connection, generations: Iterable[int]) -> dict[int, tuple[Passage, ...]]:
    """The passages of each generation in reading order."""
    return _read_records(connection, passages, Passage, generations)


def _read_records(
    connection: Connection, table: Table, record: type[_Record], generations: Iterable[int]
) -> dict[int, tuple[_Record, ...]]:
    wanted = list(generations)
    grouped: dict[int, list[_Record]] = {generation: [] for generation in wanted}
    query = select(table.c.generation, table.c.record).order_by(table.c.generation, table.c.position)
    for start in range(0, len(wanted), _IN_A_QUERY):
        some = query.where(table.c.generation.in_(wanted[start : start + _IN_A_QUERY]))
        for generation, text in connection.execute(some):
            grouped[generation].append(record.model_validate_json(text))
    return {generation: tuple(records) for generation, records in grouped.items()}


def find_rows(
    connection: Connection, wanted: RowFilter, limit: int | None, offset: int
) -> tuple[int, list[IndicatorRow]]:
    """How many rows match, and those of the page asked for, by document and reading order."""
    conditions = list(_conditions(wanted))
    total = connection.execute(select(func.count()).select_from(rows).where(*conditions)).scalar_one()
    page = (
        select(rows.c.record)
        .where(*conditions)
        .order_by(rows.c.generation, rows.c.position)
        .limit(limit)
        .offset(offset)
    )
    return total, [IndicatorRow.model_validate_json(text) for text in connection.execute(page).scalars()]


def _conditions(wanted: RowFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.document is not None:
        yield rows.c.document_id == wanted.document
    if wanted.kind is not None:
        yield rows.c.kind == wanted.kind
    if wanted.period is not None:
        yield rows.c.period == fold(wanted.period)
    for column, part in (
        (rows.c.dependency, wanted.dependency),
        (rows.c.programme, wanted.programme),
        (rows.c.entity, wanted.entity),
    ):
        if part is not None:
            yield column.contains(fold(part), autoescape=True)
    for word in fold(wanted.text or "").split(" "):
        if word:
            yield rows.c.wording.contains(word, autoescape=True)


def read_row(connection: Connection, row_id: str) -> IndicatorRow | None:
    text = connection.execute(select(rows.c.record).where(rows.c.row_id == row_id)).scalar()
    return None if text is None else IndicatorRow.model_validate_json(text)


def reserve_generations(connection: Connection, collections: Sequence[str]) -> list[int]:
    """A new generation for each collection given, written down as a leftover until it is committed."""
    first = read_state(connection).next_generation
    generations = list(range(first, first + len(collections)))
    connection.execute(update(knowledge_state).values(next_generation=first + len(collections)))
    add_leftovers(connection, dict(zip(generations, collections, strict=True)))
    return generations


def add_leftovers(connection: Connection, collections: Mapping[int, str]) -> None:
    """Write down generations (with their collections) whose vectors are to be deleted."""
    if collections:
        lines = [{"generation": generation, "collection": name} for generation, name in collections.items()]
        connection.execute(insert(leftovers), lines)


def drop_leftovers(connection: Connection, generations: Iterable[int]) -> None:
    connection.execute(delete(leftovers).where(leftovers.c.generation.in_(list(generations))))


def read_leftovers(connection: Connection) -> dict[int, str]:
    query = select(leftovers.c.generation, leftovers.c.collection)
    return {line.generation: line.collection for line in connection.execute(query)}


def advance(connection: Connection, revision: int, embedder: str | None, dimension: int | None) -> bool:
    """Go on to the next revision; False when somebody else did since ``revision`` was read."""
    values = {"revision": revision + 1, "embedder": embedder, "dimension": dimension}
    done = connection.execute(update(knowledge_state).where(knowledge_state.c.revision == revision).values(**values))
    return done.rowcount == 1


def delete_documents(connection: Connection, document_ids: Sequence[str]) -> None:
    for table in (rows, passages, documents):
        for start in range(0, len(document_ids), _IN_A_QUERY):
            some = document_ids[start : start + _IN_A_QUERY]
            connection.execute(delete(table).where(table.c.document_id.in_(some)))


def insert_document(
    connection: Connection, stored: StoredDocument, its_rows: Sequence[IndicatorRow], its_passages: Sequence[Passage]
) -> None:
    """Write one document with its rows and passages, under the generation that the document states."""
    connection.execute(insert(documents), document_line(stored))
    generation = stored.document.generation
    if its_rows:
        connection.execute(insert(rows), [row_line(row, generation, i) for i, row in enumerate(its_rows)])
    if its_passages:
        lines = [passage_line(passage, generation, i) for i, passage in enumerate(its_passages)]
        connection.execute(insert(passages), lines)


def set_source(connection: Connection, document_id: str, source: str) -> None:
    """Remember where a document's file is now; no reader sees a difference."""
    connection.execute(update(documents).where(documents.c.document_id == document_id).values(source=source))


def count_records(connection: Connection) -> dict[str, tuple[int, int]]:
    """Rows and passages there are of each document id."""
    found: dict[str, tuple[int, int]] = {}
    for table, place in ((rows, 0), (passages, 1)):
        counted = select(table.c.document_id, func.count()).group_by(table.c.document_id)
        for document_id, count in connection.execute(counted):
            before = found.get(document_id, (0, 0))
            found[document_id] = (count, before[1]) if place == 0 else (before[0], count)
    return found


def count_kinds(connection: Connection) -> dict[str, dict[str, int]]:
    """How many rows of each kind there are, by document id."""
    found: dict[str, dict[str, int]] = {}
    query = select(rows.c.document_id, rows.c.kind, func.count()).group_by(rows.c.document_id, rows.c.kind)
    for document_id, kind, count in connection.execute(query):
        found.setdefault(document_id, {})[kind] = count
    return found
