"""PDF documents: headings, paragraphs, list items and tables of each page in reading order.

``page → words and rules → ruled tables → lines``, page by page and each page forgotten, then, when the whole is known
(the type of the body, what repeats on the pages), ``lines → tables without rules, columns → blocks``. A group is a
page. Scripts and attachments are never looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from ingest.progress import Count
from ingest.readers.content import ReadContent
from ingest.readers.pdf_aligned import Columns, Segment, outside_stretches, split_aligned
from ingest.readers.pdf_furniture import Kept, PageLines, find_furniture, table_key
from ingest.readers.pdf_grids import PageTable, rounded, take_tables
from ingest.readers.pdf_open import MAX_PAGES, broken, check_bytes, count_pages, has_scripts, opened
from ingest.readers.pdf_page import NO_TURN, Turn, upright_objects
from ingest.readers.pdf_prose import Style, StyleCount, join_over_pages, lines_to_blocks
from ingest.readers.pdf_rules import NO_RULES, Rules, find_grids, find_rules
from ingest.readers.pdf_scans import missing_ocr, page_is_scan, recognised
from ingest.readers.pdf_stretches import header_lines
from ingest.readers.pdf_words import UNKNOWN, Line, page_words, words_to_lines
from ingest.records import Block, Notice, Place

__all__ = ["count_pages", "read"]

#: Characters of a page that may be unknown before the page is doubtful.
_UNKNOWN_SHARE = 0.05
#: Letters of running text that tell what its type is.
_LEAST_LETTERS = 200

_NOT_RUN = Notice(code="scripts-not-run", message="El PDF trae programas (JavaScript); no se ejecutaron.")


@dataclass(frozen=True)
class PageParts:
    """What is kept of a page: its size, its tables with rules, its other lines, what is drawn around them."""

    number: int
    height: float
    tables: tuple[PageTable, ...] = ()
    lines: tuple[Line, ...] = ()
    rules: Rules = NO_RULES
    turn: Turn = NO_TURN
    is_scan: bool = False
    notices: tuple[Notice, ...] = ()


def read(path: Path, *, max_pages: int = MAX_PAGES, on_page: Count | None = None) -> ReadContent:
    """Read a PDF; a row's place is its page and rectangle in points from the page's top left corner.

    ``on_page`` is told (pages read, pages in all). Raises ``InputError`` when it is no PDF, encrypted, truncated,
    without pages, of more than ``max_pages``, or none of its pages can be read.
    """
    check_bytes(path)
    pages = _load(path, max_pages, on_page=on_page)
    scans = [page.number for page in pages if page.is_scan]
    notices = [_NOT_RUN] if has_scripts(path) else []
    if scans:
        pages, told = _with_recognised(path, pages, scans)
        notices += told
    blocks, doubts = pages_to_blocks(pages)
    notices += (notice for page in pages for notice in page.notices)
    return ReadContent(blocks=tuple(blocks), pages=len(pages), notices=(*notices, *doubts))


def _load(
    path: Path, max_pages: int, only: Collection[int] | None = None, on_page: Count | None = None
) -> list[PageParts]:
    """The parts of each page, or of some pages (1-based) only."""
    pages: list[PageParts] = []
    with opened(path, max_pages, only) as document:
        for page in document.pages:
            pages.append(_parts(page))
            if on_page is not None:
                on_page(len(pages), len(document.pages))
    if pages and all(any(notice.code == "page-not-read" for notice in page.notices) for page in pages):
        raise broken()
    return pages


def _parts(page: Any) -> PageParts:
    number = page.page_number
    try:
        return _read_page(page)
    except MemoryError:
        raise
    except Exception as error:  # one page that the library stumbles over does not take the others with it
        message = f"No se pudo leer la página ({type(error).__name__})."
        notice = Notice(code="page-not-read", message=message, place=str(Place(page=number)))
        return PageParts(number, 1.0, notices=(notice,))
    finally:
        page.close()


def _read_page(page: Any) -> PageParts:
    number = page.page_number
    objects, turn = upright_objects(page)
    is_scan = page_is_scan(objects)
    words = page_words(objects.chars)
    if not words:
        return PageParts(number, objects.height, is_scan=is_scan)
    rules = find_rules(objects.shapes)
    tables, others = take_tables(find_grids(rules), words, number, objects.width, objects.height)
    notices = _doubts([word.text for word in words], rules, number)
    lines = tuple(words_to_lines(word for word in others if word.turn == 0))
    if any(word.turn != 0 for word in others):
        message = "Hay texto puesto de lado fuera de las tablas, que no se leyó."
        notices = (*notices, Notice(code="sideways-text", message=message, place=str(Place(page=number))))
    return PageParts(number, objects.height, tuple(tables), lines, _near(rules, tables), turn, is_scan, notices)


def _near(rules: Rules, tables: Sequence[PageTable]) -> Rules:
    """The rules that are part of no table: those that may part the rows of a table without sides."""
    edges = tuple(
        edge
        for edge in rules.edges
        if edge["orientation"] == "h"
        and not any(t.box[1] - 1 <= edge["top"] <= t.box[3] + 1 and edge["x0"] < t.box[2] for t in tables)
    )
    shades = tuple(s for s in rules.shades if not any(t.box[1] - 1 <= s[1] and s[3] <= t.box[3] + 1 for t in tables))
    return Rules(edges, shades, rules.too_many)


def _doubts(texts: Sequence[str], rules: Rules, page: int) -> tuple[Notice, ...]:
    notices = []
    place = str(Place(page=page))
    letters = sum(map(len, texts))
    if sum(text.count(UNKNOWN) for text in texts) > _UNKNOWN_SHARE * letters:
        message = "El PDF no dice qué letras son muchas de las de esta página; puede que el texto no sea legible."
        notices.append(Notice(code="unreadable-letters", message=message, place=place))
    if rules.too_many:
        message = "La página tiene un dibujo de muchas líneas; si tiene tablas, se leyeron sin sus líneas."
        notices.append(Notice(code="page-drawing", message=message, place=place))
    return tuple(notices)


def _with_recognised(path: Path, pages: list[PageParts], scans: list[int]) -> tuple[list[PageParts], list[Notice]]:
    """The pages with those that are only pictures read by text recognition, where that is installed."""
    with recognised(path, len(scans)) as searchable:
        if searchable.path is None:
            return pages, missing_ocr(scans, searchable.reason)
        found = {page.number: page for page in _load(searchable.path, len(pages), scans)}
    read_now = [found.get(page.number, page) for page in pages]
    still = [page.number for page in read_now if page.is_scan and not page.lines and not page.tables]
    notices = [
        Notice(
            code="recognised-page",
            message="La página es una imagen; su texto se reconoció automáticamente y puede tener errores.",
            place=str(Place(page=number)),
        )
        for number in scans
        if number not in still
    ]
    return read_now, [*notices, *missing_ocr(still, "no se reconoció ningún texto")]


def pages_to_blocks(pages: Sequence[PageParts]) -> tuple[list[Block], list[Notice]]:
    """Blocks of all pages in reading order, and what was unsure about them."""
    style = _style(pages)
    kept = Kept()
    blocks: list[Block] = []
    guessed: list[int] = []
    turns = {page.number: page.turn for page in pages}
    for block, is_guess in _blocks(_segments(pages, kept), style):
        page = block.place.page or 0
        blocks.append(_turned(block, turns[page]))
        guessed += [page] * is_guess
    last = max((page.number for page in pages), default=0)
    return [*join_over_pages(blocks), *kept.blocks(last + 1)], [*_guesses(guessed), *kept.notices()]


def _guesses(pages: Sequence[int]) -> Iterator[Notice]:
    """One notice for all tables that were not drawn as such."""
    if pages:
        where = ", ".join(map(str, dict.fromkeys(pages)))
        message = f"Tablas sin líneas leídas por la alineación de sus palabras: {len(pages)} (páginas {where})."
        yield Notice(code="table-without-lines", message=message, place=str(Place(page=pages[0])))


def _printed(page: PageParts) -> PageLines:
    return PageLines(page.number, page.height, page.lines, page.tables)


def _style(pages: Sequence[PageParts]) -> Style:
    """The type of the running text; of all text where there is hardly any outside tables."""
    prose, everything = StyleCount(), StyleCount()
    for page in pages:
        prose.add(outside_stretches(page.lines))
        everything.add(page.lines)
    if any(page.tables for page in pages) and everything.is_of_headings:
        return everything.style_of_headings()
    return (prose if prose.plain_letters >= _LEAST_LETTERS else everything).style()


def _segments(pages: Sequence[PageParts], kept: Kept) -> Iterator[Segment | tuple[int, PageTable]]:
    """What stands on the pages from top to bottom without what is repeated: stretches of lines, tables with rules."""
    furniture = find_furniture([_printed(page) for page in pages if page.lines or page.tables])
    for page in pages:
        printed = _printed(page)
        keys = furniture.keys(printed)
        heads = header_lines(page.lines, [key is not None for key in keys])
        lines = [
            line
            for line, key in zip(page.lines, keys, strict=True)
            if key is None or line in heads or kept.keep(line, key, page.number)
        ]
        at = 0
        for table in sorted(page.tables, key=lambda table: (table.box[1], table.box[0])):
            box = table_key(table, printed)
            if box in furniture.tables:
                kept.keep_table(table, box or "", page.number)
                continue
            above = [line for line in lines[at:] if (line.top + line.bottom) / 2 < table.box[1]]
            if above:
                yield Segment(page.number, tuple(above), page.rules)
            at += len(above)
            yield page.number, table
        if lines[at:]:
            yield Segment(page.number, tuple(lines[at:]), page.rules)


def _blocks(segments: Iterable[Segment | tuple[int, PageTable]], style: Style) -> Iterator[tuple[Block, bool]]:
    """The blocks of all pages, each with whether it is a table that was not drawn as one."""
    run: list[Segment] = []
    for segment in segments:
        if isinstance(segment, Segment) and (not run or run[-1].page != segment.page):
            run.append(segment)
            continue
        yield from _prose(run, style)
        run = [segment] if isinstance(segment, Segment) else []
        if not isinstance(segment, Segment):
            yield _table_block(segment[1], segment[0]), False
    yield from _prose(run, style)


def _prose(run: Sequence[Segment], style: Style) -> Iterator[tuple[Block, bool]]:
    """The blocks of lines that no ruled table parts; paragraphs end with their page."""
    for page, parts in groupby(split_aligned(run), key=lambda part: part[0]):
        pending: list[Line] = []
        for _, part in parts:
            if isinstance(part, Line):
                pending.append(part)
                continue
            yield from _plain(lines_to_blocks(pending, style, page))
            pending = []
            if isinstance(part, Columns):
                for column in part.lines:
                    yield from _plain(lines_to_blocks(column, style, page))
            else:
                yield _table_block(part, page), True
        yield from _plain(lines_to_blocks(pending, style, page))


def _plain(blocks: Iterable[Block]) -> Iterator[tuple[Block, bool]]:
    return ((block, False) for block in blocks)


def _table_block(table: PageTable, page: int) -> Block:
    place = Place(page=page, rectangle=rounded(table.box))
    return Block(kind="table", table=table.table, group=page, place=place)


def _turned(block: Block, turn: Turn) -> Block:
    """The block with its places where they are on the page as it is shown."""
    if not turn.degrees:
        return block

    def shown(place: Place) -> Place:
        return place if place.rectangle is None else place.model_copy(update={"rectangle": turn.back(place.rectangle)})

    table = block.table
    if table is not None:
        rows = tuple(row.model_copy(update={"place": shown(row.place)}) for row in table.rows)
        table = table.model_copy(update={"rows": rows})
    return block.model_copy(update={"place": shown(block.place), "table": table})
