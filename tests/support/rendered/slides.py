"""Painting a presentation: a slide for each page, long tables going on over several."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.support.rendered.paper import Element, Grid, Heading, Item, Paragraph

_INCH = 914_400
_ROWS_A_SLIDE = 4


def paint(pages: list[list[Element]], path: Path, *, titles: bool = True, labels_again: bool = True) -> Path:
    """Write a presentation.

    ``titles`` puts a slide's first heading or short paragraph into its title; ``labels_again`` repeats the labels on
    the slides that a table goes on over (else they hold the table alone).
    """
    import pptx

    presentation = pptx.Presentation()
    presentation.slide_width, presentation.slide_height = round(13.33 * _INCH), round(7.5 * _INCH)
    for page in pages:
        for slide in _slides(page, labels_again=labels_again):
            _paint(slide, presentation, titles=titles)
    presentation.save(str(path))
    return path


def _slides(page: list[Element], *, labels_again: bool) -> list[list[Element]]:
    """A page's elements on one slide, or on several when its table is long."""
    at = next((i for i, element in enumerate(page) if isinstance(element, Grid)), None)
    if at is None:
        return [page]
    grid = page[at]
    assert isinstance(grid, Grid)
    first, *others = grid.slices(_ROWS_A_SLIDE)
    above, below = page[:at], page[at + 1 :]
    return [[*above, first, *below], *([*(above if labels_again else []), piece] for piece in others)]


def _paint(elements: list[Element], presentation: Any, *, titles: bool) -> None:
    layout = presentation.slide_layouts[5 if titles else 6]
    slide = presentation.slides.add_slide(layout)
    rest = list(elements)
    if titles:
        head = rest[0] if isinstance(rest[0], Heading | Paragraph) and len(rest[0].text) < 120 else None
        slide.shapes.title.text = head.text if head is not None else "Plan de desarrollo (continuación)"
        rest = rest[1:] if head is not None else rest
    top = 1.3 if titles else 0.3
    for element in rest:
        top += _place(element, slide, top) + 0.05


def _place(element: Element, slide: Any, top: float) -> float:
    """Put an element onto a slide, ``top`` inches down; says how many inches high it is."""
    left, width = round(0.5 * _INCH), round(12.3 * _INCH)
    if isinstance(element, Grid):
        frame = slide.shapes.add_table(element.height, element.width, left, round(top * _INCH), width, _INCH)
        for box in element.boxes:
            cell = frame.table.cell(box.row, box.column)
            if box.down > 1 or box.across > 1:
                cell.merge(frame.table.cell(box.row + box.down - 1, box.column + box.across - 1))
            cell.text = box.text
        return 0.5 * element.height
    assert isinstance(element, Heading | Paragraph | Item)
    box_shape = slide.shapes.add_textbox(left, round(top * _INCH), width, round(0.3 * _INCH))
    box_shape.text_frame.word_wrap = True
    lines = element.text.split("\n")
    box_shape.text_frame.text = "\n".join([f"• {lines[0]}" if isinstance(element, Item) else lines[0], *lines[1:]])
    return 0.3 * len(lines)
