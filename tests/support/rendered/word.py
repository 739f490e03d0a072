"""Painting a Word document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.support.rendered.paper import Element, Grid, Heading, Item, Paragraph

_POINTS = 12_700  # English Metric Units in a point


def paint(
    pages: list[list[Element]],
    path: Path,
    *,
    ruled: bool = True,
    size: float | None = 10.5,
    paper: tuple[float, float] = (595, 842),
    breaks: bool = False,
    space: float = 4.0,
) -> Path:
    """Write a document; ``size`` is that of the type, ``paper`` that of the page and ``space`` that below a paragraph,
    all in points, without a size as Word has them; with ``breaks`` each page of the original begins a new one."""
    import docx
    from docx.enum.text import WD_BREAK

    document = docx.Document()
    if size is not None:
        _set_up(document, size, paper, space)
    for number, page in enumerate(pages):
        if number and breaks:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        for element in page:
            _paint(element, document, ruled=ruled)
    document.save(str(path))
    return path


def _set_up(document: Any, size: float, paper: tuple[float, float], space: float) -> None:
    from docx.shared import Pt

    section = document.sections[0]
    section.page_width, section.page_height = (round(side * _POINTS) for side in paper)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = 45 * _POINTS
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Liberation Sans", Pt(size)
    style.paragraph_format.space_after = Pt(space)


def _paint(element: Element, document: Any, *, ruled: bool) -> None:
    match element:
        case Heading(text, level):
            document.add_heading(text, level)
        case Paragraph(text, bold):
            document.add_paragraph().add_run(text).bold = bold or None
        case Item(text):
            document.add_paragraph(text, style="List Bullet")
        case Grid():
            _table(element, document, ruled=ruled)
            document.add_paragraph()
        case _:
            raise TypeError(element)


def _table(grid: Grid, document: Any, *, ruled: bool) -> None:
    from docx.oxml import OxmlElement

    table = document.add_table(rows=grid.height, cols=grid.width, style="Table Grid" if ruled else "Normal Table")
    for box in grid.boxes:
        cell = table.cell(box.row, box.column)
        if box.down > 1 or box.across > 1:
            cell = cell.merge(table.cell(box.row + box.down - 1, box.column + box.across - 1))
        cell.text = box.text
        if box.row < grid.header:
            for run in cell.paragraphs[0].runs:
                run.bold = True
    if grid.repeats_header:
        properties = table.rows[0]._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:tblHeader"))
