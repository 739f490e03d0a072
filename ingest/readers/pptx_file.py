"""Presentations (.pptx): each slide is one group and one page; its title first, then its shapes from top left.

Places are the slide and a running number on it: 'F2P3' is the third paragraph of the second shape, 'T1R3' the third
row of the first table, 'N2' the second paragraph of the notes. Hidden slides and shapes, pictures and charts are told
and not read.
"""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.errors import InputError
from ingest.readers.content import ReadContent
from ingest.readers.package import broken, check_package
from ingest.records import Block, BlockKind, Cell, Notice, Place, Table, TableRow

_WHAT = "una presentación de PowerPoint (.pptx)"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"

_TITLES = frozenset({"title", "ctrTitle"})
#: Placeholders whose paragraphs are list items unless they say otherwise (ECMA-376 part 1, 19.7.10).
_BODIES = frozenset({"body", "obj", None})
_FURNITURE = frozenset({"ftr", "sldNum", "dt", "hdr"})
_BULLETS = tuple(f"{_A}{name}" for name in ("buChar", "buAutoNum", "buBlip"))
_BOLD = frozenset({"1", "true"})
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")

#: Shapes whose tops differ by less than this stand on one line: a tenth of an inch, in English Metric Units.
_LINE_EMU = 91_440
#: What is read of one presentation; the rest is left out with a notice.
MAX_SHAPES = 50_000
MAX_CELLS = 500_000

_NOT_READ = {
    "hidden-slide": "Diapositivas ocultas que no se leyeron: {count}.",
    "hidden-shape": "Formas ocultas que no se leyeron: {count}.",
    "pictures-not-read": "La presentación tiene imágenes ({count}); el texto que haya en ellas no se leyó.",
    "charts-not-read": "La presentación tiene gráficos ({count}); sus cifras no se leyeron.",
    "objects-not-read": "La presentación tiene objetos incrustados ({count}); lo que contienen no se leyó.",
    "page-headers-not-read": "Los pies de página de las diapositivas no se leyeron.",
    "slide-cut": "La presentación es demasiado grande; partes que no se leyeron: {count}.",
}


@dataclass(frozen=True)
class Shape:
    """A shape that holds words: a text, a table or a diagram, and where its top left corner is, in EMU."""

    element: Any
    top: int
    left: int
    role: str | None = None  # the type of its placeholder; '' when it is none


@dataclass(frozen=True)
class Frame:
    """How the coordinates inside a group become those of the slide: scale, then shift."""

    scale_x: float = 1.0
    scale_y: float = 1.0
    left: float = 0.0
    top: float = 0.0

    def apply(self, left: float, top: float) -> tuple[int, int]:
        return round(self.left + left * self.scale_x), round(self.top + top * self.scale_y)


@dataclass
class _Tally:
    """What was not read, with the place where it was first met, and how much room there is."""

    counts: Counter[str] = field(default_factory=Counter)
    places: dict[str, str] = field(default_factory=dict)
    shapes: int = 0
    cells: int = 0

    def skip(self, code: str, slide: int) -> None:
        self.counts[code] += 1
        self.places.setdefault(code, str(Place(page=slide)))

    def notices(self) -> tuple[Notice, ...]:
        return tuple(
            Notice(code=code, message=_NOT_READ[code].format(count=count), place=self.places[code])
            for code, count in self.counts.items()
        )


def read(path: Path) -> ReadContent:
    """Read a presentation; raises ``InputError`` when it is encrypted, broken, unpacks to too much or has no words."""
    presentation = _open(path)
    tally = _Tally()
    blocks: list[Block] = []
    try:
        slides = list(presentation.slides)
        for number, slide in enumerate(slides, start=1):
            if slide.element.get("show") in ("0", "false"):
                tally.skip("hidden-slide", number)
            else:
                blocks += slide_to_blocks(slide, number, tally)
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


def slide_to_blocks(slide: Any, number: int, tally: _Tally) -> list[Block]:
    """The blocks of one slide: its title, its shapes in reading order, its notes."""
    anchors = placeholder_anchors(slide)
    shapes = list(_shapes(slide.shapes.element, Frame(), anchors, number, tally))
    titles = [shape for shape in shapes if shape.role in _TITLES]
    others = [shape for shape in shapes if shape.role not in _TITLES]
    blocks: list[Block] = []
    tables = 0
    for index, shape in enumerate([*titles, *reading_order(others)], start=1):
        table = shape.element.find(f".//{_A}tbl") if shape.element.tag == f"{_P}graphicFrame" else None
        if table is not None:
            tables += 1
            blocks += _table_block(table, number, tables, tally)
        elif shape.element.tag == f"{_P}graphicFrame":
            blocks += _paragraph_blocks(_diagram_paragraphs(slide, shape.element), shape, number, f"F{index}")
        else:
            blocks += _paragraph_blocks(shape.element.iterfind(f"{_P}txBody/{_A}p"), shape, number, f"F{index}")
    return blocks + _note_blocks(slide, number)


def placeholder_anchors(slide: Any) -> dict[tuple[str, str], tuple[int, int]]:
    """(type, index) of the layout's placeholders to their top left corners, for shapes that say none of their own."""
    anchors = {}
    for placeholder in slide.slide_layout.placeholders:
        mark = placeholder.element.find(f".//{_P}ph")
        if mark is not None and placeholder.left is not None and placeholder.top is not None:
            anchors[mark.get("type", "obj"), mark.get("idx", "0")] = (placeholder.left, placeholder.top)
    return anchors


def _shapes(
    tree: Any, frame: Frame, anchors: dict[tuple[str, str], tuple[int, int]], slide: int, tally: _Tally
) -> Iterator[Shape]:
    """The shapes of a tree with words, groups opened up, and of two renderings of a shape the newer."""
    for element in tree.iterchildren():
        if element.tag in (f"{_MC}AlternateContent", f"{_MC}Choice"):
            yield from _shapes(element, frame, anchors, slide, tally)
            continue
        if element.tag not in _KINDS:
            continue
        if element.find(f"*/{_P}cNvPr[@hidden='1']") is not None:
            tally.skip("hidden-shape", slide)
        elif element.tag == f"{_P}grpSp":
            yield from _shapes(element, _inner_frame(element, frame), anchors, slide, tally)
        elif element.tag == f"{_P}pic":
            tally.skip("pictures-not-read", slide)
        elif tally.shapes >= MAX_SHAPES:
            tally.skip("slide-cut", slide)
        else:
            tally.shapes += 1
            yield from _shape(element, frame, anchors, slide, tally)


_KINDS = frozenset(f"{_P}{name}" for name in ("sp", "grpSp", "graphicFrame", "pic"))


def _shape(
    element: Any, frame: Frame, anchors: dict[tuple[str, str], tuple[int, int]], slide: int, tally: _Tally
) -> Iterator[Shape]:
    mark = element.find(f"*/{_P}nvPr/{_P}ph")
    role = "" if mark is None else mark.get("type")
    if role in _FURNITURE:
        if role == "ftr" and _has_words(element):
            tally.skip("page-headers-not-read", slide)
        return
    if element.tag == f"{_P}graphicFrame" and element.find(f".//{_A}tbl") is None:
        data = element.find(f"{_A}graphic/{_A}graphicData")
        if data is None or data.find(f"{_DGM}relIds") is None:
            chart = data is not None and data.find(_CHART) is not None
            tally.skip("charts-not-read" if chart else "objects-not-read", slide)
            return
    anchor = None if mark is None else anchors.get((mark.get("type", "obj"), mark.get("idx", "0")))
    left, top = _corner(element, frame) or anchor or (0, 0)
    yield Shape(element, top, left, role)


def _has_words(element: Any) -> bool:
    return any((text.text or "").strip() for text in element.iter(f"{_A}t"))


def _corner(element: Any, frame: Frame) -> tuple[int, int] | None:
    """The top left corner that a shape says for itself, as (left, top) on the slide."""
    mark = element.find(f"{_P}spPr/{_A}xfrm/{_A}off")
    if mark is None:
        mark = element.find(f"{_P}xfrm/{_A}off")
    return None if mark is None else frame.apply(_number(mark, "x"), _number(mark, "y"))


def _inner_frame(group: Any, outer: Frame) -> Frame:
    """The frame of what is inside a group (``a:chOff`` and ``a:chExt`` become ``a:off`` and ``a:ext``)."""
    transform = group.find(f"{_P}grpSpPr/{_A}xfrm")
    marks = [None if transform is None else transform.find(f"{_A}{name}") for name in ("off", "ext", "chOff", "chExt")]
    if any(mark is None for mark in marks):
        return outer
    off, ext, inner_off, inner_ext = marks
    scale_x = _number(ext, "cx") / (_number(inner_ext, "cx") or 1)
    scale_y = _number(ext, "cy") / (_number(inner_ext, "cy") or 1)
    left = _number(off, "x") - _number(inner_off, "x") * scale_x
    top = _number(off, "y") - _number(inner_off, "y") * scale_y
    return Frame(
        outer.scale_x * scale_x,
        outer.scale_y * scale_y,
        outer.left + left * outer.scale_x,
        outer.top + top * outer.scale_y,
    )


def _number(mark: Any, name: str) -> int:
    value = mark.get(name) or "0"
    return int(value) if re.fullmatch(r"-?\d{1,15}", value) else 0


def reading_order(shapes: Iterable[Shape]) -> list[Shape]:
    """Line by line from the top, each line from the left; a line begins at its highest shape."""
    ordered: list[Shape] = []
    line: list[Shape] = []
    for shape in sorted(shapes, key=lambda shape: shape.top):
        if line and shape.top - line[0].top >= _LINE_EMU:
            ordered += sorted(line, key=lambda shape: shape.left)
            line = []
        line.append(shape)
    return ordered + sorted(line, key=lambda shape: shape.left)


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
    properties = paragraph.find(f"{_A}pPr")
    level = 1 + (0 if properties is None else _number(properties, "lvl"))
    if properties is not None and any(properties.find(tag) is not None for tag in _BULLETS):
        return "item", level
    off = properties is not None and properties.find(f"{_A}buNone") is not None
    return ("item", level) if role in _BODIES and level > 1 and not off else ("paragraph", None)


def paragraph_text(paragraph: Any) -> str:
    """The words of a paragraph; line breaks as '\\n', white space at the ends of lines stripped."""
    pieces = []
    for element in paragraph.iter(f"{_A}t", f"{_A}br", f"{_A}tab"):
        text = "\n" if element.tag == f"{_A}br" else "\t" if element.tag == f"{_A}tab" else element.text or ""
        pieces.append(text)
    # A vertical tab is how some programs write a break within a title.
    text = _CONTROL.sub("", "".join(pieces).replace("_x000B_", "\n").replace("\x0b", "\n"))
    return "\n".join(line.strip(" \xa0") for line in text.split("\n")).strip()


def _is_bold(paragraph: Any) -> bool:
    runs = [run for run in paragraph.iter(f"{_A}r", f"{_A}fld") if (run.findtext(f"{_A}t") or "").strip()]
    marks = [run.find(f"{_A}rPr") for run in runs]
    return bool(marks) and all(mark is not None and mark.get("b") in _BOLD for mark in marks)


def _table_block(table: Any, slide: int, number: int, tally: _Tally) -> Iterator[Block]:
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
    for row in table.iterchildren(f"{_A}tr"):
        above: Sequence[Cell] = rows[-1] if rows else ()
        cells: list[Cell] = []
        for cell in row.iterchildren(f"{_A}tc"):
            at = len(cells)
            if cell.get("vMerge") in _BOLD and at < len(above):
                cells.append(Cell(text=above[at].text, merged=True))
            elif cell.get("hMerge") in _BOLD and cells:
                cells.append(Cell(text=cells[-1].text, merged=True))
            else:
                texts = (paragraph_text(paragraph) for paragraph in cell.iterfind(f"{_A}txBody/{_A}p"))
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

    relation = element.find(f".//{_DGM}relIds").get(f"{_R}dm")
    points = parse_xml(slide.part.related_part(relation).blob)
    yield from points.iterfind(f"{_DGM}ptLst/{_DGM}pt/{_DGM}t/{_A}p")


def _note_blocks(slide: Any, number: int) -> list[Block]:
    """The speaker's notes, after everything else on the slide."""
    if not slide.has_notes_slide or slide.notes_slide.notes_text_frame is None:
        return []
    element = slide.notes_slide.notes_text_frame._txBody  # has no public name
    texts = [text for paragraph in element.iterchildren(f"{_A}p") if (text := paragraph_text(paragraph))]
    return [
        Block(kind="paragraph", text=text, group=number - 1, place=Place(page=number, cell=f"N{index}"))
        for index, text in enumerate(texts, start=1)
    ]
