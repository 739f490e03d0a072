"""Pages of a PDF as pictures, with parts of them marked (PDFium)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

from ingest.errors import InputError
from ingest.pages.marking import frame, mark, stacked
from ingest.records import PagePart

#: Pixels per point (150 dpi), what the longer side of a page may have at most and should have at least.
_SCALE = 150 / 72
_LONGEST, _LEAST = 2200, 700
_LARGEST_SCALE = 6.0
#: A row goes over two pages, seldom three.
_MOST_PAGES = 3


@contextmanager
def opened_pdf(path: Path) -> Iterator[Any]:
    """The document in PDFium; raises ``InputError`` when it cannot be opened."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        raise InputError("El PDF está dañado o protegido y no se puede mostrar.") from None
    try:
        yield document
    finally:
        document.close()


def draw_parts(path: Path, parts: Sequence[PagePart]) -> Any:
    """The pages that parts are on, one below the other, with the parts marked; raises ``InputError``."""
    with opened_pdf(path) as document:
        pages = [(number, list(some)) for number, some in groupby(parts, key=lambda part: part.page)]
        return stacked([_draw_page(document, number, some) for number, some in pages[:_MOST_PAGES]])


def _draw_page(document: Any, number: int, parts: Sequence[PagePart]) -> Any:
    import pypdfium2

    if not 1 <= number <= len(document):
        raise InputError(f"El PDF no tiene la página {number}.")
    try:
        page = document[number - 1]
        width, height = page.get_size()
        scale = _scale(width, height)
        image = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    except pypdfium2.PdfiumError:
        raise InputError(f"La página {number} del PDF está dañada y no se puede mostrar.") from None
    boxes = [part.rectangle for part in parts if part.rectangle is not None]
    for box in boxes:
        image = mark(image, (box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale))
    return image if boxes else frame(image)


def _scale(width: float, height: float) -> float:
    """Pixels per point for a page of this size; whatever size it claims, the picture is bounded."""
    longer = max(width, height, 1.0)
    wanted = max(_SCALE, min(_LEAST / longer, _LARGEST_SCALE))
    return min(wanted, _LONGEST / longer)
