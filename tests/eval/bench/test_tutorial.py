"""The pipeline of the tutorial that others are compared with."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.bench import tutorial
from ingest.embedder import langchain_embeddings
from ingest.errors import SettingsError
from tests.support.hash_embedder import HashEmbedder


def test_only_text_files_are_read_each_as_one_document(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("dos", "utf-8")
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("uno\n", "utf-8")
    files = tutorial.text_files([tmp_path])
    assert [(d.page_content, d.metadata) for d in tutorial.load(files)] == [
        ("dos", {"source": "b.txt"}),
        ("uno\n", {"source": "a.txt"}),
    ]


def test_without_its_splitter_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tutorial, "SPLITTERS", "no_such_module")
    assert not tutorial.is_available()
    with pytest.raises(SettingsError, match="langchain-text-splitters"):
        tutorial.split([])


@pytest.mark.skipif(not tutorial.is_available(), reason="langchain-text-splitters is not installed")
def test_chunks_are_found_again_in_chroma(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("puentes y vías " * 200, "utf-8")
    (tmp_path / "b.txt").write_text("árboles y parques " * 200, "utf-8")
    files = tutorial.text_files([tmp_path])
    store = tutorial.build(files, tmp_path / "chroma", langchain_embeddings(HashEmbedder()))
    (found,) = store.similarity_search("parques y árboles", k=1)
    assert found.page_content.startswith("árboles y parques")
    assert len(found.page_content) <= tutorial.CHUNK_SIZE
    assert found.metadata == {"source": "b.txt"}
