"""What an ingest does with files and folders: what is new, what is not, and what cannot be read."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ingest import pipeline
from ingest.errors import InputError, StoreError
from ingest.knowledge import KnowledgeBase, StoreSettings
from ingest.pipeline import IngestReport, Overrides, Stages, ingest_paths
from ingest.progress import Step
from ingest.records import DocumentInfo, Extraction, Passage, Place, Prose, ReadDocument, Segment
from tests.support.hash_embedder import HashEmbedder
from tests.support.records import make_row


class Work:
    """Stages that make a row of each line of a text file, and count the files they read."""

    def __init__(self) -> None:
        self.read_names: list[str] = []
        self.stages = Stages(self.read, self.extract, self.cut, "1", frozenset({".txt"}))

    def read(self, path: Path, name: str) -> ReadDocument:
        self.read_names.append(name)
        content = path.read_bytes()
        if path.suffix != ".txt":
            raise InputError("No se sabe leer archivos así.")
        if not content:
            raise InputError("El archivo está vacío.")
        if b"\0" in content:
            raise InputError("No es un archivo de texto.")
        if content.startswith(b"bug"):
            raise ZeroDivisionError(content.decode())
        return ReadDocument(name=name, sha256=hashlib.sha256(content).hexdigest(), media_type="text/plain", blocks=())

    def extract(self, read: ReadDocument, overrides: Overrides) -> Extraction:
        lines = self.texts[read.sha256].splitlines()
        entity = overrides.entity or "Villa Ejemplo"
        rows = tuple(make_row(read.sha256, i, line, entity=entity) for i, line in enumerate(lines) if line[0] != "#")
        prose = tuple(
            Prose(headings=(), segments=(Segment(text=line, place=Place(line=i)),))
            for i, line in enumerate(lines)
            if line[0] == "#"
        )
        return Extraction(info=DocumentInfo(entity=entity, period=overrides.period), rows=rows, prose=prose, tables=1)

    def cut(
        self,
        prose: Sequence[Prose],
        document_id: str,
        info: DocumentInfo,
        count_tokens: Callable[[str], int],
        max_tokens: int,
    ) -> tuple[Passage, ...]:
        assert max_tokens > 0
        return tuple(
            Passage(
                passage_id=f"{document_id[:12]}.p{i}", document_id=document_id, segments=p.segments, place=Place(line=i)
            )
            for i, p in enumerate(prose)
        )

    @property
    def texts(self) -> dict[str, str]:
        return _Texts(self.folder)

    folder: Path


class _Texts(dict[str, str]):
    def __init__(self, folder: Path) -> None:
        for path in folder.rglob("*.txt"):
            content = path.read_bytes()
            self[hashlib.sha256(content).hexdigest()] = content.decode("utf-8", "replace")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "docs"
    path.mkdir()
    return path


@pytest.fixture
def work(tmp_path: Path) -> Work:
    made = Work()
    made.folder = tmp_path
    return made


def outcome(report: IngestReport) -> list[tuple[str, str]]:
    return [(item.document, item.status) for item in report.documents]


def put(folder: Path, **texts: str) -> None:
    for name, content in texts.items():
        (folder / f"{name}.txt").write_text(content, encoding="utf-8")


def test_a_folder_is_read_in_order_and_committed(folder: Path, work: Work, knowledge: KnowledgeBase) -> None:
    put(folder, b="Cámaras instaladas\n# El plan mira al futuro", a="Jóvenes formados")
    (folder / "sub").mkdir()
    put(folder / "sub", c="Vías")
    report = ingest_paths([folder], knowledge, Overrides(period="2025"), stages=work.stages)
    assert outcome(report) == [("a.txt", "added"), ("b.txt", "added"), ("sub/c.txt", "added")]
    assert [(d.rows, d.passages, d.tables) for d in report.documents] == [(1, 0, 1), (1, 1, 1), (1, 0, 1)]
    assert [(d.name, d.info.period) for d in knowledge.documents()] == [
        ("a.txt", "2025"),
        ("b.txt", "2025"),
        ("sub/c.txt", "2025"),
    ]
    assert [d.document_id for d in report.documents] == [d.document_id for d in knowledge.documents()]
    assert knowledge.check() == []


def test_the_report_is_the_contract_of_the_command_line(folder: Path, work: Work, knowledge: KnowledgeBase) -> None:
    put(folder, a="Jóvenes")
    printed = ingest_paths([folder, folder / "no.txt"], knowledge, stages=work.stages).model_dump(mode="json")
    assert set(printed) == {"documents", "elapsed_s"}
    for document in printed["documents"]:
        fixed = {"document", "document_id", "status", "rows", "passages", "tables", "warnings"}
        assert set(document) == fixed | {"tables_left", "rows_by_kind"}
    assert printed["documents"][1]["warnings"][0]["code"] == "absent"


def test_unchanged_files_are_known_by_their_hash(
    folder: Path, work: Work, knowledge: KnowledgeBase, embedder: HashEmbedder
) -> None:
    put(folder, a="Jóvenes", b="Vías")
    ingest_paths([folder], knowledge, stages=work.stages)
    revision, calls = knowledge.snapshot().revision, embedder.calls
    work.read_names.clear()
    report = ingest_paths([folder], knowledge, stages=work.stages)
    assert outcome(report) == [("a.txt", "unchanged"), ("b.txt", "unchanged")]
    assert [d.rows for d in report.documents] == [1, 1]
    assert (work.read_names, embedder.calls, knowledge.snapshot().revision) == ([], calls, revision)


@pytest.mark.parametrize("change", ["overrides", "extractor", "bytes"])
def test_what_a_document_is_made_of_makes_it_new(
    folder: Path, work: Work, knowledge: KnowledgeBase, change: str
) -> None:
    put(folder, a="Jóvenes", b="Vías")
    ingest_paths([folder], knowledge, stages=work.stages)
    stages, overrides = work.stages, Overrides()
    if change == "overrides":
        overrides = Overrides(period="2025")
    if change == "extractor":
        stages = replace(stages, version="2")
    if change == "bytes":
        put(folder, a="Jóvenes y niños")
    report = ingest_paths([folder / "a.txt"], knowledge, overrides, stages=stages)
    assert outcome(report) == [("a.txt", "updated")]
    assert sorted(d.name for d in knowledge.documents()) == ["a.txt", "b.txt"]
    assert knowledge.check() == []


def test_overrides_may_depend_on_the_file(folder: Path, work: Work, knowledge: KnowledgeBase) -> None:
    put(folder, a="Jóvenes", b="Vías")
    ingest_paths([folder], knowledge, lambda path: Overrides(entity=path.stem.upper()), stages=work.stages)
    assert [d.info.entity for d in knowledge.documents()] == ["A", "B"]


def test_the_same_bytes_under_two_names_are_kept_once(folder: Path, work: Work, knowledge: KnowledgeBase) -> None:
    put(folder, a="Jóvenes", b="Jóvenes")
    for expected in ("added", "unchanged"):
        report = ingest_paths([folder], knowledge, stages=work.stages)
        assert outcome(report) == [("a.txt", expected), ("b.txt", "unchanged")]
        assert [w.code for w in report.documents[1].warnings] == ["same-content"]
        assert "a.txt" in report.documents[1].warnings[0].message
    assert [d.name for d in knowledge.documents()] == ["a.txt"]


def test_a_copy_of_an_ingested_file_does_not_take_its_name(folder: Path, work: Work, knowledge: KnowledgeBase) -> None:
    put(folder, b="Jóvenes")
    ingest_paths([folder], knowledge, stages=work.stages)
    put(folder, a="Jóvenes")
    assert outcome(ingest_paths([folder], knowledge, stages=work.stages)) == [
        ("a.txt", "unchanged"),
        ("b.txt", "unchanged"),
    ]
    ingest_paths([folder / "a.txt"], knowledge, stages=work.stages)
    assert [d.name for d in knowledge.documents()] == ["b.txt"]


@pytest.mark.parametrize("prune", [True, False])
def test_a_renamed_file_is_renamed(folder: Path, work: Work, knowledge: KnowledgeBase, prune: bool) -> None:
    put(folder, a="Jóvenes")
    ingest_paths([folder], knowledge, stages=work.stages)
    (folder / "a.txt").rename(folder / "z.txt")
    report = ingest_paths([folder], knowledge, prune=prune, stages=work.stages)
    assert outcome(report) == [("z.txt", "updated")]
    assert [d.name for d in knowledge.documents()] == ["z.txt"]
    assert knowledge.check() == []


def test_two_files_that_exchange_their_content_exchange_their_names(
    folder: Path, work: Work, knowledge: KnowledgeBase
) -> None:
    put(folder, a="Jóvenes", b="Vías")
    ingest_paths([folder], knowledge, stages=work.stages)
    put(folder, a="Vías", b="Jóvenes")
    assert outcome(ingest_paths([folder], knowledge, stages=work.stages)) == [
        ("a.txt", "updated"),
        ("b.txt", "updated"),
    ]
    assert {d.name: knowledge.rows()[1][i].indicator for i, d in enumerate(knowledge.documents())} == {
        "a.txt": "Vías",
        "b.txt": "Jóvenes",
    }


def test_two_files_of_one_name_and_entity_are_not_taken_for_two_versions(
    folder: Path, work: Work, knowledge: KnowledgeBase
) -> None:
    for place in ("uno", "dos"):
        (folder / place).mkdir()
        put(folder / place, plan=f"Indicador {place}")
    ingest_paths([folder / "uno"], knowledge, stages=work.stages)
    report = ingest_paths([folder / "dos", folder / "uno"], knowledge, stages=work.stages)
    assert outcome(report) == [("plan.txt", "failed"), ("plan.txt", "unchanged")]
    assert "mismo nombre" in report.failed[0].warnings[0].message
    assert knowledge.rows()[1][0].indicator == "Indicador uno"


def test_a_folder_that_may_not_be_read_is_one_line(
    folder: Path, work: Work, knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "closed").mkdir()
    put(folder / "closed", b="Vías")
    put(folder, a="Jóvenes")
    ingest_paths([folder], knowledge, stages=work.stages)
    scandir = os.scandir

    def refuse(path: str) -> object:  # the tests may run as root, who may read everything
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    report = ingest_paths([folder], knowledge, prune=True, stages=work.stages)
    assert outcome(report) == [("a.txt", "unchanged"), ("closed", "failed")]
    assert [d.name for d in knowledge.documents()] == ["a.txt", "closed/b.txt"]


def test_what_cannot_be_read_stops_nothing_else(folder: Path, work: Work, knowledge: KnowledgeBase) -> None:
    put(folder, a="", b="Jóvenes", c="\0\1", d="bug: la cédula de alguien")
    for name in ("x.zip", "y.zip", "LEEME"):
        (folder / name).write_bytes(b"x")
    (folder / ".oculto.txt").write_text("x")
    (folder / "~$plan.txt").write_text("x")
    (folder / "cabildo.yaml").write_text("entity: X")
    report = ingest_paths([folder, folder / "nada.txt", folder / "x.zip"], knowledge, stages=work.stages)
    assert outcome(report) == [
        ("a.txt", "failed"),
        ("b.txt", "added"),
        ("c.txt", "failed"),
        ("d.txt", "failed"),
        ("LEEME", "failed"),
        ("x.zip", "failed"),
        (str(folder / "nada.txt"), "failed"),
        ("x.zip", "failed"),
    ]
    messages = {(d.document, w.code): w.message for d in report.failed for w in d.warnings}
    assert messages["a.txt", "unreadable"] == "El archivo está vacío."
    assert "no se cargaron los 2: x.zip, y.zip" in messages["x.zip", "unknown-suffix"]
    assert "cédula" not in messages["d.txt", "internal-error"]
    assert [d.name for d in knowledge.documents()] == ["b.txt"]


def test_a_mistake_of_ours_does_not_log_what_the_document_says(
    folder: Path, work: Work, knowledge: KnowledgeBase, caplog: pytest.LogCaptureFixture
) -> None:
    put(folder, d="bug: la cédula de alguien")
    ingest_paths([folder], knowledge, stages=work.stages)
    assert "ZeroDivisionError" in caplog.text
    assert "cédula" not in caplog.text


def test_a_file_that_broke_leaves_its_older_version(folder: Path, work: Work, knowledge: KnowledgeBase) -> None:
    put(folder, a="Jóvenes")
    ingest_paths([folder], knowledge, stages=work.stages)
    put(folder, a="")
    assert outcome(ingest_paths([folder], knowledge, prune=True, stages=work.stages)) == [("a.txt", "failed")]
    assert knowledge.rows()[0] == 1


def test_prune_takes_out_what_is_gone_from_under_the_folder(
    folder: Path, work: Work, knowledge: KnowledgeBase, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    put(elsewhere, c="Puentes")
    put(folder, a="Jóvenes", b="Vías")
    ingest_paths([folder, elsewhere], knowledge, stages=work.stages)
    (folder / "b.txt").unlink()
    (elsewhere / "c.txt").unlink()
    assert outcome(ingest_paths([folder], knowledge, stages=work.stages)) == [("a.txt", "unchanged")]
    report = ingest_paths([folder], knowledge, prune=True, stages=work.stages)
    assert outcome(report) == [("a.txt", "unchanged"), ("b.txt", "removed")]
    assert [d.name for d in knowledge.documents()] == ["a.txt", "c.txt"]
    assert knowledge.check() == []


def test_a_folder_that_moved_is_not_pruned_away(
    folder: Path, work: Work, knowledge: KnowledgeBase, tmp_path: Path
) -> None:
    put(folder, a="Jóvenes")
    ingest_paths([folder], knowledge, stages=work.stages)
    moved = folder.rename(tmp_path / "moved")
    assert outcome(ingest_paths([moved], knowledge, prune=True, stages=work.stages)) == [("a.txt", "unchanged")]
    (moved / "a.txt").unlink()
    put(moved, b="Vías")
    report = ingest_paths([moved], knowledge, prune=True, stages=work.stages)
    assert outcome(report) == [("b.txt", "added"), ("a.txt", "removed")]


def test_many_texts_are_committed_in_batches(
    folder: Path, work: Work, knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "BATCH_TEXTS", 4)
    put(folder, **{f"d{i}": f"uno {i}\ndos {i}" for i in range(5)})
    report = ingest_paths([folder], knowledge, stages=work.stages)
    assert [d.status for d in report.documents] == ["added"] * 5
    assert knowledge.snapshot().revision == 3
    assert knowledge.check() == []


def test_progress_goes_from_nothing_to_all(folder: Path, work: Work, knowledge: KnowledgeBase) -> None:
    put(folder, a="Jóvenes", b="Vías")
    told: list[Step] = []
    ingest_paths([folder], knowledge, stages=work.stages, progress=told.append)
    assert told == [
        Step(0, 2, "a.txt", "reading"),
        Step(1, 2, "b.txt", "reading"),
        Step(1, 2, "b.txt", "embedding", 0, 2),
        Step(1, 2, "b.txt", "embedding", 2, 2),
        Step(1, 2, "b.txt", "saving"),
        Step(2, 2),
    ]


def test_documents_wait_only_so_long_for_others(
    folder: Path, work: Work, knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "BATCH_SECONDS", 0.0)
    put(folder, a="Jóvenes", b="Vías", c="Puentes")
    ingest_paths([folder], knowledge, stages=work.stages)
    assert knowledge.snapshot().revision == 3


def test_a_passage_longer_than_the_model_reads_is_told(folder: Path, work: Work, knowledge: KnowledgeBase) -> None:
    put(folder, a="# " + "palabra " * 100)
    report = ingest_paths([folder], knowledge, stages=work.stages)
    assert [w.code for w in report.documents[0].warnings] == ["passage-too-long"]
    assert [n.code for n in knowledge.documents()[0].notices] == ["passage-too-long"]


def test_another_embedder_stops_the_ingest(folder: Path, work: Work, store: StoreSettings) -> None:
    put(folder, a="Jóvenes")
    with KnowledgeBase.open(store, HashEmbedder("uno")) as base:
        ingest_paths([folder], base, stages=work.stages)
    with KnowledgeBase.open(store, lambda: HashEmbedder("dos")) as base, pytest.raises(StoreError, match="«uno»"):
        ingest_paths([folder], base, stages=work.stages)


@pytest.mark.real_documents
def test_the_real_documents_are_read_whole_and_known_again(shared: Path, knowledge: KnowledgeBase) -> None:
    files = sorted((shared / "documents").glob("*.txt"))
    report = ingest_paths([shared / "documents"], knowledge)
    assert outcome(report) == [(path.name, "added") for path in files]
    assert all(document.rows or document.passages for document in report.documents)
    assert knowledge.check() == []
    again = ingest_paths([shared / "documents"], knowledge)
    assert outcome(again) == [(path.name, "unchanged") for path in files]
    assert [d.model_copy(update={"status": "added"}) for d in again.documents] == list(report.documents)
