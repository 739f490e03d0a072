"""Documents with rows that stand on pages, all invented, and what a picture marks, read off the picture itself."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pdfplumber
from PIL import Image

from ingest.pages.marking import FRAME, HIGHLIGHT

HEADER = ["Programa", "Indicador", "Línea base", "Meta 2024-2027"]
SUBJECTS = (
    "Acueductos veredales mejorados y puestos en servicio",
    "Familias con gas domiciliario en la zona rural dispersa, con prioridad para las madres cabeza de hogar",
    "Puentes peatonales construidos sobre quebradas",
    "Jornadas de vacunación animal",
)


def plan_rows(count: int) -> list[list[str]]:
    return [
        [f"Campo con servicios {i // 7 + 1}", f"{SUBJECTS[i % 4]}, etapa {i + 1}", str(i * 3), str(i * 3 + 10)]
        for i in range(count)
    ]


def pdf_plan(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """A plan with a ruled table that goes over pages, whose rows may be cut by them."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate

    small = ParagraphStyle("cell", fontName="Helvetica", fontSize=9, leading=11)
    cells = [[Paragraph(text, small) for text in row] for row in [HEADER, *rows]]
    grid = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    table = LongTable(cells, colWidths=[100, 190, 60, 90], style=grid, splitInRow=1)
    title = Paragraph("Plan de desarrollo municipal de Villa Ejemplo 2024-2027", small)
    SimpleDocTemplate(str(path), pagesize=A4).build([title, table])
    return path


def docx_plan(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """The same in Word, the programme in a cell that is merged over its rows, after a page of text."""
    import docx

    document = docx.Document()
    document.add_heading("Plan de desarrollo municipal de Villa Ejemplo 2024-2027", 1)
    for _ in range(20):
        document.add_paragraph("El municipio recoge en su plan lo acordado en los cabildos de las veredas. " * 3)
    table = document.add_table(rows=1, cols=len(HEADER))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, HEADER, strict=True):
        cell.text = text
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for first in range(1, len(rows) + 1):
        if first == 1 or rows[first - 1][0] != rows[first - 2][0]:
            last = max(n for n in range(first, len(rows) + 1) if rows[n - 1][0] == rows[first - 1][0])
            table.cell(first, 0).merge(table.cell(last, 0)).text = rows[first - 1][0]
    document.save(str(path))
    return path


def picture_of(png: bytes) -> Image.Image:
    with Image.open(io.BytesIO(png)) as image:
        return image.convert("RGB")


def coloured(image: Image.Image, colour: tuple[int, int, int]) -> tuple[int, int, int, int] | None:
    """The box around all pixels of exactly one colour."""
    found = np.argwhere((np.asarray(image) == np.array(colour)).all(axis=2))
    if not len(found):
        return None
    (top, left), (bottom, right) = found.min(axis=0), found.max(axis=0)
    return int(left), int(top), int(right) + 1, int(bottom) + 1


def highlighted(image: Image.Image) -> tuple[int, int, int, int] | None:
    """What is highlighted on a white page."""
    return coloured(image, HIGHLIGHT)


def framed(image: Image.Image) -> tuple[int, int, int, int] | None:
    return coloured(image, FRAME)


def words_within(pdf: Path, page: int, box: Sequence[float]) -> str:
    """The words of a page whose middle is in a rectangle of points, as pdfplumber has them."""
    return " ".join(
        word["text"]
        for word in _words(pdf, page)
        if box[0] <= (word["x0"] + word["x1"]) / 2 <= box[2] and box[1] <= (word["top"] + word["bottom"]) / 2 <= box[3]
    )


@lru_cache(maxsize=64)
def _words(pdf: Path, page: int) -> list[dict[str, Any]]:
    with pdfplumber.open(pdf) as document:
        found: list[dict[str, Any]] = document.pages[page - 1].extract_words(x_tolerance=1.5)
    return found


@lru_cache(maxsize=64)
def _page_width(pdf: Path, page: int) -> float:
    with pdfplumber.open(pdf) as document:
        return float(document.pages[page - 1].width)


def words_marked(pdf: Path, page: int, image: Image.Image) -> str:
    """The words that the picture of a page highlights, by the picture's pixels."""
    box = highlighted(image)
    assert box is not None
    scale = image.width / _page_width(pdf, page)
    return words_within(pdf, page, [edge / scale for edge in box])
