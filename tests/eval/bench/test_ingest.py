"""The benchmark of ingest times the right work: the same texts, a fresh base each round, nothing counted twice."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from eval.bench import ingest as bench
from eval.bench.ingest import AGAIN, EMBED, INGEST, TUTORIAL, Speed, as_json, embedded_texts, measure, summary, warm
from eval.bench.timing import Timing
from ingest.embedder import Vectors
from ingest.errors import InputError
from ingest.knowledge import KnowledgeBase
from tests.support.hash_embedder import HashEmbedder
from tests.support.records import make_addition

PLAN = "PLAN DE DESARROLLO 2024-2027\nPrograma: Vías\nIndicador\tLínea base\tMeta\nPuentes construidos\t3\t12 puentes\n"


class Recording(HashEmbedder):
    """Remembers the texts of each call."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[list[str]] = []

    def embed_documents(self, texts: list[str]) -> Vectors:
        self.seen.append(list(texts))
        return super().embed_documents(texts)


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "plan.txt").write_text(PLAN + "\nEl plan mira al futuro del municipio.\n", "utf-8")
    return folder


def speed(ingest: float, embed: float, again: float) -> Speed:
    return Speed(7, {name: [Timing(t, t)] for name, t in ((INGEST, ingest), (EMBED, embed), (AGAIN, again))})


def test_the_texts_embedded_alone_are_those_that_the_ingest_embedded(documents: Path) -> None:
    embedder = Recording()
    measured = measure([documents], embedder, rounds=2)
    assert len(embedder.seen) == 4, "twice a round: ingest and alone; what is unchanged is not embedded again"
    assert embedder.seen[0] == embedder.seen[1] == embedder.seen[2] == embedder.seen[3]
    assert measured.texts == len(embedder.seen[0]) > 1
    assert {name: len(each) for name, each in measured.timings.items()} == {INGEST: 2, EMBED: 2, AGAIN: 2}


def test_the_texts_of_a_base_are_read_document_by_document(knowledge: KnowledgeBase) -> None:
    knowledge.apply([make_addition("a", ["Puentes", "Vías"], ["Prosa una"]), make_addition("b", ["Parques"])])
    texts = embedded_texts(knowledge)
    assert [text.split(".")[0] for text in texts[:2]] == ["Puentes", "Vías"]
    assert "Prosa una" in texts[2]
    assert texts[3].startswith("Parques")


def test_the_tutorial_takes_its_turn_with_the_text_files(documents: Path) -> None:
    built: list[tuple[list[str], bool]] = []

    def tutorial(files: Sequence[Path], folder: Path) -> None:
        built.append(([file.name for file in files], folder.exists()))

    measured = measure([documents], HashEmbedder(), rounds=2, tutorial=tutorial)
    assert built == [(["plan.txt"], False)] * 2
    assert len(measured.timings[TUTORIAL]) == 2


@pytest.mark.parametrize("content", [b"", None])
def test_documents_that_cannot_be_read_are_an_error_not_a_fast_result(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "roto.txt").write_bytes(content)
    with pytest.raises(InputError):
        measure([tmp_path], HashEmbedder(), rounds=1)


@pytest.mark.parametrize(
    ("ingest", "embed", "again", "passes"),
    [(1.3, 1.0, 0.1, True), (1.31, 1.0, 0.1, False), (1.0, 1.0, 0.1, False), (1.0, 1.0, 0.09, True)],
)
def test_the_bar_is_one_and_three_tenths_and_under_a_tenth(
    ingest: float, embed: float, again: float, passes: bool
) -> None:
    assert speed(ingest, embed, again).passes is passes


def test_the_summary_says_medians_and_ratios_with_decimal_commas() -> None:
    lines = summary(speed(1.2, 1.0, 0.06))
    assert any("(a) / (b) = 1,20" in line for line in lines)
    assert any("(c) / (a) = 0,0500" in line for line in lines)
    assert json.loads(json.dumps(as_json(speed(1.2, 1.0, 0.06))))["passes"] is True


def test_main_exits_with_the_bar(
    documents: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench, "load_embedder", HashEmbedder)
    monkeypatch.setattr(bench, "_tutorial", lambda: None)
    monkeypatch.setattr(bench, "MOST_OVER_EMBEDDING", 1e9)
    monkeypatch.setattr(bench, "MOST_AGAIN", 1e9)
    assert bench.main([str(documents), "--rounds", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["texts"] > 0
    monkeypatch.setattr(bench, "MOST_OVER_EMBEDDING", 0.0)
    assert bench.main([str(documents), "--rounds", "1"]) == 1
    assert bench.main([str(documents / "no-hay")]) == 1
    assert "No se pudieron leer" in capsys.readouterr().err


def test_warming_up_runs_the_model() -> None:
    embedder = HashEmbedder()
    warm(embedder)
    assert embedder.calls > 0
