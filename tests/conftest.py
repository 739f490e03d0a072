"""What tests of several packages share: a deterministic embedder, an empty knowledge base, the real documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.knowledge import KnowledgeBase, StoreSettings
from tests.support.hash_embedder import HashEmbedder

#: Public documents for development; they stand beside the repository and are never copied into it.
SHARED = (Path(__file__).resolve().parents[1] / "../shared").resolve()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if SHARED.is_dir():
        return
    absent = pytest.mark.skip(reason="the real documents (../shared) are not on this machine")
    for item in items:
        if item.get_closest_marker("real_documents"):
            item.add_marker(absent)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents; only for tests marked ``real_documents``."""
    return SHARED


@pytest.fixture
def embedder() -> HashEmbedder:
    return HashEmbedder()


@pytest.fixture
def store(tmp_path: Path) -> StoreSettings:
    return StoreSettings(tmp_path / "data")


@pytest.fixture
def knowledge(store: StoreSettings, embedder: HashEmbedder) -> Iterator[KnowledgeBase]:
    """An empty knowledge base of its own for each test."""
    with KnowledgeBase.open(store, embedder) as base:
        yield base
