"""Search over a snapshot: what the two indexes hold of its generations, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from threading import RLock

import numpy as np

from ingest.embedder import Vectors
from ingest.errors import StoreError
from ingest.records import Document, IndicatorRow, Passage
from ingest.searchtext import Hit, passage_fields, row_fields
from ingest.snapshot import Snapshot
from ingest.vectors import StoredVectors, VectorStore
from ingest.words import WordIndex, WordStore, build_index, top

#: Collections up to this size are searched in memory, exactly; larger ones by Chroma's graph.
IN_MEMORY_VECTORS = 50_000


class MissingVectorsError(StoreError):
    """The vector index holds less than the catalogue says; or the snapshot is no longer the current one."""


class Search:
    """Searches snapshots; what it read of a generation it keeps as long as the generation is current."""

    def __init__(self, vectors: VectorStore, words: WordStore) -> None:
        self._vectors = vectors
        self._words = words
        self._loading = RLock()
        self._revision = -1
        self._fetched: dict[int, StoredVectors] = {}
        #: By the generations they are made of, which no two collections share.
        self._matrices: dict[frozenset[int], StoredVectors] = {}
        self._indexes: dict[frozenset[int], WordIndex] = {}

    def by_vector(
        self, snapshot: Snapshot, vector: Vectors, entities: Sequence[str | None] | None, limit: int
    ) -> list[Hit]:
        """The items nearest to a unit vector with their cosines, best first."""
        self._follow(snapshot)
        found: list[tuple[float, str]] = []
        for name, documents in snapshot.collections(entities).items():
            size = sum(document.rows + document.passages for document in documents.values())
            if size > IN_MEMORY_VECTORS:
                found += ((hit.score, hit.item_id) for hit in self._vectors.nearest(name, vector, limit, documents))
            elif size:
                held = self._matrix(name, documents)
                scores = held.matrix @ vector
                best = top(scores, limit)
                found += zip(scores[best].tolist(), map(held.ids.__getitem__, best), strict=True)
        found.sort(key=itemgetter(0), reverse=True)
        return [Hit(item_id, score) for score, item_id in found[:limit]]

    def by_words(
        self, snapshot: Snapshot, query: Sequence[str], entities: Sequence[str | None] | None, limit: int
    ) -> list[Hit]:
        """The items that share stems with the query with their BM25 scores, best first."""
        self._follow(snapshot)
        hits = [
            hit
            for name, documents in snapshot.collections(entities).items()
            for hit in self._index(snapshot, name, documents).search(query, limit)
        ]
        return sorted(hits, key=lambda hit: -hit.score)[:limit]

    def _matrix(self, collection: str, documents: Mapping[int, Document]) -> StoredVectors:
        """The vectors of a whole collection as one matrix."""
        key = frozenset(documents)
        if (held := self._matrices.get(key)) is not None:
            return held
        with self._loading:
            parts = {generation: self._fetch(collection, document) for generation, document in documents.items()}
            full = [part for part in parts.values() if part.ids]
            matrix = np.concatenate([part.matrix for part in full])
            held = StoredVectors(tuple(item_id for part in full for item_id in part.ids), matrix)
            # From here on the parts are views of the whole, so that nothing is in memory twice.
            start = 0
            for generation, part in parts.items():
                stop = start + len(part.ids)
                self._fetched[generation] = StoredVectors(part.ids, matrix[start:stop])
                start = stop
            self._matrices[key] = held
        return held

    def _fetch(self, collection: str, document: Document) -> StoredVectors:
        """The vectors of a committed document: all of them, or an error."""
        if document.generation not in self._fetched:
            try:
                found = self._read(collection, document)
            except StoreError:
                # Perhaps another process was writing to the same folder at that moment.
                self._vectors.reopen()
                found = self._read(collection, document)
            self._fetched[document.generation] = found
        return self._fetched[document.generation]

    def _read(self, collection: str, document: Document) -> StoredVectors:
        expected = document.rows + document.passages
        found = self._vectors.fetch(collection, document.generation) if expected else _NO_VECTORS
        if len(found.ids) != expected:
            raise MissingVectorsError(
                f"Faltan vectores de «{document.name}» en el índice.",
                hint="Quítelo con `cabildo remove` y vuelva a cargarlo con `cabildo ingest`.",
            )
        return found

    def _index(self, snapshot: Snapshot, collection: str, documents: Mapping[int, Document]) -> WordIndex:
        key = frozenset(documents)
        if (held := self._indexes.get(key)) is not None:
            return held
        with self._loading:
            index = self._words.load(collection, self._words.signature(documents))
            if index is None:
                ids = {document.document_id for document in documents.values()}
                index = build_index(
                    word_items(
                        (row for row in snapshot.rows if row.document_id in ids),
                        (passage for passage in snapshot.passages if passage.document_id in ids),
                    )
                )
            self._indexes[key] = index
        return index

    def _follow(self, snapshot: Snapshot) -> None:
        """At a newer revision, let go of what it no longer holds and look anew at what others wrote."""
        if snapshot.revision <= self._revision:
            return
        with self._loading:
            if self._revision >= 0:
                self._vectors.reopen()
            self._revision = max(self._revision, snapshot.revision)
            current = {document.generation for document in snapshot.documents}
            self._fetched = {generation: held for generation, held in self._fetched.items() if generation in current}
            self._matrices = {key: held for key, held in self._matrices.items() if current.issuperset(key)}
            self._indexes = {key: held for key, held in self._indexes.items() if current.issuperset(key)}


_NO_VECTORS = StoredVectors((), np.empty((0, 0), dtype=np.float32))


def word_items(
    rows: Iterable[IndicatorRow], passages: Iterable[Passage]
) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """What the word index is built of: (item id, [(text, weight)])."""
    for row in rows:
        yield row.row_id, row_fields(row)
    for passage in passages:
        yield passage.passage_id, passage_fields(passage)
