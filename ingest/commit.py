"""Writing: how documents come into the knowledge base and go out of it, whole or not at all.

The order of the steps is the whole point. Vectors and words are written beside what is committed, under generations
that nobody reads yet; one transaction of the catalogue makes them current; what they replaced is deleted after. The
table ``leftovers`` names at every moment the generations whose vectors must go if nobody comes back.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine

from ingest import catalogue
from ingest.database import reading, writing
from ingest.embedder import Embedder, Vectors
from ingest.errors import CabildoError, StoreError
from ingest.keeping import Keeping
from ingest.records import Document, IndicatorRow, Passage
from ingest.search import word_items
from ingest.searchtext import collection_name, passage_embedding_text, row_embedding_text
from ingest.stored import StoredDocument
from ingest.vectors import VectorStore
from ingest.words import WordStore, build_index

_LOG = logging.getLogger(__name__)

#: How long a second writer waits for the first.
WAIT_SECONDS = 120.0


@dataclass(frozen=True)
class Addition:
    """A document to be committed with what it holds; its generation, counts and date are set on the way.

    ``fingerprint`` is what makes it unchanged next time, ``source`` where its file is (an absolute path), ``original``
    a file with its bytes, of which a copy is kept where that is allowed.
    """

    document: Document
    rows: Sequence[IndicatorRow]
    passages: Sequence[Passage]
    fingerprint: str = ""
    source: str | None = None
    original: Path | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What two versions of a document have in common: entity (as its collection) and name."""
        return collection_name(self.document.info.entity), self.document.name

    @property
    def items(self) -> list[tuple[str, str]]:
        """(kind, item id) in the order of ``texts``."""
        return [("row", row.row_id) for row in self.rows] + [("passage", p.passage_id) for p in self.passages]

    @property
    def texts(self) -> list[str]:
        """What the vectors are made of."""
        return [row_embedding_text(row) for row in self.rows] + [passage_embedding_text(p) for p in self.passages]

    def repeated_ids(self) -> list[str]:
        """Identifiers that stand for two items; there must be none."""
        return sorted(item_id for item_id, n in Counter(item_id for _, item_id in self.items).items() if n > 1)


class Writer:
    """The one way to change a knowledge base."""

    def __init__(
        self,
        engine: Engine,
        vectors: VectorStore,
        words: WordStore,
        keeping: Keeping,
        lock: FileLock,
        on_step: Callable[[str], None],
    ) -> None:
        self._engine = engine
        self._vectors = vectors
        self._words = words
        self._keeping = keeping
        self._lock = lock
        self._on_step = on_step

    def apply(
        self, additions: Sequence[Addition], removals: Sequence[str], embedder: Callable[[], Embedder]
    ) -> list[Document]:
        """Commit additions and removals (document ids) in one transaction; returns the documents as committed.

        An addition replaces the document of the same id and the one of the same entity and name. Raises ``StoreError``
        when the index is of another embedder, another writer does not finish, or an identifier stands for two items.
        """
        _refuse_repeated_ids(additions)
        matrix = None
        if additions:
            _check_embedder(self._engine, embedder())
            matrix = embedder().embed_documents([text for addition in additions for text in addition.texts])
        self._on_step("embedded")
        with self._exclusively():
            self._vectors.reopen()
            self.clean()
            return self._apply(additions, removals, embedder().name if additions else None, matrix)

    def _apply(
        self, additions: Sequence[Addition], removals: Sequence[str], model: str | None, matrix: Vectors | None
    ) -> list[Document]:
        with reading(self._engine) as connection:
            state = catalogue.read_state(connection)
            before = catalogue.read_documents(connection)
        replaced = _replaced(before, additions, removals)
        if model is None:
            model, dimension = state.embedder, state.dimension
        else:
            dimension = int(matrix.shape[1]) if matrix is not None else None
            self._make_room(state, before, model, dimension)
        committed = self._write_vectors(additions, matrix)
        self._write_words(before, replaced, committed)
        for stored, addition in committed:
            self._keeping.keep(stored.document, addition.original)
        self._on_step("before commit")
        with writing(self._engine) as connection:
            catalogue.delete_documents(connection, [stored.document.document_id for stored in replaced])
            for stored, addition in committed:
                catalogue.insert_document(connection, stored, addition.rows, addition.passages)
            catalogue.drop_leftovers(connection, [stored.document.generation for stored, _ in committed])
            catalogue.add_leftovers(connection, {s.document.generation: s.collection for s in replaced})
            self._on_step("inside commit")
            if not catalogue.advance(connection, state.revision, model, dimension):
                raise StoreError("Otro proceso cambió la base de conocimiento a la vez.", hint="Repita la operación.")
        self._on_step("committed")
        self._clean_after_commit()
        return [stored.document for stored, _ in committed]

    def _make_room(
        self, state: catalogue.State, before: Sequence[StoredDocument], model: str, dimension: int | None
    ) -> None:
        """An emptied knowledge base takes another embedder; its old collections are of the wrong dimension."""
        if state.embedder is None or (state.embedder, state.dimension) == (model, dimension):
            return
        if before:
            raise another_embedder(state.embedder, model)
        for name in self._vectors.collections():
            self._vectors.drop(name)

    def _write_vectors(
        self, additions: Sequence[Addition], matrix: Vectors | None
    ) -> list[tuple[StoredDocument, Addition]]:
        if not additions or matrix is None:
            return []
        with writing(self._engine) as connection:
            generations = catalogue.reserve_generations(connection, [addition.key[0] for addition in additions])
        self._on_step("reserved")
        now = datetime.now(UTC).isoformat(timespec="seconds")
        committed = []
        start = 0
        for addition, generation in zip(additions, generations, strict=True):
            items = addition.items
            document_id = addition.document.document_id
            if items:
                self._vectors.add(addition.key[0], generation, document_id, items, matrix[start : start + len(items)])
            start += len(items)
            document = addition.document.model_copy(
                update={
                    "generation": generation,
                    "rows": len(addition.rows),
                    "passages": len(addition.passages),
                    "ingested_at": now,
                }
            )
            committed.append((StoredDocument(document, addition.fingerprint, addition.source), addition))
            self._on_step("some vectors")
        return committed

    def _write_words(
        self,
        before: Sequence[StoredDocument],
        replaced: Sequence[StoredDocument],
        committed: Sequence[tuple[StoredDocument, Addition]],
    ) -> None:
        """The word index of each entity that changes, as it will be once this is committed."""
        touched = {stored.collection for stored in replaced} | {stored.collection for stored, _ in committed}
        gone = {stored.document.document_id for stored in replaced}
        staying = [s for s in before if s.collection in touched and s.document.document_id not in gone]
        with reading(self._engine) as connection:
            generations = [stored.document.generation for stored in staying]
            old_rows = catalogue.read_generation_rows(connection, generations)
            old_passages = catalogue.read_generation_passages(connection, generations)
        for name in sorted(touched):
            old = [s.document.generation for s in staying if s.collection == name]
            new = {s.document.generation: addition for s, addition in committed if s.collection == name}
            items = chain(
                *(word_items(old_rows[generation], old_passages[generation]) for generation in old),
                *(word_items(addition.rows, addition.passages) for addition in new.values()),
            )
            self._words.save(name, self._words.signature([*old, *new]), build_index(items))
            self._on_step("some words")

    def clean(self) -> None:
        """Delete what writes that were cut short, or were replaced, left behind. The lock must be held."""
        with reading(self._engine) as connection:
            left = catalogue.read_leftovers(connection)
        if not left:
            return
        for generation, collection in left.items():
            self._vectors.delete(collection, generation)
            self._on_step("some cleaned")
        with writing(self._engine) as connection:
            catalogue.drop_leftovers(connection, left)

    def _clean_after_commit(self) -> None:
        """What is committed stays committed: what cannot be deleted now is deleted before the next write."""
        try:
            self.clean()
            with reading(self._engine) as connection:
                current = catalogue.read_documents(connection)
            self._words.keep_only(word_signatures(self._words, current))
            self._keeping.sweep(stored.document for stored in current)
        except CabildoError as error:
            _LOG.warning("replaced vectors stay until the next ingest: %s", error.message)

    def sweep_originals(self) -> int:
        """Delete the originals of no committed document; returns of how many. Nobody's while somebody else writes."""
        try:
            with self._lock.acquire(timeout=0), reading(self._engine) as connection:
                return self._keeping.sweep(stored.document for stored in catalogue.read_documents(connection))
        except Timeout:
            return 0

    @contextmanager
    def _exclusively(self) -> Iterator[None]:
        try:
            with self._lock.acquire(timeout=WAIT_SECONDS):
                yield
        except Timeout as error:
            raise StoreError(
                "Otro proceso está cargando documentos en esta carpeta de datos.", hint="Espere a que termine."
            ) from error

    def remember_sources(self, sources: Mapping[str, str]) -> None:
        """Note where documents' files (by document id) are now; nothing that readers see changes."""
        with writing(self._engine) as connection:
            for document_id, source in sources.items():
                catalogue.set_source(connection, document_id, source)


def another_embedder(recorded: str, ours: str) -> StoreError:
    return StoreError(
        f"El índice se hizo con el modelo «{recorded}» y ahora está configurado «{ours}».",
        hint="Vuelva al modelo anterior (CABILDO_EMBEDDER), o use otra carpeta de datos (CABILDO_DATA_DIR) y cargue de "
        "nuevo los documentos con `cabildo ingest`.",
    )


def _check_embedder(engine: Engine, embedder: Embedder) -> None:
    """Raise ``StoreError`` unless what is committed, if anything, was made by this embedder."""
    with reading(engine) as connection:
        check_embedder(connection, embedder.name)


def check_embedder(connection: Connection, name: str) -> None:
    """Raise ``StoreError`` unless what is committed, if anything, was made by the embedder of this name."""
    recorded = catalogue.read_state(connection).embedder
    if recorded not in (None, name) and catalogue.read_documents(connection):
        raise another_embedder(str(recorded), name)


def word_signatures(words: WordStore, documents: Iterable[StoredDocument]) -> dict[str, str]:
    """The name of each entity's current word index."""
    grouped: dict[str, list[int]] = {}
    for stored in documents:
        grouped.setdefault(stored.collection, []).append(stored.document.generation)
    return {name: words.signature(generations) for name, generations in grouped.items()}


def _replaced(
    before: Sequence[StoredDocument], additions: Sequence[Addition], removals: Sequence[str]
) -> list[StoredDocument]:
    """The committed documents that go: taken out, of the same bytes, or older versions."""
    ids = set(removals) | {addition.document.document_id for addition in additions}
    keys = {addition.key for addition in additions}
    return [s for s in before if s.document.document_id in ids or (s.collection, s.document.name) in keys]


def _refuse_repeated_ids(additions: Sequence[Addition]) -> None:
    for addition in additions:
        repeated = addition.repeated_ids()
        if repeated:
            raise StoreError(
                f"«{addition.document.name}»: dos filas o pasajes tienen el identificador «{repeated[0]}»."
            )
