"""What the type of letters on a PDF page tells: whether it is set off, and how far apart the lines of it may be."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

_BOLD = re.compile(r"bold|black|heavy|demi|negrita", re.IGNORECASE)
#: Letters as light as this, of white, stand on a dark ground.
_LIGHT = 0.9
#: Tops of letters on one line differ by this much at most, in points and in sizes of the smallest fifth of the type.
_LINE_POINTS, _LINE_SIZES, _SMALL_PART = 3.0, 0.3, 5


def is_set_off(char: Mapping[str, Any]) -> bool:
    """Whether a letter is of a bold font, or white or nearly so as those of names on a dark ground are."""
    return _BOLD.search(str(char["fontname"])) is not None or _is_light(char.get("color"))


def _is_light(color: Any) -> bool:
    """A colour is a share of grey, or the shares of red, green and blue, or of four inks."""
    parts = color if isinstance(color, (tuple, list)) else (color,)
    if not all(isinstance(part, (int, float)) for part in parts):
        return False
    return sum(parts) <= 4 * (1 - _LIGHT) if len(parts) == 4 else len(parts) in (1, 3) and min(parts) >= _LIGHT


def same_height(chars: Sequence[Mapping[str, Any]]) -> float:
    """How far apart, in points, the tops of letters on one line may be: less where type is small.

    Cells of several lines beside others set in the middle of them stand half a line apart.
    """
    sizes = sorted(char["size"] for char in chars)
    return min(_LINE_POINTS, _LINE_SIZES * float(sizes[len(sizes) // _SMALL_PART]))
