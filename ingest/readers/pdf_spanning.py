"""Rows of a table without lines whose first column spans several of them, as a programme does its indicators.

The words of such a cell stand at their own distances, beside rows and the white space between rows alike; the other
columns tell where rows end.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ingest.readers.pdf_bands import column_of, row_space, rows_of
from ingest.readers.pdf_words import Line, words_to_lines

#: Fewer columns than these beside the first do not tell rows by themselves.
_LEAST_BESIDE = 2
#: What begins or has its middle within this distance does so at one height, in type sizes.
_LEVEL = 0.5


def spanned_rows(
    pages: Sequence[Sequence[Line]], bounds: Sequence[float], titles: Sequence[Line], limit: float | None
) -> list[list[list[Line]]] | None:
    """The rows on each page as the columns beside the first part them; None when no cell of the first spans any.

    A cell that spans rows is whole in the first of them. ``limit`` is the white space that parts rows as all columns
    together tell it.
    """
    if len(bounds) < _LEAST_BESIDE:
        return None
    beside = [beside_first(lines, bounds, titles) for lines in pages]
    told = row_space([line for lines in beside for line in lines], bounds)
    if told is None:
        return None
    limit = told if limit is None or limit < told / 2 else min(told, limit)
    made: list[list[list[Line]]] = []
    spans = 0
    for lines, others in zip(pages, beside, strict=True):
        rows = rows_of(others, (), bounds, titles, limit) if others else []
        cells = _cells(column_of([line for line in lines if line not in titles], bounds, 0), limit, rows, titles)
        runs = _centred_runs(rows, cells, titles)
        spans += len(runs) or sum(_is_cut(cell, rows) for cell in cells)
        for cell, first in runs:
            rows[first] = [*rows[first], *cell]
        for cell in cells if not runs else [cell for cell in cells if not any(cell is own for own, _ in runs)]:
            rows = with_cell(rows, cell)
        made.append(rows)
    return made if spans else None


def beside_first(lines: Sequence[Line], bounds: Sequence[float], titles: Sequence[Line]) -> list[Line]:
    """The lines of all columns but the first; titles stay whole."""
    words = [word for line in lines if line not in titles for word in line.words if word.x0 > bounds[0]]
    across = [line for line in lines if line in titles]
    return sorted([*words_to_lines(words), *across], key=lambda line: line.top)


def _cells(
    column: Sequence[Line], limit: float, rows: Sequence[Sequence[Line]], titles: Sequence[Line]
) -> list[list[Line]]:
    """The lines of the first column put together to cells: white space or a title parts them."""
    heights = [row[0].top for row in rows if row and row[0] in titles]
    cells: list[list[Line]] = []
    for above, line in pairwise([None, *column]):
        assert line is not None
        if (
            above is None
            or line.top - above.bottom >= limit
            or above.bold != line.bold
            or any(above.top < y < line.top for y in heights)
        ):
            cells.append([line])
        else:
            cells[-1].append(line)
    return cells


def _centred_runs(
    rows: Sequence[Sequence[Line]], cells: Sequence[list[Line]], titles: Sequence[Line]
) -> list[tuple[list[Line], int]]:
    """Each cell that stands in the middle of the rows it spans, with the first of these; none where they do not tell.

    One after the other they span all rows, the first of which has no cell on its own height.
    """
    body = [at for at, row in enumerate(rows) if row[0] not in titles and not all(line.bold for line in row)]
    own = [cell for cell in cells if not all(line.bold for line in cell)]
    if not body or not own or own[0][0].top <= _top(rows[body[0]]) + _LEVEL * own[0][0].size:
        return []
    found: list[tuple[list[Line], int]] = []
    start = 0
    for cell in own:
        middle = (cell[0].top + cell[-1].bottom) / 2
        ends = range(start, len(body))
        end = min(
            ends, key=lambda at: abs((_top(rows[body[start]]) + _bottom(rows[body[at]])) / 2 - middle), default=-1
        )
        if end < 0 or abs((_top(rows[body[start]]) + _bottom(rows[body[end]])) / 2 - middle) > _LEVEL * cell[0].size:
            return []
        found.append((cell, body[start]))
        start = end + 1
    return found if start == len(body) else []


def _is_cut(cell: Sequence[Line], rows: Sequence[Sequence[Line]]) -> bool:
    """Whether a cell that stands beside a row goes on through the space between it and the next."""
    top, bottom = cell[0].top, cell[-1].bottom
    return any(
        top < (_bottom(above) + _top(below)) / 2 < bottom and (top < _bottom(above) or bottom > _top(below))
        for above, below in pairwise(rows)
    )


def with_cell(rows: list[list[Line]], cell: list[Line]) -> list[list[Line]]:
    """The rows with a cell in the first of those it spans; as a row of its own where it stands beside none."""
    beside = [index for index, row in enumerate(rows) if cell[0].top < _bottom(row) and cell[-1].bottom > _top(row)]
    if not beside:
        at = next((index for index, row in enumerate(rows) if cell[0].top < _top(row)), len(rows))
        return [*rows[:at], cell, *rows[at:]]
    at = _first_spanned(rows, beside, cell)
    return [*rows[:at], [*rows[at], *cell], *rows[at + 1 :]]


def _first_spanned(rows: Sequence[Sequence[Line]], beside: Sequence[int], cell: Sequence[Line]) -> int:
    """The first row that a cell spans: the one it begins with, or the first of those it stands in the middle of."""
    first, size = beside[0], cell[0].size
    if cell[0].top <= _top(rows[first]) + _LEVEL * size:
        return first
    middle = (cell[0].top + cell[-1].bottom) / 2
    ranges = [(above, below) for above in range(first + 1) for below in range(beside[-1], len(rows))]
    away = {
        (a, b): abs((_top(rows[a]) + _bottom(rows[b])) / 2 - middle)
        for a, b in ranges
        if not _has_bold(rows[a : b + 1])
    }
    best = min(away, key=lambda span: away[span], default=None)
    return best[0] if best is not None and away[best] <= _LEVEL * size else first


def _has_bold(rows: Sequence[Sequence[Line]]) -> bool:
    """Whether a header is among rows; a cell spans none."""
    return any(all(line.bold for line in row) for row in rows)


def _top(row: Sequence[Line]) -> float:
    return min(line.top for line in row)


def _bottom(row: Sequence[Line]) -> float:
    return max(line.bottom for line in row)
