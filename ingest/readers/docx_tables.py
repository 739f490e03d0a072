"""Tables of a Word document: rows of equal length, merged cells repeated in all the places they take."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ingest.readers.docx_text import paragraph_runs
from ingest.readers.docx_xml import W, children, value_of
from ingest.records import Cell, Place, TableRow

#: More columns than Word allows; a larger number in a file is a mistake or an attack.
_MOST_COLUMNS = 64

#: The number that Word prints before a paragraph, '' for none.
Numbered = Callable[[Any], str]


def table_rows(table: Any, number: int, numbered: Numbered) -> tuple[TableRow, ...]:
    """Rows of equal length; the text of a merged cell is repeated in all the places it takes.

    ``number`` is the table's in the document; ``numbered`` tells what Word prints before a paragraph.
    """
    rows: list[list[Cell]] = []
    for row in rows_in(table):
        above = rows[-1] if rows else []
        cells = [Cell()] * _count(row.find(f"{W}trPr"), "gridBefore", default=0)
        for cell in cells_in(row):
            cells += _grid_cells(cell, cells, above, numbered)
        cells += [Cell()] * _count(row.find(f"{W}trPr"), "gridAfter", default=0)
        rows.append(cells)
    width = max((len(cells) for cells in rows), default=0)
    return tuple(
        TableRow(cells=(*cells, *[Cell()] * (width - len(cells))), place=Place(cell=f"T{number}R{index}"))
        for index, cells in enumerate(rows, start=1)
    )


def _grid_cells(cell: Any, left: list[Cell], above: list[Cell], numbered: Numbered) -> list[Cell]:
    """One cell in all the columns it takes; going on from above or from the left it repeats the text there."""
    properties = cell.find(f"{W}tcPr")
    span = _count(properties, "gridSpan", default=1)
    at = len(left)
    if _goes_on(properties, "vMerge") and at < len(above):
        return [Cell(text=above[at].text, merged=True)] * span
    if _goes_on(properties, "hMerge") and left:
        return [Cell(text=left[-1].text, merged=True)] * span
    text = cell_text(cell, numbered)
    return [Cell(text=text), *[Cell(text=text, merged=True)] * (span - 1)]


def _goes_on(properties: Any, name: str) -> bool:
    mark = None if properties is None else properties.find(f"{W}{name}")
    return mark is not None and mark.get(f"{W}val", "continue") == "continue"


def cell_text(cell: Any, numbered: Numbered = lambda paragraph: "") -> str:
    """The paragraphs of a cell, one per line; tables inside it are blocks of their own."""
    texts = (f"{numbered(paragraph)}{paragraph_runs(paragraph).text}".strip() for paragraph in children(cell, "p"))
    return "\n".join(text for text in texts if text)


def rows_in(table: Any) -> Iterator[Any]:
    for row in children(table, "tr"):
        properties = row.find(f"{W}trPr")
        if properties is None or properties.find(f"{W}del") is None:
            yield row


def cells_in(row: Any) -> Iterator[Any]:
    return children(row, "tc")


def _count(properties: Any, name: str, *, default: int) -> int:
    value = None if properties is None else value_of(properties.find(f"{W}{name}"))
    return min(int(value), _MOST_COLUMNS) if value is not None and value.isdigit() else default
