"""Headings that name a level without a colon, or an office: "DIMENSIÓN SOCIAL", "1. Secretaría de Salud".

A single heading that begins with such a word may say anything ("Línea del tiempo"); several of one rank are levels.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from ingest.extract.counted_levels import read_counted
from ingest.extract.levels import is_office
from ingest.fold import fold, squeeze
from ingest.headings import Label, label_phrases, read_heading, read_label
from ingest.records import Block
from ingest.wording import load_yaml

#: Levels that plans head their chapters with.
_ROLES = ("strategic_line", "component", "sector", "programme", "subprogramme")
_LONGEST = 160
_LEAST = 2
#: Words of the longest name of a level.
_MOST_WORDS = 4
_ORDINAL = re.compile(
    r"^(?:cap[ií]tulo\s+)?(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5})(?:\s*[.):–—-]+\s*|\s+)(?=\S)", re.IGNORECASE
)


def level_headings(blocks: Iterable[Block]) -> dict[str, Label]:
    """The label that each heading of a level stands for, by the folded text of the heading.

    On a sheet a text across it heads what is below, when others count on from it. Of two levels that both are lines of
    the plan by their names the inner one, "Apuesta" under "Pilar", is a component, but not one that is called a line.
    """
    found: dict[tuple[str, int], dict[str, Label]] = defaultdict(dict)
    outer: dict[str, int] = {}
    for block in blocks:
        label = _level_of(block)
        if label is not None:
            found[fold(label.name), block.level or 1][fold(block.text)] = label
    alike = {key: labels for key, labels in found.items() if len(labels) >= _LEAST}
    for (name, rank), labels in alike.items():
        if any(label.role == "strategic_line" for label in labels.values()):
            outer[name] = min(rank, outer.get(name, rank))
    outermost = min(outer.values(), default=0)
    return {
        text: replace(label, role="component") if _is_within(name, outer, outermost) else label
        for (name, _), labels in alike.items()
        for text, label in labels.items()
    }


def _is_within(name: str, ranks: Mapping[str, int], outermost: int) -> bool:
    return ranks.get(name, outermost) > outermost and not name.startswith("linea")


def office_of(block: Block) -> str | None:
    """The office that a heading names and nothing else ("3. SECRETARÍA DE SALUD"); None for any other block."""
    if block.kind != "heading":
        return None
    text = squeeze(_ORDINAL.sub("", squeeze(block.text), count=1))
    return text if is_office(text) and read_label(block.text) is None and not text.endswith((".", ":")) else None


def _level_of(block: Block) -> Label | None:
    text = squeeze(block.text)
    if block.kind == "paragraph" and block.place.sheet is not None:
        label = read_counted(text) if read_heading(text) is None else None
        return label and replace(label, value=text)  # as its column on another sheet says it
    if block.kind != "heading" or len(text) > _LONGEST:
        return None
    if (known := read_label(text)) is not None:
        return known if known.role in _ROLES and known.value else None
    if (counted := read_counted(text)) is not None:
        return counted
    if ":" in text or text.endswith((".", ",", ";")):
        return None
    said = _ORDINAL.sub("", text, count=1).split()
    for length in range(min(_MOST_WORDS, len(said) - 1), 0, -1):
        role = label_phrases().get(fold(" ".join(said[:length])))
        if role in _ROLES:
            after = " ".join(said[length:])
            rest = _ORDINAL.sub("", after, count=1)
            value = " ".join(said) if rest == after and fold(rest.split()[0]) in _small_words() else rest
            return Label(role=role, name=" ".join(said[:length]), value=value.strip('"“”'))
    return None


@cache
def _small_words() -> frozenset[str]:
    return frozenset(fold(word) for word in load_yaml("headings.yaml")["unfinished_words"])
