"""Lists of figures that a report prints for two times: which entry grew or fell, and by how much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from assistant.corpus.corpus import Corpus, Item
from assistant.corpus.matching import folded, tokenize
from assistant.evidence.fields import is_labelled, is_total
from assistant.evidence.lists import siblings_of
from assistant.evidence.retrieve import is_within
from assistant.question.query import Query
from assistant.question.times import row_intervals

#: A list has at least this many entries that stand at both times.
_FEWEST = 2
#: Words that may stand between a "which" and its noun ("¿cuál *de los* canales …?", "¿cuál *fue el* canal …?").
_BETWEEN = frozenset(("de", "el", "la", "los", "las", "es", "fue", "era", "son", "fueron", "of", "the", "is", "was"))


def growths(query: Query, corpus: Corpus) -> list[tuple[Item, Item]]:
    """(before, after) of each entry of the list that the question names by what its entries are called; or []."""
    nouns = nouns_asked(query)
    named = [
        item
        for item in corpus.figures
        if item.own & nouns
        and item.row is not None
        and is_labelled(item.row)
        and row_intervals(item.row)
        and is_within(item, query.filters)
    ]
    for document in dict.fromkeys(item.document.document_id for item in named):
        entries = {one.item_id: one for item in named if item.document.document_id == document
                   for one in (item, *siblings_of(item, corpus))}  # fmt: skip
        if len(pairs := _pairs(list(entries.values()))) >= _FEWEST:
            return pairs
    return []


def nouns_asked(query: Query) -> set[str]:
    """The stems of the word right after a "which" ("¿cuál *canal* …?"): what the entries of the list are called."""
    tokens = [token for token in tokenize(query.text) if token.word not in _BETWEEN]
    after = {"que", "cual", "cuales", "which", "what"}
    return {token.stem for before, token in pairwise(tokens) if before.word in after}


def _pairs(entries: Sequence[Item]) -> list[tuple[Item, Item]]:
    """The first and the last figure of each entry that stands at two times."""
    by_name: defaultdict[str, list[Item]] = defaultdict(list)
    for item in entries:
        if item.row is not None and not is_total(item.row) and row_intervals(item.row):
            by_name[folded(item.row.metric or "")].append(item)
    pairs = []
    for same in by_name.values():
        ordered = sorted(same, key=lambda item: row_intervals(item.row)[0].first if item.row else "")
        if len({row_intervals(item.row)[0] for item in ordered if item.row}) > 1:
            pairs.append((ordered[0], ordered[-1]))
    return pairs
