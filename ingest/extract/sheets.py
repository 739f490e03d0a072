"""What stands on a sheet, or in a CSV file, besides its tables: titles, labels and paragraphs in rows of their own.

``grid → lines of text and tables``, so that a label in a cell counts as one on a page does, and a cover is a cover.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.extract.header import find_headers, said_across
from ingest.extract.levels import is_office
from ingest.fold import fold
from ingest.headings import read_label
from ingest.records import Block, Place, ReadDocument, Table, TableRow

#: The media types of files that are one grid of cells from end to end.
_GRIDS = ("text/csv", "text/tab-separated-values")


def open_sheets(read: ReadDocument) -> ReadDocument:
    """The document with the text above and below each table of a sheet as paragraphs; every row keeps its place."""
    blocks: list[Block] = []
    for block in read.blocks:
        is_grid = block.place.sheet is not None or read.media_type in _GRIDS
        blocks += [block] if block.table is None or not is_grid else _opened(block, block.table.rows)
    return read.model_copy(update={"blocks": tuple(blocks)})


def _opened(block: Block, rows: Sequence[TableRow]) -> Iterator[Block]:
    """A grid cut at the text above each of its headers; one without any stays whole, unless it is nothing but text.

    A row right above a header is its own, too, when it stood above the first header and is no text.
    """
    if all(said_across(row) is not None for row in rows):
        yield from _texts(block, rows)
        return
    given = start = 0
    above: tuple[str, ...] = ()
    for header in find_headers(rows):
        above = above if start else _said(rows[header.first - 1]) if header.first else ()
        top = _text_above(rows, start, header.first) if start else 0
        repeats = bool(start) and bool(above) and _said(rows[header.first - 1]) == above
        own = header.first - 1 if header.groups_above or repeats else _office_above(rows, top, header.first)
        top = min(top, own)
        if given < top:
            yield _part(block, rows[given:top])
        yield from _texts(block, rows[top:own])
        given, start = own, header.last + 1
    end = _text_above(rows, start, len(rows)) if start else len(rows)
    yield _part(block, rows[given:end])
    yield from _texts(block, rows[end:])


def _said(row: TableRow) -> tuple[str, ...]:
    """What a row of several cells says, to find it again above the next header; nothing of a row with one text."""
    texts = tuple(fold(text) for text in row.texts)
    return texts if len(set(filter(None, texts))) > 1 else ()


def _text_above(rows: Sequence[TableRow], start: int, end: int) -> int:
    """The first of the rows of text, and the blank ones, that stand right above a header or end a sheet."""
    first = end
    while first > start and said_across(rows[first - 1]) is not None:
        first -= 1
    return first


def _office_above(rows: Sequence[TableRow], top: int, header: int) -> int:
    """The first of the rows that are the table's own: the name of an office over its header, labels between them.

    On a page such a name heads what it likes; over a table it says whose rows they are.
    """
    own = first = header
    while first > top:
        said = said_across(rows[first - 1])
        if said is None or len(said) != 1 or not (is_office(said[0]) or read_label(said[0])):
            break
        first -= 1
        own = first if is_office(said[0]) else own
    return own


def _texts(block: Block, rows: Sequence[TableRow]) -> Iterator[Block]:
    """A paragraph for each text; rows of several cells that are no labels stay a table."""
    others: list[TableRow] = []
    for row in rows:
        said = said_across(row)
        if said is None:
            others.append(row)
            continue
        if others and said:
            yield _part(block, others)
            others = []
        for text in said:
            yield Block(kind="paragraph", text=text, group=block.group, place=_place(row))
    if others:
        yield _part(block, others)


def _place(row: TableRow) -> Place:
    """The row's place, in a sheet that of its first cell with words."""
    first = next((cell.place for cell in row.cells if cell.text.strip() and cell.place is not None), None)
    return first or row.place


def _part(block: Block, rows: Sequence[TableRow]) -> Block:
    assert block.table is not None
    first, last = rows[0].place, rows[-1].place
    place = first.model_copy(update={"line_end": last.line_end or last.line})
    if first.cell is not None and last.cell is not None:
        place = first.model_copy(update={"cell": f"{first.cell.split(':')[0]}:{last.cell.split(':')[-1]}"})
    table = Table(rows=tuple(rows), title=block.table.title)
    return block.model_copy(update={"table": table, "place": place})
