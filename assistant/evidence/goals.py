"""The goals of what a report tells, asked for beside it: "¿cuántos talleres se dictaron y cuál era la meta?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.corpus.corpus import Corpus, Item
from assistant.corpus.matching import folded
from assistant.evidence.fields import is_indicator_row
from assistant.evidence.retrieve import Scored
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


def is_goal(item: Item) -> bool:
    """Whether a figure of a report is a goal of a time, and not only the number that names its indicator."""
    metric = folded(item.row.metric or "") if item.row is not None else ""
    return metric.startswith(_GOAL) and metric != _OF_INDICATOR


def _is_of_same_subject(one: Item, other: Item) -> bool:
    first, second = one.row, other.row
    if first is None or second is None or is_indicator_row(first):
        return False
    return (first.programme, first.indicator) == (second.programme, second.indicator)
