"""The catalogue: the tables of documents, rows and passages, and the queries over them.

Functions over a connection, so that whoever needs several of them to be one transaction makes them one. What a filter
matches is stored folded (``wording``, ``dependency`` …); the record itself is stored whole, as JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ColumnElement,
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
    delete,
    func,
    insert,
    select,
    update,
)

from ingest.database import migrate, read_number
from ingest.fold import fold
from ingest.records import Document, DocumentInfo, IndicatorRow, Notice, Passage, RowKind
from ingest.searchtext import collection_name

MIGRATIONS = Path(__file__).parent / "migrations"
VERSION_TABLE = "ingest_version"

#: Databases limit the number of values in one query.
_IN_A_QUERY = 500
_Record = TypeVar("_Record", IndicatorRow, Passage)

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


@dataclass(frozen=True)
class State:
    """What there is one of: how often something was committed, and which model made the vectors."""

    revision: int
    next_generation: int
    embedder: str | None
    dimension: int | None


@dataclass(frozen=True)
class StoredDocument:
    """A committed document with what the ingest remembers of it."""

    document: Document
    fingerprint: str
    source: str | None

    @property
    def collection(self) -> str:
        return collection_name(self.document.info.entity)


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
    return [_stored_document(line) for line in found]


def _stored_document(line: RowMapping) -> StoredDocument:
    info = DocumentInfo(
        entity=line["entity"], period=line["period"], kind=line["kind"], office=line["office"], title=line["title"]
    )
    document = Document(
        document_id=line["document_id"],
        name=line["name"],
        info=info,
        generation=line["generation"],
        rows=line["row_count"],
        passages=line["passage_count"],
        tables=line["table_count"],
        notices=tuple(Notice.model_validate(notice) for notice in line["notices"]),
        ingested_at=line["ingested_at"],
    )
    return StoredDocument(document, line["fingerprint"], line["source"])


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
    connection.execute(insert(documents), _document_line(stored))
    generation = stored.document.generation
    if its_rows:
        connection.execute(insert(rows), [_row_line(row, generation, i) for i, row in enumerate(its_rows)])
    if its_passages:
        lines = [_passage_line(passage, generation, i) for i, passage in enumerate(its_passages)]
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


def _document_line(stored: StoredDocument) -> dict[str, Any]:
    document = stored.document
    return {
        "document_id": document.document_id,
        "generation": document.generation,
        "name": document.name,
        "entity": document.info.entity,
        "collection": stored.collection,
        "period": document.info.period,
        "kind": document.info.kind,
        "office": document.info.office,
        "title": document.info.title,
        "row_count": document.rows,
        "passage_count": document.passages,
        "table_count": document.tables,
        "notices": [notice.model_dump() for notice in document.notices],
        "fingerprint": stored.fingerprint,
        "source": stored.source,
        "ingested_at": document.ingested_at,
    }


def _row_line(row: IndicatorRow, generation: int, position: int) -> dict[str, Any]:
    figures = (figure.text for figure in (row.target, row.baseline, row.figure) if figure is not None)
    wording = (row.indicator, *figures, row.metric, *row.codes.values(), row.quote)
    return {
        "row_id": row.row_id,
        "document_id": row.document_id,
        "generation": generation,
        "position": position,
        "kind": row.kind,
        "entity": fold(row.entity or ""),
        "period": fold(row.period or ""),
        "dependency": fold(row.dependency or ""),
        "programme": fold(row.programme or ""),
        "indicator": fold(row.indicator or ""),
        "wording": fold(" ".join(part for part in wording if part)),
        "record": row.model_dump_json(exclude_defaults=True),
    }


def _passage_line(passage: Passage, generation: int, position: int) -> dict[str, Any]:
    return {
        "passage_id": passage.passage_id,
        "document_id": passage.document_id,
        "generation": generation,
        "position": position,
        "record": passage.model_dump_json(exclude_defaults=True),
    }
