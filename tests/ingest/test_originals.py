"""Originals are kept for documents with pages, never of letters or of what had personal data, and go with them."""

from __future__ import annotations

import hashlib
import logging
import re
from pathlib import Path

import pytest

from ingest.knowledge import KnowledgeBase, StoreSettings
from ingest.originals import MASKED, FolderOriginals, reason_not_kept
from ingest.pipeline import ingest_paths
from ingest.privacy import addressee_names
from ingest.readers import read_file
from ingest.records import Document, DocumentInfo, DocumentKind, Notice, Overrides
from tests.support.files import docx_file, eml_file, pdf_file, xlsx_file, zip_file
from tests.support.hash_embedder import HashEmbedder
from tests.support.pages import pdf_plan, plan_rows


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "documentos"
    made.mkdir()
    return made


def kept(knowledge: KnowledgeBase) -> list[str]:
    """The names of the documents whose originals are kept."""
    there = knowledge.originals.ids()
    return sorted(document.name for document in knowledge.documents() if document.document_id in there)


def files_under(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_has_pages_is_kept_byte_for_byte_members_of_archives_too(folder: Path, knowledge: KnowledgeBase) -> None:
    plan = pdf_plan(folder / "plan.pdf", plan_rows(3))
    inner = docx_file(folder.parent / "dentro.docx").read_bytes()
    xlsx_file(folder / "metas.xlsx")
    (folder / "nota.txt").write_text("Se construyeron 28 km de vía.", encoding="utf-8")
    zip_file(folder / "a.zip", {"dentro.docx": inner, "otro.txt": b"Se construyeron 12 puentes."})
    eml_file(folder / "m.eml", [pdf_plan(folder.parent / "adjunto.pdf", plan_rows(2))])
    ingest_paths([folder], knowledge)
    names = [name for name in kept(knowledge) if not name.startswith("m.eml")]
    assert names == ["a.zip/dentro.docx", "metas.xlsx", "plan.pdf"]
    assert "m.eml/adjunto.pdf" in kept(knowledge)
    for content in (plan.read_bytes(), inner):
        copy = knowledge.originals.path(hashlib.sha256(content).hexdigest())
        assert copy is not None
        assert copy.read_bytes() == content


def test_a_letter_is_not_kept_nor_what_had_personal_data(folder: Path, knowledge: KnowledgeBase) -> None:
    docx_file(folder / "carta.docx")
    pdf_plan(folder / "contactos.pdf", [["Campo", "Escriba a marta.perez@example.com", "1", "2"]])
    ingest_paths([folder], knowledge, lambda path: Overrides(kind="letter" if path.stem == "carta" else "plan"))
    assert kept(knowledge) == []
    assert files_under(knowledge.originals.folder) == []  # type: ignore[attr-defined]
    codes = {document.name: [notice.code for notice in document.notices] for document in knowledge.documents()}
    assert MASKED in codes["contactos.pdf"]
    assert MASKED not in codes["carta.docx"]


def test_removing_and_replacing_take_the_copy_away(folder: Path, knowledge: KnowledgeBase) -> None:
    pdf_plan(folder / "plan.pdf", plan_rows(2))
    docx_file(folder / "otro.docx")
    ingest_paths([folder], knowledge)
    first = knowledge.document("plan.pdf").document_id
    (knowledge.originals.beside(first) / "converted.pdf").write_bytes(b"x")
    pdf_plan(folder / "plan.pdf", plan_rows(3))
    ingest_paths([folder], knowledge)
    assert knowledge.originals.path(first) is None
    assert not knowledge.originals.beside(first).exists()
    assert kept(knowledge) == ["otro.docx", "plan.pdf"]
    knowledge.remove("plan.pdf")
    knowledge.remove("otro.docx")
    assert files_under(folder.parent / "data" / "originals") == []


def test_a_document_that_turns_out_to_be_a_letter_loses_its_copy(folder: Path, knowledge: KnowledgeBase) -> None:
    docx_file(folder / "a.docx")
    ingest_paths([folder], knowledge, Overrides(kind="plan"))
    assert kept(knowledge) == ["a.docx"]
    ingest_paths([folder], knowledge, Overrides(kind="letter"))
    assert kept(knowledge) == []


def test_a_check_sweeps_orphans_and_says_so_once(folder: Path, knowledge: KnowledgeBase) -> None:
    docx_file(folder / "a.docx")
    ingest_paths([folder], knowledge)
    orphan = pdf_file(folder.parent / "huerfano.pdf")
    orphan_id = hashlib.sha256(orphan.read_bytes()).hexdigest()
    assert knowledge.originals.keep(orphan_id, orphan, ".pdf")
    part = folder.parent / "data" / "originals" / ".a-medias.part"
    part.write_bytes(b"x")
    assert [notice.code for notice in knowledge.check()] == ["originals-swept"]
    assert knowledge.originals.ids() == {knowledge.document("a.docx").document_id}
    assert not part.exists()
    assert knowledge.check() == []


def test_turned_off_nothing_is_kept_and_what_was_goes(folder: Path, store: StoreSettings) -> None:
    docx_file(folder / "a.docx")
    with KnowledgeBase.open(store, HashEmbedder()) as knowledge:
        ingest_paths([folder], knowledge)
        assert kept(knowledge) == ["a.docx"]
    off = StoreSettings(store.data_dir, keep_originals=False)
    with KnowledgeBase.open(off, HashEmbedder()) as knowledge:
        pdf_plan(folder / "b.pdf", plan_rows(2))
        ingest_paths([folder], knowledge)
        assert len(knowledge.documents()) == 2
        assert knowledge.originals.ids() == set()


def test_a_file_that_changed_meanwhile_is_not_taken_for_the_document(tmp_path: Path) -> None:
    originals = FolderOriginals(tmp_path / "originals")
    file = pdf_file(tmp_path / "a.pdf")
    assert not originals.keep("0" * 64, file, ".pdf")
    assert originals.path("0" * 64) is None
    assert files_under(originals.folder) == []
    with pytest.raises(ValueError, match="not a document's id"):
        originals.keep("../../etc", file, ".pdf")


def test_a_copy_that_cannot_be_written_costs_no_document(
    folder: Path, store: StoreSettings, caplog: pytest.LogCaptureFixture
) -> None:
    docx_file(folder / "a.docx")
    store.data_dir.mkdir()
    (store.data_dir / "originals").write_text("no es una carpeta")
    with KnowledgeBase.open(store, HashEmbedder()) as knowledge, caplog.at_level(logging.WARNING):
        (report,) = ingest_paths([folder], knowledge).documents
        assert report.status == "added"
    assert "is not kept" in caplog.text


@pytest.mark.parametrize(
    ("name", "kind", "told"),
    [
        ("plan.pdf", "plan", None),
        ("a.zip/informe.PPTX", "progress", None),
        ("carta.pdf", "letter", "Es una carta"),
        ("plan.txt", "plan", "«.txt» no tienen páginas"),
        ("datos.csv", "other", "«.csv» no tienen páginas"),
        ("a.zip/pagina.html", "other", "«.html» no tienen páginas"),
    ],
)
def test_why_an_original_is_not_kept(name: str, kind: str, told: str | None) -> None:
    document = Document(
        document_id="a" * 64,
        name=name,
        info=DocumentInfo(kind=kind),  # type: ignore[arg-type]
        rows=1,
    )
    reason = reason_not_kept(document)
    assert (reason is None) if told is None else (reason is not None and told in reason)


def test_a_scanned_letter_that_nobody_could_read_is_not_kept(
    folder: Path, knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says neither that it is a letter nor whose data it holds; a plan with a scanned cover is another matter."""
    from PIL import Image
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    monkeypatch.setenv("PATH", str(folder))  # no text recognition
    scan = Image.new("RGB", (60, 80), "white")
    for name, text in (("carta.pdf", ""), ("nota.pdf", "Meta: 28 km")):
        canvas = Canvas(str(folder / name), pagesize=A4)
        canvas.drawInlineImage(scan, 0, 0, *A4)
        canvas.showPage()
        canvas.drawString(72, 700, text)
        canvas.save()
    ingest_paths([folder], knowledge)
    assert len(knowledge.documents()) == 2
    assert knowledge.originals.ids() == set()
    notices = tuple(knowledge.document("carta.pdf").notices)
    said = {kind: reason_not_kept(_document(kind, notices)) for kind in ("plan", "other")}
    assert said["plan"] is None
    assert "no se pudieron leer" in (said["other"] or "")


def _document(kind: DocumentKind, notices: tuple[Notice, ...]) -> Document:
    return Document(document_id="a" * 64, name="a.pdf", info=DocumentInfo(kind=kind), rows=1, notices=notices)


@pytest.mark.real_documents
@pytest.mark.parametrize("form", ["txt", "docx", "pdf", "zip"])
def test_nothing_of_the_citizen_of_the_real_letter_is_kept(
    shared: Path, folder: Path, store: StoreSettings, form: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Her name and e-mail are taken from the file here and now; a failure says how many places, never what."""
    source = next((shared / "documents").glob("004_*.txt"))
    text = source.read_text("utf-8")
    secrets = [*addressee_names(read_file(source).blocks), *re.findall(r"[\w.+-]+@(?!\S*\.gov\.co)[\w.-]+\w", text)]
    count = len(secrets)  # a number: what an assertion compares is printed when it fails
    assert count >= 2
    _letter_as(form, text, folder)
    with KnowledgeBase.open(store, HashEmbedder()) as knowledge:
        report = ingest_paths([folder], knowledge)
        assert [document.status for document in report.documents] == ["added"]
        assert knowledge.originals.ids() == set()
    needles = [piece.casefold().encode(code) for piece in secrets for code in ("utf-8", "utf-16-le")]
    places = sum(needle in path.read_bytes().lower() for path in files_under(store.data_dir) for needle in needles)
    assert places == 0
    logged = sum(secret.casefold() in caplog.text.casefold() for secret in secrets)
    assert logged == 0
    assert files_under(store.data_dir / "originals") == []


def _letter_as(form: str, text: str, folder: Path) -> None:
    lines = [line.strip() for line in text.split("\n")]
    if form == "txt":
        (folder / "carta.txt").write_text(text, encoding="utf-8")
    elif form == "pdf":
        from xml.sax.saxutils import escape

        from reportlab.lib.styles import ParagraphStyle
        from reportlab.platypus import Paragraph, SimpleDocTemplate

        style = ParagraphStyle("x", fontName="Helvetica", fontSize=10, leading=12)
        SimpleDocTemplate(str(folder / "carta.pdf")).build([Paragraph(escape(line) or " ", style) for line in lines])
    else:
        import docx

        document = docx.Document()
        for line in lines:
            document.add_paragraph(line)
        path = (folder if form == "docx" else folder.parent) / "carta.docx"
        document.save(str(path))
        if form == "zip":
            zip_file(folder / "a.zip", {"carta.docx": path.read_bytes()})
