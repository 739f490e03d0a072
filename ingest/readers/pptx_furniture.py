"""What stands on every slide of a presentation without being a footer by its kind: typed slide numbers and footers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from ingest.readers.pptx_cards import Box

#: A text at the foot of so many slides, and of this share of all, is their footer.
_FEWEST = 3
_SHARE = 0.5
#: Where the foot of a slide begins, as a share of its height.
_FOOT = 0.85
_PLACE_EMU = 91_440
_NUMBER = re.compile(
    r"^(?:p[aá]g(?:ina|\.)?|diapositiva|slide)?\s*(?P<number>\d{1,3})(?:\s*(?:/|de)\s*\d{1,3})?$", re.IGNORECASE
)


def furniture_of(slides: Sequence[Sequence[Box]], height: int) -> frozenset[tuple[int, int]]:
    """(slide, box), both counted from 0, of the boxes that number slides or stand alike at the foot of most."""
    numbers = {
        (at, index): _place(box)
        for at, boxes in enumerate(slides)
        for index, box in enumerate(boxes)
        if (match := _NUMBER.match(box.text)) is not None and int(match["number"]) == at + 1
    }
    texts = {
        (at, index): (box.text, _place(box))
        for at, boxes in enumerate(slides)
        for index, box in enumerate(boxes)
        if box.text and box.top >= height * _FOOT
    }
    return frozenset(_often(numbers, len(slides)) | _often(texts, len(slides)))


def _often(found: Mapping[tuple[int, int], object], slides: int) -> set[tuple[int, int]]:
    """Of things found, those that are found in as many slides as furniture is."""
    times = Counter(
        {value: len({at for (at, _), other in found.items() if other == value}) for value in found.values()}
    )
    return {key for key, value in found.items() if times[value] >= max(_FEWEST, slides * _SHARE)}


def _place(box: Box) -> tuple[int, int]:
    return round(box.left / _PLACE_EMU), round(box.top / _PLACE_EMU)
