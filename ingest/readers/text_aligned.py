"""Tables of a text file whose columns are kept apart by spaces, as text taken from a PDF has them.

``raw lines → stretches with the same blank columns → rows of cells``. Cells that wrap go on in the lines below, where
fewer columns are filled; a row begins where most are, or where a column of figures has one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

#: A line of a table has so many texts with so wide gaps between; a table so many such lines.
_COLUMNS = 3
_LINES = 2
_GAP = 2
#: A table has no more columns than this, and a text in it that is alone on its line is no longer.
_MOST_COLUMNS = 40
_LONGEST_ALONE = 60

_SEGMENT = re.compile(r"\S+(?: \S+)*")
_FIGURE = re.compile(r"^[\s$%()+-]*\d[\d.,'\s]*[%)]?$")
_LABEL = re.compile(r"^[^\W\d_][^:]{2,40}:")
_OTHER_TABLE = re.compile(r"\t|^\s*\|")


@dataclass(frozen=True)
class AlignedRow:
    """The cells of a row, and its first and last line, counted from 0."""

    cells: tuple[str, ...]
    first: int
    last: int


def find_aligned(raw: Sequence[str]) -> Iterator[tuple[AlignedRow, ...]]:
    """The tables of aligned columns in the lines of a text, in order."""
    index = 0
    while index < len(raw):
        end = _end_of_stretch(raw, index) if len(_segments(raw[index])) >= _COLUMNS else index
        rows = _rows(raw, index, end) if end > index else ()
        if rows:
            yield rows
        index = rows[-1].last + 1 if rows else index + 1


def _segments(line: str) -> list[tuple[int, int]]:
    """(start, end) of the texts of a line that stand apart by wide gaps; none of a line of another kind of table."""
    return [] if _OTHER_TABLE.search(line) else [match.span() for match in _SEGMENT.finditer(line)]


def _end_of_stretch(raw: Sequence[str], start: int) -> int:
    """The line after the last that may be of the table, which two empty lines, a new page, prose or a label end."""
    end = start + 1
    for index in range(start + 1, len(raw)):
        line = raw[index]
        if "\f" in line or (not line.strip() and not raw[index - 1].strip()):
            break
        after_blank = not raw[index - 1].strip()
        segments = _segments(line)
        if line.strip() and len(segments) < 2:
            alone = line.strip()
            if _is_band(raw, index):
                continue
            if not segments or after_blank or len(alone) > _LONGEST_ALONE or _LABEL.match(alone):
                break
        if line.strip():
            end = index + 1
    return end


def _is_band(raw: Sequence[str], index: int) -> bool:
    """Whether a line says one thing across a table: a label right between two of its lines."""
    if not _LABEL.match(raw[index].strip()) or _OTHER_TABLE.search(raw[index]) or not raw[index - 1].strip():
        return False
    return index + 1 < len(raw) and len(_segments(raw[index + 1])) >= _COLUMNS


def _rows(raw: Sequence[str], start: int, end: int) -> tuple[AlignedRow, ...]:
    full = [index for index in range(start, end) if len(_segments(raw[index])) >= _COLUMNS]
    if len(full) < _LINES:
        return ()
    columns = _columns([raw[index] for index in full])
    if not _COLUMNS <= len(columns) <= _MOST_COLUMNS:
        return ()
    lines: list[tuple[int, list[str]]] = []
    for index in range(start, end):
        if raw[index].strip():
            band = len(_segments(raw[index])) == 1 and _is_band(raw, index)
            cells = [raw[index].strip(), *[""] * (len(columns) - 1)] if band else _cells(raw[index], columns)
            if cells is None:
                break
            lines.append((index, cells))
    rows = tuple(_joined(lines, figures=_figure_columns(lines)))
    return rows if len(rows) >= _LINES else ()


def _columns(lines: Sequence[str]) -> list[tuple[int, int]]:
    """The columns as (start, end): what lies between the blanks that all lines have in common."""
    width = max(map(len, lines))
    taken = [any(line[at : at + 1].strip() for line in lines) for at in range(width)]
    columns: list[tuple[int, int]] = []
    for at, is_taken in enumerate(taken):
        if not is_taken:
            continue
        if columns and at - columns[-1][1] < _GAP:
            columns[-1] = (columns[-1][0], at + 1)
        else:
            columns.append((at, at + 1))
    return columns


def _cells(line: str, columns: Sequence[tuple[int, int]]) -> list[str] | None:
    """The texts of a line by column; None when one of them reaches over two columns."""
    cells = [""] * len(columns)
    for start, end in _segments(line):
        over = [n for n, (left, right) in enumerate(columns) if start < right and end > left]
        if len(over) > 1:
            return None
        at = over[0] if over else min(range(len(columns)), key=lambda n: abs(columns[n][0] - start))
        cells[at] = f"{cells[at]} {line[start:end]}".strip()
    return cells


def _figure_columns(lines: Sequence[tuple[int, list[str]]]) -> frozenset[int]:
    """Columns of which most texts are figures."""
    width = len(lines[0][1]) if lines else 0
    texts = {at: [cells[at] for _, cells in lines[1:] if cells[at]] for at in range(width)}
    return frozenset(
        at for at, found in texts.items() if found and sum(bool(_FIGURE.match(t)) for t in found) * 2 > len(found)
    )


def _joined(lines: Sequence[tuple[int, list[str]]], *, figures: frozenset[int]) -> Iterator[AlignedRow]:
    """Lines put together to rows; a wrapped cell is read on from line to line."""
    row: AlignedRow | None = None
    for index, cells in lines:
        filled = {at for at, text in enumerate(cells) if text}
        band = filled == {0} and _LABEL.match(cells[0]) is not None
        begins = band or len(filled) * 2 > len(cells) or any(_FIGURE.match(cells[at]) for at in filled & figures)
        if row is not None and not begins:
            both = zip(row.cells, cells, strict=True)
            row = AlignedRow(tuple(f"{above} {below}".strip() for above, below in both), row.first, index)
            continue
        if row is not None:
            yield row
        row = AlignedRow(tuple(cells), index, index)
    if row is not None:
        yield row
