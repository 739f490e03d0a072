"""Who answers a query: one way of answering after another, the first that has something to say.

``query + what is known → Answer``; the order of the ways in ``Answering.answer`` is the order of how sure they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.answer import Answer
from assistant.composing.compose import compose, fixed
from assistant.composing.compose_amounts import compose_amounts
from assistant.composing.compose_computation import compose_computation
from assistant.composing.compose_conditions import compose_none_of
from assistant.composing.compose_each import compose_each
from assistant.composing.compose_groups import compose_groups
from assistant.composing.compose_levels import compose_levels
from assistant.composing.compose_measures import compose_measured
from assistant.composing.compose_pairs import compose_claimed, compose_enumerated, compose_pair
from assistant.composing.compose_sets import compose_set
from assistant.composing.covers import compose_cover, compose_subject
from assistant.composing.definitions import compose_definition
from assistant.composing.list_totals import asks_for_total_of_list, compose_listed, lists_with_total
from assistant.composing.of_what import compose_of_what, names_nothing, things_meant
from assistant.composing.which_office import OfficeRead, compose_which_office, meant_of, readings_of
from assistant.corpus.bars import TELLING
from assistant.corpus.corpus import Corpus, Item
from assistant.evidence.choose import Choice, choose
from assistant.evidence.clauses import of_listed, queries_of, where_whole_is, with_parts
from assistant.evidence.dimensions import saying_what_is_asked
from assistant.evidence.eligible import gauges_the_unknown
from assistant.evidence.filings import with_filing
from assistant.evidence.rerank import CrossEncoderScorer, rerank
from assistant.evidence.retrieve import Scored, Searches, retrieve
from assistant.evidence.slide_details import details_told
from assistant.evidence.states import state_told
from assistant.evidence.stretches import with_stretch
from assistant.figures.amounts import amounts_added
from assistant.figures.claimed_pairs import claimed_of_two
from assistant.figures.computation import Computation, over_lists, over_prose, over_told_change
from assistant.figures.enumerated import enumerated, is_enumerated, parts_of
from assistant.figures.measured_choice import choose_measured
from assistant.figures.pairs import pair_named
from assistant.figures.premise import is_premise, verdict, without_claims, without_figures
from assistant.following.staying import field_not_said
from assistant.measured_answers import answer_of_sets
from assistant.question.lexicon import PhraseIndex
from assistant.question.query import Query
from assistant.question.question import Understanding
from assistant.sets.each import sets_of_each
from assistant.sets.groups import counted_by_level
from assistant.sets.levels import asks_for_level, level_values
from assistant.sets.measured_sets import asks_for_measured_set, asks_for_total, measured_set, totals
from assistant.sets.printed_counts import printed_counts
from assistant.sets.promises import asks_for_promises, promised
from assistant.sets.sets import asks_for_set, select
from assistant.writer import names_of
from ingest.knowledge import KnowledgeBase
from ingest.searchtext import Hit

FIXED = {
    "empty": ("empty", "clarify"),
    "smalltalk": ("smalltalk", "answered"),
    "personal_data": ("refused_personal", "refused"),
    "order": ("refused_order", "refused"),
}


@dataclass(frozen=True)
class View:
    """What one revision of the knowledge base gives to answer from."""

    corpus: Corpus
    understanding: Understanding

    @cached_property
    def names(self) -> PhraseIndex[str]:
        return names_of(self.corpus)


def _nothing(text: str, entities: Sequence[str] | None, limit: int) -> list[Hit]:
    """No search by meaning: the parts of a question cost no further encoding."""
    return []


@dataclass(frozen=True)
class Answering:
    """The ways to answer from one revision of a knowledge base."""

    view: View
    knowledge: KnowledgeBase
    reranker: CrossEncoderScorer | None
    #: Where citizens see the server, without a slash at its end.
    base_url: str | None

    def answer(self, query: Query) -> Answer:
        """The answer of the first way that has one to a query."""
        corpus = self.view.corpus
        if query.kind in FIXED:
            sentence, status = FIXED[query.kind]
            return fixed(query, sentence, status)  # type: ignore[arg-type]
        if not corpus.items:
            return fixed(query, "no_documents", "not_found")
        filters = query.filters
        if filters.unknown_entity is not None and not filters.entities:
            known = ", ".join(corpus.entities)
            return fixed(query, "not_found_entity", "not_found", entity=filters.unknown_entity, entities=known)
        if filters.offices and not filters.documents and not query.kept_rows:
            return self._of_which_office(query)
        if query.measures_kept:
            return self._measured_of_kept(query)
        if query.kept_rows:
            return compose(query, _of_kept(query, corpus), corpus, self.url)
        if names_nothing(query) and (things := things_meant(query, corpus)):
            return compose_of_what(query, things, self.url)
        if (definition := compose_definition(query, corpus, self.url)) is not None:
            return definition
        if (cover := compose_cover(query, corpus, self.url) or compose_subject(query, corpus, self.url)) is not None:
            return cover
        if (each := sets_of_each(query, corpus)) is not None:
            return compose_each(query, each, self.url)
        if (measured := answer_of_sets(query, corpus, self.url)) is not None:
            return measured
        if (counted := counted_by_level(query, corpus)) is not None:
            return compose_groups(query, counted, self.url)
        if amounts := amounts_added(query, corpus):
            return compose_amounts(query, amounts, self.url)
        if (added_up := self._of_several(query)) is not None:
            return added_up
        if asks_for_level(query) and (values := level_values(query, corpus)):
            return compose_levels(query, values, corpus, self.url)
        if asks_for_set(query):
            rows = select(query, corpus)
            if rows.items:
                return compose_set(query, rows, self.url, printed_counts(query, corpus))
            if (none := compose_none_of(query, corpus, self.url)) is not None:
                return none
        if asks_for_promises(query) and (all_of_it := promised(query, corpus)) is not None:
            return compose_set(query, all_of_it, self.url)
        if asks_for_total_of_list(query) and (listed := lists_with_total(query, self.found(query), corpus)):
            return compose_listed(query, listed, self.url)
        if (paired := self._of_two(query)) is not None:
            return paired
        found = self.found(query)
        evidence = saying_what_is_asked(query, found)
        if found and not evidence:
            return compose(query, Choice("no_match", near=tuple(found[:3])), corpus, self.url)
        computed = None if gauges_the_unknown(query) else over_told_change(query, corpus) or over_lists(query, corpus)
        if computed is not None:
            return compose_computation(query, computed, self.url)
        if (state := state_told(query, evidence, corpus)) is not None:
            return compose(replace(query, kind="value", cues=frozenset()), state, corpus, self.url)
        if (details := details_told(query, evidence, corpus)) is not None:
            return compose(query, details, corpus, self.url)
        choice = choose_measured(query, evidence, corpus)
        if choice is not None and choice.verdict == "answer":
            items = [found.item for found in choice.items]
            if (answer := compose_measured(query, items, corpus, self.url)) is not None:
                return answer
        choice = choice or self._choice(query, evidence)
        if is_premise(query):
            choice = self._about_premise(query, choice)
        computed = over_prose(query, evidence, corpus) if choice.verdict == "answer" else None
        if computed is not None and not lacks_one_named(query.text, computed):
            return compose_computation(query, computed, self.url)
        return compose(query, choice, corpus, self.url)

    def _of_which_office(self, query: Query) -> Answer:
        """The answer for the one office that a name of several territories means, or asks back which."""
        corpus = self.view.corpus
        readings = readings_of(query, corpus)
        if not readings:
            return self.answer(replace(query, filters=replace(query.filters, offices=())))
        read = [OfficeRead(one, self.answer(one), self._fit(one)) for one in readings]
        meant = meant_of(read)
        return meant[0].answer if len(meant) == 1 else compose_which_office(query, meant, corpus, self.url)

    def _fit(self, query: Query) -> float:
        """How much of a question the best evidence for it covers."""
        return max((found.coverage for found in self.found(query, 1)), default=0.0)

    def _measured_of_kept(self, query: Query) -> Answer:
        """How far the row of the answer before is; not found where it is blank for the time asked for."""
        corpus = self.view.corpus
        kept = [corpus.by_id[row_id] for row_id in query.kept_rows]
        if (answer := compose_measured(query, kept, corpus, self.url)) is not None:
            return answer
        near = tuple(Scored(item, 1.0, 1.0, ()) for item in kept)
        return compose(query, Choice("no_field", near=near, field="progress"), corpus, self.url)

    def _of_several(self, query: Query) -> Answer | None:
        """The sum of three things or more that a question names; None where it names none, or one is not found."""
        corpus = self.view.corpus
        if not is_enumerated(query.text):
            return None
        if (computed := over_lists(query, corpus)) is not None:
            return compose_computation(query, computed, self.url)
        found = enumerated(query, self.view.understanding.read, self._found_by_words)
        return None if found is None else compose_enumerated(query, found, corpus, self.url)

    def _of_two(self, query: Query) -> Answer | None:
        """What comes of two things that a question names, put together or compared; None where it names no two."""
        corpus = self.view.corpus
        if claims := claimed_of_two(query, self.view.understanding.read, self._found_by_words):
            return compose_claimed(query, claims, corpus, self.url)
        pair = pair_named(query, self.view.understanding.read, self._found_by_words)
        return compose_pair(query, pair, corpus, self.url) if pair is not None else None

    def _about_premise(self, query: Query, choice: Choice) -> Choice:
        """The choice for a question that takes something for granted: where the rows with its own figures and dates do
        not bear it out, those that it is about without them, for they say what is so."""
        found = verdict(query, [scored.item for scored in choice.items]) if choice.verdict == "answer" else None
        borne_out = found is None or (found.holds is not False and found.direction is None)
        if choice.verdict == "answer" and borne_out:
            return choice
        bare = without_figures(query)
        if bare.terms != query.terms:
            other = self._choice(bare, self._found_by_words(bare))
            if other.verdict == "answer":
                return other
        if choice.verdict in ("answer", "clarify"):
            return choice
        about = self.view.understanding.read(without_claims(query.text))
        if not any(term.weight >= TELLING for term in about.terms):
            return choice
        about = replace(about, filters=query.filters, kind="value", measure=None)
        other = self._choice(about, self._found_by_words(about))
        return other if other.verdict == "answer" else choice

    def _found_by_words(self, query: Query) -> list[Scored]:
        """The evidence for a part of a question, which costs no further encoding."""
        return retrieve(query, self.view.corpus, replace(self.searches, vectors=_nothing))

    def _choice(self, query: Query, evidence: Sequence[Scored]) -> Choice:
        """The items that answer a question, and those that answer each of the questions inside it."""
        read = self.view.understanding.read
        if (listed := of_listed(query, read, self._chosen_by_words)) is not None:
            return listed
        parts = queries_of(query, read)
        whole = with_filing(choose(query, evidence, self.view.corpus), self.view.corpus)
        whole = with_stretch(whole, query, self.view.corpus)
        parts = [where_whole_is(part, whole) for part in parts]
        return with_parts(whole, parts, self._chosen_by_words)

    def _chosen_by_words(self, part: Query) -> Choice:
        return choose(part, self._found_by_words(part), self.view.corpus)

    def found(self, query: Query, limit: int = 40) -> list[Scored]:
        """The evidence for a query, the best first, in the reranker's order when there is one."""
        found = retrieve(query, self.view.corpus, self.searches, limit)
        return found if self.reranker is None else rerank(query, found, self.reranker)

    def url(self, item: Item) -> str | None:
        if item.row is None:
            return None
        path = f"/v1/rows/{item.row.row_id}"
        return path if self.base_url is None else f"{self.base_url}{path}"

    @property
    def searches(self) -> Searches:
        """The searches of the knowledge base over the revision that an answer is made from."""
        knowledge, snapshot = self.knowledge, self.view.corpus.snapshot

        def by_words(text: str, entities: Sequence[str] | None, limit: int) -> list[Hit]:
            return knowledge.search_words(text, entities, limit, snapshot=snapshot)

        def by_meaning(text: str, entities: Sequence[str] | None, limit: int) -> list[Hit]:
            vector = knowledge.embedder.embed_query(text)
            return knowledge.search_vectors(vector, entities, limit, snapshot=snapshot)

        return Searches(words=by_words, vectors=by_meaning)


def lacks_one_named(text: str, computed: Computation) -> bool:
    """Whether a sum has fewer items than the question names things in a row."""
    return computed.operation == "sum" and len(computed.items) < max(map(len, parts_of(text)), default=0)


def rows_of_set(query: Query, corpus: Corpus) -> list[str]:
    """The ids of all rows that a question about a set asks for; [] for any other question."""
    if asks_for_measured_set(query):
        return [found.item.item_id for found in measured_set(query, corpus)]
    if asks_for_total(query):
        parts = (part for total in totals(query, corpus) for part in total.parts)
        return list(dict.fromkeys(part.item.item_id for part in parts))
    if (counted := counted_by_level(query, corpus)) is not None:
        return [item.item_id for item in counted.rows.items]
    return [item.item_id for item in select(query, corpus).items] if asks_for_set(query) else []


def _of_kept(query: Query, corpus: Corpus) -> Choice:
    """The row that a question goes on with, as the choice; ``no_field`` when it does not say what is asked."""
    kept = [corpus.by_id[row_id] for row_id in query.kept_rows]
    found = tuple(Scored(item, 1.0, 1.0, ()) for item in kept)
    missing = field_not_said(query, kept)
    return Choice("answer", items=found) if missing is None else Choice("no_field", near=found, field=missing)
