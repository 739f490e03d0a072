"""What stands on a PDF page, taken from pdfplumber's layout of it in one walk.

The objects are dicts with pdfplumber's names, so that its functions take them, without the attributes that nothing here
reads: resolving those for every character takes as long as reading the page. ``upright`` tells pages on their side,
which are read as if the sheet were turned.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

#: The share of characters set sideways that makes a page one that lies on its side.
_MOST = 0.7


@dataclass(frozen=True)
class PageObjects:
    """The characters, drawn shapes and pictures of a page; its size is that of its visible part, in points."""

    width: float
    height: float
    chars: list[dict[str, Any]] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)
    images: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Turn:
    """How far a page was turned clockwise to be read, and its size as it is shown, in points."""

    degrees: int = 0
    width: float = 0.0
    height: float = 0.0

    def back(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """A rectangle of the turned page on the page as it is shown."""
        x0, top, x1, bottom = box
        if self.degrees == 90:
            x0, top, x1, bottom = top, self.height - x1, bottom, self.height - x0
        elif self.degrees == 270:
            x0, top, x1, bottom = self.width - bottom, x0, self.width - top, x1
        return round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1)


NO_TURN = Turn()


def upright_objects(page: Any) -> tuple[PageObjects, Turn]:
    """The objects of a pdfplumber page with its text upright; a page that lies on its side is laid out again."""
    objects = page_objects(page)
    sideways = [char for char in objects.chars if abs(char["matrix"][1]) > abs(char["matrix"][0])]
    if len(sideways) < max(_MOST * len(objects.chars), 1):
        return objects, NO_TURN
    upwards = sum(char["matrix"][1] > 0 for char in sideways) * 2 > len(sideways)
    degrees = 90 if upwards else 270
    return page_objects(_turned_page(page, degrees)), Turn(degrees, objects.width, objects.height)


def _turned_page(page: Any, degrees: int) -> Any:
    from pdfplumber.page import Page

    raw = page.page_obj
    raw.rotate = (page.rotation + degrees) % 360
    raw.attrs = {**raw.attrs, "Rotate": raw.rotate}
    page.close()
    return Page(page.pdf, raw, page.page_number)


def page_objects(page: Any) -> PageObjects:
    """The objects of a pdfplumber page, placed from the top left corner of its visible part."""
    from pdfminer.layout import LTChar, LTCurve, LTImage, LTLine

    left, above, right, below = page.cropbox
    # pdfminer counts from the corner of the media box upwards
    across, down = page.mediabox[0] - left, page.mediabox[1] + page.height - above
    objects = PageObjects(float(right - left), float(below - above))
    for item in _leaves(page.layout):
        x0, x1, top, bottom = item.x0 + across, item.x1 + across, down - item.y1, down - item.y0
        if isinstance(item, LTChar):
            if x1 > 0 and x0 < objects.width and bottom > 0 and top < objects.height:
                objects.chars.append(
                    {
                        "x0": x0,
                        "x1": x1,
                        "top": top,
                        "bottom": bottom,
                        "doctop": top,
                        "width": x1 - x0,
                        "height": bottom - top,
                        "text": item.get_text(),
                        "size": item.size,
                        "fontname": item.fontname,
                        "upright": item.upright,
                        "matrix": item.matrix,
                        "color": item.graphicstate.ncolor,
                    }
                )
            continue
        box = {"x0": x0, "x1": x1, "top": top, "bottom": bottom}
        if isinstance(item, LTCurve):
            straight = isinstance(item, LTLine)
            objects.shapes.append({**box, "stroke": item.stroke, "straight": straight, "pts": item.pts})
        elif isinstance(item, LTImage):
            objects.images.append(box)
    page.close()
    return objects


def _leaves(items: Iterable[Any]) -> Iterator[Any]:
    from pdfminer.layout import LTContainer

    for item in items:
        if isinstance(item, LTContainer):
            yield from _leaves(item)
        else:
            yield item
