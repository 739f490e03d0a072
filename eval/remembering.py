"""An embedder that remembers its last questions: what is searched for after it was answered costs no second vector."""

from __future__ import annotations

from functools import lru_cache

from ingest.embedder import Embedder, Vectors, WrappedEmbedder, load_embedder

_REMEMBERED = 64


class RememberingEmbedder(WrappedEmbedder):
    """Another embedder, whose last questions' vectors are kept."""

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(embedder)
        self._remembered = lru_cache(_REMEMBERED)(embedder.embed_query)

    def embed_query(self, text: str) -> Vectors:
        return self._remembered(text)


def remembering_embedder(name: str) -> Embedder:
    """The embedder of a name, remembering."""
    return RememberingEmbedder(load_embedder(name))
