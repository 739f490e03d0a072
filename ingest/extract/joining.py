"""Tables that a page break cut in two, put together before anybody reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.extract.align import fit_width
from ingest.extract.columns import Header
from ingest.extract.cut_headers import with_whole_headers
from ingest.extract.furniture import is_page_furniture, repeated_texts
from ingest.extract.given import headers_of
from ingest.extract.header import find_headers, holds_data
from ingest.extract.stitching import stitch
from ingest.extract.titles import is_title
from ingest.extract.walk import Located
from ingest.fold import fold
from ingest.records import Cell, Table, TableRow

#: Rows of the tallest header that may stand alone at the foot of a page.
_TALLEST_HEADER = 3
#: A name that was cut off has so many letters left.
_LEAST_OF_NAME = 4


@dataclass
class _Open:
    """The last table and what may still go on with it: where it is in the list, its last header, its last part.

    There is no header yet where all that stands before a page break may be one. ``titled`` says that a slide's title
    stands below it, which a table that names its columns again may go on after.
    """

    index: int
    header: Header | None
    last: Located
    titled: bool = False


def join_tables(located: Sequence[Located], *, slides: bool) -> list[Located]:
    """The blocks with each table that goes on over a page break joined to its beginning.

    A table goes on when it stands on another page with nothing but page headers and numbers between, and either names
    no columns itself and has as many cells as the one before has columns or names, or names the same columns under the
    same labels; on slides titles may stand between these. Every row keeps its own place.
    """
    repeated = repeated_texts([item.block for item in located])
    joined: list[Located] = []
    open_table: _Open | None = None
    for item in with_whole_headers(located, repeated):
        table = item.block.table
        if table is None or not table.rows:
            if open_table is not None and not (fold(item.block.text) in repeated or is_page_furniture(item.block)):
                open_table = replace(open_table, titled=True) if slides and is_title(item.block) else None
            joined.append(item)
            continue
        open_table = _with_header(open_table, item, table)
        more = _continuation(open_table, open_table.header, item, table) if open_table and open_table.header else None
        if open_table is not None and open_table.header is not None and more is not None:
            before = joined[open_table.index]
            joined[open_table.index] = _with_rows(before, more, open_table.header, slides=slides)
            open_table = replace(open_table, last=item, titled=False)
            continue
        joined.append(item)
        headers = list(headers_of(table)) if item.block.place.sheet is None else []
        may_head = not headers and item.block.place.sheet is None and len(table.rows) <= _TALLEST_HEADER
        open_table = _Open(len(joined) - 1, headers[-1] if headers else None, item) if headers or may_head else None
    return joined


def _with_header(before: _Open | None, item: Located, table: Table) -> _Open | None:
    """What is open, with the header that the rows below the page break show its rows to be; None when they do not."""
    if before is None or before.header is not None:
        return before
    above = before.last.block.table
    if above is None or not _is_on_next_page(before, item) or len(above.rows[0].cells) != len(table.rows[0].cells):
        return None
    header = next(find_headers((*above.rows, *table.rows)), None)
    if header is None or header.last != len(above.rows) - 1 or not header.is_of_indicators:
        return None
    return replace(before, header=header)


def _is_on_next_page(before: _Open, item: Located) -> bool:
    last = before.last.block
    return (item.block.group, item.block.place.page) != (last.group, last.place.page)


def _continuation(before: _Open, header: Header, item: Located, table: Table) -> tuple[TableRow, ...] | None:
    """The rows of a table in the columns of the one it goes on with; None when it is another."""
    if not _is_on_next_page(before, item):
        return None
    headers = list(find_headers(table.rows))
    if table.given is not None:
        return None
    if headers:
        own = headers[0]
        if len(headers) > 1 or own.first > own.groups_above or item.context != before.last.context:
            return None
        return _under_same_names(table.rows[own.last + 1 :], own, header)
    rows = None if before.titled else fit_width(table.rows, header)
    filled = [row for row in rows or () if any(text.strip() for text in row.texts)]
    return rows if filled and holds_data(filled, header) else None


def _under_same_names(rows: Sequence[TableRow], own: Header, header: Header) -> tuple[TableRow, ...] | None:
    """Rows below a header that names the same columns, in the places of these; None when it names others."""
    clipped = _clipped(own, header)
    if clipped is None or not rows:
        return None
    rows = (_without(rows[0], clipped), *rows[1:])
    if len(own.columns) == len(header.columns):
        return tuple(rows)
    places = dict(
        zip(
            (column.index for column in header.columns if column.header),
            (column.index for column in own.columns if column.header),
            strict=True,
        )
    )
    nameless = [column.index for column in own.columns if not column.header]
    if any(row.cells[index].text.strip() for row in rows for index in nameless):
        return None
    return tuple(
        TableRow(
            cells=tuple(row.cells[places[c.index]] if c.index in places else Cell() for c in header.columns),
            place=row.place,
        )
        for row in rows
    )


def _clipped(own: Header, header: Header) -> dict[int, str] | None:
    """What the names of a header lack of those of another, by the index of the cell; None when it names others.

    A repeated header as high as the first may be too low for its names ("Meta cuatrien"); what is cut off is printed
    over the row below.
    """
    names, before = ([column for column in h.columns if column.header] for h in (own, header))
    if len(names) != len(before):
        return None
    clipped: dict[int, str] = {}
    for column, whole in zip(names, before, strict=True):
        name, full = fold(column.header), fold(whole.header)
        if name == full:
            continue
        if len(name) < _LEAST_OF_NAME or not full.startswith(name):
            return None
        clipped[column.index] = full.removeprefix(name).strip()
    return clipped


def _without(row: TableRow, clipped: Mapping[int, str]) -> TableRow:
    """The first row below a header without the rest of its names."""
    cells = (
        cell.model_copy(update={"text": ""}) if clipped.get(index) and fold(cell.text) == clipped[index] else cell
        for index, cell in enumerate(row.cells)
    )
    return row.model_copy(update={"cells": tuple(cells)})


def _with_rows(item: Located, more: Sequence[TableRow], header: Header, *, slides: bool) -> Located:
    """The block's table with more rows; a row that a page break cut is made whole, which slides do not do."""
    table = item.block.table
    assert table is not None
    if slides:
        rows: tuple[TableRow, ...] = (*table.rows, *more)
    else:
        start = header.last + 1
        rows = (*table.rows[:start], *stitch(table.rows[start:], more, header))
    block = item.block.model_copy(update={"table": table.model_copy(update={"rows": rows})})
    return replace(item, block=block)
