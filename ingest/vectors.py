"""The vectors: Chroma, one collection per entity, fed with vectors that we compute.

An id is ``<generation>:<item id>``. Which generations count is for the catalogue to say, never for this store.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

from ingest.embedder import Vectors
from ingest.errors import SettingsError, StoreError
from ingest.searchtext import Hit

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection as ChromaCollection

#: Written into the collections we make, so that nobody else's on the same server is ever touched.
_OURS = {"application": "cabildo"}
_PAGE = 5000


@dataclass(frozen=True)
class StoredVectors:
    """The vectors of one generation: ``matrix`` is (len(ids), dimension), float32, unit length."""

    ids: tuple[str, ...]
    matrix: Vectors


class VectorStore:
    """Chroma in a folder, or a Chroma server by URL; opened when first needed."""

    def __init__(self, folder: Path, url: str | None = None) -> None:
        self.folder = folder
        self.url = url
        self._client: ClientAPI | None = None
        self._collections: dict[str, ChromaCollection] = {}
        # One at a time, so that nobody closes the client that another is asking.
        self._using = RLock()

    def add(
        self,
        collection: str,
        generation: int,
        document_id: str,
        items: Sequence[tuple[str, str]],
        vectors: Vectors,
    ) -> None:
        """Write the vectors of one document's (kind, item id) pairs."""
        with self._using, _chroma_errors():
            target = self._collection(collection, create=True)
            page = min(_PAGE, self._open().get_max_batch_size())
            for start in range(0, len(items), page):
                some = items[start : start + page]
                target.upsert(
                    ids=[f"{generation}:{item_id}" for _, item_id in some],
                    embeddings=vectors[start : start + page],
                    metadatas=[
                        {"generation": generation, "document_id": document_id, "item_kind": kind, "item_id": item_id}
                        for kind, item_id in some
                    ],
                )

    def fetch(self, collection: str, generation: int) -> StoredVectors:
        """All vectors of one generation; none is an empty matrix."""
        ids: list[str] = []
        parts: list[Vectors] = []
        for page in self._pages(collection, where={"generation": generation}, include=["embeddings"]):
            ids += (_split(item)[1] for item in page["ids"])
            parts.append(np.asarray(page["embeddings"], dtype=np.float32))
        matrix = np.concatenate(parts) if parts else np.empty((0, 0), dtype=np.float32)
        return StoredVectors(tuple(ids), matrix)

    def generations(self, collection: str) -> Counter[int]:
        """How many vectors of which generation a collection holds."""
        pages = self._pages(collection, include=[])
        return Counter(_split(item)[0] for page in pages for item in page["ids"])

    def _pages(self, collection: str, **wanted: Any) -> Iterator[Any]:
        for offset in count(0, _PAGE):
            page = self._asked(collection, "get", limit=_PAGE, offset=offset, **wanted)
            if page is None or not page["ids"]:
                return
            yield page
            if len(page["ids"]) < _PAGE:
                return

    def nearest(self, collection: str, vector: Vectors, limit: int, generations: Collection[int]) -> list[Hit]:
        """The nearest items of the given generations by cosine, best first.

        Asks for more than needed, and for more again, until enough of them are of those generations.
        """
        total = self.count(collection)
        asked = min(total, 2 * limit + 20)
        while asked > 0:
            answer = self._asked(collection, "query", query_embeddings=[vector], n_results=asked, include=["distances"])
            if answer is None:
                break
            found = zip(answer["ids"][0], answer["distances"][0], strict=True)
            hits = [
                Hit(item_id, 1.0 - float(distance))
                for (generation, item_id), distance in ((_split(item), distance) for item, distance in found)
                if generation in generations
            ]
            if len(hits) >= limit or asked >= total:
                return hits[:limit]
            asked = min(total, 4 * asked)
        return []

    def delete(self, collection: str, generation: int) -> None:
        """Take out what one generation wrote, all or part of it."""
        self._asked(collection, "delete", where={"generation": generation})

    def count(self, collection: str) -> int:
        """How many vectors a collection holds, current or not."""
        return int(self._asked(collection, "count") or 0)

    def collections(self) -> list[str]:
        """The names of our collections."""
        with self._using, _chroma_errors():
            listed = self._open().list_collections()
            return sorted(c.name for c in listed if (c.metadata or {}).items() >= _OURS.items())

    def drop(self, collection: str) -> None:
        """Delete a whole collection of ours."""
        with self._using, _chroma_errors():
            self._collections.pop(collection, None)
            self._open().delete_collection(collection)

    def warm(self) -> None:
        """Import Chroma, which takes a while; nothing is opened."""
        import chromadb  # noqa: F401

    def reopen(self) -> None:
        """See what other processes wrote: embedded, Chroma holds on to what it read. A server does not."""
        if self.url is None:
            self.close()

    def close(self) -> None:
        """Close the client; the next question opens another."""
        with self._using:
            client, self._client = self._client, None
            self._collections.clear()
            if client is not None:
                client.close()  # type: ignore[attr-defined]
                _close_connections(client)

    def _asked(self, name: str, method: str, **arguments: Any) -> Any:
        """What a collection answers; None when there is none. One that was made anew since is found again, once."""
        from chromadb.errors import NotFoundError

        with self._using, _chroma_errors():
            for _ in range(2):
                try:
                    return getattr(self._collection(name), method)(**arguments)
                except NotFoundError:
                    self._collections.pop(name, None)
            return None

    def _collection(self, name: str, *, create: bool = False) -> ChromaCollection:
        """A collection, held once found; Chroma's ``NotFoundError`` when there is none."""
        if name not in self._collections:
            client = self._open()
            self._collections[name] = (
                client.get_or_create_collection(
                    name,
                    metadata=dict(_OURS),
                    configuration={"hnsw": {"space": "cosine"}},
                    embedding_function=None,
                )
                if create
                else client.get_collection(name, embedding_function=None)
            )
        return self._collections[name]

    def _open(self) -> ClientAPI:
        if self._client is None:
            self._client = self._connect()
        return self._client

    def _connect(self) -> ClientAPI:
        import chromadb
        from chromadb.config import Settings

        settings = Settings(anonymized_telemetry=False)
        # Chroma logs a line for telemetry it does not send.
        logging.getLogger("chromadb.telemetry").setLevel(logging.CRITICAL)
        if self.url is None:
            return chromadb.PersistentClient(self.folder, settings=settings)
        address = urlsplit(self.url)
        if address.scheme not in ("http", "https") or not address.hostname:
            raise SettingsError(
                "La dirección del servidor de Chroma no se entiende.",
                hint="Revise CABILDO_CHROMA_URL, por ejemplo http://servidor:8000.",
            )
        secure = address.scheme == "https"
        port = address.port or (443 if secure else 8000)
        try:
            return chromadb.HttpClient(address.hostname, port, ssl=secure, settings=settings)
        except ValueError as error:
            raise StoreError("El servidor de Chroma no responde.", hint="Revise CABILDO_CHROMA_URL.") from error


def _close_connections(client: ClientAPI) -> None:
    """Close the connections to a server, which Chroma's own ``close`` leaves open (1.5.9)."""
    for asking in (client, getattr(client, "_admin_client", None)):
        session = getattr(getattr(asking, "_server", None), "_session", None)
        if session is not None:
            session.close()


def _split(item: str) -> tuple[int, str]:
    generation, _, item_id = item.partition(":")
    return int(generation), item_id


@contextmanager
def _chroma_errors() -> Iterator[None]:
    """Chroma's errors in one line that a user understands."""
    from chromadb.errors import ChromaError

    try:
        yield
    except ChromaError as error:
        raise StoreError(
            f"El índice de vectores no responde como debe ({type(error).__name__}).",
            hint="Revise con `cabildo check`.",
        ) from error
