"""From a row of the knowledge base to the picture of its page: once, bounded, and never of what is not kept."""

from __future__ import annotations

import hashlib
import shutil
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest.errors import StoreError
from ingest.knowledge import KnowledgeBase, StoreSettings
from ingest.pages.images import ImageLimits, NoPageImageError, PageImages
from ingest.pages.office import ConversionLimits, find_office
from ingest.parsing import ParseLimits
from ingest.pipeline import ingest_paths
from ingest.records import Document, IndicatorRow, Overrides
from tests.support.files import change_part, docx_file, pdf_file, xlsx_file, zip_file
from tests.support.hash_embedder import HashEmbedder
from tests.support.pages import docx_plan, highlighted, pdf_plan, picture_of, plan_rows, words_marked

OFFICE = find_office()

MakeImages = Callable[..., PageImages]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "documentos"
    made.mkdir()
    return made


@pytest.fixture
def images(knowledge: KnowledgeBase, store: StoreSettings) -> Iterator[MakeImages]:
    made: list[PageImages] = []

    def make(**options: object) -> PageImages:
        made.append(PageImages(knowledge, store.data_dir / "originals", **options))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for one in made:
        one.close()


def row_of(knowledge: KnowledgeBase, name: str, nth: int = 0) -> tuple[IndicatorRow, Document]:
    document = knowledge.document(name)
    return knowledge.document_rows(document.document_id)[nth], document


def fake_office(folder: Path, script: str) -> Callable[[], str]:
    """A stand-in for LibreOffice that tells each time it is run."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\necho x >> {folder}/runs\n{script}\n")
    path.chmod(0o755)
    return lambda: str(path)


def runs(folder: Path) -> int:
    path = folder / "runs"
    return path.read_text().count("x") if path.exists() else 0


def test_a_row_of_a_pdf_is_marked_and_the_second_time_not_drawn_again(
    folder: Path, knowledge: KnowledgeBase, images: MakeImages, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = pdf_plan(folder / "plan.pdf", plan_rows(10))
    ingest_paths([folder], knowledge)
    row, document = row_of(knowledge, "plan.pdf", 4)
    shown = images()
    picture = shown.image(row, document)
    path.rename(folder.parent / "fuera.pdf")
    assert "etapa 5" in words_marked(folder.parent / "fuera.pdf", 1, picture_of(picture))
    monkeypatch.setattr(shown._sandbox, "draw", None)
    assert shown.image(row, document) == picture


def test_a_row_of_a_workbook_inside_an_archive(folder: Path, knowledge: KnowledgeBase, images: MakeImages) -> None:
    zip_file(folder / "a.zip", {"metas.xlsx": xlsx_file(folder.parent / "metas.xlsx").read_bytes()})
    ingest_paths([folder], knowledge)
    picture = images().image(*row_of(knowledge, "a.zip/metas.xlsx"))
    assert highlighted(picture_of(picture)) is not None


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not on this machine")
def test_requests_at_once_make_one_conversion(
    folder: Path, knowledge: KnowledgeBase, store: StoreSettings, images: MakeImages
) -> None:
    """In two servers with their own children over the same data folder, as two processes would be."""
    docx_plan(folder / "plan.docx", plan_rows(6))
    ingest_paths([folder], knowledge)
    office = fake_office(folder.parent, f'exec {OFFICE} "$@"')
    servers = [images(office=office), images(office=office)]
    rows = [row_of(knowledge, "plan.docx", nth) for nth in (0, 0, 2, 3)]
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda n: servers[n % 2].image(*rows[n // 2]), range(8)))
    assert runs(folder.parent) == 1
    assert len(set(made)) == 3
    converted = knowledge.originals.beside(rows[0][1].document_id) / "converted.pdf"
    assert "Acueductos" in words_marked(converted, 2, picture_of(made[0]))
    knowledge.remove("plan.docx")
    assert not converted.exists()
    assert [path for path in (store.data_dir / "originals").rglob("*") if path.is_file()] == []


def test_a_slow_conversion_is_told_and_not_tried_again_at_once(
    folder: Path, knowledge: KnowledgeBase, images: MakeImages
) -> None:
    docx_plan(folder / "plan.docx", plan_rows(6))
    ingest_paths([folder], knowledge)
    limits = ImageLimits(conversion=ConversionLimits(max_seconds=1))
    office = fake_office(folder.parent, "sleep 300")
    for server in (images(office=office, limits=limits), images(office=office, limits=limits)):
        for nth in (0, 1):
            begun = time.monotonic()
            with pytest.raises(NoPageImageError, match="pasó de 1 segundos"):
                server.image(*row_of(knowledge, "plan.docx", nth))
            assert time.monotonic() - begun < 10
    assert runs(folder.parent) == 1


def test_without_libreoffice_a_word_document_says_what_is_missing(
    folder: Path, knowledge: KnowledgeBase, images: MakeImages, monkeypatch: pytest.MonkeyPatch
) -> None:
    docx_plan(folder / "plan.docx", plan_rows(3))
    pdf_plan(folder / "plan.pdf", plan_rows(3))
    ingest_paths([folder], knowledge)
    monkeypatch.setenv("PATH", str(folder))
    shown = images()
    with pytest.raises(NoPageImageError, match="hace falta LibreOffice"):
        shown.image(*row_of(knowledge, "plan.docx"))
    assert shown.refusal(*row_of(knowledge, "plan.pdf")) is None


def test_every_reason_for_no_picture_is_told(
    folder: Path, knowledge: KnowledgeBase, store: StoreSettings, images: MakeImages
) -> None:
    for name in ("carta.docx", "plan.docx"):
        docx_plan(folder / name, plan_rows(2 if name == "carta.docx" else 3))
    (folder / "a.txt").write_text("Indicador\tMeta\nKilómetros de vía\t28\n", encoding="utf-8")
    ingest_paths([folder], knowledge, lambda path: Overrides(kind="letter" if path.stem == "carta" else "plan"))
    shown = images()
    rows = {document.name: knowledge.document_rows(document.document_id) for document in knowledge.documents()}
    reasons = {name: shown.refusal(some[0], knowledge.document(name)) or "" for name, some in rows.items()}
    assert "Es una carta" in reasons["carta.docx"]
    assert "no tienen páginas" in reasons["a.txt"]
    row, document = row_of(knowledge, "plan.docx")
    knowledge.originals.drop([document.document_id])
    assert "Vuelva a ingerirlo" in (shown.refusal(row, document) or "")
    with KnowledgeBase.open(StoreSettings(store.data_dir, keep_originals=False), HashEmbedder()) as off:
        assert "CABILDO_KEEP_ORIGINALS" in (PageImages(off, store.data_dir).refusal(row, document) or "")


def test_a_document_ingested_before_originals_were_kept_gets_its_copy_when_ingested_again(
    folder: Path, store: StoreSettings
) -> None:
    from assistant.ingesting import ingest
    from assistant.settings import Settings

    docx_file(folder / "a.docx")
    for keeps in (False, True, True):
        settings = Settings(data_dir=store.data_dir, keep_originals=keeps, _env_file=None)
        with KnowledgeBase.open(StoreSettings(store.data_dir, keep_originals=keeps), HashEmbedder()) as knowledge:
            (report,) = ingest(settings, knowledge, [folder]).documents
            assert len(knowledge.originals.ids()) == keeps
    assert report.status == "unchanged"


def slow_pdf(path: Path) -> Path:
    """Fills its page three hundred thousand times, in a stream of a few kilobytes."""
    stream = zlib.compress(b"q 0 0 600 780 re f Q\n" * 300_000, 9)
    pdf_file(path, ["Plan"])
    head, _, tail = path.read_bytes().partition(b"4 0 obj\n")
    body = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream\nendobj\n" % (len(stream), stream)
    path.write_bytes(head + b"4 0 obj\n" + body + tail.partition(b"endobj\n")[2])
    return path


def growing_pdf(path: Path) -> Path:
    """A form that draws two others, which draw two others each, forty levels deep (ISO 32000, 8.10)."""
    levels, forms = 40, []
    for level in range(levels):
        last = level == levels - 1
        body = b"0 0 600 800 re f" if last else b"/X%d Do /X%d Do" % (level + 1, level + 1)
        under = b"" if last else b"/Resources << /XObject << /X%d %d 0 R >> >>" % (level + 1, 21 + level)
        head = b"<< /Type /XObject /Subtype /Form /BBox [0 0 612 792] %s /Length %d >>" % (under, len(body))
        forms.append(b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (20 + level, head, body))
    content = pdf_file(path, ["Plan"]).read_bytes()
    content = content.replace(b"/Font <<", b"/XObject << /X0 20 0 R >> /Font <<").replace(b"BT /F1", b"/X0 Do BT /F1")
    trailer = b"trailer\n<< /Size 99 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"
    path.write_bytes(content.partition(b"xref\n")[0] + b"".join(forms) + trailer)
    return path


@pytest.mark.parametrize(("make", "told"), [(slow_pdf, "pasó de 2 segundos"), (growing_pdf, "se cerró de golpe|pasó")])
def test_a_hostile_page_is_stopped_once_and_the_next_is_drawn(
    folder: Path, knowledge: KnowledgeBase, images: MakeImages, make: Callable[[Path], Path], told: str
) -> None:
    pdf_plan(folder / "bueno.pdf", plan_rows(3))
    ingest_paths([folder], knowledge)
    good, document = row_of(knowledge, "bueno.pdf")
    bad_file = make(folder.parent / "malo.pdf")
    bad_id = hashlib.sha256(bad_file.read_bytes()).hexdigest()
    knowledge.originals.keep(bad_id, bad_file, ".pdf")
    bad = document.model_copy(update={"document_id": bad_id, "name": "malo.pdf"})
    shown = images(limits=ImageLimits(drawing=ParseLimits(max_seconds=2, max_memory_mb=600)))
    begun = time.monotonic()
    with pytest.raises(NoPageImageError, match=f"No se pudo hacer la imagen de la página. .*({told})"):
        shown.image(good, bad)
    assert time.monotonic() - begun < 12
    begun = time.monotonic()
    with pytest.raises(NoPageImageError, match=told):
        shown.image(good, bad)
    assert time.monotonic() - begun < 0.5
    assert highlighted(picture_of(shown.image(good, document))) is not None


def test_a_broken_office_file_is_one_line(folder: Path, knowledge: KnowledgeBase, images: MakeImages) -> None:
    docx_plan(folder / "plan.docx", plan_rows(3))
    ingest_paths([folder], knowledge)
    row, document = row_of(knowledge, "plan.docx")
    copy = knowledge.originals.path(document.document_id)
    assert copy is not None
    change_part(copy, "word/document.xml", lambda _: b"<nada")
    with pytest.raises(NoPageImageError, match="No se pudo hacer la imagen"):
        images(office=fake_office(folder.parent, "exit 1")).image(row, document)


def test_pictures_take_a_bounded_room_and_the_ones_not_looked_at_go_first(
    folder: Path, knowledge: KnowledgeBase, store: StoreSettings, images: MakeImages
) -> None:
    pdf_plan(folder / "plan.pdf", plan_rows(8))
    ingest_paths([folder], knowledge)
    one = len(images().image(*row_of(knowledge, "plan.pdf", 0)))
    room = int(one * 3.5)
    shown = images(limits=ImageLimits(most_bytes=room))
    for nth in (1, 2, 0, 3):
        shown.image(*row_of(knowledge, "plan.pdf", nth))
        time.sleep(0.02)
    left = list((store.data_dir / "originals").glob("*/*/pages/*.png"))
    assert sum(path.stat().st_size for path in left) <= room
    names = {path.stem for path in left}
    assert shown.etag(*row_of(knowledge, "plan.pdf", 0)) in names
    assert shown.etag(*row_of(knowledge, "plan.pdf", 1)) not in names


def test_when_too_many_wait_the_next_is_told_to_come_back(
    folder: Path, knowledge: KnowledgeBase, images: MakeImages, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf_plan(folder / "plan.pdf", plan_rows(12))
    ingest_paths([folder], knowledge)
    shown = images()
    draw, go_on = shown._sandbox.draw, threading.Event()

    def slow(*given: object) -> object:
        go_on.wait(30)
        return draw(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(shown._sandbox, "draw", slow)
    with ThreadPoolExecutor(8) as pool:
        waiting = [pool.submit(shown.image, *row_of(knowledge, "plan.pdf", nth)) for nth in range(8)]
        while shown._waiting._value:  # type: ignore[attr-defined]
            time.sleep(0.01)
        with pytest.raises(StoreError, match="muchas páginas"):
            shown.image(*row_of(knowledge, "plan.pdf", 9))
        go_on.set()
        assert len({future.result() for future in waiting}) == 8
    assert shown.image(*row_of(knowledge, "plan.pdf", 9))


def test_another_generation_of_the_same_document_is_drawn_anew(
    folder: Path, knowledge: KnowledgeBase, images: MakeImages
) -> None:
    pdf_plan(folder / "plan.pdf", plan_rows(3))
    ingest_paths([folder], knowledge)
    shown = images()
    before = shown.etag(*row_of(knowledge, "plan.pdf"))
    ingest_paths([folder], knowledge, Overrides(entity="Villa Ejemplo"))
    assert shown.etag(*row_of(knowledge, "plan.pdf")) != before


def test_a_document_taken_out_has_no_picture(folder: Path, knowledge: KnowledgeBase, images: MakeImages) -> None:
    pdf_plan(folder / "plan.pdf", plan_rows(3))
    ingest_paths([folder], knowledge)
    row, document = row_of(knowledge, "plan.pdf")
    shown = images()
    shown.image(row, document)
    knowledge.remove("plan.pdf")
    with pytest.raises(NoPageImageError):
        shown.image(row, document)
    shutil.rmtree(folder)
