"""Archives and mails in an ingest: their members are documents like any other, kept, renamed and pruned."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from ingest.knowledge import KnowledgeBase
from ingest.pipeline import IngestReport, Overrides, ingest_paths
from tests.support.files import docx_file, eml_file, zip_file

PLAN = "Programa\tIndicador\tMeta\nVías\tKilómetros de vía construidos\t28\n".encode()
OTHER = b"Programa\tIndicador\tMeta\nAgua\tHogares con agua potable\t1250\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder; temporary files of the ingest go beside it, so that what is left of them can be seen."""
    for name in ("docs", "tmp"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    return tmp_path / "docs"


def outcome(report: IngestReport) -> list[tuple[str, str]]:
    return [(item.document, item.status) for item in report.documents]


def names_of(knowledge: KnowledgeBase) -> list[str]:
    return sorted(document.name for document in knowledge.documents())


def test_members_are_documents_under_the_name_of_their_archive(folder: Path, knowledge: KnowledgeBase) -> None:
    word = docx_file(folder.parent / "x.docx").read_bytes()
    zip_file(folder / "entrega.zip", {"plan.txt": PLAN, "2024/plan.docx": word, "foto.png": b"x"})
    report = ingest_paths([folder], knowledge)
    assert outcome(report) == [
        ("entrega.zip/plan.txt", "added"),
        ("entrega.zip/2024/plan.docx", "added"),
        ("entrega.zip/foto.png", "failed"),
    ]
    assert [d.rows for d in report.documents] == [1, 2, 0]
    assert knowledge.check() == []
    assert list((folder.parent / "tmp").iterdir()) == []


def test_an_unchanged_archive_is_known_again(folder: Path, knowledge: KnowledgeBase) -> None:
    zip_file(folder / "a.zip", {"plan.txt": PLAN, "otro.txt": OTHER})
    first = ingest_paths([folder], knowledge)
    again = ingest_paths([folder], knowledge, prune=True)
    assert outcome(again) == [("a.zip/plan.txt", "unchanged"), ("a.zip/otro.txt", "unchanged")]
    assert [d.rows for d in again.documents] == [d.rows for d in first.documents]


def test_what_left_the_archive_is_pruned_and_what_cannot_be_looked_at_is_not(
    folder: Path, knowledge: KnowledgeBase
) -> None:
    archive = zip_file(folder / "a.zip", {"plan.txt": PLAN, "otro.txt": OTHER})
    ingest_paths([folder], knowledge)
    archive.write_bytes(b"PK\x03\x04 roto")
    report = ingest_paths([folder], knowledge, prune=True)
    assert (outcome(report), names_of(knowledge)) == ([("a.zip", "failed")], ["a.zip/otro.txt", "a.zip/plan.txt"])
    zip_file(archive, {"plan.txt": PLAN})
    report = ingest_paths([folder], knowledge, prune=True)
    assert outcome(report) == [("a.zip/plan.txt", "unchanged"), ("a.zip/otro.txt", "removed")]
    archive.unlink()
    ingest_paths([folder], knowledge, prune=True)
    assert names_of(knowledge) == []


def test_a_new_version_inside_an_archive_replaces_the_old_one(folder: Path, knowledge: KnowledgeBase) -> None:
    zip_file(folder / "a.zip", {"plan.txt": PLAN})
    ingest_paths([folder], knowledge)
    zip_file(folder / "a.zip", {"plan.txt": PLAN.replace(b"28", b"31")})
    assert outcome(ingest_paths([folder], knowledge)) == [("a.zip/plan.txt", "updated")]
    assert names_of(knowledge) == ["a.zip/plan.txt"]


def test_a_file_that_was_put_into_an_archive_is_renamed(folder: Path, knowledge: KnowledgeBase) -> None:
    (folder / "plan.txt").write_bytes(PLAN)
    ingest_paths([folder], knowledge)
    (folder / "plan.txt").unlink()
    zip_file(folder / "a.zip", {"plan.txt": PLAN})
    assert outcome(ingest_paths([folder], knowledge)) == [("a.zip/plan.txt", "updated")]
    assert names_of(knowledge) == ["a.zip/plan.txt"]


def test_the_same_file_in_two_archives_is_kept_once(folder: Path, knowledge: KnowledgeBase) -> None:
    for name in ("a.zip", "b.zip"):
        zip_file(folder / name, {"plan.txt": PLAN})
    report = ingest_paths([folder], knowledge)
    assert outcome(report) == [("a.zip/plan.txt", "added"), ("b.zip/plan.txt", "unchanged")]
    assert [w.code for w in report.documents[1].warnings] == ["same-content"]


def test_a_mail_is_a_document_and_so_is_what_is_attached(folder: Path, knowledge: KnowledgeBase) -> None:
    (folder.parent / "plan.txt").write_bytes(PLAN)
    eml_file(folder / "m.eml", [folder.parent / "plan.txt"])
    assert outcome(ingest_paths([folder], knowledge)) == [("m.eml", "added"), ("m.eml/plan.txt", "added")]
    again = ingest_paths([folder], knowledge, prune=True)
    assert outcome(again) == [("m.eml", "unchanged"), ("m.eml/plan.txt", "unchanged")]


def test_a_container_inside_a_container_is_told(folder: Path, knowledge: KnowledgeBase) -> None:
    (folder.parent / "plan.txt").write_bytes(PLAN)
    inner = zip_file(folder.parent / "dentro.zip", {"x.txt": PLAN})
    mail = eml_file(folder.parent / "m.eml", [folder.parent / "plan.txt"])
    zip_file(folder / "a.zip", {"dentro.zip": inner.read_bytes(), "m.eml": mail.read_bytes()})
    report = ingest_paths([folder], knowledge)
    assert outcome(report) == [("a.zip/m.eml", "added"), ("a.zip/dentro.zip", "failed")]
    codes = [{warning.code for warning in document.warnings} for document in report.documents]
    assert ["attachments-not-opened" in codes[0], codes[1]] == [True, {"nested-archive"}]


def test_what_is_said_of_the_folder_holds_for_members(folder: Path, knowledge: KnowledgeBase) -> None:
    zip_file(folder / "a.zip", {"plan.txt": PLAN})
    ingest_paths([folder], knowledge, lambda path: Overrides(entity=path.name))
    assert [document.info.entity for document in knowledge.documents()] == ["a.zip"]


def test_a_renamed_member_says_so(folder: Path, knowledge: KnowledgeBase) -> None:
    zip_file(folder / "a.zip", {"../../plan.txt": PLAN})
    (document,) = ingest_paths([folder], knowledge).documents
    assert (document.document, document.status) == ("a.zip/plan.txt", "added")
    assert "member-renamed" in [warning.code for warning in document.warnings]
    assert not (folder.parents[1] / "plan.txt").exists()
