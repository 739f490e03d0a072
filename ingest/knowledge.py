"""The knowledge base: catalogue, vectors and words behind one object that opens, reads, changes and closes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import TracebackType

from filelock import FileLock
from sqlalchemy import Engine
from typing_extensions import TypeIs

from ingest import catalogue
from ingest.catalogue import RowFilter
from ingest.commit import Addition, Writer, check_embedder
from ingest.consistency import find_inconsistencies
from ingest.database import database_url, open_engine, reading
from ingest.embedder import Embedder, Vectors
from ingest.errors import NotFoundError, SettingsError, StoreError
from ingest.fold import fold
from ingest.keeping import Keeping
from ingest.originals import FolderOriginals, Originals
from ingest.progress import Count
from ingest.records import Document, IndicatorRow, Notice, Passage
from ingest.search import MissingVectorsError, Search
from ingest.searchtext import Hit
from ingest.snapshot import Snapshot, Snapshots
from ingest.stored import StoredDocument
from ingest.unfinished import Resuming, Unfinished
from ingest.vectors import VectorStore
from ingest.words import WordStore, stems

__all__ = ["Addition", "Hit", "KnowledgeBase", "RowFilter", "Snapshot", "StoreSettings"]


@dataclass(frozen=True)
class StoreSettings:
    """Where the three stores are; without URLs they are all in the data folder, as the originals always are."""

    data_dir: Path
    database_url: str | None = None
    chroma_url: str | None = None
    keep_originals: bool = True


def _is_loader(embedder: Embedder | Callable[[], Embedder]) -> TypeIs[Callable[[], Embedder]]:
    # Not by ``isinstance``: it would read ``dimension``, for which a model is loaded.
    return not hasattr(embedder, "embed_query")


def _no_step(_step: str) -> None:
    pass


class KnowledgeBase:
    """Documents, rows, passages and the search over them. Threads may share one."""

    def __init__(
        self,
        engine: Engine,
        vectors: VectorStore,
        words: WordStore,
        originals: Originals,
        lock: FileLock,
        unfinished: Unfinished,
        embedder: Embedder | Callable[[], Embedder] | None,
        on_step: Callable[[str], None] = _no_step,
        *,
        keep_originals: bool = True,
    ) -> None:
        self.engine = engine
        self.unfinished = unfinished
        self._vectors = vectors
        self._words = words
        self.originals = originals
        self.keeps_originals = keep_originals
        self._given_embedder = embedder
        self._snapshots = Snapshots(engine)
        self._search = Search(vectors, words)
        keeping = Keeping(originals, is_on=keep_originals)
        self._writer = Writer(engine, vectors, words, keeping, lock, on_step)

    @classmethod
    def open(
        cls,
        store: StoreSettings,
        embedder: Embedder | Callable[[], Embedder] | None = None,
        *,
        on_step: Callable[[str], None] = _no_step,
    ) -> KnowledgeBase:
        """Open the knowledge base, making it if there is none.

        ``embedder`` may be a function without arguments, called when a vector or the model's name is first needed.
        ``on_step`` hears of each step of a write (for tests of crashes). Raises ``StoreError`` when the folder cannot
        be used, the schema is newer than the program, or the vectors were made by another embedder.
        """
        try:
            store.data_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"No se puede usar la carpeta de datos «{store.data_dir}» ({error.strerror}).",
                hint="Revise CABILDO_DATA_DIR y sus permisos.",
            ) from error
        engine = open_engine(database_url(store.data_dir, store.database_url))
        try:
            catalogue.open_catalogue(engine)
            if embedder is not None and not _is_loader(embedder):
                with reading(engine) as connection:
                    check_embedder(connection, embedder.name)
        except StoreError:
            engine.dispose()
            raise
        return cls(
            engine,
            VectorStore(store.data_dir / "chroma", store.chroma_url),
            WordStore(store.data_dir / "words"),
            FolderOriginals(store.data_dir / "originals"),
            FileLock(store.data_dir / "ingest.lock"),
            Unfinished(store.data_dir / "unfinished.sqlite"),
            embedder,
            on_step,
            keep_originals=store.keep_originals,
        )

    def close(self) -> None:
        """Close all three stores."""
        self._vectors.close()
        self.engine.dispose()

    def __enter__(self) -> KnowledgeBase:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def embedder(self) -> Embedder:
        """The embedder this was opened with; ``SettingsError`` when it was opened without."""
        if self._given_embedder is None:
            raise SettingsError("Esta operación necesita el modelo de embeddings.", hint="Revise CABILDO_EMBEDDER.")
        if _is_loader(self._given_embedder):
            self._given_embedder = self._given_embedder()
            with reading(self.engine) as connection:
                check_embedder(connection, self._given_embedder.name)
        return self._given_embedder

    def stored_documents(self) -> list[StoredDocument]:
        """The committed documents with what the ingest remembers of them."""
        with reading(self.engine) as connection:
            return catalogue.read_documents(connection)

    def documents(self) -> list[Document]:
        """The committed documents, in the order in which they came."""
        return [stored.document for stored in self.stored_documents()]

    def document(self, reference: str) -> Document:
        """The document of an id, a unique beginning of one, or a file name.

        Raises ``NotFoundError`` when there is none, and when there are several.
        """
        everything = self.documents()
        wanted = reference.strip()
        for matches in _REFERENCES:
            found = [document for document in everything if wanted and matches(document, wanted)]
            if len(found) == 1:
                return found[0]
            if found:
                which = "; ".join(
                    f"{document.document_id[:12]} ({document.name}, {document.info.entity or 'sin entidad'})"
                    for document in found[:5]
                )
                raise NotFoundError(
                    f"«{reference}» puede ser {len(found)} documentos: {which}.", hint="Use el identificador."
                )
        raise NotFoundError(f"No hay ningún documento «{reference}».", hint="Vea la lista con `cabildo documents`.")

    def rows(
        self, wanted: RowFilter | None = None, limit: int | None = None, offset: int = 0
    ) -> tuple[int, list[IndicatorRow]]:
        """(how many match, the page asked for); ``wanted.document`` is whatever ``document()`` takes."""
        wanted = wanted or RowFilter()
        if wanted.document is not None:
            wanted = replace(wanted, document=self.document(wanted.document).document_id)
        with reading(self.engine) as connection:
            total, rows = catalogue.find_rows(connection, wanted, limit, offset)
        linked = self.snapshot().linked
        return total, [linked.get(row.row_id, row) for row in rows]

    def row(self, row_id: str) -> IndicatorRow:
        """One row. Raises ``NotFoundError``."""
        with reading(self.engine) as connection:
            row = catalogue.read_row(connection, row_id)
        if row is None:
            raise NotFoundError(f"No hay ninguna fila «{row_id}».")
        return self.snapshot().linked.get(row_id, row)

    def count_kinds(self) -> dict[str, dict[str, int]]:
        """How many rows of each kind each document (by id) has."""
        with reading(self.engine) as connection:
            return catalogue.count_kinds(connection)

    def document_rows(self, document_id: str) -> list[IndicatorRow]:
        """The rows of a document in reading order."""
        return [row for row in self.snapshot().rows if row.document_id == document_id]

    def snapshot(self) -> Snapshot:
        """All that is committed now, in memory. Costs one small query while nothing changes."""
        return self._snapshots.current()

    def search_vectors(
        self,
        vector: Vectors,
        entities: Sequence[str | None] | None = None,
        limit: int = 50,
        *,
        snapshot: Snapshot | None = None,
    ) -> list[Hit]:
        """The items nearest to a unit vector, with their cosines, best first.

        ``entities`` None is all of them; None inside it, the documents without one. Give the ``snapshot`` that an
        answer is made from and the hits are of that revision; only when its vectors were already replaced and never
        read before are they of the current one, so ignore ids that the snapshot does not know.
        """
        asked = snapshot or self.snapshot()
        try:
            return self._search.by_vector(asked, vector, entities, limit)
        except MissingVectorsError:
            current = self.snapshot()
            if current.revision == asked.revision:
                raise
            return self._search.by_vector(current, vector, entities, limit)

    def search_words(
        self,
        query: str | Sequence[str],
        entities: Sequence[str | None] | None = None,
        limit: int = 50,
        *,
        snapshot: Snapshot | None = None,
    ) -> list[Hit]:
        """The items that share stems with a text, with their BM25 scores, best first.

        ``query`` is a text, or stems as ``ingest.words.stems`` makes them; one given twice counts twice. Scores of
        different entities stand side by side, though each entity has its own word frequencies.
        """
        wanted = stems(query) if isinstance(query, str) else query
        return self._search.by_words(snapshot or self.snapshot(), wanted, entities, limit)

    def apply(
        self, additions: Sequence[Addition], removals: Sequence[str] = (), on_texts: Count | None = None
    ) -> list[Document]:
        """Commit several documents, and take others out (by id), in one transaction; returns those committed.

        An addition replaces the document of the same bytes and the one of the same entity and name. Texts that were
        embedded for a commit that was cut short are not embedded again; ``on_texts`` is told how many are done. Raises
        ``StoreError`` when the index is of another embedder, another writer does not finish, or an identifier stands
        for two items; then nothing has changed.
        """
        resuming = cache(lambda: Resuming(self.embedder, self.unfinished, on_texts))
        committed = self._writer.apply(additions, removals, resuming)
        if additions:
            resuming().forget()
        return committed

    def warm(self) -> None:
        """Load what a commit needs, so that it is there in time; raises like the commit would."""
        self.embedder.count_tokens("meta")
        self.embedder.embed_query("meta")
        self._vectors.warm()
        self._words.signature(())

    def write(
        self,
        document: Document,
        rows: Sequence[IndicatorRow],
        passages: Sequence[Passage],
        *,
        fingerprint: str = "",
        source: str | None = None,
    ) -> Document:
        """Commit one document; see ``apply``."""
        return self.apply([Addition(document, rows, passages, fingerprint, source)])[0]

    def remove(self, reference: str) -> Document:
        """Take out the document that ``document()`` finds; returns what it was."""
        document = self.document(reference)
        self.apply([], [document.document_id])
        return document

    def remember_sources(self, sources: Mapping[str, str]) -> None:
        """Note where documents' files (by document id) are now; readers see no difference."""
        self._writer.remember_sources(sources)

    def check(self) -> list[Notice]:
        """Whether catalogue, vectors and words say the same; one notice for each thing that does not fit.

        Copies of originals that no document needs are deleted, and told.
        """
        swept = self._writer.sweep_originals()
        return find_inconsistencies(self.engine, self._vectors, self._words, swept)


#: Ways in which a text can mean a document, the surest first.
_REFERENCES: tuple[Callable[[Document, str], bool], ...] = (
    lambda document, wanted: document.document_id == wanted.lower(),
    lambda document, wanted: document.name == wanted,
    lambda document, wanted: document.document_id.startswith(wanted.lower()),
    lambda document, wanted: fold(Path(document.name).name) == fold(wanted),
)
