"""Header rows of a table without lines whose names stand over each other: a row for each level of its groups.

``header lines → groups → columns of each → rows of cells``, as a table with lines has them: a name over several columns
is in the first of them and repeats as merged, and so does a name down the levels it takes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import takewhile

from ingest.readers.pdf_groups import Group, Name, find_groups, heights_of, names_of
from ingest.readers.pdf_words import Line, Word, words_to_text
from ingest.records import Cell

Stack = list[str]


def header_cells(lines: Sequence[Line], bounds: Sequence[float]) -> list[tuple[Cell, ...]]:
    """The rows of cells of a header; none when no name is over several columns.

    ``bounds`` are the boundaries between columns, from left to right, in points.
    """
    groups = _by_columns(groups_in(lines), bounds)
    if not groups:
        return []
    of_groups = {id(word) for words in groups.values() for word in words}
    names: dict[int, list[Word]] = {}
    for word in _words(lines):
        if id(word) not in of_groups:
            names.setdefault(bisect_right(bounds, (word.x0 + word.x1) / 2), []).append(word)
    outermost = sorted(groups, key=lambda columns: -len(columns))
    stacks = [
        [*(words_to_text(groups[c]) for c in outermost if index in c), words_to_text(names.get(index, []))]
        for index in range(len(bounds) + 1)
    ]
    return _rows(stacks)


def names_groups(line: Line, below: Line, bounds: Sequence[float]) -> bool:
    """Whether a line of names has one over several columns, which the line below names one by one.

    It has others, as no title above a table does.
    """
    is_header = line.bold and below.bold and len(names_of([line.words])[0]) > 1
    return is_header and bool(_by_columns(groups_in([line, below]), bounds))


def ungrouped(lines: Sequence[Line]) -> list[Line]:
    """The lines without the names over several columns of the header they begin with."""
    of_groups = {id(word) for group in groups_in(list(_header(lines))) for word in group.name.words}
    kept = (tuple(word for word in line.words if id(word) not in of_groups) for line in lines)
    return [Line(words) for words in kept if words]


def _header(lines: Sequence[Line]) -> Iterable[Line]:
    return takewhile(lambda line: line.bold, lines)


def groups_in(lines: Sequence[Line]) -> list[Group]:
    """The names over several columns in the lines of a header."""
    return find_groups(heights_of(Line(tuple(sorted(_words(lines), key=lambda word: word.x0)))))


def _words(lines: Iterable[Line]) -> list[Word]:
    return [word for line in lines for word in line.words]


def _by_columns(groups: Sequence[Group], bounds: Sequence[float]) -> dict[frozenset[int], list[Word]]:
    """The words over each run of columns, inner groups first; the lines of one name stand over the same."""
    found: dict[frozenset[int], list[Word]] = {}
    inner: dict[Name, frozenset[int]] = {}
    for group in groups:
        own = (inner.get(name, {bisect_right(bounds, name.middle)}) for name in group.below)
        columns = frozenset().union(*own)
        columns = frozenset(range(min(columns), max(columns) + 1))
        inner[group.name] = columns
        if len(columns) > 1:
            found.setdefault(columns, []).extend(group.name.words)
    return found


def _rows(stacks: Sequence[Stack]) -> list[tuple[Cell, ...]]:
    """Each level of the stacks as a row; a short one goes on downwards with its last name."""
    depth = max(map(len, stacks))
    whole = [[*stack, *[stack[-1]] * (depth - len(stack))] for stack in stacks]
    rows = []
    for level in range(depth):
        cells = []
        for index, stack in enumerate(whole):
            is_inner = level + 1 < len(stacks[index])
            beside = index > 0 and is_inner and whole[index - 1][: level + 1] == stack[: level + 1]
            cells.append(Cell(text=stack[level], merged=bool(beside or level >= len(stacks[index]))))
        rows.append(tuple(cells))
    return rows
