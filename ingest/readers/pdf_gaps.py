"""Gaps that lines leave free from left to right, and how many of the lines prove them.

``lines → what their words cover → the gaps between``. A gap of a single line may be a space; one that several rows
leave free parts columns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ingest.readers.pdf_groups import find_groups, heights_of
from ingest.readers.pdf_words import Line, Word

#: The least gap between columns, in points and in type sizes; and one that parts columns by itself.
_GAP, _GAP_SIZES = 3.2, 0.4
#: The least that a single line has between columns, in type sizes, where nothing else tells it from a space.
_SINGLE_GAP_SIZES = 0.7
#: Words of two columns stand at least this far apart, in points.
_EDGE = 0.5
_WIDE_GAP = 12.0
#: A line has a gap that begins a table when it is as wide as the type is high.
_SEED_SIZES = 1.0
LEAST_ROWS = 3
#: What lines that overlap count for, taken together, in a narrow gap.
_BY_CHANCE = 0.5
_DIGIT = re.compile(r"\d")

Gap = tuple[float, float]


def is_seed(line: Line) -> bool:
    return len(line.segments(_SEED_SIZES * line.size)) > 1


class Cover:
    """What the words of some lines cover from left to right: intervals with white space between them."""

    def __init__(self, line: Line) -> None:
        self.parts: list[Gap] = []
        self._starts: Counter[int] = Counter()
        self.add(line)

    def add(self, line: Line) -> None:
        self.parts = self.with_line(line)
        self._starts.update(round(word.x0) for word in line.words)

    def with_line(self, line: Line) -> list[Gap]:
        """The intervals once a line is added; the cover itself stays as it is.

        Spaces between words of one line are no gaps; a word that fills its column does not reach into the next one.
        """
        gap = max(_GAP, _GAP_SIZES * line.size)
        edges = [x0 for x0, _ in self.parts[1:] if sum(self._starts[round(x0) + by] for by in (-1, 0, 1)) > 1]
        own = list(self.parts)
        for row in _without_groups(heights_of(line)) if line.bold else heights_of(line):
            row.sort(key=lambda word: word.x0)
            following = [word.x0 for word in row[1:]] + [float("inf")]
            boxes = ((word.x0, _clipped(word, x0, edges, gap)) for word, x0 in zip(row, following, strict=True))
            own += _apart(boxes, gap)
        return _apart(own, _EDGE)


def _without_groups(rows: list[list[Word]]) -> list[list[Word]]:
    """The rows of a header without a name that stands over several others ("Metas anuales" over the years)."""
    of_groups = {id(word) for group in find_groups(rows) for word in group.name.words}
    kept = [[word for word in row if id(word) not in of_groups] for row in rows]
    return [row for row in kept if row]


def _apart(boxes: Iterable[Gap], least: float) -> list[Gap]:
    """Intervals put together that are closer than so much."""
    merged: list[Gap] = []
    for x0, x1 in sorted(boxes):
        if merged and x0 - merged[-1][1] < least:
            merged[-1] = (merged[-1][0], max(merged[-1][1], x1))
        else:
            merged.append((x0, x1))
    return merged


def _clipped(word: Word, following: float, edges: Sequence[float], gap: float) -> float:
    """How far a word counts: where the next one begins a column right after it, as if there were a gap."""
    edge = next((x for x in edges if word.x0 < x - _EDGE and x - gap < word.x1 <= x - _EDGE), None)
    return word.x1 if edge is None or following < edge - _EDGE else max(word.x0, edge - gap)


def gaps_of(parts: Sequence[Gap]) -> tuple[Gap, ...]:
    return tuple((left[1], right[0]) for left, right in pairwise(parts))


def loses(before: Sequence[Gap], after: Sequence[Gap], held: Sequence[Line]) -> bool:
    """Whether a gap that several lines have words on both sides of is closed.

    Lines that overlap leave narrow gaps by chance: they count for less there.
    """
    for gap in closed_gaps(before, after, held):
        if gap[1] - gap[0] < _SEED_SIZES * held[0].size:
            witnesses = sum(_BY_CHANCE if height_of(line) > 1 else 1.0 for line in _witnesses(gap, held))
        else:
            witnesses = float(_height_of_witnesses(gap, held))
        if witnesses >= 2:
            return True
    return False


def closed_gaps(before: Sequence[Gap], after: Sequence[Gap], held: Sequence[Line]) -> list[Gap]:
    """The gaps between columns that are closed; not those that only part a name from its cells."""
    closed = [gap for gap in before if not any(gap[0] < x1 and x0 < gap[1] for x0, x1 in after)]
    of_names = name_gaps(before, held) if closed else frozenset()
    return [gap for gap in closed if gap not in of_names]


def name_gaps(gaps: Sequence[Gap], lines: Sequence[Line]) -> frozenset[Gap]:
    """The gaps that only part the name of a column from its cells, which stand to one side of it.

    Between columns where both stand over each other names and cells alternate; they belong together in pairs.
    """
    names = [line for line in lines if line.bold] or [line for line in lines[:1] if not _DIGIT.search(line.text)]
    cells = [line for line in lines if line not in names]
    edges = [float("-inf"), *(x for gap in gaps for x in gap), float("inf")]
    spans = list(zip(edges[::2], edges[1::2], strict=True))
    of_columns = [word for row in _without_groups(heights_of(_put_together(names))) for word in row] if names else []
    of_cells = [word for line in cells for word in line.words]
    told = [(_any_in(span, of_columns), _any_in(span, of_cells)) for span in spans]
    found: set[Gap] = set()
    at = 0
    while at < len(spans):
        end = at
        while end + 1 < len(spans) and set(told[end : end + 2]) == {(True, False), (False, True)}:
            end += 1
        if (end - at) % 2:
            found |= {gaps[index] for index in range(at, end, 2)}
        elif end - at == 2:  # a name between two columns, or cells between two names: the nearer
            found.add(min(gaps[at : at + 2], key=lambda gap: gap[1] - gap[0]))
        at = end + 1
    return frozenset(found)


def _put_together(lines: Sequence[Line]) -> Line:
    return Line(tuple(sorted((word for line in lines for word in line.words), key=lambda word: word.x0)))


def _any_in(span: Gap, words: Sequence[Word]) -> bool:
    """Whether a word begins between two gaps; one that fills its column may reach into the gap."""
    start, end = span
    return any(start - _EDGE <= word.x0 <= end for word in words)


def _witnesses(gap: Gap, lines: Sequence[Line]) -> list[Line]:
    """The lines with words on both sides of a gap, at a distance that no space between words has.

    Where several that overlap leave it free together it may be narrow, and so it may where words of several lines end
    at its one side and begin at its other, as figures set to the right do beside words.
    """
    sides = [(line, *_beside(gap, line)) for line in lines]
    both = [(line, left, right) for line, left, right in sides if left is not None and right is not None]
    reached = [abs(gap[0] - left) <= _EDGE for _, left, _ in both], [abs(right - gap[1]) <= _EDGE for *_, right in both]
    is_edge = min(map(sum, reached)) >= LEAST_ROWS

    def least(line: Line) -> float:
        return (_GAP_SIZES if is_edge or height_of(line) >= LEAST_ROWS else _SINGLE_GAP_SIZES) * line.size

    return [line for line, left, right in both if right - left >= least(line)]


def _height_of_witnesses(gap: Gap, lines: Sequence[Line]) -> int:
    """How many lines prove a gap, each of those that overlap counted."""
    return sum(map(height_of, _witnesses(gap, lines)))


def _beside(gap: Gap, line: Line) -> tuple[float | None, float | None]:
    """Where the words of a line end before a gap, and begin after it."""
    left = max((word.x1 for word in line.words if word.x1 <= gap[0] + 0.1), default=None)
    return left, min((word.x0 for word in line.words if word.x0 >= gap[1] - 0.1), default=None)


def height_of(line: Line) -> int:
    """How many lines a line is made of, where several overlap."""
    return len(heights_of(line))


def proved(gaps: Sequence[Gap], lines: Sequence[Line]) -> tuple[float, ...]:
    """The middles of the gaps that enough lines leave free; a narrow one not by chance in a single row."""
    sure = [
        gap for gap in gaps if _height_of_witnesses(gap, lines) >= (2 if gap[1] - gap[0] >= _WIDE_GAP else LEAST_ROWS)
    ]
    own = [gap for gap in sure if gap[1] - gap[0] >= _SEED_SIZES * lines[0].size or len(_witnesses(gap, lines)) > 1]
    return tuple((x0 + x1) / 2 for x0, x1 in own)
