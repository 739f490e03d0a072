"""Tables without ruling lines: columns are the gaps that no word crosses, rows the white space between lines.

``lines of pages → stretches with common gaps → columns → rows``. Only what is sure becomes a table: the gaps hold over
at least three rows, and the words of each column stand under each other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, groupby, pairwise, takewhile
from statistics import median

from ingest.readers.pdf_bands import column_of, filled_by, is_one_row, row_space, rows_of
from ingest.readers.pdf_between import ALIGNED
from ingest.readers.pdf_gaps import LEAST_ROWS
from ingest.readers.pdf_grids import PageTable, rounded
from ingest.readers.pdf_headers import header_cells, ungrouped
from ingest.readers.pdf_keys import holds_several, key_columns, rows_by_keys
from ingest.readers.pdf_rules import Rules
from ingest.readers.pdf_spanning import spanned_rows
from ingest.readers.pdf_stretches import Stretch, find_stretches
from ingest.readers.pdf_words import Line, is_bullet, words_to_lines, words_to_text
from ingest.records import Cell, Place, Table, TableRow

_ALIGNED_SHARE = 0.6
#: Columns of running text: so many lines, words in each, and how full they are.
_PROSE_LINES, _PROSE_WORDS, _PROSE_FULL, _PROSE_SHARE = 6, 4, 0.8, 0.6
#: White space across all columns, in type sizes, is rare between paragraphs: once in so many lines.
_BAND_SIZES, _LINES_A_BAND = 0.5, 15


@dataclass(frozen=True)
class Segment:
    """Lines of a page that follow each other, and what is drawn around them."""

    page: int
    lines: tuple[Line, ...]
    rules: Rules


@dataclass(frozen=True)
class Columns:
    """Running text set in columns: the lines of each, from left to right."""

    lines: tuple[tuple[Line, ...], ...]


Part = Line | PageTable | Columns


def split_aligned(run: Sequence[Segment]) -> Iterator[tuple[int, Part]]:
    """(page, part) of pages that follow each other: their lines, those of tables and columns put together.

    A table or column that goes on over pages is one part on each.
    """
    lines = [(segment, line) for segment in run for line in segment.lines]
    at = 0
    for stretch in find_stretches([line for _, line in lines]):
        found = list(_understood(stretch, lines[stretch.first : stretch.end]))
        if found:
            yield from ((segment.page, line) for segment, line in lines[at : stretch.first])
            yield from found
            at = stretch.end
    yield from ((segment.page, line) for segment, line in lines[at:])


def outside_stretches(lines: Sequence[Line]) -> list[Line]:
    """The lines that are surely of no table or column."""
    inside = {index for stretch in find_stretches(lines) for index in range(stretch.first, stretch.end)}
    return [line for index, line in enumerate(lines) if index not in inside]


def _understood(stretch: Stretch, lines: Sequence[tuple[Segment, Line]]) -> Iterator[tuple[int, Part]]:
    """The table or columns of text on each page that a stretch is on; nothing when it is neither."""
    bounds = stretch.bounds
    titles = [line for index, (_, line) in enumerate(lines) if index in stretch.titles]
    parts = groupby(lines, key=lambda located: located[0])
    pages, titles = _whole_headers([(segment, [line for _, line in part]) for segment, part in parts], titles)
    columns = [_columns(part, bounds) for _, part in pages]
    if _is_columns([part for _, part in pages], columns):
        yield from ((segment.page, Columns(column)) for (segment, _), column in zip(pages, columns, strict=True))
        return
    whole = [line for _, part in pages for line in part]
    # Rows are parted by the same white space on all pages; a page with few lines of them does not tell it.
    limit = row_space(whole, bounds)
    x0, x1 = min(line.x0 for line in whole), max(line.x1 for line in whole)
    heights = [segment.rules.heights(x0, x1) for segment, _ in pages]
    rows = [rows_of(part, drawn, bounds, titles, limit) for (_, part), drawn in zip(pages, heights, strict=True)]
    parts_of_pages = [part for _, part in pages]
    is_drawn = any(_is_parted(part, drawn) for part, drawn in zip(parts_of_pages, heights, strict=True))
    spanned = None if is_drawn else spanned_rows(parts_of_pages, bounds, titles, limit)
    is_parted = is_drawn or spanned is not None or limit is not None
    rows = _by_keys(spanned or rows, parts_of_pages, bounds, titles, is_parted=is_parted)
    rows_only = ungrouped([line for line in whole if line not in titles])
    if not _are_rows([row for part in rows for row in part], rows_only, bounds):
        return
    for (segment, _), part in zip(pages, rows, strict=True):
        made = tuple(_table_rows(part, bounds, segment.page, (x0, x1), titles))
        inside = [line for row in part for line in row]
        box = (x0, min(line.top for line in inside), x1, max(line.bottom for line in inside))
        yield segment.page, PageTable(Table(rows=made), box)


def _is_parted(lines: Sequence[Line], heights: Sequence[float]) -> bool:
    """Whether something is drawn between lines below the header, whose own shading says nothing of rows."""
    body = list(dropwhile(lambda line: line.bold, lines)) or lines
    return any(body[0].bottom < y < body[-1].bottom for y in heights)


def _by_keys(
    rows: list[list[list[Line]]],
    pages: Sequence[Sequence[Line]],
    bounds: Sequence[float],
    titles: Sequence[Line],
    *,
    is_parted: bool,
) -> list[list[list[Line]]]:
    """The rows as columns of figures part them, where nothing else does, or what does puts several together."""
    keys = key_columns(pages, titles, bounds)
    if is_parted and not any(holds_several(row, bounds, keys) for part in rows for row in part):
        return rows
    return rows_by_keys(pages, bounds, titles) or rows


def _whole_headers(
    pages: list[tuple[Segment, list[Line]]], titles: list[Line]
) -> tuple[list[tuple[Segment, list[Line]]], list[Line]]:
    """The parts of a table with a header that a page break cut made whole, as it would stand on the next page.

    With it come the titles, those that stand above the header among them.
    """
    if len(pages) < 2:
        return pages, titles
    (_, first), (segment, second), *others = pages
    rest = list(takewhile(lambda line: line.bold, second))
    if not rest or len(rest) == len(second) or not all(line.bold for line in first) or _same_words(first, rest):
        return pages, titles
    close = min(below.top - above.bottom for above, below in pairwise(second))
    rise = second[0].top - close - first[-1].bottom
    moved = [_moved(line, rise) for line in first]
    titles = [moved[first.index(title)] if title in first else title for title in titles]
    return [(segment, [*moved, *second]), *others], titles


def _same_words(lines: Sequence[Line], others: Sequence[Line]) -> bool:
    one, other = ({word.text for line in them for word in line.words} for them in (lines, others))
    return other >= one


def _moved(line: Line, by: float) -> Line:
    return Line(tuple(replace(word, top=word.top + by, bottom=word.bottom + by) for word in line.words))


def _columns(lines: Sequence[Line], bounds: Sequence[float]) -> tuple[tuple[Line, ...], ...]:
    words = [word for line in lines for word in line.words]
    return tuple(
        tuple(words_to_lines(word for word in words if bisect_right(bounds, word.x0) == index))
        for index in range(len(bounds) + 1)
    )


def _is_columns(pages: Sequence[Sequence[Line]], columns: Sequence[Sequence[Sequence[Line]]]) -> bool:
    """Whether columns are of running text: full lines of many words that go on small, without gaps that part rows."""
    if len(columns[0]) > 3:
        return False
    pairs = [pair for lines in pages for pair in pairwise(lines)]
    bands = sum(below.top - above.bottom >= _BAND_SIZES * above.size for above, below in pairs)
    if bands > 1 + sum(map(len, pages)) / _LINES_A_BAND:
        return False
    return all(_is_prose([line for lines in column for line in lines]) for column in zip(*columns, strict=True))


def _is_prose(column: Sequence[Line]) -> bool:
    if len(column) < _PROSE_LINES or median(len(line.words) for line in column) < _PROSE_WORDS:
        return False
    width = max(line.x1 for line in column) - min(line.x0 for line in column)
    full = sum(line.x1 - line.x0 >= _PROSE_FULL * width for line in column)
    small = sum(line.text[0].islower() for line in column)
    return min(full, small) >= _PROSE_SHARE * len(column)


def _are_rows(rows: Sequence[Sequence[Line]], lines: Sequence[Line], bounds: Sequence[float]) -> bool:
    """Whether rows are of a table: several with words in several columns, which stand under each other."""
    full = sum(len(frozenset().union(*(filled_by(line, bounds) for line in row))) > 1 for row in rows)
    if full < LEAST_ROWS - 1 or (
        full == LEAST_ROWS - 1 and not is_one_row(lines, bounds) and not (len(bounds) > 1 and _is_exact(lines, bounds))
    ):
        return False
    return _is_aligned(_below_header(lines), bounds) and not _is_list(lines, bounds)


def _below_header(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines without those in bold, which names of columns are; all where hardly any other is left."""
    body = [line for line in lines if not line.bold] if lines[0].bold else lines
    return body if len(body) >= LEAST_ROWS else lines


def _is_aligned(lines: Sequence[Line], bounds: Sequence[float]) -> bool:
    """Whether most words that begin, end or centre a column's lines stand under each other."""
    for index in range(len(bounds) + 1):
        column = column_of(lines, bounds, index)
        sides = ([c.x0 for c in column], [c.x1 for c in column], [(c.x0 + c.x1) / 2 for c in column])
        if max(_most_alike(side) for side in sides) < min(_ALIGNED_SHARE * len(column), len(column) - 1):
            return False
    return True


def _is_exact(lines: Sequence[Line], bounds: Sequence[float]) -> bool:
    """Whether all lines of each column below its name begin at the same place, as those of a single row do."""
    columns = [column_of(_below_header(lines), bounds, index) for index in range(len(bounds) + 1)]
    return len(lines) > LEAST_ROWS and all(_most_alike([c.x0 for c in column]) == len(column) for column in columns)


def _most_alike(values: Sequence[float]) -> int:
    return max((sum(abs(other - value) <= ALIGNED for other in values) for value in values), default=0)


def _is_list(lines: Sequence[Line], bounds: Sequence[float]) -> bool:
    """Whether the first of two columns holds only the marks of a list, or labels such as "Programa:"."""
    marks = [line.text for line in column_of(lines, bounds, 0)]
    return len(bounds) == 1 and (
        all(is_bullet(mark) or (len(mark) <= 4 and mark[-1] in ".)") for mark in marks)
        or all(mark.endswith(":") for mark in marks)
    )


def _table_rows(
    rows: Sequence[Sequence[Line]],
    bounds: Sequence[float],
    page: int,
    sides: tuple[float, float],
    titles: Sequence[Line],
) -> Iterator[TableRow]:
    """The rows of a page; lines in bold that follow each other are a header, which may have groups of columns."""

    def kind(row: Sequence[Line]) -> str:
        return "title" if row[0] in titles else "names" if all(line.bold for line in row) else "data"

    for of, stretch in groupby(rows, key=kind):
        group = list(stretch)
        lines = [line for row in group for line in row]
        headed = header_cells(lines, bounds) if of == "names" else []
        for cells in headed:
            yield TableRow(cells=cells, place=_place(lines, page, sides))
        for row in () if headed else group:
            yield TableRow(cells=_cells(row, bounds, is_title=of == "title"), place=_place(row, page, sides))


def _place(lines: Sequence[Line], page: int, sides: tuple[float, float]) -> Place:
    rectangle = (sides[0], min(line.top for line in lines), sides[1], max(line.bottom for line in lines))
    return Place(page=page, rectangle=rounded(rectangle))


def _cells(row: Sequence[Line], bounds: Sequence[float], *, is_title: bool) -> tuple[Cell, ...]:
    words = [word for line in row for word in line.words]
    count = len(bounds) + 1
    if is_title:
        text = words_to_text(words)
        return tuple(Cell(text=text, merged=index > 0) for index in range(count))
    own = ([word for word in words if bisect_right(bounds, word.x0) == index] for index in range(count))
    return tuple(Cell(text=words_to_text(column)) for column in own)
