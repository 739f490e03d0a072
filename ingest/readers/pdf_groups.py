"""Names over several columns of a table without lines ("LÍNEA BASE" over "Valor", "Año" and "Fuente").

Such a name stands across gaps that all rows leave free. Moved over the first of its columns it is a cell like others.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from ingest.readers.pdf_words import Line

_GAP_SIZES = 0.5
_FEWEST = 2


def names_groups(line: Line, below: Line, bounds: Sequence[float]) -> bool:
    """Whether a line of names has one that is over several columns, which the line below names one by one."""
    return line.bold and below.bold and ungrouped(line, below, bounds) is not line


def ungrouped(line: Line, below: Line, bounds: Sequence[float]) -> Line:
    """The line with each name that is over several columns moved over the first of them; itself when it has none.

    Other columns are named on the same line, as no title across a table does.
    """
    segments = line.segments(_GAP_SIZES * line.size)
    across = [segment for segment in segments if any(segment.x0 < x < segment.x1 for x in bounds)]
    taken = {bisect_right(bounds, segment.x0) for segment in segments if segment not in across}
    if len(taken) < _FEWEST:
        return line
    named = {bisect_right(bounds, word.x0) for word in below.words}
    moved: dict[int, float] = {}
    for segment in across:
        columns = _run(bisect_right(bounds, segment.x0), bisect_right(bounds, segment.x1), named - taken)
        if len(columns) < _FEWEST:
            return line
        start = min(word.x0 for word in below.words if bisect_right(bounds, word.x0) == columns[0])
        moved |= {id(word): start - segment.x0 for word in segment.words}
    if not moved:
        return line
    return Line(tuple(replace(w, x0=w.x0 + moved.get(id(w), 0), x1=w.x1 + moved.get(id(w), 0)) for w in line.words))


def _run(first: int, last: int, free: set[int]) -> list[int]:
    """The columns from one to another that are free, with the free ones right beside them."""
    if not set(range(first, last + 1)) <= free:
        return []
    while first - 1 in free:
        first -= 1
    while last + 1 in free:
        last += 1
    return list(range(first, last + 1))
