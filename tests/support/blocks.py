"""Small documents as a reader hands them over, all invented."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import dedent

from ingest.headings import Context
from ingest.readers.text import lines_to_blocks, text_to_lines
from ingest.records import Block, Cell, Place, ReadDocument, Table, TableRow

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NO_CONTEXT = Context()


def text_document(text: str, name: str = "prueba.txt") -> ReadDocument:
    """A text file of these lines; a tab may be written '→' to be seen."""
    lines = text_to_lines(dedent(text).replace("→", "\t"))
    return ReadDocument(name=name, sha256="a" * 64, media_type="text/plain", blocks=tuple(lines_to_blocks(lines)))


def table_of(rows: Sequence[str], *, page: int | None = None, first_line: int = 1) -> Table:
    """A table from lines with cells between bars; rows of different lengths are filled up with empty cells."""
    split = [[cell.strip() for cell in row.split("|")] for row in rows]
    width = max(map(len, split))
    return Table(
        rows=tuple(
            TableRow(
                cells=tuple(Cell(text=text) for text in cells + [""] * (width - len(cells))),
                place=Place(line=first_line + number, page=page),
            )
            for number, cells in enumerate(split)
        )
    )


def table_block(rows: Sequence[str], *, page: int | None = None, group: int = 0, first_line: int = 1) -> Block:
    table = table_of(rows, page=page, first_line=first_line)
    return Block(kind="table", table=table, group=group, place=Place(line=first_line, page=page))


def sheet_blocks(
    name: str, rows: Sequence[str], *, group: int = 0, merged: Sequence[tuple[int, int]] = ()
) -> list[Block]:
    """A workbook's sheet: its name as a heading, then its table; ``merged`` cells (row, column) repeat another."""
    plain = table_of(rows)
    table = Table(
        rows=tuple(
            TableRow(
                cells=tuple(
                    Cell(text=cell.text, place=Place(sheet=name, cell=f"{chr(65 + c)}{r + 1}"), merged=(r, c) in merged)
                    for c, cell in enumerate(row.cells)
                ),
                place=Place(sheet=name, cell=f"A{r + 1}:{chr(64 + len(row.cells))}{r + 1}"),
            )
            for r, row in enumerate(plain.rows)
        ),
        title=name,
    )
    place = Place(sheet=name)
    return [
        Block(kind="heading", text=name, level=1, group=group, place=place),
        Block(kind="table", table=table, group=group, place=place),
    ]


def document(blocks: Sequence[Block], *, media_type: str = "application/pdf", name: str = "prueba.pdf") -> ReadDocument:
    return ReadDocument(name=name, sha256="b" * 64, media_type=media_type, blocks=tuple(blocks))


def paragraph(text: str, *, page: int | None = None, group: int = 0, line: int | None = None) -> Block:
    return Block(kind="paragraph", text=text, group=group, place=Place(page=page, line=line))
