"""The shapes of a slide: a tree of groups, opened up into texts, tables and diagrams, and where each of them stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from ingest.fold import squeeze
from ingest.readers.pptx_cards import Box
from ingest.records import Notice, Place

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_FURNITURE = frozenset({"ftr", "sldNum", "dt", "hdr"})
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
    width: int = 0
    height: int = 0
    group: int | None = None  # the innermost group of shapes it is in

    @property
    def box(self) -> Box:
        """Its words and where they stand; those of a table or diagram are none of a box."""
        if self.element.tag != f"{P}sp":
            return Box((), self.left, self.top, 0, 0)
        texts = (paragraph_text(paragraph) for paragraph in self.element.iterfind(f"{P}txBody/{A}p"))
        lines = tuple(squeeze(line) for text in texts for line in text.split("\n") if line.strip())
        return Box(lines, self.left, self.top, self.width, self.height, self.group)


@dataclass(frozen=True)
class Frame:
    """How the coordinates inside a group become those of the slide: scale, then shift."""

    scale_x: float = 1.0
    scale_y: float = 1.0
    left: float = 0.0
    top: float = 0.0

    def apply(self, left: float, top: float) -> tuple[int, int]:
        return round(self.left + left * self.scale_x), round(self.top + top * self.scale_y)

    def scale(self, width: float, height: float) -> tuple[int, int]:
        return round(width * self.scale_x), round(height * self.scale_y)


@dataclass
class Tally:
    """What was not read, with the place where it was first met, and how much room there is."""

    counts: Counter[str] = field(default_factory=Counter)
    places: dict[str, str] = field(default_factory=dict)
    shapes: int = 0
    groups: int = 0
    cells: int = 0

    def skip(self, code: str, slide: int) -> None:
        self.counts[code] += 1
        self.places.setdefault(code, str(Place(page=slide)))

    def notices(self) -> tuple[Notice, ...]:
        return tuple(
            Notice(code=code, message=_NOT_READ[code].format(count=count), place=self.places[code])
            for code, count in self.counts.items()
        )


def _placeholder_anchors(slide: Any) -> dict[tuple[str, str], tuple[int, int]]:
    """(type, index) of the layout's placeholders to their top left corners, for shapes that say none of their own."""
    anchors = {}
    for placeholder in slide.slide_layout.placeholders:
        mark = placeholder.element.find(f".//{P}ph")
        if mark is not None and placeholder.left is not None and placeholder.top is not None:
            anchors[mark.get("type", "obj"), mark.get("idx", "0")] = (placeholder.left, placeholder.top)
    return anchors


def shapes_of(slide: Any, number: int, tally: Tally) -> Iterator[Shape]:
    """The shapes of a slide that hold words, in the order in which they are drawn."""
    return _shapes(slide.shapes.element, Frame(), _placeholder_anchors(slide), number, tally)


def _shapes(
    tree: Any,
    frame: Frame,
    anchors: dict[tuple[str, str], tuple[int, int]],
    slide: int,
    tally: Tally,
    group: int | None = None,
) -> Iterator[Shape]:
    """The shapes of a tree with words, groups opened up, and of two renderings of a shape the newer."""
    for element in tree.iterchildren():
        if element.tag in (f"{_MC}AlternateContent", f"{_MC}Choice"):
            yield from _shapes(element, frame, anchors, slide, tally, group)
            continue
        if element.tag not in _KINDS:
            continue
        if element.find(f"*/{P}cNvPr[@hidden='1']") is not None:
            tally.skip("hidden-shape", slide)
        elif element.tag == f"{P}grpSp":
            tally.groups += 1
            yield from _shapes(element, _inner_frame(element, frame), anchors, slide, tally, tally.groups)
        elif element.tag == f"{P}pic":
            tally.skip("pictures-not-read", slide)
        elif tally.shapes >= MAX_SHAPES:
            tally.skip("slide-cut", slide)
        else:
            tally.shapes += 1
            for shape in _shape(element, frame, anchors, slide, tally):
                yield replace(shape, group=group)


_KINDS = frozenset(f"{P}{name}" for name in ("sp", "grpSp", "graphicFrame", "pic"))


def _shape(
    element: Any, frame: Frame, anchors: dict[tuple[str, str], tuple[int, int]], slide: int, tally: Tally
) -> Iterator[Shape]:
    mark = element.find(f"*/{P}nvPr/{P}ph")
    role = "" if mark is None else mark.get("type")
    if role in _FURNITURE:
        if role == "ftr" and _has_words(element):
            tally.skip("page-headers-not-read", slide)
        return
    if element.tag == f"{P}graphicFrame" and element.find(f".//{A}tbl") is None:
        data = element.find(f"{A}graphic/{A}graphicData")
        if data is None or data.find(f"{DGM}relIds") is None:
            chart = data is not None and data.find(_CHART) is not None
            tally.skip("charts-not-read" if chart else "objects-not-read", slide)
            return
    anchor = None if mark is None else anchors.get((mark.get("type", "obj"), mark.get("idx", "0")))
    left, top = _corner(element, frame) or anchor or (0, 0)
    width, height = _extent(element, frame)
    yield Shape(element, top, left, role, width, height)


def _has_words(element: Any) -> bool:
    return any((text.text or "").strip() for text in element.iter(f"{A}t"))


def _corner(element: Any, frame: Frame) -> tuple[int, int] | None:
    """The top left corner that a shape says for itself, as (left, top) on the slide."""
    mark = element.find(f"{P}spPr/{A}xfrm/{A}off")
    if mark is None:
        mark = element.find(f"{P}xfrm/{A}off")
    return None if mark is None else frame.apply(number_of(mark, "x"), number_of(mark, "y"))


def _extent(element: Any, frame: Frame) -> tuple[int, int]:
    """The width and height that a shape says for itself; nothing where it says none."""
    mark = element.find(f"{P}spPr/{A}xfrm/{A}ext")
    return (0, 0) if mark is None else frame.scale(number_of(mark, "cx"), number_of(mark, "cy"))


def _inner_frame(group: Any, outer: Frame) -> Frame:
    """The frame of what is inside a group (``a:chOff`` and ``a:chExt`` become ``a:off`` and ``a:ext``)."""
    transform = group.find(f"{P}grpSpPr/{A}xfrm")
    marks = [None if transform is None else transform.find(f"{A}{name}") for name in ("off", "ext", "chOff", "chExt")]
    if any(mark is None for mark in marks):
        return outer
    off, ext, inner_off, inner_ext = marks
    scale_x = number_of(ext, "cx") / (number_of(inner_ext, "cx") or 1)
    scale_y = number_of(ext, "cy") / (number_of(inner_ext, "cy") or 1)
    left = number_of(off, "x") - number_of(inner_off, "x") * scale_x
    top = number_of(off, "y") - number_of(inner_off, "y") * scale_y
    return Frame(
        outer.scale_x * scale_x,
        outer.scale_y * scale_y,
        outer.left + left * outer.scale_x,
        outer.top + top * outer.scale_y,
    )


def number_of(mark: Any, name: str) -> int:
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


def paragraph_text(paragraph: Any) -> str:
    """The words of a paragraph; line breaks as '\\n', white space at the ends of lines stripped."""
    pieces = []
    for element in paragraph.iter(f"{A}t", f"{A}br", f"{A}tab"):
        text = "\n" if element.tag == f"{A}br" else "\t" if element.tag == f"{A}tab" else element.text or ""
        pieces.append(text)
    # A vertical tab is how some programs write a break within a title.
    text = _CONTROL.sub("", "".join(pieces).replace("_x000B_", "\n").replace("\x0b", "\n"))
    return "\n".join(line.strip(" \xa0") for line in text.split("\n")).strip()
