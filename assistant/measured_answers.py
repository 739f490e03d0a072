"""Questions about sets of rows by their progress or their money: which answer each gets."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer
from assistant.composing.compose import fixed
from assistant.composing.compose_measured_sets import (
    compose_measured_set,
    compose_none,
    compose_totals,
    compose_which_entity,
)
from assistant.composing.draft import Url
from assistant.corpus.corpus import Corpus, Item
from assistant.question.query import Query
from assistant.question.topics import without_topic
from assistant.sets.measured_sets import (
    asks_for_measured_set,
    asks_for_total,
    measured_set,
    totals,
    with_share,
    without_share,
)
from assistant.sets.sets import filter_terms


def answer_of_sets(query: Query, corpus: Corpus, url: Url) -> Answer | None:
    """The rows under a bar or in order, or what their money adds up to; None when the question asks for no such set.

    Rows of several territories are never put in one list: the question is asked back.
    """
    if any(term.is_name for term in query.terms):
        return None
    measure = query.measure
    if query.kind == "count" and query.set_nouns and measure is not None and measure.money and not measure.is_of_set:
        return fixed(query, "not_found", "not_found")
    if asks_for_measured_set(query):
        return _of_rows(query, corpus, url)
    if asks_for_total(query, corpus) and (sums := totals(query, corpus)):
        items = [part.item for total in sums for part in total.parts]
        if _are_of_several(items, query):
            return compose_which_entity(query, items, filter_terms(query, corpus), url, "noun_money")
        return compose_totals(query, sums, filter_terms(query, corpus), url)
    return None


def _of_rows(query: Query, corpus: Corpus, url: Url) -> Answer | None:
    found = measured_set(query, corpus)
    items = [ranked.item for ranked in found]
    has_bar = query.measure is not None and query.measure.bound is not None
    if _are_of_several(items, query):
        return compose_which_entity(query, items, filter_terms(query, corpus), url, "noun_rows")
    if found:
        silent = without_share(query, corpus) if has_bar else 0
        return compose_measured_set(query, found, silent, filter_terms(query, corpus), url)
    if query.measure is not None and query.measure.funding and query.filters.entities:
        return fixed(query, "not_found", "not_found")
    if not (has_bar and without_topic(query)):
        return None
    telling = with_share(query, corpus)
    if not telling:
        return fixed(query, "no_progress", "not_found", entity=", ".join(query.filters.entities))
    return None if _are_of_several(telling, query) else compose_none(query, telling, filter_terms(query, corpus), url)


def _are_of_several(items: Sequence[Item], query: Query) -> bool:
    """Whether rows are of several territories and the question names none."""
    return not query.filters.entities and len({item.entity for item in items}) > 1
