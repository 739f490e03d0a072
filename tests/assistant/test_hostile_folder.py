"""``cabildo ingest`` of a folder in which nearly everything is broken or means harm: each file costs one line."""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import assistant.opening
from assistant import settings
from assistant.cli import main
from tests.support.hash_embedder import HashEmbedder
from tests.support.hostile import MOST_PAGES, READ, REFUSED, SECRET, hostile_folder


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A place of its own for the documents, the data and temporary files, from which nothing should get out."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CABILDO_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("CABILDO_MAX_PAGES", str(MOST_PAGES))
    monkeypatch.setattr(assistant.opening, "load_embedder", lambda _name: HashEmbedder())
    settings.read_settings.cache_clear()
    yield tmp_path
    settings.read_settings.cache_clear()


def test_each_bad_file_is_one_line_and_nothing_else_is_lost(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = hostile_folder(home / "docs")
    before = {path: path.read_bytes() for path in folder.iterdir()}

    assert main(["ingest", str(folder), "--json"]) == 1
    printed = capsys.readouterr()
    assert printed.err == ""
    report = json.loads(printed.out)
    by_file: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for document in report["documents"]:
        by_file[document["document"].split("/")[0]].append(document)

    for name, (_, words) in REFUSED.items():
        (document,) = by_file[name]
        (warning,) = document["warnings"]
        assert document["status"] == "failed", name
        assert words in warning["message"], (name, warning["message"])
        assert "\n" not in warning["message"]
    for name, (_, said) in READ.items():
        messages = [warning["message"] for document in by_file[name] for warning in document["warnings"]]
        assert {document["status"] for document in by_file[name]} == {"added"}, name
        assert said is None or any(said in message for message in messages), (name, messages)
    assert set(by_file) == {*REFUSED, *READ}

    assert SECRET not in printed.out
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    assert list((home / "tmp").iterdir()) == []
    assert {path.name for path in home.iterdir()} == {"docs", "tmp", "data"}
    assert not Path("/tmp/absoluta.txt").exists()


def test_the_lines_as_they_are_read(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = hostile_folder(home / "docs")
    assert main(["ingest", str(folder)]) == 1
    lines = capsys.readouterr().out.splitlines()
    refused = [line for line in lines if line.startswith("error: ")]
    assert len(refused) == len(REFUSED)
    assert "error: sin-hojas.pdf: El PDF no tiene páginas." in refused
    assert "aviso: guion.pdf: El PDF trae programas (JavaScript); no se ejecutaron." in lines

    capsys.readouterr()
    assert main(["rows", "--format", "json"]) == 0
    assert any(row["document"] == "bueno.txt" for row in json.loads(capsys.readouterr().out))
