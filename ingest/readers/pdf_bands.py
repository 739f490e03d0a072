"""Lines of a table put together to its rows where no line is drawn between all of them.

``bounds`` are the boundaries between columns, from left to right, in points.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby, pairwise, takewhile
from statistics import median

from ingest.readers.pdf_between import ALIGNED, is_title_of
from ingest.readers.pdf_words import Line

#: So many lines drawn between rows, and more, part all of them.
_LEAST_DRAWN = 2
#: White space within a row and the least more that parts rows, in type sizes.
_CLOSE, _MORE, _MOST = 0.5, 0.12, 1.2
#: The share of lines at a small distance that are shorter than the one above or begin in lower case, as rests do.
_MANY_SHORTER, _FEW_SHORTER = 0.5, 0.2
#: Distances are alike when they differ by no more than this, in type sizes.
_ALIKE = 0.12
_LEAST_ROWS = 3
#: Lines that overlap by more than this are of cells side by side, in type sizes.
_OVERLAP = 0.15
_AMOUNT = re.compile(r"^[\s$%()+-]*\d[\d.,'\s]*[%)]?$")


def column_of(lines: Sequence[Line], bounds: Sequence[float], index: int) -> tuple[Line, ...]:
    """What lines have in one column."""
    parts = (tuple(word for word in line.words if bisect_right(bounds, word.x0) == index) for line in lines)
    return tuple(Line(words) for words in parts if words)


def filled_by(line: Line, bounds: Sequence[float]) -> frozenset[int]:
    """The columns a line has words in."""
    return frozenset(bisect_right(bounds, word.x0) for word in line.words)


def is_one_row(lines: Sequence[Line], bounds: Sequence[float]) -> bool:
    """Whether lines are names in bold and one row of cells, a cell under each name: begun, ended or set alike."""
    names = list(takewhile(lambda line: line.bold, lines))
    cells = lines[len(names) :]
    if len(bounds) < _LEAST_ROWS or not names or not cells or any(line.bold for line in cells):
        return False
    columns = [(column_of(names, bounds, index), column_of(cells, bounds, index)) for index in range(len(bounds) + 1)]
    return all(above and below and _is_under(above, below) for above, below in columns)


def _is_under(names: Sequence[Line], cells: Sequence[Line]) -> bool:
    one, other = ((min(line.x0 for line in lines), max(line.x1 for line in lines)) for lines in (names, cells))
    ends = (one[0] - other[0], one[1] - other[1], (sum(one) - sum(other)) / 2)
    return min(map(abs, ends)) <= ALIGNED


def rows_of(
    lines: Sequence[Line],
    heights: Sequence[float],
    bounds: Sequence[float],
    titles: Sequence[Line] = (),
    limit: float | None = None,
) -> list[list[Line]]:
    """Lines put together to rows: by what is drawn between them, else by white space, else by what goes on.

    ``heights`` is where lines or shading part the table; ``titles`` are those lines that stand across its columns;
    ``limit`` is the white space from which on it parts rows, as ``row_space`` says.
    """
    inner = [y for y in heights if lines[0].top + 1 < y < lines[-1].bottom - 1]
    if len(inner) >= _LEAST_DRAWN:
        bands: dict[int, list[Line]] = {}
        for line in lines:
            bands.setdefault(bisect_right(inner, (line.top + line.bottom) / 2), []).append(line)
        if max(map(len, bands.values())) * 2 <= len(lines):
            return [row for band in bands.values() for row in _without_titles(band, titles)]
    rows = [[lines[0]]]
    for above, line in pairwise(lines):
        space = line.top - max(above.bottom for above in rows[-1])
        drawn = any(above.bottom - 1 <= y <= line.top + 1 for y in inner)
        overlaps = line.bottom >= above.top and line.top < above.bottom - _OVERLAP * line.size
        is_below_title = is_title_of(rows[-1][-1], line)
        new = not overlaps and (space >= limit if limit is not None else not _goes_on(rows[-1], line, bounds))
        if line in titles and above in titles and not drawn and space < (_CLOSE * line.size):
            rows[-1].append(line)
        elif new or drawn or is_below_title or line in titles or above in titles:
            rows.append([line])
        else:
            rows[-1].append(line)
    return rows


def _without_titles(band: list[Line], titles: Sequence[Line]) -> list[list[Line]]:
    """What is drawn as one row, the titles that no line parts from it as rows of their own."""
    return [list(lines) for _, lines in groupby(band, key=lambda line: line in titles)]


def row_space(lines: Sequence[Line], bounds: Sequence[float]) -> float | None:
    """The white space from which on it parts rows, on one page or several; None when lines stand at even distances."""
    pairs = [(above, below) for above, below in pairwise(lines) if below.top >= above.bottom - _OVERLAP * below.size]
    spaces = [below.top - above.bottom for above, below in pairs]
    if not pairs:
        return None
    size = median(line.size for line in lines)
    overlaps = len(pairs) < sum(below.bottom >= above.top for above, below in pairwise(lines))
    if overlaps and min(spaces) >= _CLOSE * size:
        return min(spaces) / 2  # all lines of a row overlap
    ordered = sorted(spaces)
    jumps = [(b - a, (a + b) / 2) for a, b in pairwise(ordered)]
    jump, limit = max((jump for jump in jumps if jump[1] <= _MOST * size), default=(0.0, 0.0))
    if jump < _MORE * size:
        return None
    close = [(above, below) for (above, below), space in zip(pairs, spaces, strict=True) if space < limit]
    shorter = sum(
        not filled_by(below, bounds) >= filled_by(above, bounds) or _in_lower(below) for above, below in close
    )
    wanted = _FEW_SHORTER if _two_distances(spaces, limit, size) else _MANY_SHORTER
    return limit if shorter >= wanted * len(close) and min(spaces) < _CLOSE * size else None


def _two_distances(spaces: Sequence[float], limit: float, size: float) -> bool:
    """Whether lines stand at two distances and hardly any other, as those of rows set by a program do."""
    small = [space for space in spaces if space < limit]
    large = [space for space in spaces if limit <= space <= _MOST * size]
    return all(max(some) - min(some) <= _ALIKE * size for some in (small, large) if some) and len(large) > 1


def _in_lower(line: Line) -> bool:
    return any(segment.text[0].islower() for segment in line.segments(0.5 * line.size))


def _goes_on(row: Sequence[Line], line: Line, bounds: Sequence[float]) -> bool:
    """Whether a line at an even distance is the rest of the row above: it has fewer cells, or all begin small."""
    filled, above = filled_by(line, bounds), frozenset().union(*(filled_by(part, bounds) for part in row))
    firsts = [segment.text[0] for segment in (column_of([line], bounds, index)[0] for index in sorted(filled))]
    if not filled <= above:
        return False
    return all(first.islower() for first in firsts) or (0 not in filled and len(filled) * 2 <= len(above))


def open_rows(lines: Sequence[Line], bounds: Sequence[float]) -> list[list[Line]]:
    """The rows within one drawn row of a table that has no lines between its rows; none when it is one row indeed.

    Each must have words in several columns; where white space does not part them, each must have an amount.
    """
    if len(lines) < _LEAST_ROWS:
        return []
    limit = row_space(lines, bounds)
    rows = rows_of(lines, (), bounds, limit=limit)
    cells = [[column_of(row, bounds, index) for index in range(len(bounds) + 1)] for row in rows]
    if len(rows) < _LEAST_ROWS or any(sum(map(bool, row)) < 2 for row in cells):
        return []
    amounts = any(all(row[i] and _AMOUNT.match(row[i][0].text) for row in cells) for i in range(1, len(bounds) + 1))
    return rows if limit is not None or amounts else []
