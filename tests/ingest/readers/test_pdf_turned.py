"""Pages and cells of a PDF document that are turned, and pages that are pictures."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.readers import pdf_scans
from tests.support.pdf_drawing import (
    HEADER,
    ROWS,
    Drawn,
    codes,
    table_of,
    tables,
    texts,
    told,
)


@pytest.mark.parametrize("degrees", [90, 270])
def test_a_rotated_page_is_read_upright(drawn: Drawn, degrees: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(degrees)
        height, width = A4  # the sheet before it is turned
        canvas.translate(*((width, 0) if degrees == 90 else (0, height)))
        canvas.rotate(degrees)
        draw_rows(canvas)

    assert [texts(rows) for rows in tables(drawn(draw))] == [[HEADER, *ROWS]]


@pytest.mark.parametrize("degrees", [90, 270])
def test_a_table_lying_on_its_side_is_read_and_placed_where_it_is_shown(drawn: Drawn, degrees: int) -> None:
    def draw(canvas: Canvas) -> None:
        width, height = A4
        canvas.translate(*((width, 0) if degrees == 90 else (0, height)))
        canvas.rotate(degrees)
        draw_rows(canvas)

    content = drawn(draw)
    assert [texts(rows) for rows in tables(content)] == [[HEADER, *ROWS]]
    boxes = [row.place.rectangle for row in tables(content)[0]]
    assert all(
        box is not None and box[2] - box[0] < 60 and box[3] - box[1] == pytest.approx(420, abs=2) for box in boxes
    )
    lefts = [box[0] for box in boxes if box is not None]
    assert lefts == sorted(lefts, reverse=degrees == 270)


def draw_rows(canvas: Canvas) -> None:
    table = table_of([HEADER, *ROWS])
    _, height = table.wrapOn(canvas, 600, 500)
    table.drawOn(canvas, 100, 500 - height)


def test_a_header_cell_set_sideways_is_read_from_its_first_letter(drawn: Drawn) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([80, 110, 250, 330], [500, 620, 660, 700])
        for y, (name, goal) in ((675, ("Redes", "12")), (635, ("Plantas", "2")), (560, ("Aulas", "9"))):
            canvas.drawString(120, y, name)
            canvas.drawString(260, y, goal)
        canvas.saveState()
        canvas.translate(98, 510)
        canvas.rotate(90)
        canvas.drawString(0, 0, "Agua para todos")
        canvas.restoreState()

    assert texts(tables(drawn(draw))[0])[-1] == ["Agua para todos", "Aulas", "9"]


def scan(canvas: Canvas) -> None:
    buffer = io.BytesIO()
    Image.new("L", (60, 80), 200).save(buffer, "PNG")
    buffer.seek(0)
    canvas.drawImage(ImageReader(buffer), 0, 0, *A4)
    canvas.showPage()


def test_a_scanned_page_is_told_with_what_to_install(drawn: Drawn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_scans.shutil, "which", lambda _: None)

    def draw(canvas: Canvas) -> None:
        canvas.drawString(80, 700, "Esta página tiene texto.")
        canvas.showPage()
        scan(canvas)

    content = drawn(draw)
    (notice,) = content.notices
    assert (notice.code, notice.place) == ("scanned-page", "página 2")
    assert all(word in notice.message for word in ("ocrmypdf", "tesseract", "spa"))
    assert (content.pages, told(content)) == (2, [("paragraph", "Esta página tiene texto.")])


def test_a_scanned_page_is_read_by_text_recognition_where_it_is_installed(
    drawn: Drawn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searchable = tmp_path / "reconocido.pdf"
    canvas = Canvas(str(searchable), pagesize=A4)
    canvas.drawString(80, 700, "Meta: 40 viviendas")
    canvas.save()
    program = tmp_path / "ocrmypdf"
    program.write_text(f'#!/bin/sh\nfor last; do :; done\ncp "{searchable}" "$last"\n')
    program.chmod(0o755)
    monkeypatch.setattr(pdf_scans.shutil, "which", lambda _: str(program))
    content = drawn(scan)
    assert told(content) == [("paragraph", "Meta: 40 viviendas")]
    assert [(notice.code, notice.place) for notice in content.notices] == [("recognised-page", "página 1")]


@pytest.mark.parametrize("body", ["exit 3", "sleep 60"])
def test_text_recognition_that_fails_or_hangs_leaves_a_notice(
    drawn: Drawn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    program = tmp_path / "ocrmypdf"
    program.write_text(f"#!/bin/sh\nexec {body}\n" if body.startswith("sleep") else f"#!/bin/sh\n{body}\n")
    program.chmod(0o755)
    monkeypatch.setattr(pdf_scans.shutil, "which", lambda _: str(program))
    monkeypatch.setattr(pdf_scans, "_AT_MOST", 1)
    assert codes(drawn(scan)) == ["scanned-page"]
