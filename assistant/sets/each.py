"""What each of several offices says of one thing: a set of rows for each, and whether they say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.corpus.corpus import Corpus, Item
from assistant.corpus.matching import folded
from assistant.question.asks import asks_for
from assistant.question.offices import offices_named, offices_of, programme_named
from assistant.question.query import Filters, Query
from assistant.sets.sets import RowSet, select

_FEWEST = 2


@dataclass(frozen=True)
class OfficeSet:
    """The rows of a set that one office's documents have."""

    office: str
    filters: Filters
    rows: RowSet


def sets_of_each(query: Query, corpus: Corpus) -> list[OfficeSet] | None:
    """For each office named, or for all where "each" is asked, its rows of the set; None where only one has some."""
    if not (query.set_nouns or query.filters.row_kinds):
        return None
    if not (asks_for(query.text, "each") or len(offices_named(query, corpus)) >= _FEWEST):
        return None
    filters = replace(query.filters, programme=programme_named(query, corpus))
    if not (filters.programme or filters.component or filters.strategic_line):
        return None
    offices = offices_named(query, corpus)
    if len(offices) < _FEWEST:
        offices = offices_of(query, corpus) if asks_for(query.text, "each") else []
    found = []
    for office in offices:
        narrowed = replace(filters, dependency=office)
        rows = select(replace(query, topic=(), filters=narrowed), corpus)
        if rows.items:
            found.append(OfficeSet(office, narrowed, rows))
    return found if len(found) >= _FEWEST else None


def same_sets(found: Sequence[OfficeSet]) -> bool:
    """Whether all offices have the same rows: by indicator and target."""
    return len({frozenset(_said(item) for item in one.rows.items) for one in found}) == 1


def shared(found: Sequence[OfficeSet]) -> int:
    """How many rows all of the offices have."""
    said = [{_said(item) for item in one.rows.items} for one in found]
    return len(set.intersection(*said))


def _said(item: Item) -> tuple[str, str]:
    row = item.row
    if row is None:
        return "", ""
    return folded(row.indicator or "").rstrip(" ."), folded(row.target.text if row.target else "").rstrip(" .")
