"""What an ingest that was cut short had already done, so that the next one goes on from there.

A file beside the catalogue keeps the vectors of texts that are not committed yet, by the text's hash and the embedder,
and what was read of a document when that took long. Whatever is committed is forgotten here. It is a convenience:
losing it costs time and nothing else, so a file that cannot be read or written is passed over.
"""

from __future__ import annotations

import hashlib
import logging
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeVar

import numpy as np

from ingest.embedder import Embedder, Vectors, WrappedEmbedder
from ingest.progress import Count

_LOG = logging.getLogger(__name__)

#: Texts embedded at a time, and what is lost of them when a run is cut short.
CHUNK = 256
#: What nobody came back for is deleted after so many days; more bytes than this are not kept at all.
KEPT_DAYS = 14
MOST_BYTES = 512 * 1024 * 1024
_SCHEMA = (
    "create table if not exists vectors (key blob primary key, vector blob not null, kept_at real not null)",
    "create table if not exists readings (key blob primary key, parsed blob not null, kept_at real not null)",
)
_VARIABLES = 500  # of one statement

Made = TypeVar("Made")


class Unfinished:
    """The file; it is made when there is something to keep, and is gone when there is nothing left in it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def vectors(self, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
        """The vectors kept under some keys."""

        def look(connection: sqlite3.Connection) -> dict[bytes, Vectors]:
            found: dict[bytes, Vectors] = {}
            for start in range(0, len(keys), _VARIABLES):
                some = keys[start : start + _VARIABLES]
                marks = ",".join("?" * len(some))
                for key, vector in connection.execute(f"select key, vector from vectors where key in ({marks})", some):
                    found[key] = np.frombuffer(vector, dtype=np.float32)
            return found

        return (self._do(look) if self.path.is_file() else None) or {}

    def keep_vectors(self, keys: Iterable[bytes], vectors: Vectors) -> None:
        kept = [(key, vector.tobytes(), time.time()) for key, vector in zip(keys, vectors, strict=True)]
        self._do(lambda connection: connection.executemany("insert or replace into vectors values (?, ?, ?)", kept))

    def reading(self, key: bytes) -> bytes | None:
        """What was read of a document before, as it was given to ``keep_reading``."""

        def look(connection: sqlite3.Connection) -> bytes | None:
            row = connection.execute("select parsed from readings where key = ?", (key,)).fetchone()
            return None if row is None else bytes(row[0])

        return self._do(look) if self.path.is_file() else None

    def keep_reading(self, key: bytes, parsed: bytes) -> None:
        row = (key, parsed, time.time())
        self._do(lambda connection: connection.execute("insert or replace into readings values (?, ?, ?)", row))

    def forget(self, keys: Iterable[bytes]) -> None:
        """Let go of vectors and readings, and of what nobody came back for."""
        if not self.path.is_file():
            return

        def forget(connection: sqlite3.Connection) -> bool:
            some = [(key,) for key in keys]
            left = 0
            for table in ("vectors", "readings"):
                connection.executemany(f"delete from {table} where key = ?", some)
                connection.execute(f"delete from {table} where kept_at < ?", (time.time() - KEPT_DAYS * 86_400,))
                left += connection.execute(f"select count(*) from {table}").fetchone()[0]
            return left == 0

        if self._do(forget):
            self._delete()

    def _do(self, work: Callable[[sqlite3.Connection], Made]) -> Made | None:
        """Work with the file in a transaction; None when it cannot be used, and then it is deleted."""
        try:
            if self.path.is_file() and self.path.stat().st_size > MOST_BYTES:
                self._delete()
            with closing(sqlite3.connect(self.path, timeout=10)) as connection, connection:
                connection.execute("pragma synchronous = off")
                for statement in _SCHEMA:
                    connection.execute(statement)
                return work(connection)
        except (sqlite3.Error, OSError, ValueError) as error:
            _LOG.warning("nothing is kept of unfinished work: %s", type(error).__name__)
            self._delete()
            return None

    def _delete(self) -> None:
        for suffix in ("", "-journal"):
            with suppress(OSError):
                self.path.with_name(self.path.name + suffix).unlink()


class Resuming(WrappedEmbedder):
    """An embedder that embeds piece by piece, keeps each piece until ``forget``, and embeds none that was kept.

    ``on_texts`` is told how many of the texts are done.
    """

    def __init__(self, embedder: Embedder, unfinished: Unfinished, on_texts: Count | None = None) -> None:
        super().__init__(embedder)
        self._unfinished = unfinished
        self._on_texts = on_texts or (lambda _done, _total: None)
        self._kept: list[bytes] = []

    def embed_documents(self, texts: list[str]) -> Vectors:
        """Unit vectors, one a row, as the embedder makes them. Few texts are embedded at once and not kept."""
        if len(texts) <= CHUNK:
            self._on_texts(0, len(texts))
            made = self._embedder.embed_documents(texts)
            self._on_texts(len(texts), len(texts))
            return made
        keys = {text: self._key(text) for text in texts}
        self._kept = list(keys.values())
        kept = self._unfinished.vectors(self._kept)
        found = {key: vector for key, vector in kept.items() if vector.size == self.dimension}
        # Texts of one length together: the model pads each batch to its longest.
        missing = sorted((text for text in keys if keys[text] not in found), key=len, reverse=True)
        self._on_texts(len(keys) - len(missing), len(keys))
        for start in range(0, len(missing), CHUNK):
            some = missing[start : start + CHUNK]
            vectors = self._embedder.embed_documents(some)
            some_keys = [keys[text] for text in some]
            self._unfinished.keep_vectors(some_keys, vectors)
            found |= zip(some_keys, vectors, strict=True)
            self._on_texts(len(keys) - len(missing) + start + len(some), len(keys))
        return np.stack([found[keys[text]] for text in texts])

    def forget(self) -> None:
        """What was embedded is committed."""
        self._unfinished.forget(self._kept)
        self._kept = []

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(f"{self.name}\0{self.dimension}\0{text}".encode()).digest()
