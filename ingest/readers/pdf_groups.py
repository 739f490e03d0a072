"""Names over several columns of a table without lines ("LÍNEA BASE" over "Valor", "Año" and "Fuente").

``words of a header → names on each height → groups``. A group's name reaches over its names, or stands in the middle
of them ("2024" over "P" and "E"), or the names below repeat themselves once for each name above.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import takewhile

from ingest.fold import fold
from ingest.readers.pdf_words import Line, Word

#: Lines overlap when they share so much of their height, in type sizes.
OVERLAP = 0.15
#: Words of one name stand no further apart than this, in type sizes; a group has so many names below it.
_NAME_GAP, _FEWEST = 0.6, 2
#: A name has its middle where that of the names below it is, within this distance, in type sizes.
_MIDDLE = 0.7
#: What begins or ends within this distance does so at one place, in points.
_ALIGNED = 2.0
_DIGIT = re.compile(r"\d")
#: A header has no amounts, which years are not; no more heights than these, and on none of them more names.
_AMOUNT = re.compile(r"^(?!(?:19|20)\d\d$)[\s$%()+-]*\d[\d.,'\s]*[%)]?$")
_MOST_HEIGHTS, _MOST_NAMES = 12, 60


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
    names = list(
        takewhile(lambda row: not any(_AMOUNT.match(name.text) for name in row), names_of(rows[:_MOST_HEIGHTS]))
    )
    if any(len(row) > _MOST_NAMES for row in names):
        return []
    found: list[Group] = []
    for height in reversed(range(len(names) - 1)):
        for below in names[height + 1 :]:
            known = {group.name for group in found}
            for name, held in _groups_over(names, height, below, known).items():
                if name not in known and not _stands_between(name, held, names, found):
                    found.append(Group(name, tuple(held)))
    return found


def _groups_over(
    names: Sequence[Sequence[Name]], height: int, below: Sequence[Name], known: AbstractSet[Name]
) -> dict[Name, list[Name]]:
    """The names on one height that are over several on another, with these.

    Where columns without groups are named on other heights than those within them, these are parted among the names
    above; else only what a name reaches, has in its middle, or repeats is known to be its. Over ``known`` groups stand
    no single columns.
    """
    below = [name for name in below if name in known] if not known.isdisjoint(below) else below
    above = names[height]
    parted = _parted(above, below, [row for row in names[height + 1 :] if row and row[0].height < below[0].height])
    is_apart = any(row and row[0].height not in (height, below[0].height) for row in names) or any(
        name not in parted and not any(_shares(name, other) for other in below) for name in above
    )
    repeated = _over_repeated(above, below)
    if is_apart:
        return repeated or parted
    held = {name: repeated.get(name) or _reached(name, below) or _around(name, below) for name in above}
    return {name: run for name, run in held.items() if run}


def _parted(above: Sequence[Name], below: Sequence[Name], between: Sequence[Sequence[Name]]) -> dict[Name, list[Name]]:
    """Names parted among those above them: each to the one it stands under, else to the nearest that has several.

    Names set to one side of their columns begin (or end) their groups with the first (or last) name of each.
    """
    free = [name for name in below if not any(_shares(name, other) for row in between for other in row)]
    under = {name: [other for other in above if _shares(name, other)] for name in free}
    pairs = [(name, over[0]) for name, over in under.items() if len(over) == 1]
    begins = len(pairs) > 1 and all(abs(name.x0 - over.x0) <= _ALIGNED for name, over in pairs)
    ends = len(pairs) > 1 and all(abs(name.x1 - over.x1) <= _ALIGNED for name, over in pairs)
    over = list(above)
    while True:
        held: dict[Name, list[Name]] = {name: [] for name in above}
        for name in free:
            owner = _owner(name, under[name], over, begins=begins, ends=ends)
            if owner is not None:
                held[owner].append(name)
        several = [name for name in over if len(held[name]) >= _FEWEST]
        if len(several) == len(over):
            break
        over = several
    return {name: run for name, run in held.items() if len(run) >= _FEWEST and _is_over(name, run)}


def _owner(name: Name, under: Sequence[Name], over: Sequence[Name], *, begins: bool, ends: bool) -> Name | None:
    """Which of the names above a name belongs to."""
    if under or not over:
        return under[0] if len(under) == 1 else None
    if begins and not ends:
        return max((other for other in over if other.x0 < name.x0), key=lambda other: other.x0, default=None)
    if ends and not begins:
        return min((other for other in over if other.x1 > name.x1), key=lambda other: other.x1, default=None)
    return min(over, key=lambda other: abs(other.middle - name.middle))


def _is_over(name: Name, run: Sequence[Name]) -> bool:
    return run[0].x0 - _ALIGNED <= name.middle <= run[-1].x1 + _ALIGNED


def _reached(name: Name, below: Sequence[Name]) -> list[Name]:
    """The names that a name reaches over, or nearly so, and those like them beside; none when it is but one."""
    held = [other for other in below if abs(other.middle - name.middle) < (name.x1 - name.x0) / 2 + other.x1 - other.x0]
    return _with_alike(held, below) if len(held) >= _FEWEST else []


def _around(name: Name, below: Sequence[Name]) -> list[Name]:
    """The fewest names beside each other that a name stands in the middle of, and those like them."""
    slack = _MIDDLE * name.words[0].size
    runs = (list(below[at:end]) for at in range(len(below)) for end in range(at + _FEWEST, len(below) + 1))
    fits = [
        run
        for run in runs
        if run[0].x0 <= name.x0
        and name.x1 <= run[-1].x1
        and min(
            abs((run[0].middle + run[-1].middle) / 2 - name.middle), abs((run[0].x0 + run[-1].x1) / 2 - name.middle)
        )
        <= slack
    ]
    return _with_alike(min(fits, key=len), below) if fits else []


def _with_alike(run: Sequence[Name], below: Sequence[Name]) -> list[Name]:
    """The run with the names beside it that are like its own but for figures ("2024", "2025")."""
    like = _DIGIT.sub("0", run[0].text)
    first, end = below.index(run[0]), below.index(run[-1]) + 1
    if like == run[0].text or any(_DIGIT.sub("0", other.text) != like for other in run):
        return list(run)
    while first > 0 and _DIGIT.sub("0", below[first - 1].text) == like:
        first -= 1
    while end < len(below) and _DIGIT.sub("0", below[end].text) == like:
        end += 1
    return list(below[first:end])


def _over_repeated(names: Sequence[Name], below: Sequence[Name]) -> dict[Name, list[Name]]:
    """The names below each name where they say the same below all of them ("P", "E", "P", "E")."""
    texts = [name.text for name in below]
    best: list[list[Name]] = []
    for length in range(_FEWEST, len(texts) // 2 + 1):
        for first in range(len(texts) - 2 * length + 1):
            end = first + length
            while texts[end : end + length] == texts[first : first + length]:
                end += length
            runs = [list(below[at : at + length]) for at in range(first, end, length)]
            if (
                len(runs) > 1
                and len(set(texts[first : first + length])) > 1
                and len(runs) * length > sum(map(len, best))
            ):
                best = runs
    held: dict[Name, list[Name]] = {}
    for at, run in enumerate(best):
        left = (best[at - 1][-1].x1 + run[0].x0) / 2 if at else run[0].x0 - (run[1].x0 - run[0].x1)
        right = (run[-1].x1 + best[at + 1][0].x0) / 2 if at + 1 < len(best) else run[-1].x1 + run[1].x0 - run[0].x1
        over = [name for name in names if left <= name.middle <= right]
        if len(over) != 1:
            return {}
        held[over[0]] = run
    return held


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
