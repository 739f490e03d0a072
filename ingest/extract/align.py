"""Headers and cells that do not stand in the same columns, as in tables read from the lines of a page.

A header of its own with its own borders gives columns that hold nothing below them ('META' over an empty column, the
targets in the one beside it).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.extract.columns import Column, Header
from ingest.fold import fold
from ingest.records import Cell, TableRow

#: A name stands at most so many columns away from its cells.
_FARTHEST = 2


def align(header: Header, body: Sequence[TableRow]) -> Header:
    """The header with each name moved to the nameless column beside it that holds its cells.

    That is one that is filled where the name's own is empty, or says in full what the name's own only begins to say.
    """
    texts = [[fold(cell.text) for cell in row.cells] for row in body]
    free = [
        column.index for column in header.columns if not column.header and any(_at(row, column.index) for row in texts)
    ]
    moved: dict[int, Column] = {}
    for column in header.columns if free else ():
        if not column.header:
            continue
        near = [index for index in free if _is_beside(column.index, index, header)]
        fuller = [index for index in near if _says_more(texts, index, column.index)]
        if fuller:
            target = min(fuller, key=lambda index: (abs(index - column.index), index))
            free.remove(target)
            moved[target] = replace(column, index=target)
            moved[column.index] = Column(column.index, "")
    return replace(header, columns=tuple(moved.get(c.index, c) for c in header.columns)) if moved else header


def _is_beside(named: int, index: int, header: Header) -> bool:
    """Whether two columns are near each other with no other name between them."""
    between = range(min(named, index) + 1, max(named, index))
    return abs(index - named) <= _FARTHEST and not any(header.columns[other].header for other in between)


def _says_more(texts: Sequence[Sequence[str]], index: int, named: int) -> bool:
    """Whether a column holds all that the named one holds, line by line or in one cell, and more."""
    last, more = "", False
    for row in texts:
        other, own = _at(row, index), _at(row, named)
        last = other or last
        if own and own not in last:
            return False
        more = more or (bool(other) and other != own)
    return more


def _at(row: Sequence[str], index: int) -> str:
    return row[index] if index < len(row) else ""


def fit_width(rows: Sequence[TableRow], header: Header) -> tuple[TableRow, ...] | None:
    """Rows of another table in the columns of a header: as they are, or a cell for each name; None if neither."""
    width = len(rows[0].cells)
    if width == len(header.columns):
        return tuple(rows)
    named = [column.index for column in header.columns if column.header]
    dense = [index for index in range(width) if any(row.cells[index].text.strip() for row in rows)]
    places = dense if len(dense) == len(named) else list(range(width))
    if len(places) != len(named):
        return None
    return tuple(_spread(row, dict(zip(named, places, strict=True)), len(header.columns)) for row in rows)


def _spread(row: TableRow, places: dict[int, int], width: int) -> TableRow:
    cells = tuple(row.cells[places[index]] if index in places else Cell() for index in range(width))
    return TableRow(cells=cells, place=row.place)
