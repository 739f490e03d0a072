"""Stretches of lines that leave the same gaps free, as the columns of a table without ruling lines do.

``lines → seed (a line with a wide gap) → stretch with common gaps``. The lines may be of several pages that follow each
other: a stretch goes on over a page break as long as its gaps do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate

from ingest.readers.pdf_bands import is_one_row
from ingest.readers.pdf_between import (
    begins,
    heads_another,
    is_close,
    is_heading,
    is_near,
    is_set_like,
    is_title_of,
    names_level,
    runs_over,
    stands_alone,
    stands_off,
    title_length,
)
from ingest.readers.pdf_gaps import (
    LEAST_ROWS,
    Cover,
    Gap,
    closed_gaps,
    gaps_of,
    height_of,
    is_seed,
    loses,
    name_gaps,
    proved,
)
from ingest.readers.pdf_groups import OVERLAP
from ingest.readers.pdf_headers import groups_in, names_groups
from ingest.readers.pdf_words import Line

#: White space between a header that is repeated on each page and what it heads, in type sizes.
_HEADER_SPACE = 1.5


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
        table = next(find_stretches(lines[start:]), None) if is_seed(lines[start]) else None
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
        stretch = _grown(merged, at, low) if is_seed(merged[at]) else None
        if stretch is None:
            at += 1
            continue
        yield _of_lines(stretch, [0, *ends])
        at = low = stretch.end


def _bands(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines put together that overlap in height."""
    band: list[Line] = []
    for line in lines:
        overlaps = band and line.top < max(other.bottom for other in band) - OVERLAP * line.size
        if band and (not overlaps or line.top < band[0].top or is_title_of(band[-1], line)):
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


def _grown(lines: Sequence[Line], seed: int, low: int) -> Stretch | None:
    """The longest stretch from a line on whose gaps stay the same, with the header lines above it."""
    members = [seed]
    cover = Cover(lines[seed])
    widest = 0.0
    at = seed + 1
    while at < len(lines) and is_near(lines[at - 1], lines[at]):
        many = len(members) >= LEAST_ROWS and not all(lines[index].bold for index in members)
        if stands_off(lines, at, cover, widest, many=many) or heads_another(lines, members, at):
            break
        if is_heading(lines, at, members, cover):
            break
        gaps, narrower = gaps_of(cover.parts), gaps_of(cover.with_line(lines[at]))
        closes = len(narrower) < len(gaps) or (many and runs_over(lines[at], gaps))
        closes = closes or stands_alone(lines, at) or names_level(lines[at])
        held = [lines[index] for index in members]
        fits = partial(_fits, cover=cover, held=held)
        title = title_length(lines, at, fits) if closes and (len(members) > 1 or lines[seed].bold) else 0
        if not title:
            if not narrower or loses(gaps, narrower, held):
                break
            cover = _with_names(held, lines[at]) or cover
            cover.add(lines[at])
            members.append(at)
        for _ in range(title or 1):
            widest = max(widest, lines[at].top - lines[at - 1].bottom)
            at += 1
    return _bounded(lines, members, gaps_of(cover.parts), low)


def _fits(line: Line, *, cover: Cover, held: Sequence[Line]) -> bool:
    """Whether a line leaves the gaps between columns free."""
    return not closed_gaps(gaps_of(cover.parts), gaps_of(cover.with_line(line)), held)


def _with_names(held: Sequence[Line], line: Line) -> Cover | None:
    """The cover of a header of several lines with names over several columns, which hide the gaps between these."""
    if not line.bold or not all(other.bold for other in held) or not groups_in([*held, line]):
        return None
    return Cover(_as_one([*held, line]))


def _bounded(lines: Sequence[Line], members: list[int], gaps: Sequence[Gap], low: int) -> Stretch | None:
    """The stretch of these lines, when its gaps are sure and it has rows enough, with its header and titles."""
    held = [lines[index] for index in members]
    of_names = name_gaps(gaps, held)
    bounds = proved([gap for gap in gaps if gap not in of_names], held)
    if not bounds or sum(map(is_seed, held)) < LEAST_ROWS - 1:
        return None
    if sum(map(height_of, held)) < LEAST_ROWS and not is_one_row(held, bounds):
        return None
    while len(members) > 1 and not _is_part(lines[members[-1]], bounds):
        members.pop()
    seed = first = members[0]
    end = members[-1] + 1
    while first > low and is_close(lines[first - 1], lines[first]):
        if not _heads(lines[first - 1], bounds) and not names_groups(lines[first - 1], lines[first], bounds):
            break
        first -= 1
    titles = set(range(seed, end)) - set(members)
    if titles and first > low and is_set_like(lines[first - 1], lines[min(titles)]) and begins(lines, first - 1):
        first -= 1
        titles.add(first)
    return Stretch(first, end, bounds, frozenset(index - first for index in titles))


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
