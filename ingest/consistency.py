"""Do the three stores say the same? What `cabildo check` tells of the knowledge base."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Engine

from ingest import catalogue
from ingest.commit import word_signatures
from ingest.database import reading
from ingest.records import Notice
from ingest.stored import StoredDocument
from ingest.vectors import VectorStore
from ingest.words import WordStore

_AGAIN = "Quítelo con `cabildo remove` y vuelva a cargarlo."


def find_inconsistencies(engine: Engine, vectors: VectorStore, words: WordStore, swept: int = 0) -> list[Notice]:
    """One notice for each thing that does not fit; none when all is well.

    ``swept`` is of how many documents that are not there a copy of the original had to be deleted.
    """
    with reading(engine) as connection:
        documents = catalogue.read_documents(connection)
        records = catalogue.count_records(connection)
        leftovers = catalogue.read_leftovers(connection)
    return [
        *_counts(documents, records),
        *_vectors(documents, vectors, leftovers),
        *_words(documents, words),
        *_leftovers(leftovers),
        *_swept(swept),
    ]


def _counts(documents: Sequence[StoredDocument], records: dict[str, tuple[int, int]]) -> Iterator[Notice]:
    for stored in documents:
        document = stored.document
        found = records.get(document.document_id, (0, 0))
        if found != (document.rows, document.passages):
            yield _notice(
                "catalogue-counts",
                f"«{document.name}» debería tener {document.rows} filas y {document.passages} pasajes, "
                f"y tiene {found[0]} y {found[1]}. {_AGAIN}",
            )


def _vectors(documents: Sequence[StoredDocument], vectors: VectorStore, leftovers: dict[int, str]) -> Iterator[Notice]:
    by_collection: dict[str, list[StoredDocument]] = {}
    for stored in documents:
        by_collection.setdefault(stored.collection, []).append(stored)
    for name in sorted({*by_collection, *vectors.collections()}):
        counts = vectors.generations(name)
        for stored in by_collection.get(name, []):
            document = stored.document
            found, expected = counts.pop(document.generation, 0), document.rows + document.passages
            if found != expected:
                yield _notice(
                    "vectors-missing",
                    f"«{document.name}» tiene {found} vectores y deberían ser {expected}. {_AGAIN}",
                )
        unknown = sum(count for generation, count in counts.items() if generation not in leftovers)
        if unknown:
            yield _notice(
                "vectors-unknown",
                f"La colección «{name}» tiene {unknown} vectores de ningún documento; no se usan al responder.",
            )


def _words(documents: Sequence[StoredDocument], words: WordStore) -> Iterator[Notice]:
    searchable = [stored for stored in documents if stored.document.rows + stored.document.passages]
    for name, signature in word_signatures(words, documents).items():
        if any(stored.collection == name for stored in searchable) and words.load(name, signature) is None:
            yield _notice(
                "words-missing",
                f"El índice de palabras de «{name}» no está al día; se arma en memoria hasta la próxima carga.",
            )


def _leftovers(leftovers: dict[int, str]) -> Iterator[Notice]:
    if leftovers:
        yield _notice(
            "leftovers",
            f"Una carga se interrumpió y dejó {len(leftovers)} restos sin usar; se borran en la próxima carga.",
        )


def _swept(count: int) -> Iterator[Notice]:
    if count:
        yield _notice("originals-swept", f"Había copias de originales que ningún documento usa y se borraron: {count}.")


def _notice(code: str, message: str) -> Notice:
    return Notice(code=code, message=message, place=None)
