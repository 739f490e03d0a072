"""Levels of a plan told by their number, whatever the plan calls them: "RUTA 2. Campo con futuro", "Travesía 3: …".

``text → label`` of one name; which of several names really are levels their number tells, not their noun.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from ingest.fold import fold, squeeze
from ingest.headings import Label, label_phrases
from ingest.wording import load_yaml

_LEAST = 2
_OF_TEN = 8
_LONGEST = 160
_NAME = r"^(?P<name>[^\W\d_]{4,}(?: [^\W\d_]+){0,2}) (?:n[°ºo.]{1,2} ?)?(?P<number>\d{1,2}|[IVX]{1,4})"
_COUNTED = re.compile(_NAME + r"\s*[.:–—-]+\s*(?P<value>[^\W\d_].*)$", re.IGNORECASE)
#: In capitals no sign needs to part the number from the name.
_IN_CAPITALS = re.compile(_NAME + r"\s*[.:–—-]*\s+(?P<value>[^\W\d_].*)$", re.IGNORECASE)
#: A number before the name of a level, without a noun: '2. Campo con futuro'.
_NUMBERED = re.compile(r"^(?P<number>\d{1,2})\s*[.)–—-]+\s*(?P<value>[^\W\d_]{3}.*)$")


def read_counted(text: str) -> Label | None:
    """The line of the plan that a counted name stands for; None for known labels and for parts such as "Tabla 1."."""
    said = squeeze(text)
    match = (_IN_CAPITALS if said.isupper() else _COUNTED).match(said)
    if match is None or len(said) > _LONGEST or not _may_name_levels(match["name"]):
        return None
    return Label(role="strategic_line", name=match["name"], value=match["value"].strip('"“”'))


def counted_among(texts: Iterable[str]) -> Mapping[str, Label]:
    """The labels of texts that count at least two of one name, by their folded texts; their values are as printed."""
    found: dict[str, dict[str, Label]] = defaultdict(dict)
    for text in texts:
        if (label := read_counted(text)) is not None:
            found[fold(label.name)][fold(squeeze(text))] = replace(label, value=squeeze(text))
    return {text: label for labels in found.values() if len(labels) >= _LEAST for text, label in labels.items()}


def are_counted(texts: Iterable[str], header: str) -> bool:
    """Whether the cells of a column count levels: nearly all by one noun, or by a number alone.

    One level for the whole table is told by the noun of its header alone; sums ('TOTAL RUTA 1') count nothing.
    """
    texts = list(texts)
    counted: list[tuple[str, str, str]] = []
    for text in texts:
        label = read_counted(text)
        numbered = _NUMBERED.match(squeeze(text))
        if label is not None:
            counted.append((fold(label.name), _number_of(text), fold(label.value)))
        elif numbered is not None:
            counted.append(("", numbered["number"], fold(numbered["value"])))
    if not counted or len(counted) * 10 < len(texts) * _OF_TEN:
        return False
    nouns = {noun for noun, _, _ in counted}
    values = {(number, value) for _, number, value in counted}
    if len(nouns) != 1 or len(values) != len({number for number, _ in values}):
        return False
    is_named = nouns == {fold(header)}
    return (is_named or len(values) >= _LEAST) and (is_named or len(values) * _LEAST <= len(counted))


def _number_of(text: str) -> str:
    said = squeeze(text)
    match = (_IN_CAPITALS if said.isupper() else _COUNTED).match(said)
    return "" if match is None else fold(match["number"])


def _may_name_levels(name: str) -> bool:
    """Whether a word that is counted is no part of a document as such ("Ruta 1.", not "Tabla 1.")."""
    first = fold(name).split()[0]
    return fold(name) not in label_phrases() and first not in _counted_parts()


@cache
def _counted_parts() -> frozenset[str]:
    return frozenset(fold(word) for word in load_yaml("headings.yaml")["counted_parts"])
