"""What a question says it does not mean: "cuántas PTZ, *aparte de las del contrato*", "no las que repusieron".

A figure of a sentence is of the noun that it counts, of the deed that governs it ("*reposición* de 80 puntos …") and of
what the list is of that it stands in; other figures of the same line do not make it what is left out.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.corpus.corpus import Item, stem_set
from assistant.corpus.items import is_of_a_slide
from assistant.question.query import Query
from ingest.fold import fold
from ingest.records import IndicatorRow

_DEED = re.compile(r"\b\w{3,}(?:cion|ciones|miento|mientos|aje)\b")


def is_excluded(item: Item, query: Query) -> bool:
    """Whether an item is of what the question leaves out."""
    return bool(query.excluded) and not query.excluded.isdisjoint(_said(item))


def _said(item: Item) -> frozenset[str]:
    row = item.row
    if row is None or row.figure is None or not row.figure.unit or not is_of_a_slide(row):
        return item.own
    parents = " ".join(step.value for step in row.path[-1:] if step.role == "other")
    return stem_set(row.figure.unit) | stem_set(parents) | _governing(row)


def _governing(row: IndicatorRow) -> frozenset[str]:
    """The stem of the deed that stands last before a figure in its sentence."""
    figure = row.figure
    return _deed_before(row.quote, figure.text, figure.unit or "") if figure is not None else frozenset()


@lru_cache(maxsize=4096)
def _deed_before(quote: str, figure: str, unit: str) -> frozenset[str]:
    folded = fold(quote)
    at = folded.find(fold(f"{figure} {unit}"))
    deeds = _DEED.findall(folded[: at if at >= 0 else len(folded)])
    return stem_set(deeds[-1]) if deeds else frozenset()
