"""Tables without ruling lines: columns are the gaps that no word crosses, rows the white space between lines.

``lines → stretch with common gaps → columns → rows``. Only what is sure becomes a table: the gaps hold over at least
three rows, and the words of each column stand under each other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.readers.pdf_bands import column_of, filled_by, rows_of
from ingest.readers.pdf_grids import PageTable, rounded
from ingest.readers.pdf_rules import Rules
from ingest.readers.pdf_words import Line, is_bullet, words_to_lines, words_to_text
from ingest.records import Cell, Place, Table, TableRow

#: The least gap between columns, in points and in type sizes; and one that parts columns by itself.
_GAP, _GAP_SIZES = 4.5, 0.42
_WIDE_GAP = 12.0
#: A line has a gap that begins a table when it is as wide as the type is high.
_SEED_SIZES = 1.0
#: White space between rows of one table, in type sizes.
_ROW_SPACE = 2.4
#: The same between a header that is repeated on each page and what it heads.
_HEADER_SPACE = 1.5
_LEAST_ROWS = 3
_ALIGNED = 3.0
_ALIGNED_SHARE = 0.6
#: Columns of running text: so many lines, words in each, and how full they are.
_PROSE_LINES, _PROSE_WORDS, _PROSE_FULL, _PROSE_SHARE = 6, 4, 0.8, 0.6
#: White space across all columns, in type sizes, is rare between paragraphs: once in so many lines.
_BAND_SIZES, _LINES_A_BAND = 0.5, 15


@dataclass(frozen=True)
class Stretch:
    """Lines that follow each other, first to past-the-last, the boundaries between their columns, and titles.

    ``titles`` are those of the lines, counted from the first, that stand across the columns.
    """

    first: int
    end: int
    bounds: tuple[float, ...]
    titles: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Columns:
    """Running text set in columns: the lines of each, from left to right."""

    lines: tuple[tuple[Line, ...], ...]


def split_aligned(lines: Sequence[Line], rules: Rules, page: int) -> Iterator[Line | PageTable | Columns]:
    """The lines of a page in order, those that make up tables or columns of running text put together."""
    at = 0
    for stretch in find_stretches(lines):
        body = lines[stretch.first : stretch.end]
        found = _as_prose(body, stretch.bounds) or _as_table(body, stretch, rules, page)
        if found is not None:
            yield from lines[at : stretch.first]
            yield found
            at = stretch.end
    yield from lines[at:]


def outside_stretches(lines: Sequence[Line]) -> list[Line]:
    """The lines that are surely of no table or column."""
    inside = {index for stretch in find_stretches(lines) for index in range(stretch.first, stretch.end)}
    return [line for index, line in enumerate(lines) if index not in inside]


def header_lines(lines: Sequence[Line], repeated: Sequence[bool]) -> tuple[Line, ...]:
    """Of the lines that are repeated on pages those that name the columns of a table, which goes on below them."""
    ends = (n for n in range(1, len(lines)) if repeated[n - 1] and not repeated[n])
    return tuple(line for end in ends for line in lines[_header_start(lines, repeated, end) : end])


def _header_start(lines: Sequence[Line], repeated: Sequence[bool], end: int) -> int:
    """Where the header begins among the repeated lines above an own one; ``end`` when there is none."""
    first = end
    while (
        first > 0
        and repeated[first - 1]
        and lines[first].top - lines[first - 1].bottom <= (_HEADER_SPACE * lines[first].size)
    ):
        first -= 1
    for start in range(first, end):
        table = next(find_stretches(lines[start:]), None) if _is_seed(lines[start]) else None
        if table is not None and table.first == 0 and table.end > end - start + 1:
            return start
    return end


def find_stretches(lines: Sequence[Line]) -> Iterator[Stretch]:
    """Stretches of lines that leave the same gaps free, none of them in two."""
    at = low = 0
    while at < len(lines):
        stretch = _grown(lines, at, low) if _is_seed(lines[at]) else None
        if stretch is None:
            at += 1
            continue
        yield stretch
        at = low = stretch.end


def _is_seed(line: Line) -> bool:
    return len(line.segments(_SEED_SIZES * line.size)) > 1


def _grown(lines: Sequence[Line], seed: int, low: int) -> Stretch | None:
    """The longest stretch from a line on whose gaps stay the same, with the header lines above it."""
    members = [seed]
    gaps = _gaps([lines[seed]])
    at = seed + 1
    while at < len(lines) and _is_near(lines[at - 1], lines[at]):
        held = [lines[index] for index in members]
        narrower = _gaps([*held, lines[at]])
        if narrower and not _loses(gaps, narrower, held):
            gaps = narrower
            members.append(at)
        elif len(members) < 2 or not _is_title(lines, at, gaps):
            break
        at += 1
    held = [lines[index] for index in members]
    bounds = _proved(gaps, held)
    if not bounds or sum(map(_is_seed, held)) < _LEAST_ROWS - 1 or len(held) < _LEAST_ROWS:
        return None
    while len(members) > 1 and not _is_part(lines[members[-1]], bounds):
        members.pop()
    end, first = members[-1] + 1, seed
    while first > low and _is_near(lines[first - 1], lines[first]) and _heads(lines[first - 1], bounds):
        first -= 1
    titles = set(range(seed, end)) - set(members)
    if titles and first > low and _is_set_like(lines[first - 1], lines[min(titles)]):
        first -= 1
        titles.add(first)
    return Stretch(first, end, bounds, frozenset(index - first for index in titles))


def _is_title(lines: Sequence[Line], at: int, gaps: Sequence[tuple[float, float]]) -> bool:
    """Whether a line across the columns is a title between rows of a table: rows with the same gaps follow it."""
    if lines[at].text.endswith((".", ",", ";")) or at + 1 >= len(lines) or not _is_near(lines[at], lines[at + 1]):
        return False
    middles = [(x0 + x1) / 2 for x0, x1 in gaps]
    return _is_seed(lines[at + 1]) and not _crosses(lines[at + 1], middles)


def _is_set_like(line: Line, title: Line) -> bool:
    same_start = abs(line.x0 - title.x0) <= _ALIGNED
    return same_start and line.bold == title.bold and line.size == title.size and not line.text.endswith(".")


def _is_near(above: Line, below: Line) -> bool:
    return below.top - above.bottom <= _ROW_SPACE * max(above.size, below.size)


def _gaps(lines: Sequence[Line]) -> tuple[tuple[float, float], ...]:
    """The spaces between the outermost words that no word of any line touches."""
    least = max(_GAP, _GAP_SIZES * median(line.size for line in lines))
    boxes = sorted((word.x0, word.x1) for line in lines for word in line.words)
    gaps = []
    reach = boxes[0][1]
    for x0, x1 in boxes:
        if x0 - reach >= least:
            gaps.append((reach, x0))
        reach = max(reach, x1)
    return tuple(gaps)


def _loses(before: Sequence[tuple[float, float]], after: Sequence[tuple[float, float]], lines: Sequence[Line]) -> bool:
    """Whether a gap that several lines have words on both sides of is closed."""
    closed = [gap for gap in before if not any(gap[0] < x1 and x0 < gap[1] for x0, x1 in after)]
    return any(_witnesses(gap, lines) >= 2 for gap in closed)


def _witnesses(gap: tuple[float, float], lines: Sequence[Line]) -> int:
    """How many lines have words on both sides of a gap, at a distance that no space between words has."""
    count = 0
    for line in lines:
        left = max((word.x1 for word in line.words if word.x1 <= gap[0] + 0.1), default=None)
        right = min((word.x0 for word in line.words if word.x0 >= gap[1] - 0.1), default=None)
        count += left is not None and right is not None and right - left >= 0.7 * line.size
    return count


def _proved(gaps: Sequence[tuple[float, float]], lines: Sequence[Line]) -> tuple[float, ...]:
    sure = [gap for gap in gaps if _witnesses(gap, lines) >= (2 if gap[1] - gap[0] >= _WIDE_GAP else _LEAST_ROWS)]
    return tuple((x0 + x1) / 2 for x0, x1 in sure)


def _heads(line: Line, bounds: Sequence[float]) -> bool:
    """Whether a line above belongs to the header: it crosses no gap and has words beyond the first column."""
    return not _crosses(line, bounds) and any(word.x0 > bounds[0] for word in line.words)


def _crosses(line: Line, bounds: Sequence[float]) -> bool:
    return any(word.x0 < x < word.x1 for word in line.words for x in bounds) or any(
        segment.x0 < x < segment.x1 for segment in line.segments(0.5 * line.size) for x in bounds
    )


def _is_part(line: Line, bounds: Sequence[float]) -> bool:
    """Whether a last line is the table's, and not the note or the paragraph below it."""
    return any(word.x0 > bounds[0] for word in line.words) or line.x1 < bounds[0]


def _as_prose(lines: Sequence[Line], bounds: Sequence[float]) -> Columns | None:
    """Columns of running text: full lines of many words that go on in lower case, without gaps that part rows."""
    words = [word for line in lines for word in line.words]
    columns = tuple(
        tuple(words_to_lines(word for word in words if bisect_right(bounds, word.x0) == index))
        for index in range(len(bounds) + 1)
    )
    spaces = [below.top - above.bottom for above, below in pairwise(lines)]
    bands = sum(space >= _BAND_SIZES * line.size for line, space in zip(lines, spaces, strict=False))
    if len(columns) > 3 or bands > 1 + len(lines) / _LINES_A_BAND or not all(map(_is_prose, columns)):
        return None
    return Columns(columns)


def _is_prose(column: Sequence[Line]) -> bool:
    if len(column) < _PROSE_LINES or median(len(line.words) for line in column) < _PROSE_WORDS:
        return False
    width = max(line.x1 for line in column) - min(line.x0 for line in column)
    full = sum(line.x1 - line.x0 >= _PROSE_FULL * width for line in column)
    small = sum(line.text[0].islower() for line in column)
    return min(full, small) >= _PROSE_SHARE * len(column)


def _as_table(lines: Sequence[Line], stretch: Stretch, rules: Rules, page: int) -> PageTable | None:
    bounds = stretch.bounds
    rows_only = [line for index, line in enumerate(lines) if index not in stretch.titles]
    titles = [line for index, line in enumerate(lines) if index in stretch.titles]
    x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
    rows = rows_of(lines, rules.heights(x0, x1), bounds, titles)
    full = sum(len(frozenset().union(*(filled_by(line, bounds) for line in row))) > 1 for row in rows)
    if full < _LEAST_ROWS or not _is_aligned(rows_only, bounds) or _is_list(rows_only, bounds):
        return None
    made = tuple(_table_row(row, bounds, page, (x0, x1), is_title=row[0] in titles) for row in rows)
    return PageTable(Table(rows=made), (x0, lines[0].top, x1, max(line.bottom for line in lines)))


def _is_aligned(lines: Sequence[Line], bounds: Sequence[float]) -> bool:
    """Whether most words that begin, end or centre a column's lines stand under each other."""
    for index in range(len(bounds) + 1):
        column = column_of(lines, bounds, index)
        sides = ([c.x0 for c in column], [c.x1 for c in column], [(c.x0 + c.x1) / 2 for c in column])
        if max(_most_alike(side) for side in sides) < min(_ALIGNED_SHARE * len(column), len(column) - 1):
            return False
    return True


def _most_alike(values: Sequence[float]) -> int:
    return max((sum(abs(other - value) <= _ALIGNED for other in values) for value in values), default=0)


def _is_list(lines: Sequence[Line], bounds: Sequence[float]) -> bool:
    """Whether the first of two columns holds only the marks of a list, or labels such as "Programa:"."""
    marks = [line.text for line in column_of(lines, bounds, 0)]
    return len(bounds) == 1 and (
        all(is_bullet(mark) or (len(mark) <= 4 and mark[-1] in ".)") for mark in marks)
        or all(mark.endswith(":") for mark in marks)
    )


def _table_row(
    row: Sequence[Line], bounds: Sequence[float], page: int, sides: tuple[float, float], *, is_title: bool
) -> TableRow:
    words = [word for line in row for word in line.words]
    rectangle = (sides[0], min(word.top for word in words), sides[1], max(word.bottom for word in words))
    count = len(bounds) + 1
    if is_title:
        text = words_to_text(words)
        cells = tuple(Cell(text=text, merged=index > 0) for index in range(count))
    else:
        own = ([word for word in words if bisect_right(bounds, word.x0) == index] for index in range(count))
        cells = tuple(Cell(text=words_to_text(column)) for column in own)
    return TableRow(cells=cells, place=Place(page=page, rectangle=rounded(rectangle)))
