"""The figure of the time asked for, where the words of the question are printed beside the same figure of another time.

Of two slides with the same list one names the office and the other does not: "llamadas a la línea de enero a marzo"
finds the list of the first. What counts the same thing at the time asked answers as well as that would.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.corpus.bars import COVERAGE_BAR
from assistant.corpus.corpus import Corpus, Item
from assistant.evidence.fields import is_indicator_row
from assistant.evidence.retrieve import OTHER_TIME, Scored
from assistant.evidence.together import is_same_measure, says_change, subject_of
from assistant.question.query import Query
from assistant.question.times import row_intervals
from ingest.fold import fold

_MILLIONS = re.compile(r"\bmillon(?:es)?\b|\bpesos\b|\$")


def with_the_time_asked(found: Sequence[Scored], query: Query, corpus: Corpus) -> list[Scored]:
    """Evidence in which each figure of the time asked says all that the same figure of another time says."""
    if len(query.asked) != 1 or _is_of_money(query):
        return list(found)
    best = {one.item.item_id: one for one in found}
    for one in found:
        if one.coverage < COVERAGE_BAR or not _is_timed(one.item) or _is_of_asked(one.item, query):
            continue
        for twin in _at_the_time_asked(one.item, query, corpus):
            own = best.get(twin.item_id, replace(one, item=twin, score=0.0))
            if one.coverage > own.coverage or twin.item_id not in best:
                best[twin.item_id] = _as_well(own, one, query)
    return sorted(best.values(), key=lambda one: -one.score)


def _as_well(one: Scored, other: Scored, query: Query) -> Scored:
    """A figure that covers each term as well as the same figure of another time does."""
    covered = tuple(map(max, one.covered, other.covered))
    coverage = sum(covered) / query.weight if query.weight else 0.0
    own = tuple(map(max, one.own, other.own))
    score = max(one.score, min(1.0, other.score / OTHER_TIME))
    return Scored(one.item, score, coverage, covered, own, worded=other.item)


def _at_the_time_asked(item: Item, query: Query, corpus: Corpus) -> Iterator[Item]:
    wants_change = query.changes or "difference" in query.cues
    for other in corpus.rows_of(item.document.document_id):
        if other is item or not _is_timed(other) or not _is_of_asked(other, query):
            continue
        if says_change(other) and not wants_change:
            continue
        if is_same_measure(item, other) and subject_of(item) == subject_of(other):
            yield other


def _is_of_money(query: Query) -> bool:
    """Whether a question is of amounts of money, which reports print by lines and not by lists of the same time."""
    return query.asks("budget") or _MILLIONS.search(fold(query.text)) is not None


def _is_timed(item: Item) -> bool:
    """Whether an item is a figure of a report that says for which time it holds."""
    row = item.row
    return row is not None and row.figure is not None and not is_indicator_row(row) and bool(row_intervals(row))


def _is_of_asked(item: Item, query: Query) -> bool:
    row = item.row
    return row is not None and any(own.overlaps(asked) for own in row_intervals(row) for asked in query.asked)
