"""Counts that a document prints itself ("PROGRAMAS 06") beside those that are counted from its rows."""

from __future__ import annotations

from assistant.corpus import Corpus, Item
from assistant.matching import stem_of, tokenize
from assistant.query import Query
from assistant.retrieve import is_within
from assistant.together import same_text


def printed_counts(query: Query, corpus: Corpus) -> list[Item]:
    """The counts printed for the component or line named, of what the question counts; [] where it counts nothing."""
    filters = query.filters
    if query.kind != "count" or not (filters.component or filters.strategic_line) or filters.programme:
        return []
    nouns = {stem_of(noun) for noun in query.set_nouns}
    return [
        item for item in corpus.figures if is_within(item, filters) and _counts(item, nouns) and _is_of(item, query)
    ]


def _counts(item: Item, nouns: set[str]) -> bool:
    """Whether a figure is a count: called by the noun alone."""
    return item.row is not None and item.row.kind == "fact" and _stems(item.row.metric) <= nouns


def _stems(metric: str | None) -> set[str]:
    return {token.stem for token in tokenize(metric or "-")}


def _is_of(item: Item, query: Query) -> bool:
    row, filters = item.row, query.filters
    if row is None:
        return False
    if filters.component is not None:
        return same_text(row.component, filters.component)
    return row.component is None and same_text(row.strategic_line, filters.strategic_line)
