"""Pictures of pages with rows marked on them: a highlight that darkens nothing, and a frame around it.

Rectangles are x0, top, x1, bottom in pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

#: Highlighter yellow: multiplied with the page, so that ink stays as dark as it is.
HIGHLIGHT = (255, 240, 130)
FRAME = (214, 72, 0)
#: How thick the frame is, as a share of the picture's longer side. It stands right outside the row, where the words of
#: the next row begin, so it is thin.
_LINE = 0.002
_MARGIN = 1
_BETWEEN = (120, 120, 120)
_GAP = 24


def mark(image: Any, box: tuple[float, float, float, float]) -> Any:
    """The picture with a rectangle highlighted and framed."""
    from PIL import Image, ImageChops, ImageDraw

    line = max(2, round(max(image.size) * _LINE))
    x0, top, x1, bottom = _clipped(image, box, _MARGIN)
    inside = image.crop((x0, top, x1, bottom))
    tinted = ImageChops.multiply(inside, Image.new("RGB", inside.size, HIGHLIGHT))
    marked = image.copy()
    marked.paste(tinted, (x0, top))
    edge = _clipped(image, (x0, top, x1, bottom), line)
    ImageDraw.Draw(marked).rectangle((edge[0], edge[1], edge[2] - 1, edge[3] - 1), outline=FRAME, width=line)
    return marked


def frame(image: Any) -> Any:
    """The picture with a frame around all of it: the row is somewhere on it."""
    from PIL import ImageDraw

    marked = image.copy()
    line = 2 * max(2, round(max(image.size) * _LINE))
    ImageDraw.Draw(marked).rectangle((0, 0, image.width - 1, image.height - 1), outline=FRAME, width=line)
    return marked


def stacked(images: Sequence[Any]) -> Any:
    """Pictures one below the other."""
    from PIL import Image

    if len(images) == 1:
        return images[0]
    width = max(image.width for image in images)
    whole = Image.new("RGB", (width, sum(image.height for image in images) + _GAP * (len(images) - 1)), _BETWEEN)
    at = 0
    for image in images:
        whole.paste(image, ((width - image.width) // 2, at))
        at += image.height + _GAP
    return whole


def _clipped(image: Any, box: tuple[float, float, float, float], margin: int) -> tuple[int, int, int, int]:
    """A rectangle grown by a margin, within the picture and never empty."""
    x0, top = max(0, int(box[0]) - margin), max(0, int(box[1]) - margin)
    x1, bottom = min(image.width, round(box[2]) + margin), min(image.height, round(box[3]) + margin)
    x0, top = min(x0, image.width - 1), min(top, image.height - 1)
    return x0, top, max(x1, x0 + 1), max(bottom, top + 1)
