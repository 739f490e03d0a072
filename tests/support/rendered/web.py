"""Painting a web page."""

from __future__ import annotations

from html import escape
from pathlib import Path

from tests.support.rendered.paper import Box, Element, Grid, Heading, Item, Paragraph


def paint(pages: list[list[Element]], path: Path, *, ruled: bool = True, semantic: bool = True) -> Path:
    """Write a page; ``semantic`` marks header cells and lists as such, as not all programs that export do."""
    body = "\n".join(_element(element, ruled, semantic) for page in pages for element in page)
    path.write_text(
        f'<!DOCTYPE html>\n<html lang="es"><head><meta charset="utf-8"><title>{escape(path.stem)}</title></head>\n'
        f"<body>\n{body}\n</body></html>\n",
        encoding="utf-8",
    )
    return path


def _element(element: Element, ruled: bool, semantic: bool) -> str:
    match element:
        case Heading(text, level):
            return f"<h{level}>{_text(text)}</h{level}>"
        case Paragraph(text, bold):
            return f"<p><b>{_text(text)}</b></p>" if bold else f"<p>{_text(text)}</p>"
        case Item(text):
            return f"<ul><li>{_text(text)}</li></ul>" if semantic else f"<p>• {_text(text)}</p>"
        case Grid():
            return _table(element, ruled, semantic)
        case _:
            raise TypeError(element)


def _table(grid: Grid, ruled: bool, semantic: bool) -> str:
    rows = []
    for number in range(grid.height):
        boxes = sorted((box for box in grid.boxes if box.row == number), key=lambda box: box.column)
        name = "th" if semantic and number < grid.header else "td"
        cells = "".join(f"<{name}{_spans(box)}>{_text(box.text)}</{name}>" for box in boxes)
        rows.append(f"<tr>{cells}</tr>")
    header, body = rows[: grid.header], rows[grid.header :]
    inner = f"<thead>{''.join(header)}</thead><tbody>{''.join(body)}</tbody>" if semantic else "".join(rows)
    return f'<table border="{int(ruled)}">{inner}</table>'


def _spans(box: Box) -> str:
    return f' rowspan="{box.down}"' * (box.down > 1) + f' colspan="{box.across}"' * (box.across > 1)


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")
