"""Cards of a slide: boxes that each hold a figure, with the box beside it that says of what.

``boxes → figures and captions → pairs → rows of cards``. A caption stands under its figure, over it, or to one side, in
the same way all over a slide; or both are in one box, or in one group of shapes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

#: A slide with fewer cards than this has none.
_FEWEST = 2
_LONGEST_FIGURE = 30
_LONGEST_CAPTION = 160
_MOST_LINES = 4
#: The share of the smaller of two boxes that has to lie beside the other.
_BESIDE = 0.5
#: A caption is no further from its figure than this many times the height of the larger box, or this many EMU.
_FAR = 1.2
_NEAR_EMU = 360_000
_LINE_EMU = 91_440

_FIGURE = re.compile(
    r"^[$+±≈-]?\s?(?:COP\s?)?\d[\d.,'\s]*(?:%|(?:[^\W\d_]{1,14}[²³]?\.?)(?:\s(?!de\b)[^\W\d_]{1,14})?)?$", re.IGNORECASE
)
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_OTHER_FIGURE = re.compile(r"(?!(?:19|20)\d\d\b)\b\d{3}")
_WORDS = re.compile(r"[^\W\d_]{3}")
_BULLET = re.compile(r"^\s*[•▪●◦✓✔➢-]")
_LABELLED = re.compile(r":\s*\S")


@dataclass(frozen=True)
class Box:
    """A text on a slide: its lines, its corner and its size in EMU, and the innermost group of shapes it is in."""

    lines: tuple[str, ...]
    left: int
    top: int
    width: int
    height: int
    group: int | None = None

    @property
    def text(self) -> str:
        return " ".join(self.lines)

    @property
    def right(self) -> int:
        return self.left + self.width

    @property
    def bottom(self) -> int:
        return self.top + self.height

    @property
    def is_figure(self) -> bool:
        return len(self.lines) == 1 and _is_figure(self.text)

    @property
    def is_caption(self) -> bool:
        """Whether it can say what a figure is of: a few lines of words, neither a list nor a label with its value."""
        if not 0 < len(self.lines) <= _MOST_LINES or len(self.text) > _LONGEST_CAPTION or self.is_figure:
            return False
        return _WORDS.search(self.text) is not None and not _LABELLED.search(self.text) and not _is_list(self.lines)


@dataclass(frozen=True)
class Card:
    """A figure and its caption, and the boxes they stand in (numbers of the slide's boxes; one where both share it)."""

    caption: str
    figure: str
    box: int
    caption_box: int


def find_cards(boxes: Sequence[Box]) -> list[tuple[Card, ...]]:
    """The cards of a slide in rows to be read as one: no caption twice, and no other box between them."""
    cards = _cards_of_one_box(boxes)
    if len(cards) < _FEWEST:
        cards = _paired(boxes)
    if len(cards) < _FEWEST:
        return []
    taken = {card.box for card in cards} | {card.caption_box for card in cards}
    rows: list[list[Card]] = []
    for line in _lines(cards, boxes):
        if rows and _goes_on(rows[-1], line, boxes, taken):
            rows[-1] += line
        else:
            rows.append(line)
    return [tuple(row) for row in rows]


def _cards_of_one_box(boxes: Sequence[Box]) -> list[Card]:
    """Boxes with one line that is a figure, the others its caption."""
    cards = []
    for number, box in enumerate(boxes):
        figures = [line for line in box.lines if _is_figure(line)]
        words = [line for line in box.lines if line not in figures]
        caption = Box(tuple(words), box.left, box.top, box.width, box.height)
        if len(figures) == 1 and len(box.lines) > 1 and caption.is_caption and not _OTHER_FIGURE.search(caption.text):
            cards.append(Card(caption.text, figures[0], number, number))
    return cards


def _paired(boxes: Sequence[Box]) -> list[Card]:
    """Figures with their captions, in the way that pairs most of a slide's figures, then the nearest."""
    figures = [number for number, box in enumerate(boxes) if box.is_figure and box.width]
    captions = [number for number, box in enumerate(boxes) if box.is_caption and box.width]
    best: tuple[int, float, list[tuple[int, int]]] = (0, 0.0, [])
    for gap in (_in_group, _below, _above, _to_the_left, _to_the_right):
        pairs, total = _pairs(boxes, figures, captions, gap)
        if pairs and (len(pairs), -total / len(pairs)) > (best[0], best[1]):
            best = (len(pairs), -total / len(pairs), pairs)
    return [Card(boxes[caption].text, boxes[figure].text, figure, caption) for figure, caption in best[2]]


Gap = Callable[[Box, Box], float | None]


def _pairs(
    boxes: Sequence[Box], figures: Sequence[int], captions: Sequence[int], gap: Gap
) -> tuple[list[tuple[int, int]], float]:
    """Each figure with the nearest caption in one direction; none where two figures share a caption."""
    pairs, total = [], 0.0
    for figure in figures:
        near = [(found, caption) for caption in captions if (found := gap(boxes[figure], boxes[caption])) is not None]
        if near:
            distance, caption = min(near)
            pairs.append((figure, caption))
            total += distance
    taken = [caption for _, caption in pairs]
    return [(figure, caption) for figure, caption in pairs if taken.count(caption) == 1], total


def _in_group(figure: Box, caption: Box) -> float | None:
    return 0.0 if figure.group is not None and figure.group == caption.group else None


def _below(figure: Box, caption: Box) -> float | None:
    return _near(caption.top - figure.bottom, figure, caption) if _share(figure, caption, "left") else None


def _above(figure: Box, caption: Box) -> float | None:
    return _near(figure.top - caption.bottom, figure, caption) if _share(figure, caption, "left") else None


def _to_the_left(figure: Box, caption: Box) -> float | None:
    return _near(figure.left - caption.right, figure, caption) if _share(figure, caption, "top") else None


def _to_the_right(figure: Box, caption: Box) -> float | None:
    return _near(caption.left - figure.right, figure, caption) if _share(figure, caption, "top") else None


def _near(gap: int, figure: Box, caption: Box) -> float | None:
    """The gap where it is small; boxes are often drawn larger than what they hold, so that they overlap a little."""
    smaller, larger = sorted((figure.height, caption.height))
    return float(max(gap, 0)) if -_BESIDE * smaller <= gap <= max(_FAR * larger, _NEAR_EMU) else None


def _share(one: Box, other: Box, side: str) -> bool:
    """Whether two boxes lie over each other (``left``) or beside each other (``top``)."""
    a, b = ((box.left, box.right) if side == "left" else (box.top, box.bottom) for box in (one, other))
    return min(a[1], b[1]) - max(a[0], b[0]) >= _BESIDE * min(a[1] - a[0], b[1] - b[0])


def _lines(cards: Sequence[Card], boxes: Sequence[Box]) -> Iterator[list[Card]]:
    """The cards line by line from the top, each line from the left."""
    ordered = sorted(cards, key=lambda card: boxes[card.box].top)
    starts = [0, *(i + 1 for i, (a, b) in enumerate(pairwise(ordered)) if _apart(boxes[a.box], boxes[b.box]))]
    for start, end in zip(starts, [*starts[1:], len(ordered)], strict=True):
        yield sorted(ordered[start:end], key=lambda card: boxes[card.box].left)


def _apart(above: Box, below: Box) -> bool:
    return below.top - above.top >= _LINE_EMU


def _goes_on(before: Sequence[Card], line: Sequence[Card], boxes: Sequence[Box], taken: set[int]) -> bool:
    """Whether a line of cards is of the same things as the one before it."""
    if {card.caption.casefold() for card in before} & {card.caption.casefold() for card in line}:
        return False
    first, last = (boxes[cards[0].box].top for cards in (before, line))
    return not any(first < box.top < last for number, box in enumerate(boxes) if number not in taken)


def _is_figure(text: str) -> bool:
    return len(text) <= _LONGEST_FIGURE and _FIGURE.match(text) is not None and not _YEAR.match(text)


def _is_list(lines: Sequence[str]) -> bool:
    return any(_BULLET.match(line) for line in lines)
