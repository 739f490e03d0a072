"""Tables too wide for a page that go on over the page beside it: what is measured on one, its figures on the next.

``located blocks → pairs of tables → tables as wide as both``, row by row, before tables that go on below are joined.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from ingest.extract.columns import INDICATOR_ROLES, MEASURE_ROLES, Header
from ingest.extract.furniture import is_page_furniture, repeated_texts
from ingest.extract.header import find_header, is_band, name_columns, nearest_header
from ingest.extract.walk import Located
from ingest.fold import fold
from ingest.records import Table, TableRow

_SUBJECTS = INDICATOR_ROLES | {"product", "project"}
#: The right half names so many columns surely.
_LEAST_NAMES = 2
#: Rows of the tallest header.
_TALLEST = 3


@dataclass(frozen=True)
class _Widths:
    """How many columns the halves of the last wide table have; pages below it may not name them again."""

    left: int
    right: int


def with_facing_pages(located: Sequence[Located]) -> list[Located]:
    """The blocks with each table that goes on over the page beside it made one, which has the left one's place."""
    repeated = repeated_texts([item.block for item in located])
    made: list[Located] = []
    left: int | None = None
    widths: _Widths | None = None
    for item in located:
        table = item.block.table
        if table is None or not table.rows or item.block.place.page is None:
            is_between = table is None and _is_between(item, repeated)
            left, widths = (left, widths) if is_between else (None, None)
            made.append(item)
            continue
        before = made[left] if left is not None else None
        wide = _beside(before, item, widths) if before is not None else None
        if wide is None or before is None or before.block.table is None or left is None:
            made.append(item)
            left = len(made) - 1
            continue
        widths = _Widths(len(before.block.table.rows[0].cells), len(table.rows[0].cells))
        made[left] = wide
        left = None
    return made


def _is_between(item: Located, repeated: Collection[str]) -> bool:
    return fold(item.block.text) in repeated or is_page_furniture(item.block)


def _beside(before: Located, item: Located, widths: _Widths | None) -> Located | None:
    """Both tables as one; None when the second is none that goes on beside the first."""
    left, right = before.block.table, item.block.table
    if left is None or right is None or left.given or right.given or not _is_on_next_page(before, item):
        return None
    rows: Sequence[TableRow] = _filled(left)
    more: Sequence[TableRow] = _filled(right)
    known = widths is not None and (widths.left, widths.right) == (len(rows[0].cells), len(more[0].cells))
    if not (known and len(rows) == len(more)):
        aligned = _aligned(rows, more)
        if aligned is None:
            return None
        rows, more = aligned
    table = left.model_copy(update={"rows": tuple(map(_wide, rows, more))})
    return replace(before, block=before.block.model_copy(update={"table": table}))


def _is_on_next_page(before: Located, item: Located) -> bool:
    page = before.block.place.page
    return page is not None and item.block.place.page == page + 1


def _filled(table: Table) -> list[TableRow]:
    return [row for row in table.rows if any(text.strip() for text in row.texts)] or list(table.rows)


def _aligned(
    rows: Sequence[TableRow], more: Sequence[TableRow]
) -> tuple[Sequence[TableRow], Sequence[TableRow]] | None:
    """The rows of both halves from their headers on, when one names what is measured, the other figures of as many."""
    left = find_header(Table(rows=tuple(rows))) or nearest_header(rows)
    right = None if left is None else _header_beside(rows, left, more)
    if left is None or right is None or not left.has(_SUBJECTS) or right.has(_SUBJECTS):
        return None
    if not right.has(MEASURE_ROLES) or sum(column.is_sure for column in right.columns) < _LEAST_NAMES:
        return None
    body, figures = rows[left.last + 1 :], _with_bands(rows[left.last + 1 :], more[right.last + 1 :])
    if not body or len(body) != len(figures):
        return None
    names, beside = _stack(rows, left), _stack(more, right)
    if len(names) == len(beside) > 1:
        names, beside = _whole_groups(names, beside)
    else:
        names, beside = [_names(rows, left)], [_names(more, right)]
    return [*names, *body], [*beside, *figures]


def _header_beside(rows: Sequence[TableRow], left: Header, more: Sequence[TableRow]) -> Header | None:
    """The header of the right half: so many rows as leave one for each data row of the left, best as many as it has."""
    body = rows[left.last + 1 :]
    height = len(_stack(rows, left))
    lasts = [len(more) - data - 1 for data in (len(body), sum(not is_band(row) for row in body))]
    fits = sorted((last for last in lasts if 0 <= last < _TALLEST), key=lambda last: last + 1 != height)
    return Header(0, fits[0], name_columns(more[: fits[0] + 1])) if fits else nearest_header(more)


def _with_bands(rows: Sequence[TableRow], figures: Sequence[TableRow]) -> Sequence[TableRow]:
    """The rows of the right half with a blank one beside each band of the left one, which says all it does there."""
    bands = [is_band(row) for row in rows]
    if len(rows) == len(figures) or len(rows) - sum(bands) != len(figures):
        return figures
    left = iter(figures)
    blank = tuple(cell.model_copy(update={"text": "", "merged": False}) for cell in figures[0].cells)
    return [
        TableRow(cells=blank, place=row.place.model_copy(update={"goes_on": ()})) if band else next(left)
        for row, band in zip(rows, bands, strict=True)
    ]


def _stack(rows: Sequence[TableRow], header: Header) -> list[TableRow]:
    """All rows of a header, the headings over its columns among them."""
    return list(rows[header.first - header.groups_above : header.last + 1])


def _whole_groups(names: Sequence[TableRow], beside: Sequence[TableRow]) -> tuple[list[TableRow], list[TableRow]]:
    """Both halves of a header whose last group on the left goes on as the first on the right, which names it."""
    last = len(names[0].cells) - 1
    whole = []
    for above, row, other in zip(names, names[1:], beside, strict=False):
        goes_on = not above.cells[last].text.strip() and row.cells[last].text.strip()
        text = other.cells[0].text if goes_on else above.cells[last].text
        cells = (*above.cells[:last], above.cells[last].model_copy(update={"text": text}))
        whole.append(above.model_copy(update={"cells": cells}))
    return [*whole, names[-1]], list(beside)


def _names(rows: Sequence[TableRow], header: Header) -> TableRow:
    """The header as one row."""
    last = rows[header.last]
    named = {column.index: column.header for column in header.columns}
    cells = (cell.model_copy(update={"text": named.get(at, ""), "merged": False}) for at, cell in enumerate(last.cells))
    return last.model_copy(update={"cells": tuple(cells)})


def _wide(row: TableRow, beside: TableRow) -> TableRow:
    parts = (*row.place.goes_on, *beside.place.parts)
    return TableRow(cells=(*row.cells, *beside.cells), place=row.place.model_copy(update={"goes_on": parts}))
