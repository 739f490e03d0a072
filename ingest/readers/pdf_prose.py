"""Running text of a PDF: lines become headings, paragraphs and list items.

``lines → stretches of one style → blocks``. A line ends a paragraph when the next line's first word would have fitted
on it, when the space below it is larger than between lines, or when the type changes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.readers.pdf_grids import rounded
from ingest.readers.pdf_words import Line, is_bullet, join_lines
from ingest.records import Block, Place

#: Type larger than the body's by this factor sets a heading; sizes closer than this are one.
_LARGER = 1.12
_SAME_SIZE = 0.6
_LONGEST_HEADING = 220
_LONGEST_HEADING_LINES = 5
#: White space between lines of one paragraph, in type sizes.
_LINE_SPACE = 0.62
_MORE_SPACE = 0.2
#: The same where a document is set with more space, and what counts as the same space, in points.
_WIDEST_SPACE, _SAME_SPACE = 1.4, 0.8
#: Shorter lines than this are no full lines of a text set so, in type sizes.
_LONG_LINE = 15.0
#: With fewer letters than these outside bold, and no more in all, a document has no running text.
_LEAST_PLAIN, _MOST_OF_HEADINGS = 200, 4000
#: Above this share of bold text, bold marks no headings.
_MOSTLY_BOLD = 0.5
_NUMBERED = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[a-zA-Z][.)]|[ivxIVX]{1,5}[.)])$")
_LETTER = re.compile(r"[^\W\d_]")
_SENTENCE_END = (".", ",", ";", ":")
_PARAGRAPH_END = (".", ";", ":", "!", "?")
_LABEL_WORDS = 4
_DASHES = frozenset("-–—")


@dataclass(frozen=True)
class Style:
    """The type of a document's running text, the larger sizes of its headings from the largest on, and its bold.

    ``space`` is the widest white space between lines of a paragraph, in type sizes.
    """

    body: float = 10.0
    sizes: tuple[float, ...] = ()
    bold_marks: bool = True
    space: float = _LINE_SPACE

    def level(self, line: Line) -> int | None:
        """1 for the largest type; bold lines at the body's size are the innermost level, capitals one above them."""
        larger = [size for size in self.sizes if size <= line.size + _SAME_SIZE / 2]
        if line.size >= _LARGER * self.body and larger:
            return self.sizes.index(larger[0]) + 1
        if not (self.bold_marks and line.bold):
            return None
        return len(self.sizes) + (1 if line.text.isupper() else 2)


@dataclass
class StyleCount:
    """Letters by type size and weight, counted while pages are read."""

    letters: Counter[tuple[float, bool]] = field(default_factory=Counter)
    spaces: Counter[float] = field(default_factory=Counter)

    def add(self, lines: Sequence[Line]) -> None:
        for line in lines:
            for word in line.words:
                self.letters[round(word.size * 2) / 2, word.bold] += len(word.text)
        for above, below in pairwise(lines):
            space = (below.top - above.bottom) / below.size
            if _same_type(above, below) and 0 <= space <= _LINE_SPACE and below.text[0].islower():
                self.spaces[round(space, 1)] += 1

    @property
    def plain_letters(self) -> int:
        """How many letters are not bold, as those of running text."""
        return sum(count for (_, is_bold), count in self.letters.items() if not is_bold)

    @property
    def is_of_headings(self) -> bool:
        """Whether there is hardly anything but a few lines in bold, as over tables that say all the rest."""
        return self.plain_letters < _LEAST_PLAIN and self.letters.total() <= _MOST_OF_HEADINGS

    def style(self) -> Style:
        if not self.letters:
            return Style()
        by_size = self._by_size()
        body = max(by_size, key=lambda size: (by_size[size], -size))
        larger = sorted((size for size in by_size if size >= _LARGER * body), reverse=True)
        bold = self.letters.total() - self.plain_letters
        return Style(body, _distinct(larger), bold < _MOSTLY_BOLD * self.letters.total(), self._space())

    def style_of_headings(self) -> Style:
        """The type where there is no running text: all bold lines are headings, by their sizes."""
        sizes = self._by_size()
        body = min(Style.body, *sizes, Style.body)
        return Style(body, _distinct(sorted((size for size in sizes if size >= _LARGER * body), reverse=True)))

    def _by_size(self) -> Counter[float]:
        by_size: Counter[float] = Counter()
        for (size, _), count in self.letters.items():
            by_size[size] += count
        return by_size

    def _space(self) -> float:
        """A little more than most lines that go on in lower case stand below the ones before them."""
        if not self.spaces:
            return _LINE_SPACE
        usual, times = self.spaces.most_common(1)[0]
        return min(usual + _MORE_SPACE, _LINE_SPACE) if times * 2 > self.spaces.total() else _LINE_SPACE


def _distinct(sizes: Sequence[float]) -> tuple[float, ...]:
    kept: list[float] = []
    for size in sizes:
        if not kept or kept[-1] - size > _SAME_SIZE:
            kept.append(size)
    return tuple(kept)


def lines_to_blocks(lines: Sequence[Line], style: Style, page: int) -> Iterator[Block]:
    """Blocks of lines that stand in one column, in order."""
    close = _closeness(lines, style.space)
    edges = _right_edges(lines, close)
    pending: list[Line] = []
    for index, line in enumerate(lines):
        if pending and not (close[index - 1] and _continues(pending, line, edges[index], style)):
            yield _block(pending, style, page)
            pending = []
        pending.append(line)
    if pending:
        yield _block(pending, style, page)


def join_over_pages(blocks: Iterable[Block]) -> list[Block]:
    """The blocks with each paragraph or item that the next page goes on with made whole; it is where it begins.

    The rest begins in lower case after no end of a sentence.
    """
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if last is not None and _is_rest(last, block):
            joined[-1] = last.model_copy(update={"text": join_lines([last.text, block.text])})
        else:
            joined.append(block)
    return joined


def _is_rest(last: Block, block: Block) -> bool:
    if block.kind != "paragraph" or last.kind not in ("paragraph", "item") or block.emphasis != last.emphasis:
        return False
    on_next = last.place.page is not None and block.place.page == last.place.page + 1
    return on_next and block.text[:1].islower() and not last.text.endswith(_PARAGRAPH_END)


def _closeness(lines: Sequence[Line], usual: float) -> list[bool]:
    """Of each line and the next whether they may be of one paragraph.

    ``usual`` is the widest space within a paragraph, in type sizes. Where lines are set wider apart than that, the
    space is the same between several, and those above are full.
    """
    pairs = list(pairwise(lines))
    spaces = [below.top - above.bottom for above, below in pairs]
    widest = max((line.x1 for line in lines), default=0.0)
    close = []
    for index, (above, below) in enumerate(pairs):
        size, space = max(above.size, below.size), spaces[index]
        beside = [other for other in (index - 1, index + 1) if 0 <= other < len(pairs)]
        near = [spaces[other] for other in beside if not _begins_label(pairs[other][1])]
        wide_set = (
            space <= _WIDEST_SPACE * size
            and above.x1 - above.x0 >= _LONG_LINE * size
            and any(abs(space - other) <= _SAME_SPACE for other in near)
            and above.x1 + _space(below) + _first_width(below) > widest - size
        )
        close.append(_same_type(above, below) and -0.5 * size <= space and (space <= usual * size or wide_set))
    return close


def _same_type(above: Line, below: Line) -> bool:
    """Whether two lines are set alike, be it in some of their words only, as with a raised figure or a small mark."""
    if abs(above.size - below.size) <= _SAME_SIZE:
        return True
    return bool({word.size for word in above.words} & {word.size for word in below.words})


def _right_edges(lines: Sequence[Line], close: Sequence[bool]) -> list[float]:
    """How far each line could have gone: as far as the widest of the lines that follow each other closely."""
    edges: list[float] = []
    start = 0
    for end in range(1, len(lines) + 1):
        if end == len(lines) or not close[end - 1]:
            edges += [max(line.x1 for line in lines[start:end])] * (end - start)
            start = end
    return edges


def _continues(pending: Sequence[Line], line: Line, edge: float, style: Style) -> bool:
    """Whether a line right below goes on with the paragraph, item or heading."""
    last = pending[-1]
    is_full = last.x1 + _space(line) + _first_width(line) > edge - 0.5 * line.size
    marker = marker_of(line)
    if marker is not None and not (is_full and line.words[0].text in _DASHES and not _ends(last)):
        return False
    if _begins_label(line):
        return False
    is_item = marker_of(pending[0]) is not None
    heading = style.level(pending[0]) if _may_head(pending) else None
    if heading is not None or (style.level(line) is not None and not is_item):
        wide = last.x1 - last.x0 >= 0.55 * (edge - min(last.x0, line.x0)) or line.text[0].islower()
        same = heading == style.level(line) and last.text.isupper() == line.text.isupper()
        return same and wide and not last.text.endswith(_PARAGRAPH_END) and len(pending) < _LONGEST_HEADING_LINES
    if line.x0 > last.x0 + 0.8 * line.size and last.text.endswith((".", ":")) and not is_item:
        return False  # a first line set in
    return is_full or line.text[0].islower()


def _begins_label(line: Line) -> bool:
    """Whether a line begins as labels do ("Línea estratégica: …"); they stand on lines of their own."""
    return line.text[0].isupper() and any(word.text.endswith(":") for word in line.words[:_LABEL_WORDS])


def _ends(line: Line) -> bool:
    return line.text.endswith(_SENTENCE_END)


def _may_head(lines: Sequence[Line]) -> bool:
    text = " ".join(line.text for line in lines)
    return len(text) <= _LONGEST_HEADING and len(_LETTER.findall(text)) > 1 and marker_of(lines[0]) != "•"


def _space(line: Line) -> float:
    return 0.25 * line.size


def _first_width(line: Line) -> float:
    return line.words[0].x1 - line.words[0].x0


def marker_of(line: Line) -> str | None:
    """The mark of a list item that a line begins with: '•' for any sign, else the number or letter; None without."""
    first = line.words[0].text
    if len(line.words) < 2:
        return None
    if is_bullet(first):
        return "•"
    return first if _NUMBERED.match(first) and first[-1] in ".)" else None


def _block(lines: Sequence[Line], style: Style, page: int) -> Block:
    text = join_lines(line.text for line in lines)
    rectangle = rounded(
        (
            min(line.x0 for line in lines),
            lines[0].top,
            max(line.x1 for line in lines),
            max(line.bottom for line in lines),
        )
    )
    place = Place(page=page, rectangle=rectangle)
    bold = all(line.bold for line in lines)
    level = _heading_level(lines, text, style)
    if level is not None:
        return Block(kind="heading", text=text, level=level, emphasis=bold, group=page, place=place)
    marker = marker_of(lines[0])
    if marker is not None:
        said = text.split(" ", 1)[1] if marker == "•" else text
        return Block(kind="item", text=said, level=1, emphasis=bold, group=page, place=place)
    return Block(kind="paragraph", text=text, emphasis=bold, group=page, place=place)


def _heading_level(lines: Sequence[Line], text: str, style: Style) -> int | None:
    levels = {style.level(line) for line in lines}
    if len(levels) != 1 or not _may_head(lines) or len(lines) > _LONGEST_HEADING_LINES:
        return None
    (level,) = levels
    larger = level is not None and level <= len(style.sizes)
    return None if text.endswith(_SENTENCE_END) and not (larger and text.endswith(":")) else level
