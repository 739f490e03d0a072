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
#: Of a row that a page break cuts; a cut leaves no cell out.
_LEAST_CUT = 0.9
#: How far from the page break the halves of a row may be: so many times its length, and so many letters of headers.
_AROUND, _HEADERS = 2, 500
#: A cell with fewer letters may stand near a page break by chance.
_TELLING = 6


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
    share = found[0].score[1] / total if found else 0.0
    if share < _LEAST_CUT:
        cut = None if wanted.page else _cut(letters, cells, total)
        if cut is not None:
            return _parts(letters, cut, wide=True)
    if share < _LEAST:
        return ()
    nth = wanted.nth if len(found) == wanted.count else min(wanted.nth, len(found) - 1)
    return _parts(letters, found[nth], wide=False)


def _whole(letters: Letters, cells: Sequence[str], page: int | None) -> list[_Stretch]:
    """The places where most cells follow each other, in reading order; of one page when it is known."""
    text = letters.text
    first, last = (0, len(text)) if page is None else (letters.starts[page - 1], letters.page_end(page))
    best: dict[int, _Stretch] = {}
    anchors = sorted(range(len(cells)), key=lambda index: -len(cells[index]))[:_ANCHORS]
    for index in anchors:
        for start in islice(_occurrences(text, cells[index], first, last), _MOST_PLACES):
            stretch = _around(text, cells, index, start)
            best.setdefault(stretch.pieces[0][0], stretch)
    most = max((stretch.score for stretch in best.values()), default=(0, 0))
    return [stretch for _, stretch in sorted(best.items()) if stretch.score == most]


def _occurrences(text: str, cell: str, first: int, last: int) -> Iterator[int]:
    at = text.find(cell, first, last)
    while at >= 0:
        yield at
        at = text.find(cell, at + 1, last)


def _around(text: str, cells: Sequence[str], index: int, start: int) -> _Stretch:
    """The cells that stand right before and after one that was found."""
    end = start + len(cells[index])
    pieces = [(start, end)]
    for cell in cells[index + 1 :]:
        at = text.find(cell, end, end + _BETWEEN + len(cell))
        if at >= 0:
            end = at + len(cell)
            pieces.append((at, end))
    for cell in reversed(cells[:index]):
        at = text.rfind(cell, max(0, start - _BETWEEN - len(cell)), start)
        if at >= 0:
            start = at
            pieces.insert(0, (at, at + len(cell)))
    return _Stretch(tuple(pieces))


def _cut(letters: Letters, cells: Sequence[str], total: int) -> _Stretch | None:
    """The row at the page break that holds most of it on both sides, some cell itself cut in two."""
    reach = _AROUND * total + _HEADERS
    best: _Stretch | None = None
    for end in letters.starts[1:]:
        tail, head = letters.text[max(0, end - reach) : end], letters.text[end : end + reach]
        pieces: list[tuple[int, int]] = []
        held = 0
        is_cut = False
        for cell in cells:
            found = _split_cell(cell, tail, head)
            is_cut = is_cut or len(found) > 1
            held += len(cell) if found else 0
            if len(cell) >= _TELLING:
                pieces += [(max(0, end - reach) + a, max(0, end - reach) + b) for a, b in found]
        stretch = _Stretch(tuple(sorted(pieces)))
        better = best is None or stretch.score[1] > best.score[1]
        if is_cut and held >= _LEAST_CUT * total and pieces and better:
            best = stretch
    return best


def _split_cell(cell: str, tail: str, head: str) -> list[tuple[int, int]]:
    """Where a cell stands before or after a page break, or its two halves; offsets into ``tail + head``."""
    at = tail.rfind(cell)
    if at >= 0:
        return [(at, at + len(cell))]
    at = head.find(cell)
    if at >= 0:
        return [(len(tail) + at, len(tail) + at + len(cell))]
    for size in range(len(cell) - 1, 0, -1):
        first, rest = tail.rfind(cell[:size]), head.find(cell[size:])
        if first >= 0 and rest >= 0:
            return [(first, first + size), (len(tail) + rest, len(tail) + rest + len(cell) - size)]
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
