"""The text of a slide or section: its lines joined to one, with the way back from a place in it to its line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ingest.extract.walk import Located
from ingest.fold import fold_in_place, squeeze
from ingest.records import Place

_CONNECTING = re.compile(r"(?:^|\s)(?:de|del|la|las|el|los|y|e|o|en|a|al|con|por|para|que|un|una|su)$", re.IGNORECASE)
#: A word, be it as short as "de".
WORD = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True)
class TextLine:
    """One line of a group: its text, where it stands, the block it is of and the context there."""

    text: str
    place: Place
    start: int
    block: int
    located: Located

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True)
class GroupText:
    """A slide or section as one running text, with the way back from an offset to its line."""

    text: str
    lines: tuple[TextLine, ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def line_at(self, offset: int) -> TextLine:
        return self.lines[max(0, bisect_right(self._starts, offset) - 1)]

    @cached_property
    def folded(self) -> str:
        return fold_in_place(self.text)

    def block_text(self, block: int) -> str:
        return squeeze(" ".join(line.text for line in self.lines if line.block == block))

    def goes_on(self, line: TextLine) -> bool:
        """Whether the sentence goes on with the next line: that begins in lower case and nothing separates them."""
        following = next((other for other in self.lines if other.start > line.start), None)
        return following is not None and following.text[:1].islower() and self.text[line.end : line.end + 1] == " "


def join_group(located: Sequence[Located]) -> GroupText:
    """The group's lines joined: with a newline where a block begins, with a space where a line only goes on."""
    pieces: list[str] = []
    lines: list[TextLine] = []
    offset = 0
    for number, item in enumerate(located):
        for index, (line_number, text) in enumerate(item.block.lines()):
            if pieces:
                pieces.append(" " if index or _goes_on(pieces[-1], text) else "\n")
                offset += 1
            place = item.block.place
            if line_number is not None:
                place = Place(**{**place.model_dump(), "line": line_number, "line_end": line_number})
            lines.append(TextLine(text, place, offset, number, item))
            pieces.append(text)
            offset += len(text)
    return GroupText("".join(pieces), tuple(lines))


def _goes_on(before: str, text: str) -> bool:
    """Whether a block goes on with the sentence of the one before it, as where an empty line cut a slide's text."""
    if before.rstrip().endswith((".", ":", ";")) or WORD.search(before) is None:
        return False
    return text[:1].islower() or text[:1] == "(" or _CONNECTING.search(before.rstrip()) is not None
