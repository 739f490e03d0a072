"""Presentations (.pptx): each slide is one group and one page; its title first, then its shapes from top left.

Places are the slide and a running number on it: 'F2P3' is the third paragraph of the second shape, 'T1R3' the third
row of the first table, 'N2' the second paragraph of the notes. Hidden slides and shapes, pictures and charts are told
and not read.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ingest.errors import InputError
from ingest.readers.content import ReadContent
from ingest.readers.package import broken, check_package
from ingest.readers.pptx_cards import Box, find_cards
from ingest.readers.pptx_furniture import furniture_of
from ingest.readers.pptx_shapes import (
    DGM,
    MAX_CELLS,
    A,
    P,
    Shape,
    Tally,
    number_of,
    paragraph_text,
    reading_order,
    shapes_of,
)
from ingest.records import Block, BlockKind, Cell, Place, Table, TableRow

_WHAT = "una presentación de PowerPoint (.pptx)"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_TITLES = frozenset({"title", "ctrTitle"})
#: Placeholders whose paragraphs are list items unless they say otherwise (ECMA-376 part 1, 19.7.10).
_BODIES = frozenset({"body", "obj", None})
_BULLETS = tuple(f"{A}{name}" for name in ("buChar", "buAutoNum", "buBlip"))
_BOLD = frozenset({"1", "true"})


def read(path: Path) -> ReadContent:
    """Read a presentation; raises ``InputError`` when it is encrypted, broken, unpacks to too much or has no words."""
    presentation = _open(path)
    tally = Tally()
    blocks: list[Block] = []
    try:
        slides = list(presentation.slides)
        shapes = [_shown_shapes(slide, number, tally) for number, slide in enumerate(slides, start=1)]
        furniture = furniture_of([[shape.box for shape in of_slide] for of_slide in shapes], presentation.slide_height)
        for number, (slide, of_slide) in enumerate(zip(slides, shapes, strict=True), start=1):
            kept = [shape for index, shape in enumerate(of_slide) if (number - 1, index) not in furniture]
            if len(kept) < len(of_slide):
                tally.skip("page-headers-not-read", number)
            if of_slide or _is_shown(slide):
                blocks += slide_to_blocks(slide, kept, number, tally)
    except (InputError, MemoryError):
        raise
    except Exception as error:  # the library raises whatever a broken part makes it stumble over
        raise broken(_WHAT) from error
    if not blocks:
        raise InputError("La presentación no tiene texto: puede que solo traiga imágenes.")
    return ReadContent(blocks=tuple(blocks), pages=len(slides), notices=tally.notices())


def count_pages(path: Path) -> int:
    """How many slides a presentation has; raises ``InputError`` like ``read``."""
    try:
        return len(_open(path).slides)
    except InputError:
        raise
    except Exception as error:
        raise broken(_WHAT) from error


def _open(path: Path) -> Any:
    """The presentation, a slide show or one with macros too (``pptx.Presentation`` refuses a slide show)."""
    from pptx.package import Package

    check_package(path, _WHAT)
    with warnings.catch_warnings(), path.open("rb") as stream:
        warnings.simplefilter("ignore")
        try:
            return Package.open(stream).main_document_part.presentation
        except MemoryError:
            raise
        except Exception as error:  # as above
            raise broken(_WHAT) from error


def _is_shown(slide: Any) -> bool:
    return slide.element.get("show") not in ("0", "false")


def _shown_shapes(slide: Any, number: int, tally: Tally) -> list[Shape]:
    """The shapes of a slide as they are drawn; none of a hidden one."""
    if not _is_shown(slide):
        tally.skip("hidden-slide", number)
        return []
    return list(shapes_of(slide, number, tally))


def slide_to_blocks(slide: Any, shapes: Sequence[Shape], number: int, tally: Tally) -> list[Block]:
    """The blocks of one slide: its title, its shapes in reading order, its notes; cards as small tables."""
    titles = [shape for shape in shapes if shape.role in _TITLES]
    ordered = [*titles, *reading_order(shape for shape in shapes if shape.role not in _TITLES)]
    cards = _card_tables(ordered, len(titles), number)
    blocks: list[Block] = []
    tables = 0
    for index, shape in enumerate(ordered, start=1):
        table = shape.element.find(f".//{A}tbl") if shape.element.tag == f"{P}graphicFrame" else None
        if index in cards:
            blocks += cards[index]
        elif table is not None:
            tables += 1
            blocks += _table_block(table, number, tables, tally)
        elif shape.element.tag == f"{P}graphicFrame":
            blocks += _paragraph_blocks(_diagram_paragraphs(slide, shape.element), shape, number, f"F{index}")
        else:
            blocks += _paragraph_blocks(shape.element.iterfind(f"{P}txBody/{A}p"), shape, number, f"F{index}")
    return blocks + _note_blocks(slide, number)


def _card_tables(shapes: Sequence[Shape], titles: int, slide: int) -> dict[int, list[Block]]:
    """By the numbers of the shapes that are cards what stands for them: a table at the first of each row of cards."""
    tables: dict[int, list[Block]] = {}
    boxes = [shape.box if number >= titles else Box((), 0, 0, 0, 0) for number, shape in enumerate(shapes)]
    for row in find_cards(boxes):
        numbers = sorted({n + 1 for card in row for n in (card.box, card.caption_box)})
        tables |= {number: [] for number in numbers}
        captions = TableRow(
            cells=tuple(Cell(text=card.caption) for card in row), place=Place(page=slide, cell=f"F{numbers[0]}")
        )
        figures = TableRow(
            cells=tuple(Cell(text=card.figure) for card in row), place=Place(page=slide, cell=f"F{row[0].box + 1}")
        )
        place = Place(page=slide, cell=f"F{numbers[0]}")
        table = Table(rows=(captions, figures), cards=True)
        tables[numbers[0]] = [Block(kind="table", table=table, group=slide - 1, place=place)]
    return tables


def _paragraph_blocks(paragraphs: Iterable[Any], shape: Shape, slide: int, key: str) -> Iterator[Block]:
    number = 0
    for paragraph in paragraphs:
        text = paragraph_text(paragraph)
        if not text:
            continue
        number += 1
        kind, level = _kind_of(paragraph, shape.role)
        yield Block(
            kind=kind,
            text=text,
            level=level,
            emphasis=_is_bold(paragraph),
            group=slide - 1,
            place=Place(page=slide, cell=f"{key}P{number}"),
        )


def _kind_of(paragraph: Any, role: str | None) -> tuple[BlockKind, int | None]:
    """Heading in a title; item where a bullet is set, or inherited by a paragraph below the first level of a body."""
    if role in _TITLES:
        return "heading", 1
    properties = paragraph.find(f"{A}pPr")
    level = 1 + (0 if properties is None else number_of(properties, "lvl"))
    if properties is not None and any(properties.find(tag) is not None for tag in _BULLETS):
        return "item", level
    off = properties is not None and properties.find(f"{A}buNone") is not None
    return ("item", level) if role in _BODIES and level > 1 and not off else ("paragraph", None)


def _is_bold(paragraph: Any) -> bool:
    runs = [run for run in paragraph.iter(f"{A}r", f"{A}fld") if (run.findtext(f"{A}t") or "").strip()]
    marks = [run.find(f"{A}rPr") for run in runs]
    return bool(marks) and all(mark is not None and mark.get("b") in _BOLD for mark in marks)


def _table_block(table: Any, slide: int, number: int, tally: Tally) -> Iterator[Block]:
    rows = table_rows(table, slide, number)
    tally.cells += sum(len(row.cells) for row in rows)
    if tally.cells > MAX_CELLS:
        tally.skip("slide-cut", slide)
    elif any(text for row in rows for text in row.texts):
        place = Place(page=slide, cell=f"T{number}")
        yield Block(kind="table", table=Table(rows=rows), group=slide - 1, place=place)


def table_rows(table: Any, slide: int, number: int) -> tuple[TableRow, ...]:
    """Rows of equal length; the text of a merged cell is repeated in all the places it takes."""
    rows: list[list[Cell]] = []
    for row in table.iterchildren(f"{A}tr"):
        above: Sequence[Cell] = rows[-1] if rows else ()
        cells: list[Cell] = []
        for cell in row.iterchildren(f"{A}tc"):
            at = len(cells)
            if cell.get("vMerge") in _BOLD and at < len(above):
                cells.append(Cell(text=above[at].text, merged=True))
            elif cell.get("hMerge") in _BOLD and cells:
                cells.append(Cell(text=cells[-1].text, merged=True))
            else:
                texts = (paragraph_text(paragraph) for paragraph in cell.iterfind(f"{A}txBody/{A}p"))
                cells.append(Cell(text="\n".join(text for text in texts if text)))
        rows.append(cells)
    width = max((len(cells) for cells in rows), default=0)
    return tuple(
        TableRow(cells=(*cells, *[Cell()] * (width - len(cells))), place=Place(page=slide, cell=f"T{number}R{index}"))
        for index, cells in enumerate(rows, start=1)
    )


def _diagram_paragraphs(slide: Any, element: Any) -> Iterator[Any]:
    """The paragraphs of a diagram (SmartArt), which stand in a part of their own, in the order of its points."""
    from pptx.oxml import parse_xml

    relation = element.find(f".//{DGM}relIds").get(f"{_R}dm")
    points = parse_xml(slide.part.related_part(relation).blob)
    yield from points.iterfind(f"{DGM}ptLst/{DGM}pt/{DGM}t/{A}p")


def _note_blocks(slide: Any, number: int) -> list[Block]:
    """The speaker's notes, after everything else on the slide."""
    if not slide.has_notes_slide or slide.notes_slide.notes_text_frame is None:
        return []
    element = slide.notes_slide.notes_text_frame._txBody  # has no public name
    texts = [text for paragraph in element.iterchildren(f"{A}p") if (text := paragraph_text(paragraph))]
    return [
        Block(kind="paragraph", text=text, group=number - 1, place=Place(page=number, cell=f"N{index}"))
        for index, text in enumerate(texts, start=1)
    ]
