"""Rows of a table that neither lines nor white space part, told by the columns that hold one figure in each row.

``lines → bands that overlap → key columns → rows``. A row begins where its figures do, when cells begin at the top of
their row; where they are set in the middle of it, a row reaches as far above its figures as below them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from ingest.readers.pdf_bands import column_of, filled_by, open_rows
from ingest.readers.pdf_spanning import beside_first, with_cell
from ingest.readers.pdf_words import Line

_FIGURE = re.compile(r"^[\s$%()+-]*\d[\d.,'\s]*[%)]?\s?[%*]?$|^(?:n\W?[da]\W?|s\W?[dl]\W?|nan|[-–—]+)$", re.IGNORECASE)
#: The share of a column's lines that are figures, and the least of them.
_MOST, _LEAST = 0.8, 3
#: The share of rows that begin where their figures do.
_AT_TOP = 0.9
#: Lines of a cell overlap those beside them by more than this, in type sizes.
_OVERLAP = 0.15

#: Type that differs by no more than this is one, in points.
_SAME_SIZE = 0.6

Band = list[Line]


def rows_by_keys(
    pages: Sequence[Sequence[Line]], bounds: Sequence[float], titles: Sequence[Line]
) -> list[list[list[Line]]] | None:
    """The rows on each page as columns of figures part them; None where there are none, or they do not tell."""
    keys = key_columns(pages, titles, bounds)
    bands = (band for lines in pages for band in _bands(lines, titles) if not _is_heading(band, titles))
    starts = [band for band in bands if _fills(band, bounds) & keys]
    if len(starts) < _LEAST:
        return None
    if sum(0 in _fills(band, bounds) for band in starts) >= _AT_TOP * len(starts) or len(bounds) < _LEAST:
        return _parted_pages(pages, bounds, keys, titles)
    rows = _parted_pages([beside_first(lines, bounds, titles) for lines in pages], bounds, keys, titles)
    return [_with_first(part, lines, bounds, titles) for part, lines in zip(rows, pages, strict=True)]


def _parted_pages(
    pages: Sequence[Sequence[Line]], bounds: Sequence[float], keys: frozenset[int], titles: Sequence[Line]
) -> list[list[list[Line]]]:
    parts = [list(_bands(lines, titles)) for lines in pages]
    body = [band for bands in parts for band in bands if not _is_heading(band, titles)]
    part_page = _from_starts if _are_at_top(body, bounds, keys) else _around_middles
    return [part_page(bands, bounds, keys, titles) for bands in parts]


def _are_at_top(body: Sequence[Band], bounds: Sequence[float], keys: frozenset[int]) -> bool:
    """Whether cells begin where the figures of their row stand: words beside these, and hardly any that go on."""
    starts = [band for band in body if _fills(band, bounds) & keys]
    if not body or body[0] not in starts:
        return False
    words = set(range(len(bounds) + 1)) - keys
    beside = any(sum(index in _fills(band, bounds) for band in starts) >= _AT_TOP * len(starts) for index in words)
    going_on = sum(any(line.text[0].islower() for index in words for line in column_of(band[:1], bounds, index))
                   for band in starts)  # fmt: skip
    return beside and going_on <= (1 - _AT_TOP) * len(starts)


def _with_first(
    rows: list[list[Line]], lines: Sequence[Line], bounds: Sequence[float], titles: Sequence[Line]
) -> list[list[Line]]:
    """The rows with the cells of the first column, each in the first row it stands beside."""
    tops = [min(line.top for line in row) for row in rows]
    cell: Band = []
    for line in column_of([line for line in lines if line not in titles], bounds, 0):
        begins = line.text[0].isupper() and any(abs(top - line.top) <= _SAME_SIZE for top in tops)
        parted = bool(cell) and line.top - cell[-1].bottom >= line.size / 2
        if cell and (begins or parted or cell[-1].bold != line.bold):
            rows = with_cell(rows, cell)
            cell = []
        cell.append(line)
    return with_cell(rows, cell) if cell else rows


def drawn_rows(lines: Sequence[Line], bounds: Sequence[float]) -> list[list[Line]]:
    """The rows within one drawn row of a table that has no lines between its rows; none when it is one row indeed."""
    rows = open_rows(lines, bounds)
    keys = key_columns([lines], (), bounds)
    if rows and not any(holds_several(row, bounds, keys) for row in rows):
        return rows
    by_keys = rows_by_keys([lines], bounds, ()) if holds_several(lines, bounds, keys) else None
    return by_keys[0] if by_keys else rows


def holds_several(row: Sequence[Line], bounds: Sequence[float], keys: frozenset[int]) -> bool:
    """Whether a row has figures on several heights: in several columns at each of them, or beside words."""
    lines = [line for line in row if not line.bold and keys & filled_by(line, bounds)]
    below = (line for above, line in pairwise(lines) if line.top >= above.bottom - _OVERLAP * line.size)
    heights = [filled_by(line, bounds) for line in (*lines[:1], *below)]
    beside = all(len(filled & keys) > 1 or 0 in filled for filled in heights)
    return len(heights) > 1 and beside


def key_columns(pages: Sequence[Sequence[Line]], titles: Sequence[Line], bounds: Sequence[float]) -> frozenset[int]:
    """The columns whose lines are nearly all figures, on all pages together."""
    lines = [line for lines in pages for line in lines if not line.bold and line not in titles]
    return _key_columns(lines, bounds)


def _key_columns(lines: Sequence[Line], bounds: Sequence[float]) -> frozenset[int]:
    found = set()
    for index in range(1, len(bounds) + 1):
        texts = [line.text for line in column_of(lines, bounds, index)]
        figures = sum(_FIGURE.match(text) is not None for text in texts)
        if figures >= max(_LEAST, _MOST * len(texts)):
            found.add(index)
    return frozenset(found)


def _bands(lines: Sequence[Line], titles: Sequence[Line]) -> Iterator[Band]:
    """Lines put together that overlap in height; titles stand alone, and so do headers and what is below them."""
    band: Band = []
    for line in lines:
        overlaps = band and line.top < max(other.bottom for other in band) - _OVERLAP * line.size
        if band and (not overlaps or line in titles or band[0] in titles or band[0].bold != line.bold):
            yield band
            band = []
        band.append(line)
    if band:
        yield band


def _is_heading(band: Band, titles: Sequence[Line]) -> bool:
    return band[0] in titles or all(line.bold for line in band)


def _fills(band: Band, bounds: Sequence[float]) -> frozenset[int]:
    return frozenset().union(*(filled_by(line, bounds) for line in band))


def _from_starts(
    bands: Sequence[Band], bounds: Sequence[float], keys: frozenset[int], titles: Sequence[Line]
) -> list[list[Line]]:
    rows: list[list[Line]] = []
    above: Band = []
    for band in bands:
        is_heading = _is_heading(band, titles)
        goes_on = _is_same_heading(above, band, titles) if is_heading else above and not _is_heading(above, titles)
        if goes_on and (is_heading or not _fills(band, bounds) & keys):
            rows[-1] += band
        else:
            rows.append(list(band))
        above = band
    return rows


def _is_same_heading(above: Band, band: Band, titles: Sequence[Line]) -> bool:
    """Whether a line in bold is of the header above it, or of the title: set in the same type."""
    if not above or not _is_heading(above, titles) or (band[0] in titles) != (above[0] in titles):
        return False
    return abs(above[0].size - band[0].size) <= _SAME_SIZE


def _around_middles(
    bands: Sequence[Band], bounds: Sequence[float], keys: frozenset[int], titles: Sequence[Line]
) -> list[list[Line]]:
    """Rows of cells set in their middle: each ends as far below its figures as the one before ended above them."""
    rows: list[list[Line]] = []
    above: Band = []
    for is_heading, stretch in groupby(bands, key=lambda band: _is_heading(band, titles)):
        if not is_heading:
            rows += _parted(list(stretch), bounds, keys)
            above = []
            continue
        for band in stretch:
            if _is_same_heading(above, band, titles):
                rows[-1] += band
            else:
                rows.append(list(band))
            above = band
    return rows


def _parted(bands: Sequence[Band], bounds: Sequence[float], keys: frozenset[int]) -> list[list[Line]]:
    lines = [line for band in bands for line in band]
    figures = [line for line in lines if filled_by(line, bounds) & keys]
    if not figures:
        return [lines] if lines else []
    rows: list[list[Line]] = []
    top = min(line.top for line in lines)
    left = lines
    for middle in _middles(figures, bounds, keys):
        end = 2 * middle - top
        inside = [line for line in left if (line.top + line.bottom) / 2 <= end]
        left = [line for line in left if line not in inside]
        if inside:
            rows.append(inside)
        below = min((line.top for line in left), default=end)
        above = max((line.bottom for line in inside), default=end)
        top = (above + below) / 2 if left else end
    if left:
        rows[-1:] = [[*rows[-1], *left]] if rows else [left]
    return rows


def _middles(figures: Sequence[Line], bounds: Sequence[float], keys: frozenset[int]) -> Iterator[float]:
    """The heights of the figures, those that stand side by side once."""
    last = None
    for line in figures:
        own = [word for index in keys for part in column_of([line], bounds, index) for word in part.words]
        middle = (min(word.top for word in own) + max(word.bottom for word in own)) / 2
        if last is None or middle - last > line.size / 2:
            yield middle
        last = middle
