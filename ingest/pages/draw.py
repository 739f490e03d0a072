"""The picture of a row, drawn in the sandbox's child: whatever a file does, it does there."""

from __future__ import annotations

import importlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from ingest.errors import InputError
from ingest.pages.find import find_row
from ingest.pages.letters import read_letters
from ingest.pages.pdf_pages import draw_parts
from ingest.pages.values import Drawing, Drawn, Wanted
from ingest.readers import READERS
from ingest.readers.content import ReadContent
from ingest.records import PagePart

_FILE = "page.png"


def draw(path: Path, drawing: Drawing, folder: Path) -> Drawn:
    """Draw a row of a PDF or of a workbook into a PNG file in ``folder``.

    Raises ``InputError`` when the file cannot be shown or does not hold the row.
    """
    parts: tuple[PagePart, ...] = ()
    if drawing.sheet is not None and drawing.cell is not None:
        image = _draw_cells(path, drawing.sheet, drawing.cell)
    else:
        parts = drawing.parts if drawing.wanted is None else _find(path, drawing.wanted)
        image = draw_parts(path, parts)
    image.save(folder / _FILE)
    return Drawn(file=_FILE, width=image.width, height=image.height, parts=parts)


def _draw_cells(path: Path, sheet: str, cell: str) -> Any:
    from ingest.pages.sheet import draw_row

    return draw_row(_read_workbook(path, path.stat().st_mtime_ns).blocks, sheet, cell)


@lru_cache(maxsize=1)
def _read_workbook(path: Path, _changed: int) -> ReadContent:
    """The cells of a workbook, those of the last one kept in memory: its rows are asked for one after the other."""
    module = importlib.import_module(f"ingest.readers.{READERS[path.suffix.lower()].module}")
    content: ReadContent = module.read(path)
    return content


def _find(path: Path, wanted: Wanted) -> tuple[PagePart, ...]:
    """Where a row is; on a page that is known to have it, all of that page when its words are not to be found."""
    letters = read_letters(path)
    if wanted.page is not None and not 1 <= wanted.page <= len(letters.starts):
        raise InputError(f"El documento convertido no tiene la página {wanted.page}.")
    parts = find_row(letters, wanted)
    if not parts and wanted.page is not None:
        return (PagePart(page=wanted.page),)
    if not parts:
        raise InputError("La fila no se encontró en las páginas del documento.")
    return parts
