"""The second reading of a question, by a model, beside the first, by rules: which of the two is answered.

A model may find what the rules did not understand. It may not widen what is answered: what is refused without it is
never shown to it, and where the rules find nothing its answer counts only when the row is called by something that
the question says in words of its own; else the asker is asked whether that row was meant.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.corpus.corpus import Corpus, Item
from assistant.question.query import Query
from assistant.understanding.checked import Checker, ContradictionError, is_anchored
from assistant.understanding.reader import Asked, ModelReader

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reading:
    """A query and its answer."""

    query: Query
    answer: Answer


@dataclass(frozen=True)
class Way:
    """How a query is answered: its answer, the names of the rows nearest to it, and a question back about rows."""

    answer: Callable[[Query], Answer]
    near: Callable[[Query], Sequence[str]]
    ask_back: Callable[[Query, Sequence[Item]], Answer]


def second_reading(
    first: Reading, own: Query, previous: Query | None, asked: Asked, reader: ModelReader, checker: Checker, way: Way
) -> Reading:
    """The reading that holds: the first, or the model's.

    ``own`` is the first query before it took anything over from ``previous``.
    """
    form = reader.read(Asked(asked.question, asked.before, way.near(first.query)), checker.corpus)
    if form is None:
        return first
    try:
        query = checker.query(form, own, asked.before, previous)
    except ContradictionError as contradiction:
        _LOG.warning("the model's reading contradicts the question (%s); it is read without it", contradiction)
        return first
    if query == first.query:
        return first
    second = Reading(query, way.answer(query))
    if second.answer.status != "answered":
        return first
    rows = _rows(second.answer, checker.corpus)
    if first.answer.status == "not_found" and not any(is_anchored(own, item) for item in rows):
        return Reading(query, way.ask_back(query, rows)) if rows else first
    return second


def _rows(answer: Answer, corpus: Corpus) -> list[Item]:
    """The rows that an answer cites; a copy of one in another document is the same row."""
    found = (corpus.by_id.get(citation.row_id or "") for citation in answer.citations)
    rows = [item for item in found if item is not None and item.row is not None]
    return list({(item.entity, item.row and (item.row.indicator or item.item_id)): item for item in rows}.values())
