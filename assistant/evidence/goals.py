"""The goals of what a report tells, asked for beside it: "¿cuántos talleres se dictaron y cuál era la meta?".

And what it says of where they start, asked for beside them: "meta 2025, meta del cuatrienio y línea base".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.corpus.corpus import Corpus, Item
from assistant.corpus.matching import folded
from assistant.evidence.fields import holds, is_indicator_row
from assistant.evidence.retrieve import Scored
from assistant.question.asks import asks_for
from assistant.question.query import Query
from assistant.question.times import speaks_of

#: What goals are called on slides ("Meta 2022", "Meta cuatrienio"), and the word that asks for them.
_GOAL = "meta"
_OF_INDICATOR = "meta del indicador"


def with_goals(chosen: Sequence[Scored], query: Query, corpus: Corpus) -> list[Scored]:
    """The figures of a slide, and where a question says "meta" the goals printed for the same subject.

    A goal that is chosen already, or a subject of none, changes nothing; of a time asked for, its goals alone.
    """
    best = chosen[0]
    row = best.item.row
    asked = "target" in query.fields and any(_GOAL in term.text.split() for term in query.terms)
    if not asked or row is None or is_indicator_row(row) or not (row.programme or row.indicator):
        return list(chosen)
    if any(is_goal(found.item) for found in chosen):
        return list(chosen)
    goals = [
        item
        for item in corpus.rows_of(row.document_id)
        if is_goal(item) and _is_of_same_subject(item, best.item) and speaks_of(item, query.asked)
    ]
    return [*chosen, *(replace(best, item=item) for item in goals)]


def with_starts(chosen: Sequence[Scored], query: Query, corpus: Corpus) -> list[Scored]:
    """The figures of a slide, and where a question asks outright for a baseline too, that printed for their subject.

    It is of an earlier time than what is asked beside it.
    """
    best = chosen[0]
    row = best.item.row
    asked = "baseline" in query.fields and asks_for(query.text, "baseline")
    if not asked or row is None or is_indicator_row(row) or not (row.programme or row.indicator):
        return list(chosen)
    if any(holds(found.item, "baseline") for found in chosen):
        return list(chosen)
    starts = (item for item in corpus.rows_of(row.document_id) if holds(item, "baseline"))
    return [*chosen, *(replace(best, item=item) for item in starts if _is_of_same_subject(item, best.item))]


def is_start_asked(item: Item, query: Query) -> bool:
    """Whether an item is the baseline that a report prints for a subject whose target of another time is asked beside
    it: the time is the target's."""
    both = "target" in query.fields and "baseline" in query.fields
    return both and item.row is not None and not is_indicator_row(item.row) and holds(item, "baseline")


def is_goal(item: Item) -> bool:
    """Whether a figure of a report is a goal of a time, and not only the number that names its indicator."""
    metric = folded(item.row.metric or "") if item.row is not None else ""
    return metric.startswith(_GOAL) and metric != _OF_INDICATOR


def _is_of_same_subject(one: Item, other: Item) -> bool:
    first, second = one.row, other.row
    if first is None or second is None or is_indicator_row(first):
        return False
    return (first.programme, first.indicator) == (second.programme, second.indicator)
