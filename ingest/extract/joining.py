"""Tables that a page break cut in two, and rows cut with them, put together before anybody reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.extract.align import fit_width
from ingest.extract.columns import INDICATOR_ROLES, Header
from ingest.extract.given import headers_of
from ingest.extract.header import cell_text, find_headers, holds_data
from ingest.extract.walk import Located, is_page_furniture, repeated_texts
from ingest.fold import fold
from ingest.records import Block, Cell, Table, TableRow


@dataclass
class _Open:
    """The last table and what may still go on with it: where it is in the list, its last header, its last part."""

    index: int
    header: Header
    last: Block


def join_tables(located: Sequence[Located]) -> list[Located]:
    """The blocks with each table that goes on over a page break joined to its beginning.

    A table goes on when it stands on another page with nothing but page headers and numbers between, names no columns
    itself and has as many cells as the one before has columns or names. Every row keeps its own place.
    """
    repeated = repeated_texts([item.block for item in located])
    joined: list[Located] = []
    open_table: _Open | None = None
    for item in located:
        table = item.block.table
        if table is None or not table.rows:
            stays_open = fold(item.block.text) in repeated or is_page_furniture(item.block)
            open_table = open_table if stays_open else None
            joined.append(item)
            continue
        more = _continuation(open_table, item.block, table) if open_table is not None else None
        if open_table is not None and more is not None:
            before = joined[open_table.index]
            joined[open_table.index] = replace(before, block=_with_rows(before.block, more, open_table.header))
            open_table.last = item.block
            continue
        joined.append(item)
        headers = list(headers_of(table)) if item.block.place.sheet is None else []
        open_table = _Open(len(joined) - 1, headers[-1], item.block) if headers else None
    return joined


def _continuation(before: _Open, block: Block, table: Table) -> tuple[TableRow, ...] | None:
    """The rows of a table in the columns of the one it goes on with; None when it is another."""
    if (block.group, block.place.page) == (before.last.group, before.last.place.page):
        return None
    if table.given is not None or next(find_headers(table.rows), None) is not None:
        return None
    rows = fit_width(table.rows, before.header)
    filled = [row for row in rows or () if any(text.strip() for text in row.texts)]
    return rows if filled and holds_data(filled, before.header) else None


def _with_rows(block: Block, more: Sequence[TableRow], header: Header) -> Block:
    """The block's table with more rows; the first goes on with the last one when the page break cut a row."""
    assert block.table is not None
    rows = [row for row in block.table.rows if any(text.strip() for text in row.texts)]
    filled = [row for row in more if any(text.strip() for text in row.texts)]
    if rows and _is_cut(rows[-1], filled[0], header):
        rows[-1] = _stitched(rows[-1], filled[0])
        filled = filled[1:]
    return block.model_copy(update={"table": block.table.model_copy(update={"rows": (*rows, *filled)})})


def _is_cut(above: TableRow, row: TableRow, header: Header) -> bool:
    """Whether a row is the rest of the one above: its words go on in lower case after no full stop."""
    columns = header.of(*INDICATOR_ROLES, "target", "product", "programme")
    said = [(cell_text(column.cell(above).text), cell_text(column.cell(row).text)) for column in columns]
    rests = [(before, rest) for before, rest in said if rest]
    goes_on = any(before and not before.endswith(".") for before, _ in rests)
    return goes_on and all(rest[0].islower() for _, rest in rests)


def _stitched(row: TableRow, rest: TableRow) -> TableRow:
    cells = tuple(
        Cell(text=f"{cell.text} {more.text}".strip(), place=cell.place, merged=cell.merged)
        for cell, more in zip(row.cells, rest.cells, strict=True)
    )
    parts = (*row.place.goes_on, *rest.place.parts)
    return TableRow(cells=cells, place=row.place.model_copy(update={"goes_on": parts}))
