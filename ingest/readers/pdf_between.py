"""Lines among the rows of a table without lines that are no rows: titles across it, headings, what stands off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile

from ingest.fold import fold
from ingest.headings import LEVEL_RANKS, read_heading
from ingest.readers.pdf_gaps import Cover, Gap, is_seed
from ingest.readers.pdf_words import Line

#: White space between rows of one table, in type sizes.
_ROW_SPACE = 2.4
#: A line of one column this far off, and so many times as far as the others, is not of the table; in type sizes.
_OFF_SIZES, _OFF_TIMES = 1.2, 1.8
#: More white space than this parts rows, in type sizes.
_PARTED_SIZES = 0.5
#: The same on both sides of a title that fits a column.
_ALONE_SIZES = 0.4
#: A title between rows of a table has so many lines at most.
_TITLE_LINES = 3
#: Type so many times as large as that of the rows sets a heading.
_HEADING_SIZES = 1.15
#: Type larger by more than this is that of a title, in points.
_LARGER_TYPE = 1.0
#: What begins within this distance begins at one place, in points.
ALIGNED = 3.0


def is_new_page(above: Line, below: Line) -> bool:
    """Whether a line stands on the page after: the one before it in reading order is further down."""
    return below.bottom < above.top


def is_near(above: Line, below: Line) -> bool:
    return below.top - above.bottom <= _ROW_SPACE * max(above.size, below.size)


def is_close(above: Line, below: Line) -> bool:
    return is_near(above, below) and not is_new_page(above, below)


def is_title_of(above: Line, line: Line) -> bool:
    """Whether a line set close above a header is its title, in larger type."""
    return above.bold and line.bold and above.size - line.size > _LARGER_TYPE


def stands_off(lines: Sequence[Line], at: int, cover: Cover, widest: float, *, many: bool) -> bool:
    """Whether a line of one column is no part of the stretch: too far off, or no rest of a cell and above no row.

    ``widest`` is the widest space between lines of the stretch so far, ``many`` whether it has several and not a header
    alone.
    """
    above, line = lines[at - 1], lines[at]
    if is_seed(line):
        return False
    space = line.top - above.bottom
    if is_new_page(above, line) and line.bold and not above.bold:
        return True
    if many and space > _OFF_SIZES * line.size and space > _OFF_TIMES * widest:
        return True
    if not _in_first_column(line, cover):
        return False
    if is_new_page(above, line):
        return not line.text[0].islower() and not _is_above_row(lines, at, cover)
    return many and space > _PARTED_SIZES * line.size and not _is_above_row(lines, at, cover)


def _in_first_column(line: Line, cover: Cover) -> bool:
    edge = cover.parts[1][0] if len(cover.parts) > 1 else line.x1
    return line.x0 <= cover.parts[0][0] + ALIGNED and line.x1 <= edge


def _is_above_row(lines: Sequence[Line], at: int, cover: Cover) -> bool:
    """Whether lines that fit a column stand above a row, as the end of a cell that spans rows and a title do."""
    for end in range(at + 1, min(at + 1 + _TITLE_LINES, len(lines))):
        fits = len(cover.with_line(lines[end - 1])) == len(cover.parts)
        if not fits or not is_near(lines[end - 1], lines[end]):
            return False
        if is_seed(lines[end]):
            return not lines[end].bold and len(cover.with_line(lines[end])) == len(cover.parts)
    return False


def heads_another(lines: Sequence[Line], members: Sequence[int], at: int) -> bool:
    """Whether a line at the head of a page names the columns of another table than the one so far."""
    line = lines[at]
    if not (is_new_page(lines[at - 1], line) and line.bold and is_seed(line)):
        return False
    header = list(takewhile(lambda index: lines[index].bold, members))
    if len(header) == len(members):
        return False
    names = {fold(word.text) for index in header for word in lines[index].words}
    return not {fold(word.text) for word in line.words} <= names


def is_heading(lines: Sequence[Line], at: int, members: Sequence[int], cover: Cover) -> bool:
    """Whether a line is a heading in larger type than all rows so far, and no row comes right after it."""
    line = lines[at]
    if not line.bold or line.size < _HEADING_SIZES * max(lines[index].size for index in members):
        return False
    below = lines[at + 1] if at + 1 < len(lines) else None
    fits = below is not None and is_seed(below) and len(cover.with_line(below)) == len(cover.parts)
    return below is None or not (fits and is_near(line, below))


def runs_over(line: Line, gaps: Sequence[Gap]) -> bool:
    """Whether a line in bold is one run of words that a gap happens to fall between two of."""
    return line.bold and not is_seed(line) and any(line.x0 < x0 and x1 < line.x1 for x0, x1 in gaps)


def stands_alone(lines: Sequence[Line], at: int) -> bool:
    """Whether a line in bold between rows is a title that happens to fit a column: white space parts it from both."""
    if at + 1 >= len(lines) or not lines[at].bold or is_seed(lines[at]) or lines[at + 1].bold:
        return False
    above, line, below = lines[at - 1 : at + 2]
    least = _ALONE_SIZES * line.size
    return is_seed(below) and line.top - above.bottom > least and below.top - line.bottom > least


def names_level(line: Line) -> bool:
    """Whether a line in bold says what level the rows below it are of, though it fits a column ("Programa 2. Agua")."""
    label = read_heading(line.text) if line.bold and not is_seed(line) else None
    return label is not None and label.role in LEVEL_RANKS and bool(label.value)


def title_length(lines: Sequence[Line], at: int, fits: Callable[[Line], bool]) -> int:
    """How many lines from one on are a title across the columns, between rows of a table; 0 when they are none.

    A row follows it that leaves the gaps of those before it, as ``fits`` says; not at once where its cells end at
    unlike heights, if the title names a level.
    """
    if names_level(lines[at]):
        return _length_of_level(lines, at)
    for length in range(1, _TITLE_LINES + 1):
        end = at + length
        if end >= len(lines) or not is_near(lines[end - 1], lines[end]) or is_seed(lines[end - 1]):
            return 0
        if lines[end - 1].text.endswith((".", ";")):
            return 0
        if is_seed(lines[end]):
            ends_open = lines[end - 1].text.endswith(",")
            return 0 if ends_open or not fits(lines[end]) else length
    return 0


def _length_of_level(lines: Sequence[Line], at: int) -> int:
    end = at + 1
    while end < min(at + _TITLE_LINES, len(lines)) and lines[end].bold and not is_seed(lines[end]):
        if names_level(lines[end]) or not is_set_like(lines[end], lines[at]) or begins(lines, end):
            break
        end += 1
    return end - at if end < len(lines) and is_near(lines[end - 1], lines[end]) else 0


def begins(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is the first of its paragraph, as white space above it shows."""
    above = lines[index - 1] if index else None
    return (
        above is None
        or is_new_page(above, lines[index])
        or lines[index].top - above.bottom > _PARTED_SIZES * above.size
    )


def is_set_like(line: Line, title: Line) -> bool:
    same_start = abs(line.x0 - title.x0) <= ALIGNED
    is_title = not line.text.endswith(".") and not line.text[0].islower()
    return same_start and line.bold == title.bold and line.size == title.size and is_title
