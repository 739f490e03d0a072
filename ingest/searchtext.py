"""What rows and passages say to the two search engines, as tables; and what those answer."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from ingest.chunks import passage_text
from ingest.fold import fold
from ingest.records import Figure, IndicatorRow, Passage

#: Part of what makes a document unchanged, and of a word index's identity: raise it when the texts below change.
SEARCHTEXT_VERSION = "1"


class Hit(NamedTuple):
    """A row or passage that a search engine found; scores of different engines cannot be compared."""

    item_id: str
    score: float


def _figure(figure: Figure | None) -> str:
    return "" if figure is None else " ".join(part for part in (figure.text, figure.unit) if part)


def _baseline(row: IndicatorRow) -> str:
    baseline = row.baseline
    return "" if baseline is None else " ".join(p for p in (baseline.text, baseline.source, baseline.period) if p)


def _other_steps(row: IndicatorRow) -> str:
    """The path without the steps that have a line of their own below."""
    own = ("programme", "component", "strategic_line")
    return " ".join(step.value for step in row.path if step.role not in own)


#: (what of a row, how often its words count). A word of weight 3 is indexed three times.
ROW_FIELDS: tuple[tuple[Callable[[IndicatorRow], str | None], int], ...] = (
    (lambda row: row.indicator, 3),
    (lambda row: _figure(row.target), 2),
    (lambda row: row.metric, 2),
    (lambda row: _figure(row.figure), 1),
    (lambda row: row.programme, 1),
    (_other_steps, 1),
    (lambda row: row.component, 1),
    (lambda row: row.strategic_line, 1),
    (lambda row: row.purpose, 1),
    (lambda row: row.dependency, 1),
    (_baseline, 1),
    (lambda row: " ".join(row.codes.values()), 1),
    (lambda row: row.ods, 1),
    (lambda row: row.quote, 1),
)

#: What of a row its vector is made of, the most telling first: what does not fit the model is cut at the end.
ROW_EMBEDDING: tuple[Callable[[IndicatorRow], str | None], ...] = (
    lambda row: row.indicator,
    lambda row: row.metric,
    lambda row: _figure(row.target),
    lambda row: row.programme,
    lambda row: row.component,
    lambda row: row.quote if row.kind == "fact" or not row.indicator else None,
    _other_steps,
    lambda row: row.purpose,
    lambda row: row.dependency,
    _baseline,
)


def row_fields(row: IndicatorRow) -> list[tuple[str, int]]:
    """(text, weight) of each part of a row that says something."""
    return [(text, weight) for read, weight in ROW_FIELDS if (text := read(row))]


def passage_fields(passage: Passage) -> list[tuple[str, int]]:
    """(text, weight) of a passage's headings and its text."""
    return [(text, 1) for text in (" ".join(passage.headings), passage.text) if text]


def row_embedding_text(row: IndicatorRow) -> str:
    """The text whose vector stands for the row: its parts in order, without those that another one contains."""
    parts = {fold(text): text.rstrip(". ") for read in ROW_EMBEDDING if (text := read(row))}
    return ". ".join(text for part, text in parts.items() if not any(part in other for other in parts if other != part))


def passage_embedding_text(passage: Passage) -> str:
    """The text whose vector stands for the passage: its headings on one line, then what they head."""
    return passage_text(passage.headings, passage.segments)


@lru_cache(maxsize=4096)
def collection_name(entity: str | None) -> str:
    """The name of an entity's indexes, fit for a folder and for Chroma; spellings that fold alike share one."""
    if not entity or not fold(entity):
        return "sin-entidad"
    folded = fold(entity)
    slug = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:40].strip("-")
    digest = hashlib.blake2b(folded.encode(), digest_size=4).hexdigest()
    return f"{slug}-{digest}" if slug else f"entidad-{digest}"
