"""An embedder without a model: texts that share words have similar vectors, always the same ones."""

from __future__ import annotations

import hashlib

import numpy as np

from ingest.embedder import Vectors
from ingest.fold import words


class HashEmbedder:
    """Each word is a fixed random direction; a text is the sum of its words. ``calls`` counts the texts embedded."""

    def __init__(self, name: str = "hash", dimension: int = 32, max_tokens: int = 64) -> None:
        self.name = name
        self.dimension = dimension
        self.max_tokens = max_tokens
        self.calls = 0

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def embed_documents(self, texts: list[str]) -> Vectors:
        self.calls += len(texts)
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> Vectors:
        total = sum((self._direction(word) for word in words(text)), self._direction(""))
        return np.asarray(total / np.linalg.norm(total), dtype=np.float32)

    def _direction(self, word: str) -> Vectors:
        seed = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "big")
        return np.random.default_rng(seed).standard_normal(self.dimension).astype(np.float32)
