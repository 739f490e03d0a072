"""PDF documents that a test draws, read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    PageTemplate,
)

from ingest.readers.content import ReadContent
from ingest.readers.pdf_file import read
from tests.support.pdf_drawing import (
    Drawn,
    Flowed,
)


@pytest.fixture
def drawn(tmp_path: Path) -> Drawn:
    """Reads what ``draw`` puts on a canvas."""

    def make(draw: Callable[[Canvas], object], **options: Any) -> ReadContent:
        path = tmp_path / "dibujo.pdf"
        canvas = Canvas(str(path), pagesize=A4, **options)
        draw(canvas)
        canvas.save()
        return read(path)

    return make


@pytest.fixture
def flowed(tmp_path: Path) -> Flowed:
    """Reads a document of flowables, in one frame a page or in several, with what ``on_page`` draws on each."""

    def make(
        *story: Any, on_page: Callable[[Canvas, Any], None] = lambda *_: None, columns: int = 1, size: Any = A4
    ) -> ReadContent:
        path = tmp_path / "flujo.pdf"
        template = BaseDocTemplate(str(path), pagesize=size)
        gap, margin = 24, 70
        width = (size[0] - 2 * margin - gap * (columns - 1)) / columns
        frames = [Frame(margin + i * (width + gap), 70, width, size[1] - 150) for i in range(columns)]
        template.addPageTemplates([PageTemplate(id="page", frames=frames, onPage=on_page)])
        template.build(list(story))
        return read(path)

    return make
