"""Counts that a document prints itself ("PROGRAMAS 06") beside those that are counted from its rows."""

from __future__ import annotations

import re

from assistant.corpus.corpus import Corpus, Item
from assistant.corpus.matching import folded, stem_of, tokenize
from assistant.evidence.retrieve import is_within
from assistant.question.query import Query

_COUNT = re.compile(r"[^\W\d_][^\d]{3,40} \d{1,4}")


def printed_counts(query: Query, corpus: Corpus) -> list[Item]:
    """The counts printed for the component or line named, of what the question counts; [] where it counts nothing."""
    name = query.filters.component or query.filters.strategic_line
    if query.kind != "count" or name is None or query.filters.programme:
        return []
    nouns = {stem_of(noun) for noun in query.set_nouns}
    return [
        item
        for item in corpus.items
        if _counts(item, nouns) and _is_under(item, name) and is_within(item, query.filters)
    ]


def _counts(item: Item, nouns: set[str]) -> bool:
    """Whether a line is a count: the noun and its number alone."""
    text = item.segment.text if item.segment is not None else ""
    if _COUNT.fullmatch(text) is None:
        return False
    return {token.stem for token in tokenize(text) if not token.is_number} <= nouns


def _is_under(item: Item, name: str) -> bool:
    """Whether a line stands under a name, or right below it on its slide."""
    passage = item.passage
    told = (*passage.headings[-1:], *(segment.text for segment in passage.segments)) if passage is not None else ()
    return any(folded(text).rpartition(": ")[2] == folded(name) for text in told)
