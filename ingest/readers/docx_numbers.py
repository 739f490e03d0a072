"""The numbers that Word prints before paragraphs of its lists and numbered headings, which no text of the file holds.

``numbering part → lists with levels → running counters → "1.2."`` (ECMA-376 part 1, 17.9). Bullets are no numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ingest.readers.docx_xml import OFF, W, value_of

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_NO_NUMBER = frozenset({"bullet", "none"})
#: A start or a restart beyond this is a mistake or an attack.
_LARGEST = 32_767


@dataclass(frozen=True)
class Level:
    """One level of a list: its first number, how it is written, the text around it, what starts it again.

    ``restart`` is the level (1 is the outermost) after which it starts again, 0 for never; ``style`` the paragraph
    style that is numbered by it.
    """

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    gap: str = " "
    style: str | None = None


@dataclass(frozen=True)
class NumberedList:
    """A list as paragraphs name it: the definition that counts for it, its levels, the starts of its own."""

    definition: str
    levels: dict[int, Level]
    starts: dict[int, int]

    def level_of(self, style: str | None) -> int:
        """The level that numbers a style; the outermost when none says so."""
        return next((at for at, level in self.levels.items() if style is not None and level.style == style), 0)


@dataclass
class Numbering:
    """The lists of a document and how far each has counted; paragraphs have to be asked for in their order."""

    lists: dict[str, NumberedList]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, number: str | None, level: int | None, style: str | None = None) -> str:
        """What stands before the next paragraph of a list, with the space after it; '' for a bullet or no list."""
        found = self.lists.get(number or "")
        if found is None or number is None:
            return ""
        at = found.level_of(style) if level is None else level
        if at not in found.levels:
            return ""
        counts = self._counts.setdefault(found.definition, {})
        self._count(found, number, at, counts)
        own = found.levels[at]
        if own.form in _NO_NUMBER or not own.text:
            return ""
        text = _PLACE.sub(lambda match: self._written(found, own, int(match[1]) - 1, counts), own.text)
        return f"{text}{own.gap}" if text.strip() else ""

    def _count(self, of: NumberedList, number: str, at: int, counts: dict[int, int]) -> None:
        if at in of.starts and (number, at) not in self._begun:
            counts[at] = of.starts[at]
        else:
            counts[at] = counts[at] + 1 if at in counts else of.levels[at].start
        self._begun.add((number, at))
        for deeper in [known for known in counts if known > at]:
            restart = of.levels[deeper].restart if deeper in of.levels else None
            if restart is None or (restart > 0 and at < restart):
                del counts[deeper]

    def _written(self, of: NumberedList, own: Level, at: int, counts: dict[int, int]) -> str:
        level = of.levels.get(at)
        if level is None or level.form in _NO_NUMBER:
            return ""
        return written(counts.get(at, level.start), "decimal" if own.legal else level.form)


def written(value: int, form: str) -> str:
    """A number in one of Word's forms (17.18.59); those not known here as digits."""
    if form in ("lowerRoman", "upperRoman") and 0 < value < 4000:
        roman = _roman(value)
        return roman if form == "lowerRoman" else roman.upper()
    if form in ("lowerLetter", "upperLetter") and value > 0:
        letter = chr(ord("a") + (value - 1) % 26) * min(1 + (value - 1) // 26, 8)
        return letter if form == "lowerLetter" else letter.upper()
    return f"{value:02}" if form == "decimalZero" else f"{value}º" if form == "ordinal" else str(value)


def _roman(value: int) -> str:
    text = ""
    for size, letters in _ROMAN:
        text += letters * (value // size)
        value %= size
    return text


def read_numbering(part: Any) -> Numbering:
    """The lists that a numbering part defines; None gives a numbering without lists."""
    if part is None:
        return Numbering({})
    definitions = {d.get(f"{W}abstractNumId"): d for d in part.iterchildren(f"{W}abstractNum")}
    numbers = {n.get(f"{W}numId"): n for n in part.iterchildren(f"{W}num")}
    named = {name: key for key, d in definitions.items() if (name := value_of(d.find(f"{W}styleLink"))) is not None}
    lists: dict[str, NumberedList] = {}
    for key, number in numbers.items():
        definition = value_of(number.find(f"{W}abstractNumId"))
        link = None if definition not in definitions else value_of(definitions[definition].find(f"{W}numStyleLink"))
        definition = named.get(link, definition) if link is not None else definition
        if definition in definitions and definition is not None:
            lists[key] = _list(definition, definitions[definition], number)
    return Numbering(lists)


def _list(key: str, definition: Any, number: Any) -> NumberedList:
    levels = dict(_levels(definition))
    starts: dict[int, int] = {}
    for override in number.iterchildren(f"{W}lvlOverride"):
        levels |= dict(_levels(override))
        at = _whole(override.get(f"{W}ilvl"), 0)
        start = override.find(f"{W}startOverride")
        if start is not None:
            starts[at] = _whole(value_of(start), 1)
    return NumberedList(key, levels, starts)


def _levels(parent: Any) -> Iterator[tuple[int, Level]]:
    for level in parent.iterchildren(f"{W}lvl"):
        at = _whole(level.get(f"{W}ilvl"), 0)
        restart = level.find(f"{W}lvlRestart")
        legal = level.find(f"{W}isLgl")
        if at < _LEVELS:
            yield (
                at,
                Level(
                    start=_whole(value_of(level.find(f"{W}start")), 1),
                    form=value_of(level.find(f"{W}numFmt")) or "decimal",
                    text=(value_of(level.find(f"{W}lvlText")) or "")[:80],
                    restart=None if restart is None else _whole(value_of(restart), 0),
                    legal=legal is not None and (value_of(legal) or "1").lower() not in OFF,
                    gap="" if value_of(level.find(f"{W}suff")) == "nothing" else " ",
                    style=value_of(level.find(f"{W}pStyle")),
                ),
            )


def _whole(text: str | None, default: int) -> int:
    return min(int(text), _LARGEST) if text is not None and text.isascii() and text.isdigit() else default
