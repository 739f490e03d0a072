"""What tests of PDF documents draw with, and what they read off the content that comes of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    LongTable,
    Paragraph,
    Table,
)

from ingest.readers.content import ReadContent
from ingest.records import Block, TableRow

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=12)
SMALL = ParagraphStyle("cell", fontName="Helvetica", fontSize=8, leading=9.5)
TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=16, leading=19, spaceAfter=8)
BOLD = ParagraphStyle("bold", fontName="Helvetica-Bold", fontSize=10, leading=12, spaceBefore=8, spaceAfter=6)

HEADER = ["Indicador", "Línea base", "Meta 2024-2027"]
RULED = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]
PLAIN = [("VALIGN", (0, 0), (-1, -1), "TOP")]
#: Invented rows; the second cell of the third is blank.
ROWS = [
    ["Acueductos veredales mejorados y puestos en servicio en la zona rural dispersa", "4", "12"],
    ["Familias con gas domiciliario", "1.250", "2.000"],
    ["Puentes peatonales construidos sobre quebradas y caños del municipio", "", "3"],
    ["Porcentaje de la población con acceso a agua potable en el área urbana", "81,5 %", "95 %"],
    ["Jornadas de vacunación animal", "N.D.", "16"],
]

Drawn = Callable[[Callable[[Canvas], object]], ReadContent]
Flowed = Callable[..., ReadContent]


def table_of(rows: Sequence[Sequence[str]], style: Sequence[Any] = RULED, **options: Any) -> Table:
    """A table whose cells wrap."""
    cells = [[Paragraph(text, SMALL) for text in row] for row in rows]
    widths = options.pop("colWidths", [210, 90, 120])
    return LongTable(cells, colWidths=widths, style=list(style), **options)


def tables(content: ReadContent) -> list[tuple[TableRow, ...]]:
    return [block.table.rows for block in content.blocks if block.table is not None]


def texts(rows: Sequence[TableRow]) -> list[list[str]]:
    return [list(row.texts) for row in rows]


def told(content: ReadContent) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in content.blocks if block.kind != "table"]


def codes(content: ReadContent) -> list[str]:
    return [notice.code for notice in content.notices]


def kinds(blocks: Sequence[Block]) -> list[str]:
    return [block.kind for block in blocks]
