"""Stretches of lines that leave the same gaps free, as the columns of a table without ruling lines do.

``lines → seed (a line with a wide gap) → stretch with common gaps``. The lines may be of several pages that follow each
other: a stretch goes on over a page break as long as its gaps do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise, takewhile

from ingest.fold import fold
from ingest.readers.pdf_groups import names_groups
from ingest.readers.pdf_words import Line, Word

#: The least gap between columns, in points and in type sizes; and one that parts columns by itself.
_GAP, _GAP_SIZES = 3.2, 0.4
#: Words of two columns stand at least this far apart, in points.
_EDGE = 0.5
_WIDE_GAP = 12.0
#: Lines overlap when they share so much of their height, in type sizes.
_OVERLAP = 0.15
#: A line has a gap that begins a table when it is as wide as the type is high.
_SEED_SIZES = 1.0
#: White space between rows of one table, in type sizes.
_ROW_SPACE = 2.4
#: The same between a header that is repeated on each page and what it heads.
_HEADER_SPACE = 1.5
LEAST_ROWS = 3
#: A line of one column this far off, and so many times as far as the others, is not of the table; in type sizes.
_OFF_SIZES, _OFF_TIMES = 1.2, 1.8
#: More white space than this parts rows, in type sizes.
_PARTED_SIZES = 0.5
#: A title between rows of a table has so many lines at most.
_TITLE_LINES = 3
#: What lines that overlap count for, taken together, in a narrow gap.
_BY_CHANCE = 0.5
#: Type so many times as large as that of the rows sets a heading.
_HEADING_SIZES = 1.15
ALIGNED = 3.0

Gap = tuple[float, float]


@dataclass(frozen=True)
class Stretch:
    """Lines that follow each other, first to past-the-last, the boundaries between their columns, and titles.

    ``titles`` are those of the lines, counted from the first, that stand across the columns.
    """

    first: int
    end: int
    bounds: tuple[float, ...]
    titles: frozenset[int] = frozenset()


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
        and lines[first].top - lines[first - 1].bottom <= _HEADER_SPACE * lines[first].size
    ):
        first -= 1
    for start in range(first, end):
        table = next(find_stretches(lines[start:]), None) if _is_seed(lines[start]) else None
        if table is not None and table.first == 0 and table.end > end - start + 1:
            return start
    return end


def find_stretches(lines: Sequence[Line]) -> Iterator[Stretch]:
    """Stretches of lines that leave the same gaps free, none of them in two.

    Lines that overlap in height, as those of cells set in the middle of their row do, are looked at as one.
    """
    bands = list(_bands(lines))
    ends = list(accumulate(len(band) for band in bands))
    merged = [band[0] if len(band) == 1 else _as_one(band) for band in bands]
    at = low = 0
    while at < len(merged):
        stretch = _grown(merged, at, low) if _is_seed(merged[at]) else None
        if stretch is None:
            at += 1
            continue
        yield _of_lines(stretch, [0, *ends])
        at = low = stretch.end


def _bands(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines put together that overlap in height."""
    band: list[Line] = []
    for line in lines:
        if band and not (
            line.top < max(other.bottom for other in band) - _OVERLAP * line.size and line.top >= band[0].top
        ):
            yield band
            band = []
        band.append(line)
    if band:
        yield band


def _as_one(band: Sequence[Line]) -> Line:
    return Line(tuple(sorted((word for line in band for word in line.words), key=lambda word: word.x0)))


def _of_lines(stretch: Stretch, ends: Sequence[int]) -> Stretch:
    """A stretch of bands as one of the lines they are made of; ``ends`` counts the lines before each band."""
    first = ends[stretch.first]
    titles = (
        line - first
        for band in stretch.titles
        for line in range(ends[stretch.first + band], ends[stretch.first + band + 1])
    )
    return Stretch(first, ends[stretch.end], stretch.bounds, frozenset(titles))


def is_new_page(above: Line, below: Line) -> bool:
    """Whether a line stands on the page after: the one before it in reading order is further down."""
    return below.bottom < above.top


def _is_seed(line: Line) -> bool:
    return len(line.segments(_SEED_SIZES * line.size)) > 1


class _Cover:
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
        for row in _heights(line):
            row.sort(key=lambda word: word.x0)
            following = [word.x0 for word in row[1:]] + [float("inf")]
            boxes = ((word.x0, _clipped(word, x0, edges, gap)) for word, x0 in zip(row, following, strict=True))
            own += _apart(boxes, gap)
        return _apart(own, _EDGE)


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


def _gaps(parts: Sequence[Gap]) -> tuple[Gap, ...]:
    return tuple((left[1], right[0]) for left, right in pairwise(parts))


def _grown(lines: Sequence[Line], seed: int, low: int) -> Stretch | None:
    """The longest stretch from a line on whose gaps stay the same, with the header lines above it."""
    members = [seed]
    cover = _Cover(lines[seed])
    widest = 0.0
    at = seed + 1
    while at < len(lines) and _is_near(lines[at - 1], lines[at]):
        many = len(members) >= LEAST_ROWS and not all(lines[index].bold for index in members)
        if _stands_off(lines, at, cover, widest, many=many) or _heads_another(lines, members, at):
            break
        if _is_heading(lines, at, members, cover):
            break
        gaps, parts = _gaps(cover.parts), cover.with_line(lines[at])
        narrower = _gaps(parts)
        closes = len(narrower) < len(gaps) or (many and _runs_over(lines[at], gaps))
        title = _title_length(lines, at, cover) if closes and (len(members) > 1 or lines[seed].bold) else 0
        if not title:
            if not narrower or _loses(gaps, narrower, lines, members):
                break
            cover.add(lines[at])
            members.append(at)
        for _ in range(title or 1):
            widest = max(widest, lines[at].top - lines[at - 1].bottom)
            at += 1
    return _bounded(lines, members, _gaps(cover.parts), low)


def _bounded(lines: Sequence[Line], members: list[int], gaps: Sequence[Gap], low: int) -> Stretch | None:
    """The stretch of these lines, when its gaps are sure and it has rows enough, with its header and titles."""
    held = [lines[index] for index in members]
    bounds = _proved(gaps, held)
    if not bounds or sum(map(_is_seed, held)) < LEAST_ROWS - 1 or sum(map(_height, held)) < LEAST_ROWS:
        return None
    while len(members) > 1 and not _is_part(lines[members[-1]], bounds):
        members.pop()
    seed = first = members[0]
    end = members[-1] + 1
    while first > low and _is_close(lines[first - 1], lines[first]):
        if not _heads(lines[first - 1], bounds) and not names_groups(lines[first - 1], lines[first], bounds):
            break
        first -= 1
    titles = set(range(seed, end)) - set(members)
    if titles and first > low and _is_set_like(lines[first - 1], lines[min(titles)]) and _begins(lines, first - 1):
        first -= 1
        titles.add(first)
    return Stretch(first, end, bounds, frozenset(index - first for index in titles))


def _stands_off(lines: Sequence[Line], at: int, cover: _Cover, widest: float, *, many: bool) -> bool:
    """Whether a line of one column is no part of the stretch: too far off, or no rest of a cell and above no row.

    ``widest`` is the widest space between lines of the stretch so far, ``many`` whether it has several and not a header
    alone.
    """
    above, line = lines[at - 1], lines[at]
    if _is_seed(line):
        return False
    space = line.top - above.bottom
    if is_new_page(above, line) and line.bold and not above.bold:
        return True
    if many and space > _OFF_SIZES * line.size and space > _OFF_TIMES * widest:
        return True
    if not _in_first_column(line, cover):
        return False
    if is_new_page(above, line):
        return not line.text[0].islower() and not _is_above_row(lines, at, cover)
    return many and space > _PARTED_SIZES * line.size and not _is_above_row(lines, at, cover)


def _in_first_column(line: Line, cover: _Cover) -> bool:
    edge = cover.parts[1][0] if len(cover.parts) > 1 else line.x1
    return line.x0 <= cover.parts[0][0] + ALIGNED and line.x1 <= edge


def _is_above_row(lines: Sequence[Line], at: int, cover: _Cover) -> bool:
    """Whether lines that fit a column stand above a row, as the end of a cell that spans rows and a title do."""
    for end in range(at + 1, min(at + 1 + _TITLE_LINES, len(lines))):
        fits = len(cover.with_line(lines[end - 1])) == len(cover.parts)
        if not fits or not _is_near(lines[end - 1], lines[end]):
            return False
        if _is_seed(lines[end]):
            return not lines[end].bold and len(cover.with_line(lines[end])) == len(cover.parts)
    return False


def _heads_another(lines: Sequence[Line], members: Sequence[int], at: int) -> bool:
    """Whether a line at the head of a page names the columns of another table than the one so far."""
    line = lines[at]
    if not (is_new_page(lines[at - 1], line) and line.bold and _is_seed(line)):
        return False
    header = list(takewhile(lambda index: lines[index].bold, members))
    if len(header) == len(members):
        return False
    names = {fold(word.text) for index in header for word in lines[index].words}
    return not {fold(word.text) for word in line.words} <= names


def _is_heading(lines: Sequence[Line], at: int, members: Sequence[int], cover: _Cover) -> bool:
    """Whether a line is a heading in larger type than all rows so far, and no row comes right after it."""
    line = lines[at]
    if not line.bold or line.size < _HEADING_SIZES * max(lines[index].size for index in members):
        return False
    below = lines[at + 1] if at + 1 < len(lines) else None
    fits = below is not None and _is_seed(below) and len(cover.with_line(below)) == len(cover.parts)
    return below is None or not (fits and _is_near(line, below))


def _runs_over(line: Line, gaps: Sequence[Gap]) -> bool:
    """Whether a line in bold is one run of words that a gap happens to fall between two of."""
    return line.bold and not _is_seed(line) and any(line.x0 < x0 and x1 < line.x1 for x0, x1 in gaps)


def _title_length(lines: Sequence[Line], at: int, cover: _Cover) -> int:
    """How many lines from one on are a title across the columns, between rows of a table; 0 when they are none.

    A row follows it that leaves the gaps of those before it.
    """
    for length in range(1, _TITLE_LINES + 1):
        end = at + length
        if end >= len(lines) or not _is_near(lines[end - 1], lines[end]) or _is_seed(lines[end - 1]):
            return 0
        if lines[end - 1].text.endswith((".", ";")):
            return 0
        if _is_seed(lines[end]):
            ends_open = lines[end - 1].text.endswith(",")
            return 0 if ends_open or len(cover.with_line(lines[end])) < len(cover.parts) else length
    return 0


def _begins(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is the first of its paragraph, as white space above it shows."""
    above = lines[index - 1] if index else None
    return (
        above is None
        or is_new_page(above, lines[index])
        or lines[index].top - above.bottom > _PARTED_SIZES * above.size
    )


def _is_set_like(line: Line, title: Line) -> bool:
    same_start = abs(line.x0 - title.x0) <= ALIGNED
    is_title = not line.text.endswith(".") and not line.text[0].islower()
    return same_start and line.bold == title.bold and line.size == title.size and is_title


def _is_near(above: Line, below: Line) -> bool:
    return below.top - above.bottom <= _ROW_SPACE * max(above.size, below.size)


def _is_close(above: Line, below: Line) -> bool:
    return _is_near(above, below) and not is_new_page(above, below)


def _loses(before: Sequence[Gap], after: Sequence[Gap], lines: Sequence[Line], members: Sequence[int]) -> bool:
    """Whether a gap that several lines have words on both sides of is closed.

    Lines that overlap leave narrow gaps by chance: they count for less there.
    """
    closed = [gap for gap in before if not any(gap[0] < x1 and x0 < gap[1] for x0, x1 in after)]
    for gap in closed:
        held = [lines[index] for index in members]
        if gap[1] - gap[0] < _SEED_SIZES * held[0].size:
            witnesses = sum(_BY_CHANCE if _height(line) > 1 else 1.0 for line in held if _witnesses(gap, [line]))
        else:
            witnesses = float(_witnesses(gap, held))
        if witnesses >= 2:
            return True
    return False


def _witnesses(gap: Gap, lines: Sequence[Line]) -> int:
    """How many lines have words on both sides of a gap, at a distance that no space between words has.

    Lines that overlap count each; where several leave it free together it may be narrow.
    """
    count = 0
    for line in lines:
        left = max((word.x1 for word in line.words if word.x1 <= gap[0] + 0.1), default=None)
        right = min((word.x0 for word in line.words if word.x0 >= gap[1] - 0.1), default=None)
        height = _height(line)
        least = (0.7 if height < LEAST_ROWS else _GAP_SIZES) * line.size
        count += height * (left is not None and right is not None and right - left >= least)
    return count


def _height(line: Line) -> int:
    """How many lines a line is made of, where several overlap."""
    return len(_heights(line))


def _heights(line: Line) -> list[list[Word]]:
    """The words of a line that several make up, those on one height together."""
    rows: list[list[Word]] = []
    for word in sorted(line.words, key=lambda word: word.top):
        if rows and word.top - rows[-1][0].top <= _OVERLAP * line.size:
            rows[-1].append(word)
        else:
            rows.append([word])
    return rows


def _proved(gaps: Sequence[Gap], lines: Sequence[Line]) -> tuple[float, ...]:
    """The middles of the gaps that enough lines leave free; a narrow one not by chance in a single row."""
    sure = [gap for gap in gaps if _witnesses(gap, lines) >= (2 if gap[1] - gap[0] >= _WIDE_GAP else LEAST_ROWS)]
    own = [
        (x0, x1)
        for x0, x1 in sure
        if x1 - x0 >= _SEED_SIZES * lines[0].size or sum(_witnesses((x0, x1), [line]) > 0 for line in lines) > 1
    ]
    return tuple((x0 + x1) / 2 for x0, x1 in own)


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
