"""Rows of a sector: by the cell that prints it, or, of result indicators without one, by the topic they begin with.

The national format has no sector for result indicators; it writes their topic before the name ("Salud - Cobertura …").
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from assistant.corpus.corpus import Item
from assistant.corpus.items import stem_set
from assistant.corpus.matching import stem_of
from ingest.fold import words

_AFTER_TOPIC = " - "


def is_of_sector(item: Item, sectors: Sequence[str]) -> bool:
    """Whether a row is of one of these sectors by its own cell."""
    return item.row is not None and item.row.step("sector") in sectors


def is_result_of_sector(item: Item, sectors: Sequence[str]) -> bool:
    """The same; a result indicator whose sheet has no sectors is of the one that its topic begins like."""
    row = item.row
    if row is None or row.kind != "result" or row.step("sector") is not None:
        return is_of_sector(item, sectors)
    topic = _topic_of(row.indicator or "")
    return topic is not None and any(topic in stem_set(sector) for sector in sectors)


@lru_cache(maxsize=4096)
def _topic_of(indicator: str) -> str | None:
    """The stem of the first word of what stands before the name of an indicator."""
    topic, dash, _ = indicator.partition(_AFTER_TOPIC)
    first = next(iter(words(topic)), None)
    return stem_of(first) if dash and first is not None else None
