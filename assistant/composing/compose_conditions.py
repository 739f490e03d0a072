"""What is said of the figures that the rows of a set must have: that no row has them, and what was compared."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer import Answer
from assistant.composing.compose_sets import MOST_CITED
from assistant.composing.draft import Draft, Url, prove
from assistant.composing.phrases import phrases
from assistant.corpus.corpus import Corpus
from assistant.question.query import Query
from assistant.sets.sets import describe, select


def compose_none_of(query: Query, corpus: Corpus, url: Url) -> Answer | None:
    """That none of the rows meets the conditions, with the rows looked through; None where there are no rows at all."""
    if not query.filters.conditions:
        return None
    asked = replace(query.filters, conditions=(), baseline_state=None)
    rows = select(replace(query, filters=asked), corpus)
    if not rows.items:
        return None
    say = phrases(query.language)
    draft = Draft(url)
    count = len(rows.distinct)
    large = len(rows.items) > MOST_CITED
    mark = draft.cite_count(rows.terms, len(rows.items)) if large else draft.mark(*rows.items)
    where = describe(asked) or " · ".join(asked.entities)
    text = ", ".join(f"«{condition.said}»" for condition in query.filters.conditions)
    noun = say.sentences["noun_row" if count == 1 else "noun_rows"]
    line = say.say(
        "none_meets", count=str(count), noun=noun, where=f" — {where}" if where else "", text=text, mark=mark
    )
    draft.say(line)
    prove(str(count), count, f"{count} filas", draft)
    return draft.finish("answered")
