"""Pictures of pages with rows marked on them: a highlight and a frame around it, neither of which hides a word.

Colours are multiplied with a bright page, so that ink stays as dark as it is, and screened onto a dark one, so that
white letters stay white. Boxes are x0, top, x1, bottom in pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Box = tuple[int, int, int, int]

#: Highlighter yellow, what it is on a dark page, and the frame.
HIGHLIGHT = (255, 240, 130)
_GLOW = (120, 104, 0)
FRAME = (214, 72, 0)
#: How thick the frame is, as a share of the picture's longer side.
_LINE = 0.003
_LEAST_LINE = 3
#: A page whose middle brightness (of 255) is below this is dark.
_DARK = 100
#: A row less than this much of which is on the page (as where a slide's table runs over its edge) cannot be pointed at.
_LEAST_SHOWN = 0.5
_BETWEEN = (120, 120, 120)
_GAP = 24


def mark(image: Any, box: tuple[float, float, float, float]) -> Any:
    """The picture with a rectangle highlighted and framed; with a frame around all of it when that is not on it."""
    inner = (round(box[0]) - 1, round(box[1]) - 1, round(box[2]) + 1, round(box[3]) + 1)
    shown = _clipped(image, inner)
    if _area(shown) < max(1.0, _LEAST_SHOWN * _area(inner)):
        return frame(image)
    line = _line(image)
    outer = _clipped(image, (inner[0] - line, inner[1] - line, inner[2] + line, inner[3] + line))
    marked = image.copy()
    is_dark = _is_dark(image.crop(shown))
    for part in _sides(outer, shown):
        _tint(marked, part, FRAME, FRAME, is_dark=is_dark)
    _tint(marked, shown, HIGHLIGHT, _GLOW, is_dark=is_dark)
    return marked


def frame(image: Any) -> Any:
    """The picture with a frame around all of it: the row is somewhere on it."""
    from PIL import ImageDraw

    marked = image.copy()
    ImageDraw.Draw(marked).rectangle((0, 0, image.width - 1, image.height - 1), outline=FRAME, width=2 * _line(image))
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


def _tint(image: Any, box: Box, bright: tuple[int, int, int], dark: tuple[int, int, int], *, is_dark: bool) -> None:
    from PIL import Image, ImageChops

    if _area(box) <= 0:
        return
    part = image.crop(box)
    colour = Image.new("RGB", part.size, dark if is_dark else bright)
    image.paste((ImageChops.screen if is_dark else ImageChops.multiply)(part, colour), box[:2])


def _is_dark(part: Any) -> bool:
    """Whether most of a picture is dark, whatever is written on it."""
    counts: list[int] = part.convert("L").histogram()
    return sum(counts[:_DARK]) * 2 > sum(counts)


def _sides(outer: Box, inner: Box) -> tuple[Box, ...]:
    """The band between two rectangles, as four that do not overlap."""
    return (
        (outer[0], outer[1], outer[2], inner[1]),
        (outer[0], inner[3], outer[2], outer[3]),
        (outer[0], inner[1], inner[0], inner[3]),
        (inner[2], inner[1], outer[2], inner[3]),
    )


def _line(image: Any) -> int:
    longer: int = max(image.size)
    return max(_LEAST_LINE, round(longer * _LINE))


def _clipped(image: Any, box: Box) -> Box:
    return max(0, box[0]), max(0, box[1]), min(image.width, box[2]), min(image.height, box[3])


def _area(box: Box) -> int:
    return max(0, box[2] - box[0]) * max(0, box[3] - box[1])
