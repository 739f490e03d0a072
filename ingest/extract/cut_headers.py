"""Headers that a page break cut in two: "Indicador de | Meta del", then "producto | cuatrienio" on the next page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from ingest.extract.furniture import is_page_furniture
from ingest.extract.header import find_headers
from ingest.extract.walk import Located
from ingest.fold import fold
from ingest.records import Cell, Table, TableRow


def with_whole_headers(located: Sequence[Located], repeated: Collection[str]) -> list[Located]:
    """The blocks with the first half of a cut header put to the second, on whose page its table is.

    It is one when it is all that its page has of a table, and both together name the columns while the second does not.
    """
    made: list[Located] = []
    last: int | None = None
    for item in located:
        table = item.block.table
        if table is None or not table.rows:
            is_between = fold(item.block.text) in repeated or is_page_furniture(item.block)
            last = last if is_between else None
            made.append(item)
            continue
        whole = None if last is None else _whole(made[last], item, table)
        if last is not None and whole is not None:
            made[last] = whole
            continue
        made.append(item)
        last = len(made) - 1
    return made


def _whole(before: Located, item: Located, table: Table) -> Located | None:
    above = before.block.table
    if above is None or len(above.rows) != 1 or before.block.place.page == item.block.place.page:
        return None
    first, second = above.rows[0], table.rows[0]
    if len(first.cells) != len(second.cells) or next(find_headers(table.rows), None) is not None:
        return None
    rows = (_stitched(first, second), *table.rows[1:])
    header = next(find_headers(rows), None)
    if header is None or header.first != 0 or header.last != 0:
        return None
    block = item.block.model_copy(update={"table": table.model_copy(update={"rows": rows})})
    return replace(item, block=block)


def _stitched(row: TableRow, rest: TableRow) -> TableRow:
    cells = tuple(
        Cell(text=f"{cell.text} {more.text}".strip(), place=more.place)
        for cell, more in zip(row.cells, rest.cells, strict=True)
    )
    return TableRow(cells=cells, place=rest.place)
