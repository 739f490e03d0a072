"""What is kept of an ingest that was cut short: used once, forgotten when committed, never in the way."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import pytest

from ingest import unfinished
from ingest.embedder import Vectors
from ingest.knowledge import KnowledgeBase, StoreSettings
from ingest.unfinished import Resuming, Unfinished
from tests.support.hash_embedder import HashEmbedder
from tests.support.records import make_addition

TEXTS = [f"cámara {n} " + "x" * (n % 7) for n in range(10)]


class Stopping(HashEmbedder):
    """Is interrupted after so many calls."""

    def __init__(self, calls: int) -> None:
        super().__init__()
        self.left = calls

    def embed_documents(self, texts: list[str]) -> Vectors:
        if not self.left:
            raise KeyboardInterrupt
        self.left -= 1
        return super().embed_documents(texts)


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unfinished, "CHUNK", 4)


@pytest.fixture
def kept(tmp_path: Path) -> Unfinished:
    return Unfinished(tmp_path / "unfinished.sqlite")


def cut_short(kept: Unfinished, calls: int) -> None:
    with pytest.raises(KeyboardInterrupt):
        Resuming(Stopping(calls), kept).embed_documents(TEXTS)


def test_what_was_embedded_is_not_embedded_again_and_every_vector_is_its_texts(kept: Unfinished) -> None:
    cut_short(kept, 2)
    embedder, told = HashEmbedder(), list[tuple[int, int]]()
    vectors = Resuming(embedder, kept, lambda *step: told.append(step)).embed_documents([*TEXTS, TEXTS[0]])
    assert embedder.calls == 2
    assert told == [(8, 10), (10, 10)]
    np.testing.assert_array_equal(vectors, HashEmbedder().embed_documents([*TEXTS, TEXTS[0]]))


def test_few_texts_are_not_kept(kept: Unfinished) -> None:
    Resuming(HashEmbedder(), kept).embed_documents(TEXTS[:4])
    assert not kept.path.exists()


def test_another_model_makes_its_own(kept: Unfinished) -> None:
    cut_short(kept, 2)
    for embedder in (HashEmbedder("otro"), HashEmbedder(dimension=8)):
        vectors = Resuming(embedder, kept).embed_documents(TEXTS)
        assert embedder.calls == len(TEXTS)
        assert vectors.shape == (len(TEXTS), embedder.dimension)


def test_what_is_committed_is_forgotten_and_the_rest_stays(kept: Unfinished) -> None:
    cut_short(kept, 1)
    kept.keep_reading(b"k", b"{}")
    resuming = Resuming(HashEmbedder(), kept)
    resuming.embed_documents(TEXTS)
    resuming.forget()
    assert kept.reading(b"k") == b"{}"
    kept.forget([b"k"])
    assert not kept.path.exists()


def test_what_nobody_came_back_for_goes(kept: Unfinished, monkeypatch: pytest.MonkeyPatch) -> None:
    cut_short(kept, 1)
    monkeypatch.setattr(unfinished, "KEPT_DAYS", -1)
    kept.forget([])
    assert not kept.path.exists()


@pytest.mark.parametrize("content", [b"", b"nada" * 1000])
def test_a_file_that_cannot_be_read_costs_time_and_nothing_else(kept: Unfinished, content: bytes) -> None:
    kept.path.write_bytes(content)
    embedder = HashEmbedder()
    assert len(Resuming(embedder, kept).embed_documents(TEXTS)) == embedder.calls == len(TEXTS)
    assert kept.reading(b"k") is None


def test_a_file_that_grew_too_large_is_begun_anew(kept: Unfinished, monkeypatch: pytest.MonkeyPatch) -> None:
    cut_short(kept, 2)
    monkeypatch.setattr(unfinished, "MOST_BYTES", 100)
    embedder = HashEmbedder()
    Resuming(embedder, kept).embed_documents(TEXTS)
    assert embedder.calls == len(TEXTS)


@pytest.mark.parametrize("size", [5, 8])
def test_a_vector_cut_off_on_disk_is_not_used(kept: Unfinished, size: int) -> None:
    cut_short(kept, 2)
    with sqlite3.connect(kept.path) as connection:
        connection.execute("update vectors set vector = substr(vector, 1, ?)", (size,))
    connection.close()
    embedder = HashEmbedder()
    Resuming(embedder, kept).embed_documents(TEXTS)
    assert embedder.calls == len(TEXTS)


def test_a_commit_that_was_cut_short_resumes_and_leaves_nothing(store: StoreSettings) -> None:
    addition = make_addition("plan.txt", TEXTS)
    with KnowledgeBase.open(store, Stopping(2)) as base:
        with pytest.raises(KeyboardInterrupt):
            base.apply([addition])
        assert base.documents() == []
        assert base.unfinished.path.exists()
    embedder = HashEmbedder()
    with KnowledgeBase.open(store, embedder) as base:
        base.apply([addition])
        assert embedder.calls == 2
        assert base.check() == []
        assert not base.unfinished.path.exists()
