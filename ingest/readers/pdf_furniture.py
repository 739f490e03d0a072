"""What a PDF repeats on its pages: headers, footers and page numbers, told by place and text.

A line is repeated when it stands at one height with one text on many pages, but for one number that counts the pages.
Other numbers matter: rows of a table that stands on every page may differ in nothing else.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil

from ingest.fold import fold
from ingest.readers.pdf_grids import PageTable
from ingest.readers.pdf_words import Line
from ingest.records import Block, Notice, Place

#: Shares of the page's height in which headers and footers stand, and how many lines of them there may be.
_TOP_ZONE, _BOTTOM_ZONE = 0.22, 0.85
_MOST_LINES = 9
#: The same for a page number that stands elsewhere than on other pages, as on a page laid across.
_EDGE = 0.1
#: On so many of the pages with text, and never on fewer than three unless there are two in all.
_SHARE = 0.3
_LEAST = 3
_SAME_HEIGHT = 4.0
#: Type so many times as large is that of a heading.
_LARGER = 1.15
_NUMBER = re.compile(r"\d{1,4}")
_PAGE_OF = re.compile(r"\bpag\w*\W*\d+(?:\s*(?:de|of|/|-)\s*\d+)?")
_SAYS_PAGE = re.compile(r"\bpag|\|")
_ROMAN = re.compile(r"^\W*[ivxl]{1,7}\W*$")
_PAGE_NUMBER = re.compile(
    r"^\W*(?:p[aá]g(?:ina|\.)?:?\s*)?(?:n[°ºo.]*\s*)?\d{1,4}(?:\s*(?:de|of|/|-|\|)\s*\d{1,4})?\W*$|" + _ROMAN.pattern
)


@dataclass(frozen=True)
class PageLines:
    """A page's number, its height in points, its lines from top to bottom, and its ruled tables."""

    number: int
    height: float
    lines: Sequence[Line]
    tables: Sequence[PageTable] = ()


@dataclass(frozen=True)
class Furniture:
    """The texts that are repeated with the heights they stand at, and how printed page numbers count."""

    heights: dict[str, tuple[float, ...]] = field(default_factory=dict)
    counts: frozenset[str] = frozenset()
    tables: frozenset[str] = frozenset()

    def key(self, line: Line, page: PageLines) -> str | None:
        """What of a line is repeated on other pages; None when it is the page's own."""
        place = _height(line, page)
        keys = list(_keys(line, page))
        for key in keys:
            if any(abs(height - place) <= _SAME_HEIGHT for height in self.heights.get(key, ())):
                return key
        at_edge = line.bottom < _EDGE * page.height or line.top > (1 - _EDGE) * page.height
        return next((key for key in keys if at_edge and key in self.counts), None)

    def keys(self, page: PageLines) -> list[str | None]:
        """What of each line of a page is repeated.

        A label that stands at one height on many pages is the page's own where other lines part it from the edge, as
        on cards of one size ("Unidad de medida: Número" below the name of the indicator); and so is what stands below
        a heading of the page in larger type, as the first lines of chapters that begin with their page do.
        """
        keys = [self.key(line, page) for line in page.lines]
        is_head = [line.top < page.height / 2 for line in page.lines]
        for at, line in enumerate(page.lines):
            inner = at > 0 and keys[at - 1] is None if is_head[at] else keys[at + 1 : at + 2] == [None]
            if keys[at] is None or not inner:
                continue
            if is_running_label(line.text) or (is_head[at] and _is_headed(page.lines, keys, at)):
                keys[at] = None
        return keys


def _is_headed(lines: Sequence[Line], keys: Sequence[str | None], at: int) -> bool:
    """Whether one of the page's own lines above is in larger type."""
    sizes = (line.size for line, key in zip(lines[:at], keys, strict=False) if key is None)
    return max(sizes, default=0.0) > _LARGER * lines[at].size


def table_key(table: PageTable, page: PageLines) -> str | None:
    """What a box at the head or foot of a page says, but for the page number; None for tables that stand elsewhere."""
    _, top, _, bottom = table.box
    if bottom > _TOP_ZONE * page.height and top < _BOTTOM_ZONE * page.height:
        return None
    texts = (cell.text for row in table.table.rows for cell in row.cells if not cell.merged)
    return _PAGE_OF.sub("#", fold(" ".join(texts)))


def _keys(line: Line, page: PageLines) -> Iterator[str]:
    """A line as it may be on every page: as it is, and with each number as its distance from the page's own.

    Years are no page numbers, and at the head of a page numbers may count other things than pages ("Ficha 3").
    """
    folded = fold(line.text)
    yield "roman" if _ROMAN.match(folded) else folded
    if line.top < page.height / 2 and not _SAYS_PAGE.search(folded) and not _PAGE_NUMBER.match(folded):
        return
    for number in _NUMBER.finditer(folded):
        if not 1900 <= int(number[0]) < 2100:
            yield f"{folded[: number.start()]}#{int(number[0]) - page.number}{folded[number.end() :]}"


def _height(line: Line, page: PageLines) -> float:
    """From the top, or as a negative number from the bottom: pages may differ in size."""
    return line.top if line.top < page.height / 2 else line.top - page.height


def find_furniture(pages: Sequence[PageLines]) -> Furniture:
    """What stands alike on many of the pages; those given have text."""
    if len(pages) < 2:
        return Furniture()
    least = 2 if len(pages) == 2 else max(_LEAST, ceil(_SHARE * len(pages)))
    boxes = Counter(key for page in pages for table in page.tables if (key := table_key(table, page)))
    heights: dict[str, list[float]] = defaultdict(list)
    for page in pages:
        edge = [line for line in page.lines[:_MOST_LINES] if line.top < _TOP_ZONE * page.height]
        edge += [line for line in page.lines[-_MOST_LINES:] if line.top > _BOTTOM_ZONE * page.height]
        for key, place in {(key, _height(line, page)) for line in edge for key in _keys(line, page)}:
            heights[key].append(place)
    repeated = {key: places for key, found in heights.items() if (places := _frequent(found, least))}
    return Furniture(
        repeated,
        frozenset(key for key in repeated if _is_count(key)),
        frozenset(key for key, count in boxes.items() if count >= least),
    )


def _is_count(key: str) -> bool:
    return key == "roman" or ("#" in key and _PAGE_NUMBER.match(re.sub(r"#-?\d+", "1", key)) is not None)


def _frequent(places: Sequence[float], least: int) -> tuple[float, ...]:
    alike = (place for place in places if sum(abs(other - place) <= _SAME_HEIGHT for other in places) >= least)
    return tuple(sorted(set(alike)))


def is_running_label(text: str) -> bool:
    """Whether a repeated line may say what holds for the page ("Programa: Agua para todos"), not only whose it is."""
    folded = fold(text)
    return ":" in folded and not folded.startswith(("pag", "version", "codigo", "fecha", "nit", "tel", "correo"))


@dataclass
class Kept:
    """The first of each repeated line, so that what only page headers say is said once."""

    first: dict[str, tuple[str, int]] = field(default_factory=dict)

    def keep(self, line: Line, key: str, page: int) -> bool:
        """Note a repeated line; True when it is to stay where it stands, as the first of a label."""
        new = key not in self.first
        self.first.setdefault(key, (line.text, page))
        return new and is_running_label(line.text)

    def keep_table(self, table: PageTable, key: str, page: int) -> None:
        """Note a repeated box as the line that its cells make."""
        texts = [cell.text for row in table.table.rows for cell in row.cells if cell.text and not cell.merged]
        self.first.setdefault(key, (" | ".join(texts), page))

    def blocks(self, group: int) -> list[Block]:
        """The repeated lines, once each, in a group of their own after the pages; labels stand where they began."""
        return [
            Block(kind="paragraph", text=text, group=group, place=Place(page=page))
            for text, page in self._said()
            if not is_running_label(text)
        ]

    def notices(self) -> list[Notice]:
        texts = [text for text, _ in self._said()]
        if not texts:
            return []
        named = "; ".join(f"«{text}»" for text in texts[:4]) + (" y otros" if len(texts) > 4 else "")
        message = f"Los encabezados y pies que se repiten en las páginas se leyeron una sola vez: {named}."
        return [Notice(code="page-headers-read-once", message=message)]

    def _said(self) -> list[tuple[str, int]]:
        return [(text, page) for text, page in self.first.values() if not _PAGE_NUMBER.match(fold(text))]
