"""Questions about sets of rows and about names: the answers that a filter or a name proves, with no search."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answer import Answer
from assistant.composing.compose import compose
from assistant.composing.compose_amounts import compose_amounts
from assistant.composing.compose_conditions import compose_none_of
from assistant.composing.compose_each import compose_each
from assistant.composing.compose_groups import compose_groups
from assistant.composing.compose_levels import compose_levels
from assistant.composing.compose_sets import compose_set
from assistant.composing.covers import compose_cover, compose_subject
from assistant.composing.definitions import compose_definition
from assistant.composing.draft import Url
from assistant.composing.of_what import compose_of_what, names_nothing, things_meant
from assistant.corpus.corpus import Corpus
from assistant.evidence.choose import Choice
from assistant.figures.amounts import amounts_added
from assistant.measured_answers import answer_of_sets
from assistant.question.query import Query
from assistant.sets.each import sets_of_each
from assistant.sets.groups import counted_by_level
from assistant.sets.levels import asks_for_level, level_values
from assistant.sets.measured_sets import asks_for_measured_set, asks_for_total, measured_set, totals
from assistant.sets.printed_counts import printed_counts
from assistant.sets.promises import asks_for_promises, promised
from assistant.sets.sets import asks_for_set, select


def set_answers(query: Query, corpus: Corpus, url: Url) -> Iterator[Answer]:
    """The answers of all ways that have one, the surest first."""
    if names_nothing(query) and (things := things_meant(query, corpus)):
        yield compose_of_what(query, things, url)
    if (definition := compose_definition(query, corpus, url)) is not None:
        yield definition
    if (cover := compose_cover(query, corpus, url) or compose_subject(query, corpus, url)) is not None:
        yield cover
    if (each := sets_of_each(query, corpus)) is not None:
        yield compose_each(query, each, url)
    if (measured := answer_of_sets(query, corpus, url)) is not None:
        yield measured
    if (counted := counted_by_level(query, corpus)) is not None:
        yield compose_groups(query, counted, url)
    if amounts := amounts_added(query, corpus):
        yield compose_amounts(query, amounts, url)
    if asks_for_level(query) and (values := level_values(query, corpus)):
        yield compose_levels(query, values, corpus, url)
    if asks_for_set(query):
        rows = select(query, corpus)
        if rows.items:
            yield compose_set(query, rows, url, printed_counts(query, corpus))
        elif (none := compose_none_of(query, corpus, url)) is not None:
            yield none
        elif query.kind == "count" and query.filters.sectors and query.filters.row_kinds:
            yield compose(query, Choice("no_match"), corpus, url)
    if asks_for_promises(query) and (all_of_it := promised(query, corpus)) is not None:
        yield compose_set(query, all_of_it, url)


def rows_of_set(query: Query, corpus: Corpus) -> list[str]:
    """The ids of all rows that a question about a set asks for; [] for any other question."""
    if asks_for_measured_set(query):
        return [found.item.item_id for found in measured_set(query, corpus)]
    if asks_for_total(query, corpus):
        parts = (part for total in totals(query, corpus) for part in total.parts)
        return list(dict.fromkeys(part.item.item_id for part in parts))
    if (counted := counted_by_level(query, corpus)) is not None:
        return [item.item_id for item in counted.rows.items]
    return [item.item_id for item in select(query, corpus).items] if asks_for_set(query) else []
