"""Names over several columns of a table without lines ("LÍNEA BASE" over "Valor", "Año" and "Fuente").

``words of a header → names on each height → groups``. A group's name reaches over its names, or stands in the middle
of them ("2024" over "P" and "E"), or the names below repeat themselves once for each name above.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.fold import fold
from ingest.readers.pdf_words import Line, Word

#: Lines overlap when they share so much of their height, in type sizes.
OVERLAP = 0.15
#: Words of one name stand no further apart than this, in type sizes; a group has so many names below it.
_NAME_GAP, _FEWEST = 0.6, 2
#: A name has its middle where that of the names below it is, within this distance, in type sizes.
_MIDDLE = 0.7
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Name:
    """What is printed over one or several columns on one height (counted from the top) of a header."""

    height: int
    words: tuple[Word, ...]

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def text(self) -> str:
        return fold(" ".join(word.text for word in self.words))


@dataclass(frozen=True)
class Group:
    """A name over several others, which stand on one height below it from left to right."""

    name: Name
    below: tuple[Name, ...]


def heights_of(line: Line) -> list[list[Word]]:
    """The words of a line that several make up, those on one height together, from top to bottom."""
    rows: list[list[Word]] = []
    for word in sorted(line.words, key=lambda word: word.top):
        if rows and word.top - rows[-1][0].top <= OVERLAP * line.size:
            rows[-1].append(word)
        else:
            rows.append([word])
    return rows


def names_of(rows: Sequence[Sequence[Word]]) -> list[list[Name]]:
    """The names on each height, from left to right."""
    made: list[list[Name]] = []
    for height, row in enumerate(rows):
        line = Line(tuple(sorted(row, key=lambda word: word.x0)))
        made.append([Name(height, part.words) for part in line.segments(_NAME_GAP * line.size)])
    return made


def find_groups(rows: Sequence[Sequence[Word]]) -> list[Group]:
    """The groups of a header, from the words on each of its heights; inner ones come first."""
    names = names_of(rows)
    found: list[Group] = []
    for height in reversed(range(len(names) - 1)):
        for below in names[height + 1 :]:
            known = {group.name for group in found}
            repeated = _over_repeated(names[height], below)
            for name in names[height]:
                held = repeated.get(name) or _held(name, below, names) if name not in known else []
                if len(held) >= _FEWEST and not _stands_between(name, held, names, found):
                    found.append(Group(name, tuple(held)))
    return found


def _held(name: Name, below: Sequence[Name], names: Sequence[Sequence[Name]]) -> Sequence[Name]:
    """The names below that a name is over: those it reaches, or has in its middle, with the free ones beside them."""
    reached, around = _reached(name, below), _around(name, below)
    others = [other for other in names[name.height] if other != name]
    is_below_all = _names_groups_only(name, below, names)
    core = reached or min(around, key=len, default=[]) or (_nearest(name, below, others) if is_below_all else [])
    if not core:
        return []
    first, end = below.index(core[0]), below.index(core[-1]) + 1

    def is_free(other: Name) -> bool:
        is_alike = _DIGIT.sub("0", other.text) == _DIGIT.sub("0", core[0].text)
        return (is_alike or is_below_all) and not any(_shares(other, above) for above in others)

    while first > 0 and is_free(below[first - 1]):
        first -= 1
    while end < len(below) and is_free(below[end]):
        end += 1
    whole = [run for run in around if core[0] in run and core[-1] in run and set(run) <= set(below[first:end])]
    return max(whole, key=len) if whole else below[first:end] if reached else core


def _names_groups_only(name: Name, below: Sequence[Name], names: Sequence[Sequence[Name]]) -> bool:
    """Whether columns beside groups are named on other heights than the names of groups are."""
    others = [other for other in names[name.height] if other != name and not any(_shares(other, at) for at in below)]
    return bool(others) or any(row and row[0].height not in (name.height, below[0].height) for row in names)


def _nearest(name: Name, below: Sequence[Name], others: Sequence[Name]) -> list[Name]:
    """The names below that stand under none and are nearest to this one, where they stand on both sides of it.

    A name that would have but one of them is over its own column only.
    """
    free = [other for other in below if not any(_shares(other, above) for above in others)]
    over = [name, *others]
    while True:
        nearest = [min(over, key=lambda above: abs(above.middle - other.middle)) for other in free]
        groups = [above for above in over if nearest.count(above) >= _FEWEST]
        if name not in groups:
            return []
        if len(groups) == len(over):
            break
        over = groups
    held = [other for other, above in zip(free, nearest, strict=True) if above == name]
    return held if held[0].x0 < name.middle < held[-1].x1 else []


def _reached(name: Name, below: Sequence[Name]) -> list[Name]:
    """The names that a name reaches over, or nearly so; none when it is but one."""
    held = [other for other in below if abs(other.middle - name.middle) < (name.x1 - name.x0) / 2 + other.x1 - other.x0]
    return held if len(held) >= _FEWEST else []


def _around(name: Name, below: Sequence[Name]) -> list[list[Name]]:
    """The runs of names beside each other that a name stands in the middle of."""
    slack = _MIDDLE * name.words[0].size
    runs = (list(below[at:end]) for at in range(len(below)) for end in range(at + _FEWEST, len(below) + 1))
    return [
        run
        for run in runs
        if run[0].x0 <= name.x0
        and name.x1 <= run[-1].x1
        and min(
            abs((run[0].middle + run[-1].middle) / 2 - name.middle), abs((run[0].x0 + run[-1].x1) / 2 - name.middle)
        )
        <= slack
    ]


def _over_repeated(names: Sequence[Name], below: Sequence[Name]) -> dict[Name, list[Name]]:
    """The names below each name where they say the same below all of them ("P", "E", "P", "E")."""
    texts = [name.text for name in below]
    for length in range(_FEWEST, len(texts) // 2 + 1):
        runs = [list(below[at : at + length]) for at in range(0, len(texts), length)]
        if len(texts) % length or any(texts[at] != texts[at % length] for at in range(len(texts))):
            continue
        over = [[name for name in names if run[0].x0 - name.words[0].size <= name.middle <= run[-1].x1] for run in runs]
        if all(len(found) == 1 for found in over):
            return {found[0]: run for found, run in zip(over, runs, strict=True)}
    return {}


def _stands_between(name: Name, held: Sequence[Name], names: Sequence[Sequence[Name]], found: Sequence[Group]) -> bool:
    """Whether a name that is none of the group stands among its names, as one of a column beside them does."""
    own = {name, *held, *(group.name for group in found if set(group.below) <= set(held))}
    own |= {other for group in found if group.name in held for other in group.below}
    others = (other for row in names for other in row if other not in own)
    return any(
        held[0].x0 < other.middle < held[-1].x1
        and not any(other.height > under.height and _shares(under, other) for under in held)
        for other in others
    )


def _shares(one: Name, other: Name) -> bool:
    return min(one.x1, other.x1) > max(one.x0, other.x0)
