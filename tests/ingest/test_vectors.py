"""The vector store answers with committed generations only, in the folder and out of it."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from ingest.errors import SettingsError
from ingest.vectors import VectorStore
from tests.support.hash_embedder import HashEmbedder
from tests.support.servers import chroma

TEXTS = ["parques nuevos", "puentes viejos", "vías rurales"]


@pytest.fixture
def vectors(tmp_path: Path) -> Iterator[VectorStore]:
    store = VectorStore(tmp_path / "chroma")
    yield store
    store.close()


def fill(store: VectorStore, collection: str, generation: int, texts: list[str]) -> None:
    matrix = HashEmbedder().embed_documents(texts)
    store.add(collection, generation, "d" * 64, [("row", f"r{i}") for i in range(len(texts))], matrix)


def test_vectors_come_back_as_they_went_in(vectors: VectorStore) -> None:
    fill(vectors, "villa", 1, TEXTS)
    found = vectors.fetch("villa", 1)
    expected = dict(zip(["r0", "r1", "r2"], HashEmbedder().embed_documents(TEXTS), strict=True))
    assert set(found.ids) == set(expected)
    for item_id, vector in zip(found.ids, found.matrix, strict=True):
        np.testing.assert_allclose(vector, expected[item_id], atol=1e-6)


def test_an_uncommitted_generation_never_speaks(vectors: VectorStore) -> None:
    for generation in range(1, 40):
        fill(vectors, "villa", generation, TEXTS)
    query = HashEmbedder().embed_query("parques nuevos")
    hits = vectors.nearest("villa", query, 2, {7})
    assert [hit.item_id for hit in hits] == ["r0", "r1"] or hits[0].item_id == "r0"
    assert len(hits) == 2
    assert hits[0].score == pytest.approx(1.0, abs=1e-5)
    assert vectors.nearest("villa", query, 2, {99}) == []


def test_a_deleted_generation_is_gone_and_the_others_are_not(vectors: VectorStore) -> None:
    fill(vectors, "villa", 1, TEXTS)
    fill(vectors, "villa", 2, TEXTS[:1])
    vectors.delete("villa", 1)
    assert vectors.generations("villa") == {2: 1}
    assert vectors.fetch("villa", 1).ids == ()


def test_an_absent_collection_is_empty(vectors: VectorStore) -> None:
    vectors.delete("nobody", 1)
    assert vectors.count("nobody") == 0
    assert vectors.fetch("nobody", 1).ids == ()
    assert vectors.nearest("nobody", HashEmbedder().embed_query("x"), 5, {1}) == []


def test_a_collection_made_anew_is_found_again(vectors: VectorStore, tmp_path: Path) -> None:
    fill(vectors, "villa", 1, TEXTS)
    other = VectorStore(tmp_path / "chroma")
    other.drop("villa")
    fill(other, "villa", 2, TEXTS)
    assert len(vectors.fetch("villa", 2).ids) == 3
    other.close()


def test_collections_of_others_are_not_ours(vectors: VectorStore) -> None:
    fill(vectors, "villa", 1, TEXTS)
    vectors._open().create_collection("somebody-elses")
    assert vectors.collections() == ["villa"]


def test_a_wrong_server_address_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="CABILDO_CHROMA_URL"):
        VectorStore(tmp_path, "servidor:8000").count("villa")


def test_closing_closes_the_connections_to_a_server(tmp_path: Path) -> None:
    with chroma(tmp_path) as url, warnings.catch_warnings():
        warnings.simplefilter("error", ResourceWarning)
        store = VectorStore(tmp_path / "unused", url)
        assert store.collections() == []
        opened = [asking._server._session for asking in (store._client, store._client._admin_client)]
        store.close()
        assert all(session.is_closed for session in opened)
        assert store.collections() == []
        store.close()
