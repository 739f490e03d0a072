"""Word and PowerPoint through LibreOffice: bounded, trusting nothing, and the row found in what it made."""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from PIL import Image

from ingest.extract import extract
from ingest.fold import fold
from ingest.pages.find import find_row
from ingest.pages.images import _wanted
from ingest.pages.letters import read_letters
from ingest.pages.office import ConversionError, ConversionLimits, convert, find_office
from ingest.pages.pdf_pages import draw_parts
from ingest.pages.values import Wanted
from ingest.readers import read_file
from ingest.records import IndicatorRow, PagePart
from tests.support.files import docx_file, pdf_file, pptx_file
from tests.support.pages import docx_plan, pdf_plan, plan_rows, words_within

OFFICE = find_office()
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not on this machine")
LIMITS = ConversionLimits(max_seconds=90)


def letters(text: str) -> Counter[str]:
    return Counter(char for char in fold(text) if char.isalnum())


def program(folder: Path, script: str) -> str:
    """A program that stands in for LibreOffice."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def converted(path: Path, target: Path) -> Path:
    assert OFFICE is not None
    convert(OFFICE, path, target, LIMITS)
    return target


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> tuple[tuple[IndicatorRow, ...], Path]:
    """The rows of a plan in Word, and the PDF that it was converted to."""
    folder = tmp_path_factory.mktemp("plan")
    path = docx_plan(folder / "plan.docx", plan_rows(40))
    return extract(read_file(path)).rows, converted(path, folder / "plan.pdf")


@needs_office
def test_every_row_of_a_word_document_is_found_on_its_page(plan: tuple[tuple[IndicatorRow, ...], Path]) -> None:
    rows, pdf = plan
    found = read_letters(pdf)
    assert len(rows) == 40
    before: tuple[int, float] = (0, 0.0)
    over_pages = 0
    for row in rows:
        parts = find_row(found, _wanted(row, rows))
        words = " ".join(words_within(pdf, part.page, part.rectangle or ()) for part in parts)
        own = " ".join(text for header, text in row.cells if header != "Programa")
        there, wanted = letters(words), letters(own)
        programme = letters(next(text for header, text in row.cells if header == "Programa"))
        assert there in (wanted, wanted + programme), row.row_id
        rectangle = parts[0].rectangle
        assert rectangle is not None
        assert (parts[0].page, rectangle[1]) > before
        before = (parts[0].page, rectangle[1])
        over_pages += len(parts) > 1
    assert over_pages >= 1


@needs_office
def test_slides_keep_their_numbers_with_hidden_ones_among_them(tmp_path: Path) -> None:
    def add(presentation: object) -> None:
        for number in range(3):
            slide = presentation.slides.add_slide(presentation.slide_layouts[5])  # type: ignore[attr-defined]
            slide.shapes.title.text = f"Se construyeron {45 + number} kilómetros de vía"
            if number == 0:
                slide._element.set("show", "0")

    path = pptx_file(tmp_path / "a.pptx", add)
    pdf = converted(path, tmp_path / "a.pdf")
    found = read_letters(pdf)
    (part,) = find_row(found, Wanted(cells=("Se construyeron 47 kilómetros de vía",), page=4))
    assert part.page == 4
    assert "47" in words_within(pdf, 4, part.rectangle or ())
    assert find_row(found, Wanted(cells=("Se construyeron 47 kilómetros de vía",), page=3)) == ()


def test_the_second_of_two_rows_that_read_alike_is_the_second(tmp_path: Path) -> None:
    rows = [["Campo", "Jornadas de vacunación", "4", "12"], ["Mar", "Puertos limpios", "1", "3"]] * 2
    pdf = pdf_plan(tmp_path / "a.pdf", rows)
    found = read_letters(pdf)
    tops = [find_row(found, Wanted(cells=tuple(rows[0]), nth=nth, count=2))[0].rectangle for nth in (0, 1)]
    assert tops[0] is not None
    assert tops[1] is not None
    assert tops[0][1] < tops[1][1]


def test_a_number_is_not_found_inside_a_longer_one(tmp_path: Path) -> None:
    pdf = pdf_plan(
        tmp_path / "a.pdf", [["Campo", "Puentes etapa 128", "280", "1"], ["Campo", "Puentes etapa 12", "2", "1"]]
    )
    found = read_letters(pdf)
    assert find_row(found, Wanted(cells=("28",))) == ()
    (part,) = find_row(found, Wanted(cells=("Puentes etapa 12", "2")))
    assert "128" not in words_within(pdf, 1, part.rectangle or ())


def test_accents_hyphens_and_line_breaks_do_not_count(tmp_path: Path) -> None:
    pdf = pdf_file(tmp_path / "a.pdf", ["Acueductos ve-", "redales mejora-", "dos: 28 %", "otra cosa"])
    (part,) = find_row(read_letters(pdf), Wanted(cells=("Acueductos veredales mejorádos", "28 %")))
    words = words_within(pdf, 1, part.rectangle or ())
    assert words == "Acueductos ve- redales mejora- dos: 28 %"


def test_a_row_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    found = read_letters(pdf_plan(tmp_path / "a.pdf", plan_rows(5)))
    assert find_row(found, Wanted(cells=("Universidades fundadas en la luna", "9", "99"))) == ()
    assert find_row(found, Wanted(cells=("", "—"))) == ()


def test_a_slow_conversion_is_killed_with_what_it_started(tmp_path: Path) -> None:
    slow = program(tmp_path, f"sleep 300 & echo $! > {tmp_path}/pid; wait")
    begun = time.monotonic()
    with pytest.raises(ConversionError, match="pasó de 1,5 segundos"):
        convert(slow, docx_file(tmp_path / "a.docx"), tmp_path / "a.pdf", ConversionLimits(max_seconds=1.5))
    assert time.monotonic() - begun < 10
    pid = int((tmp_path / "pid").read_text())
    deadline = time.monotonic() + 5
    while _is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _is_alive(pid)
    assert not (tmp_path / "a.pdf").exists()


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.parametrize("script", ["exit 3", "exit 0", "kill -9 $$"])
def test_a_conversion_that_makes_nothing_is_one_line(tmp_path: Path, script: str) -> None:
    with pytest.raises(ConversionError, match="no pudo convertir"):
        convert(program(tmp_path, script), docx_file(tmp_path / "a.docx"), tmp_path / "a.pdf", LIMITS)
    assert not list(tmp_path.glob("*.pdf"))


def test_the_program_sees_no_keys_of_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CABILDO_CHAT_API_KEY", "clave")
    spy = program(tmp_path, f"env > {tmp_path}/env")
    with pytest.raises(ConversionError):
        convert(spy, docx_file(tmp_path / "a.docx"), tmp_path / "a.pdf", LIMITS)
    seen = (tmp_path / "env").read_text()
    assert "PATH=" in seen
    assert "clave" not in seen
    assert f"HOME={os.environ['HOME']}\n" not in seen


def test_without_libreoffice_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_office() is None


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine, and what it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}", asked
    server.shutdown()
    server.server_close()
    thread.join()


@needs_office
def test_what_a_document_links_to_is_neither_fetched_nor_shown(tmp_path: Path, listener: tuple[str, list[str]]) -> None:
    """Neither a picture on the network nor one among this machine's files, which would be shown to whoever asks."""
    address, asked = listener
    secret = tmp_path / "secreto.png"
    Image.new("RGB", (200, 200), (255, 0, 0)).save(secret)
    path = _linking_docx(tmp_path / "a.docx", [f"{address}/imagen.png", secret.as_uri()])
    pdf = converted(path, tmp_path / "a.pdf")
    assert asked == []
    colours = draw_parts(pdf, [PagePart(page=1)]).getcolors(1 << 24)
    assert (255, 0, 0) not in {colour for _, colour in colours}


def _linking_docx(path: Path, links: list[str]) -> Path:
    import docx
    from docx.oxml import parse_xml

    schemas = "http://schemas.openxmlformats.org"
    document = docx.Document()
    document.add_paragraph("Se construyeron 28 km de vía.")
    for number, link in enumerate(links, start=1):
        relation = document.part.relate_to(link, f"{schemas}/officeDocument/2006/relationships/image", is_external=True)
        document.element.body.insert(0, parse_xml(
            f'<w:p xmlns:w="{schemas}/wordprocessingml/2006/main" xmlns:a="{schemas}/drawingml/2006/main" '
            f'xmlns:wp="{schemas}/drawingml/2006/wordprocessingDrawing" xmlns:p="{schemas}/drawingml/2006/picture" '
            f'xmlns:r="{schemas}/officeDocument/2006/relationships"><w:r><w:drawing><wp:inline>'
            f'<wp:extent cx="900000" cy="900000"/><wp:docPr id="{number}" name="n{number}"/><a:graphic>'
            f'<a:graphicData uri="{schemas}/drawingml/2006/picture"><p:pic><p:nvPicPr><p:cNvPr id="0" name="x"/>'
            f'<p:cNvPicPr/></p:nvPicPr><p:blipFill><a:blip r:link="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
            f'</p:blipFill><p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm>'
            f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic></a:graphicData></a:graphic>'
            f"</wp:inline></w:drawing></w:r></w:p>"
        ))  # fmt: skip
    document.save(str(path))
    return path


@needs_office
def test_without_our_profile_it_would_be(
    tmp_path: Path, listener: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guards the test above, which would pass as well with a document that links to nothing."""
    address, asked = listener
    monkeypatch.setattr("ingest.pages.office._OPTIONS", ())
    monkeypatch.setattr("ingest.pages.office._PROXIES", ())
    converted(_linking_docx(tmp_path / "a.docx", [f"{address}/imagen.png"]), tmp_path / "a.pdf")
    assert "/imagen.png" in asked
