"""An embedder that remembers its last questions: what is searched for after it was answered costs no second vector."""

from __future__ import annotations

from functools import lru_cache

from ingest.embedder import Embedder, load_embedder

_REMEMBERED = 64


class RememberingEmbedder:
    """Another embedder, whose last questions' vectors are kept."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.embed_query = lru_cache(_REMEMBERED)(embedder.embed_query)
        self.embed_documents = embedder.embed_documents
        self.count_tokens = embedder.count_tokens

    @property
    def name(self) -> str:
        return self._embedder.name

    @property
    def dimension(self) -> int:
        return self._embedder.dimension

    @property
    def max_tokens(self) -> int:
        return self._embedder.max_tokens


def remembering_embedder(name: str) -> Embedder:
    """The embedder of a name, remembering."""
    return RememberingEmbedder(load_embedder(name))
