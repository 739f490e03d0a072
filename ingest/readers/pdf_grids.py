"""Tables from grids: each word goes to the cell it stands in, merged cells repeat their text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.pdf_keys import drawn_rows
from ingest.readers.pdf_rules import Grid, Span, cells_to_grid
from ingest.readers.pdf_words import Word, words_to_lines, words_to_text
from ingest.records import Cell, Place, Table, TableRow

#: A cell as large as this share of the page, with so many words, is a frame around prose.
_FRAME_SHARE = 0.4
_FRAME_WORDS = 120
#: With more rows than these drawn, all are.
_FEW_ROWS = 3
#: A grid with words in fewer of its cells than this is a drawing.
_LEAST_FILLED = 0.1
#: What stands this high on a page may go on from the page before.
_HEAD_SHARE = 0.25


@dataclass(frozen=True)
class PageTable:
    """A table of a page and its rectangle."""

    table: Table
    box: tuple[float, float, float, float]


def take_tables(
    grids: Iterable[Grid], words: Sequence[Word], page: int, width: float, height: float
) -> tuple[list[PageTable], list[Word]]:
    """The tables of a page and the words in none; inner grids (smaller ones, which come first) take theirs first.

    ``width`` and ``height`` are the page's, in points.
    """
    tables: list[PageTable] = []
    left = list(words)
    for grid in grids:
        held, outside = _words_by_span(grid, left)
        if len(grid.ys) - 1 <= _FEW_ROWS:
            grid = _with_open_rows(grid, held)
            held, outside = _words_by_span(grid, left)
        if _is_table(grid, held, width * height) or _is_rest(grid, held, height):
            rows = grid_rows(grid, held, page)
            tables.append(PageTable(Table(rows=rows), grid.box))
            left = outside
    return tables, left


def _words_by_span(grid: Grid, words: Sequence[Word]) -> tuple[dict[Span, list[Word]], list[Word]]:
    owner = _owners(grid)
    held: dict[Span, list[Word]] = {}
    outside: list[Word] = []
    for word in words:
        column = bisect_right(grid.xs, (word.x0 + word.x1) / 2) - 1
        row = bisect_right(grid.ys, (word.top + word.bottom) / 2) - 1
        span = owner.get((row, column))
        (outside if span is None else held.setdefault(span, [])).append(word)
    return held, outside


def _with_open_rows(grid: Grid, held: dict[Span, list[Word]]) -> Grid:
    """The grid with the rows that stand in one drawn row, as where only columns are ruled, as rows of their own."""
    ys = list(grid.ys)
    for row in range(len(grid.ys) - 1):
        spans = [span for span in grid.spans if span.top <= row < span.bottom]
        if len(spans) < 2 or any(span.bottom - span.top > 1 for span in spans):
            continue
        bounds = [grid.xs[span.left] for span in spans[1:]]
        lines = words_to_lines(word for span in spans for word in held.get(span, ()) if word.turn == 0)
        for above, below in pairwise(drawn_rows(lines, bounds)):
            ys.append((max(line.bottom for line in above) + min(line.top for line in below)) / 2)
    if len(ys) == len(grid.ys):
        return grid
    ys.sort()
    cells = []
    for span in grid.spans:
        inner = [y for y in ys if grid.ys[span.top] <= y <= grid.ys[span.bottom]]
        if span.bottom - span.top > 1:
            inner = [inner[0], inner[-1]]
        cells += [(grid.xs[span.left], top, grid.xs[span.right], bottom) for top, bottom in pairwise(inner)]
    return cells_to_grid(cells)


def _owners(grid: Grid) -> dict[tuple[int, int], Span]:
    """The cell at each row and column; of cells that overlap the smaller one."""
    owner: dict[tuple[int, int], Span] = {}
    for span in sorted(grid.spans, key=lambda span: (span.bottom - span.top) * (span.right - span.left)):
        for row in range(span.top, span.bottom):
            for column in range(span.left, span.right):
                owner.setdefault((row, column), span)
    return owner


def _is_table(grid: Grid, held: dict[Span, list[Word]], area: float) -> bool:
    """Whether a grid holds cells with words side by side, and is neither a frame around prose nor a chart."""
    if len({span.left for span in held}) < 2 or len(held) < _LEAST_FILLED * len(grid.spans):
        return False
    return not any(
        len(words) > _FRAME_WORDS and _area(grid, span) > _FRAME_SHARE * area for span, words in held.items()
    )


def _is_rest(grid: Grid, held: dict[Span, list[Word]], height: float) -> bool:
    """Whether a grid at the head of its page is the rest of a row that goes on in one of its cells only."""
    columns = {span.left for span in grid.spans if span.top == 0}
    return bool(held) and len(columns) > 1 and len(grid.ys) == 2 and grid.ys[0] < _HEAD_SHARE * height


def _area(grid: Grid, span: Span) -> float:
    return (grid.xs[span.right] - grid.xs[span.left]) * (grid.ys[span.bottom] - grid.ys[span.top])


def grid_rows(grid: Grid, held: dict[Span, list[Word]], page: int) -> tuple[TableRow, ...]:
    """The rows that have words, each with its rectangle; the first place of a merged cell has its text."""
    owner = _owners(grid)
    columns = _kept([(span.left, span.right) for span in grid.spans], len(grid.xs) - 1)
    rows = _kept([(span.top, span.bottom) for span in grid.spans], len(grid.ys) - 1)
    texts = {span: words_to_text(words) for span, words in held.items()}
    made = []
    said: set[Span] = set()
    for row in rows:
        cells = []
        for column in columns:
            span = owner.get((row, column))
            cells.append(Cell() if span is None else Cell(text=texts.get(span, ""), merged=span in said))
            if span is not None:
                said.add(span)
        if any(cell.text and not cell.merged for cell in cells):
            rectangle = (grid.xs[0], grid.ys[row], grid.xs[-1], grid.ys[row + 1])
            made.append(TableRow(cells=tuple(cells), place=Place(page=page, rectangle=rounded(rectangle))))
    return tuple(made)


def _kept(extents: Sequence[tuple[int, int]], count: int) -> list[int]:
    """The columns (or rows) that some cell takes alone.

    The others lie between boundaries that were meant to be one and were not drawn at the same place.
    """
    alone = {first for first, end in extents if end - first == 1}
    kept = [index for index in range(count) if index in alone]
    for first, end in extents:
        if not alone.intersection(range(first, end)):
            kept.append(first)
            alone.add(first)
    return sorted(kept)


def rounded(rectangle: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = (round(value, 1) for value in rectangle)
    return x0, top, x1, bottom
