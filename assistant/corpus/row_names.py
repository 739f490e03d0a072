"""The names that rows carry at each level: programmes, components, lines, offices, sections."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.corpus.items import Item, stem_set
from assistant.corpus.matching import folded

#: What is printed at a level and has no letter (a year, a number) is nobody's name for it.
_LETTER = re.compile(r"[^\W\d_]")

NameRole = Literal["entity", "period", "dependency", "strategic_line", "component", "programme", "section"]


@dataclass(frozen=True)
class Name:
    """A name that rows carry at some level, with the stems that tell it from the others, and whose rows they are."""

    role: NameRole
    text: str
    stems: frozenset[str]
    entities: frozenset[str] = frozenset()


def names_on(items: Sequence[Item]) -> tuple[Name, ...]:
    """Every distinct name at each level of the rows, the longest first."""
    found: dict[tuple[NameRole, str], str] = {}
    entities: defaultdict[tuple[NameRole, str], set[str]] = defaultdict(set)
    for item in items:
        for role, text in _names_of(item):
            key = role, folded(text)
            found.setdefault(key, text)
            if item.entity:
                entities[key].add(item.entity)
    names = (Name(key[0], text, stem_set(text), frozenset(entities[key])) for key, text in found.items())
    return tuple(sorted(names, key=lambda name: -len(name.stems)))


def _names_of(item: Item) -> Iterable[tuple[NameRole, str]]:
    if item.entity:
        yield "entity", item.entity
    if item.period:
        yield "period", item.period
    row = item.row
    if row is None:
        return
    levels: tuple[tuple[NameRole, str | None], ...] = (
        ("dependency", row.dependency),
        ("strategic_line", row.strategic_line),
        ("component", row.component),
        ("programme", row.programme),
    )
    for role, text in levels:
        if text and _LETTER.search(text):
            yield role, text
    for step in row.path:
        if step.role in ("other", "sector", "subprogramme", "product", "project"):
            yield "section", step.value
