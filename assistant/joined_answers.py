"""Answers of several things that a question names, put together: added up, compared, what there was and what comes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.answer import Answer
from assistant.composing.compose import compose
from assistant.composing.compose_computation import compose_computation
from assistant.composing.compose_pairs import compose_claimed, compose_enumerated, compose_pair
from assistant.composing.draft import Url
from assistant.corpus.corpus import Corpus
from assistant.evidence.choose import Choice
from assistant.figures.before_and_new import both_ends_added, joins_before_and_new, of_before_and_new
from assistant.figures.claimed_pairs import claimed_of_two
from assistant.figures.computation import over_lists
from assistant.figures.enumerated import enumerated, is_enumerated
from assistant.figures.named_parts import Read, Search
from assistant.figures.pairs import changing_most, operation_asked, pair_named
from assistant.question.offices import stems_of_offices
from assistant.question.query import Query


@dataclass(frozen=True)
class Joining:
    """Reads each of the things named, and looks for it by its words."""

    corpus: Corpus
    read: Read
    search: Search
    url: Url

    def of_before_and_new(self, query: Query) -> Answer | None:
        """What there was and what comes of one row together; None where the question joins no such two."""
        if not joins_before_and_new(query):
            return None
        found = of_before_and_new(query, self.search(query))
        if found is None or both_ends_added(query, found.item.row) is None:
            return None
        asked = replace(query, kind="sum", fields=("baseline", "target"))
        return compose(asked, Choice("answer", items=(found,)), self.corpus, self.url)

    def of_several(self, query: Query) -> Answer | None:
        """The sum of three things or more; None where the question names none, or one is not found."""
        if not is_enumerated(query.text):
            return None
        if (computed := over_lists(query, self.corpus)) is not None:
            return compose_computation(query, computed, self.url)
        found = enumerated(query, self.read, self.search)
        return None if found is None else compose_enumerated(query, found, self.corpus, self.url)

    def of_two(self, query: Query) -> Answer | None:
        """What comes of two things, put together or compared; None where the question names no two."""
        if claims := claimed_of_two(query, self.read, self.search):
            return compose_claimed(query, claims, self.corpus, self.url)
        if operation_asked(query.text) == "greater" and query.changes:
            both = changing_most(query, self.read, self.search, self.corpus)
            return compose(query, Choice("answer", items=both), self.corpus, self.url) if both else None
        pair = pair_named(query, self.read, self.search, stems_of_offices(query, self.corpus))
        return compose_pair(query, pair, self.corpus, self.url) if pair is not None else None
