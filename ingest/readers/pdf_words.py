"""Words of a PDF page with what their type looks like, and the lines they stand in.

``characters → words → lines``. Coordinates are points from the top left corner of the visible page.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from statistics import median
from typing import Any

from ingest.fold import squeeze
from ingest.readers.cut_words import is_cut_word
from ingest.readers.pdf_marks import is_mark_of, without_marks
from ingest.readers.pdf_type import is_set_off, same_height

#: A gap wider than this share of the type size parts words that no space parts.
_WORD_GAP = 0.18
#: A letter printed again stands within this share of its width.
_DOUBLE = 0.75
#: Words share a line when they overlap by this share of the lower one's height.
_SAME_LINE = 0.5
_NOT_MAPPED = re.compile(r"\(cid:\d+\)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b\u200e\u200f\ufeff]")
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")
_LIGATURE = re.compile(r"[\ufb00-\ufb06]")
#: A line that is shorter than the widest by no more than this, in type sizes, fills its cell.
_CUT_SLACK = 1.0
_HYPHENS = "-\u2010\u00ad"
_LONGEST_MARK = 4

#: A word of so many letters may be parted because its column is too narrow for it.
_LONG_WORD = 9

#: What stands for a character that the file does not tell.
UNKNOWN = "\ufffd"
#: What lists are marked with, among them what symbol fonts come out as.
BULLET = "•"
_BULLETS = "•▪▫◦‣●○■□◆◇➢➤►▶✓✔✗❖⮚§·∙–—-*" + UNKNOWN


@dataclass(frozen=True, slots=True)
class Word:
    """A word in its box, ``bold`` when its type is set off.

    ``turn`` is 1 for words read upwards, -1 for words read downwards, 0 for all others.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool = False
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one height, from left to right."""

    words: tuple[Word, ...]

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def size(self) -> float:
        return median(word.size for word in self.words)

    @property
    def bold(self) -> bool:
        return all(word.bold for word in self.words if word.text != BULLET)

    @property
    def text(self) -> str:
        return squeeze(" ".join(word.text for word in self.words))

    def segments(self, gap: float) -> tuple[Line, ...]:
        """The line cut where no word stands for more than ``gap`` points."""
        reach = accumulate((word.x1 for word in self.words), max)
        cuts = [
            i for i, (x1, word) in enumerate(zip(reach, self.words[1:], strict=False), start=1) if word.x0 - x1 > gap
        ]
        return tuple(Line(self.words[i:j]) for i, j in pairwise([0, *cuts, len(self.words)]))


def page_words(chars: list[dict[str, Any]]) -> list[Word]:
    """The words that a page's characters make up."""
    chars = _without_false_spaces(_without_doubles(chars))
    words = list(_extracted([char for char in chars if char["upright"]], {}, 0))
    turned = [char for char in chars if not char["upright"]]
    for turn, direction in ((1, "btt"), (-1, "ttb")):
        options = {"char_dir_rotated": direction, "line_dir_rotated": "ltr" if turn > 0 else "rtl"}
        words += _extracted([char for char in turned if _turn_of(char) == turn], options, turn)
    return words


def _turn_of(char: dict[str, Any]) -> int:
    return -1 if char["matrix"][1] < 0 else 1


def _extracted(chars: list[dict[str, Any]], options: dict[str, str], turn: int) -> Iterator[Word]:
    from pdfplumber.utils.text import extract_words

    if not chars:
        return
    height = same_height(chars)
    words = extract_words(chars, x_tolerance_ratio=_WORD_GAP, y_tolerance=height, return_chars=True, **options)
    for found in _unmarked(words):
        text = clean(found["text"])
        if text:
            first = found["chars"][0]
            x0, top, x1, bottom = (round(found[side], 2) for side in ("x0", "top", "x1", "bottom"))
            bold = is_set_off(first)
            yield Word(text, x0, top, x1, bottom, round(first["size"], 1), bold, turn)


def _unmarked(found: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The words without the marks of footnotes that stand at them; the note itself says what it is about."""
    for word in found:
        chars = without_marks(word["chars"])
        if len(chars) < len(word["chars"]):
            text = "".join(char["text"] for char in chars)
            yield {**word, "text": text, "chars": chars} | {
                "x1": max(char["x1"] for char in chars),
                "top": min(char["top"] for char in chars),
            }
        elif not any(is_mark_of(chars, other["chars"]) for other in _before(word, found)):
            yield word


def _before(word: dict[str, Any], found: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The words that a small word may be a mark of: those that end where it begins."""
    if len(word["text"]) > _LONGEST_MARK or not any(map(str.isdigit, word["text"])):
        return
    yield from (
        other
        for other in found
        if other is not word
        and abs(word["x0"] - other["x1"]) <= word["chars"][0]["size"]
        and other["top"] - word["chars"][0]["size"] < word["top"] < other["bottom"]
    )


def _without_doubles(chars: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The characters without those printed a second time on top of themselves, as old programs make bold."""
    coarse = Counter((char["text"], int(char["x0"]) // 2, int(char["top"]) // 2) for char in chars)
    if len(coarse) == len(chars):
        return chars
    kept: list[dict[str, Any]] = []
    seen: dict[tuple[str, int, int], tuple[float, float]] = {}
    for char in chars:
        text, x, y = char["text"], char["x0"], char["top"]
        near = ((text, int(x) + i, int(y) + j) for i in (0, -1, 1) for j in (0, -1, 1))
        far = min(1.0, _DOUBLE * (char["x1"] - x))  # of "ll" in small type the second begins less than a point on
        if any(key in seen and abs(seen[key][0] - x) < far and abs(seen[key][1] - y) < 1 for key in near):
            continue
        seen[text, int(x), int(y)] = (x, y)
        kept.append(char)
    return kept


def _without_false_spaces(chars: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The characters without spaces that a printed one stands on: they part no words ("$" and spaces over "14.025")."""
    if not any(char["text"].isspace() for char in chars):
        return chars
    printed: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for char in chars:
        if not char["text"].isspace():
            printed[int(char["bottom"])].append((char["x0"], char["x1"]))
    for boxes in printed.values():
        boxes.sort()

    def is_covered(char: dict[str, Any]) -> bool:
        boxes = printed.get(int(char["bottom"]), [])
        middle = (char["x0"] + char["x1"]) / 2
        at = bisect_right(boxes, (middle, middle)) - 1
        return at >= 0 and boxes[at][1] - middle > 0.25 * (char["x1"] - char["x0"])

    return [char for char in chars if not (char["text"].isspace() and is_covered(char))]


def clean(text: str) -> str:
    """A word composed (NFC), ligatures in letters, without control characters; glyphs of unknown meaning marked."""
    if text.isascii() and text.isprintable() and "(cid:" not in text:
        return text.strip()
    text = _NOT_MAPPED.sub(UNKNOWN, text)
    text = _CONTROL.sub("", _PRIVATE.sub(UNKNOWN, text))
    text = _LIGATURE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    text = unicodedata.normalize("NFC", text).strip()
    return BULLET if text and all(char == UNKNOWN for char in text) and len(text) == 1 else text


def is_bullet(text: str) -> bool:
    """Whether a word is the mark of a list item."""
    return len(text) == 1 and text in _BULLETS


def words_to_lines(words: Iterable[Word]) -> list[Line]:
    """Lines from top to bottom; words that overlap in height share one, so that raised figures stay in theirs."""
    lines: list[list[Word]] = []
    extents: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda word: (word.top, word.x0)):
        at = next((i for i in range(len(lines) - 1, max(len(lines) - 7, -1), -1) if _shares(word, extents[i])), None)
        if at is None:
            lines.append([word])
            extents.append((word.top, word.bottom))
        else:
            lines[at].append(word)
    made = [Line(tuple(sorted(words, key=lambda word: word.x0))) for words in lines]
    return sorted(made, key=lambda line: line.top)


def _shares(word: Word, extent: tuple[float, float]) -> bool:
    top, bottom = extent
    overlap = min(word.bottom, bottom) - max(word.top, top)
    return overlap >= _SAME_LINE * max(min(word.bottom - word.top, bottom - top), 0.1)


def words_to_text(words: Sequence[Word]) -> str:
    """The words of one cell or box as running text, those set sideways after the others."""
    upright = join_lines(_whole_words(words_to_lines(word for word in words if word.turn == 0)))
    sideways = [
        squeeze(" ".join(word.text for word in _sideways(words, turn)))
        for turn in (1, -1)
        if any(w.turn for w in words)
    ]
    return squeeze(" ".join([upright, *sideways]))


def _whole_words(lines: Sequence[Line]) -> list[str]:
    """The texts of a cell's lines; a word too long for the cell, which was cut without a hyphen, is whole again."""
    texts = [line.text for line in lines]
    widest = max((line.x1 - line.x0 for line in lines), default=0.0)
    for index in reversed(range(len(lines) - 1)):
        line = lines[index]
        fills = len(line.words) == 1 and line.x1 - line.x0 >= widest - _CUT_SLACK * line.size
        if fills and is_cut_word(texts[index], texts[index + 1]):
            texts[index : index + 2] = [texts[index] + texts[index + 1]]
    return texts


def _sideways(words: Sequence[Word], turn: int) -> list[Word]:
    """Words read upwards go by lines from left to right, those read downwards by lines from right to left."""
    chosen = [word for word in words if word.turn == turn]
    return sorted(chosen, key=lambda word: (turn * round(word.x0 / max(word.size, 1)), -turn * word.top))


def join_lines(texts: Iterable[str]) -> str:
    """Lines as running text; a word parted at the end of its line is whole again.

    It is parted by a hyphen, or without one when it is all of its line and too long for its column.
    """
    joined = above = ""
    for text in texts:
        if not joined or not text:
            joined = joined or text
        elif joined[-1] in _HYPHENS and joined[-2:-1].isalnum():
            joined = f"{_before_hyphen(joined, text)}{text}"
        else:
            is_parted = len(above) >= _LONG_WORD and above.isalpha() and is_cut_word(above, text)
            joined = f"{joined}{text}" if is_parted else f"{joined} {text}"
        above = text or above
    return joined.replace("\u00ad", "")


def _before_hyphen(text: str, following: str) -> str:
    """A hyphen goes when the word goes on in lower case; between figures and names it is part of what is printed."""
    return text[:-1] if text[-2].isalpha() and following[0].islower() else text
