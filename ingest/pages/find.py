"""Where on the pages of a PDF a row stands, by the words of its cells in order.

Spaces, line breaks, hyphens, accents and capitals do not count. Cells that are merged with others stand elsewhere and
may be missing; a row that a page break cuts is put together from the end of one page and the head of the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from ingest.pages.letters import Letters, plain_letters
from ingest.pages.values import Wanted
from ingest.records import PagePart, Rectangle

#: Letters that may stand between two cells: the number of a list item.
_BETWEEN = 8
#: Occurrences of a cell that are looked at, and cells that are looked for.
_MOST_PLACES, _ANCHORS = 400, 4
#: The least share of a row's letters that must be found.
_LEAST = 0.5
#: The least share of the letters of cells that a page break cuts.
_LEAST_CUT = 0.9
#: How far from the page break the halves of a row may be: so many times its length, and so many letters of headers.
_AROUND, _HEADERS = 2, 500
#: What a page break leaves of a cell on either side: less may stand there by chance.
_LEAST_HALF = 4


@dataclass(frozen=True)
class _Stretch:
    """Pieces of the text that are cells of the row, as (start, end)."""

    pieces: tuple[tuple[int, int], ...]

    @property
    def score(self) -> tuple[int, int]:
        """How many cells, then how many letters."""
        return len(self.pieces), sum(end - start for start, end in self.pieces)


def find_row(letters: Letters, wanted: Wanted) -> tuple[PagePart, ...]:
    """The parts of pages where the row stands, in order; none when it is not found."""
    cells = [cell for cell, _ in groupby(map(plain_letters, wanted.cells)) if cell]
    total = sum(map(len, cells))
    if not total:
        return ()
    found = _whole(letters, cells, wanted.page)
    broken = [cell for cell in cells if letters.find(cell, 0, len(letters.text)) < 0]
    if wanted.page is None and broken:
        cut = _cut(letters, cells, broken)
        if cut is not None:
            return _parts(letters, cut, wide=True)
    if not found or found[0].score[1] < _LEAST * total:
        return ()
    nth = wanted.nth if len(found) == wanted.count else min(wanted.nth, len(found) - 1)
    return _parts(letters, found[nth], wide=False)


def _whole(letters: Letters, cells: Sequence[str], page: int | None) -> list[_Stretch]:
    """The places where most cells follow each other, in reading order; of one page when it is known."""
    first, last = (0, len(letters.text)) if page is None else (letters.starts[page - 1], letters.page_end(page))
    best: dict[int, _Stretch] = {}
    anchors = sorted(range(len(cells)), key=lambda index: -len(cells[index]))[:_ANCHORS]
    for index in anchors:
        for start in islice(_occurrences(letters, cells[index], first, last), _MOST_PLACES):
            stretch = _around(letters, cells, index, start)
            best.setdefault(stretch.pieces[0][0], stretch)
    most = max((stretch.score for stretch in best.values()), default=(0, 0))
    return [stretch for _, stretch in sorted(best.items()) if stretch.score == most]


def _occurrences(letters: Letters, cell: str, first: int, last: int) -> Iterator[int]:
    at = letters.find(cell, first, last)
    while at >= 0:
        yield at
        at = letters.find(cell, at + 1, last)


def _around(letters: Letters, cells: Sequence[str], index: int, start: int) -> _Stretch:
    """The cells that stand right before and after one that was found."""
    end = start + len(cells[index])
    pieces = [(start, end)]
    for cell in cells[index + 1 :]:
        at = letters.find(cell, end, end + _BETWEEN + len(cell))
        if at >= 0:
            end = at + len(cell)
            pieces.append((at, end))
    for cell in reversed(cells[:index]):
        at = letters.rfind(cell, max(0, start - _BETWEEN - len(cell)), start)
        if at >= 0:
            start = at
            pieces.insert(0, (at, at + len(cell)))
    return _Stretch(tuple(pieces))


def _cut(letters: Letters, cells: Sequence[str], broken: Sequence[str]) -> _Stretch | None:
    """The halves of the cells that stand nowhere whole, at the page break that has most of the row around it."""
    total = sum(map(len, cells))
    best: _Stretch | None = None
    most = 0
    for page, end in enumerate(letters.starts[1:], start=1):
        first = max(letters.starts[page - 1], end - _AROUND * total)
        last = min(letters.page_end(page + 1), end + _AROUND * total + _HEADERS)
        halves = [piece for cell in broken for piece in _halves(letters, cell, first, end, last)]
        whole = [cell for cell in cells if cell not in broken and letters.find(cell, first, last) >= 0]
        held = sum(map(len, whole)) + sum(b - a for a, b in halves)
        if halves and held > max(most, _LEAST_CUT * sum(map(len, broken))):
            best, most = _Stretch(tuple(sorted(halves))), held
    return best


def _halves(letters: Letters, cell: str, first: int, end: int, last: int) -> list[tuple[int, int]]:
    """A cell in two, before and after the end of a page: the shortest that must stand after it."""
    for size in range(len(cell) - _LEAST_HALF, _LEAST_HALF - 1, -1):
        before = letters.text.rfind(cell[:size], first, end)
        after = letters.find(cell[size:], end, last) if before >= 0 else -1
        if after >= 0:
            return [(before, before + size), (after, after + len(cell) - size)]
    return []


def _parts(letters: Letters, stretch: _Stretch, *, wide: bool) -> tuple[PagePart, ...]:
    """One rectangle a page around the pieces; a ``wide`` one takes in the whole width of what is printed there."""
    parts = []
    for page in range(letters.page_of(stretch.pieces[0][0]), letters.page_of(stretch.pieces[-1][1] - 1) + 1):
        first, end = letters.starts[page - 1], letters.page_end(page)
        on_page = ((max(a, first), min(b, end)) for a, b in stretch.pieces)
        boxes = [box for a, b in on_page for box in letters.boxes(a, b)]
        if not boxes:
            continue
        x0, top, x1, bottom = _around_all(boxes)
        if wide:
            beside = [box for box in letters.boxes(first, end) if top <= (box[1] + box[3]) / 2 <= bottom]
            x0, _, x1, _ = _around_all(beside or boxes)
        parts.append(PagePart(page=page, rectangle=(round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1))))
    return tuple(parts)


def _around_all(boxes: Sequence[Rectangle]) -> Rectangle:
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)
