"""Who answers a query: one way of answering after another, the first that has something to say.

``query + what is known → Answer``; the order of the ways in ``Answering.answer`` is the order of how sure they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from assistant.answer import Answer
from assistant.composing.compose import compose, fixed
from assistant.composing.compose_computation import compose_computation
from assistant.composing.compose_measures import compose_measured
from assistant.composing.list_totals import asks_for_total_of_list, compose_listed, lists_with_total
from assistant.composing.of_time import is_of_time, says_the_level
from assistant.composing.which_office import OfficeRead, compose_which_office, meant_of, readings_of
from assistant.corpus.bars import TELLING
from assistant.corpus.corpus import Corpus, Item
from assistant.evidence.adjoining import with_adjoining
from assistant.evidence.asked_time import with_the_time_asked
from assistant.evidence.choose import Choice, choose
from assistant.evidence.clauses import of_listed, queries_of, where_whole_is, with_parts
from assistant.evidence.dimensions import saying_what_is_asked
from assistant.evidence.eligible import gauges_the_unknown
from assistant.evidence.filings import with_filing
from assistant.evidence.parallels import of_parallels
from assistant.evidence.part_of_kind import saying_the_kind
from assistant.evidence.part_of_number import saying_the_part
from assistant.evidence.rerank import CrossEncoderScorer, rerank
from assistant.evidence.retrieve import Scored, Searches, retrieve
from assistant.evidence.sections import section_named
from assistant.evidence.slide_details import details_told
from assistant.evidence.states import state_told
from assistant.evidence.stretches import with_stretch
from assistant.figures.computation import Computation, over_lists, over_prose, over_told_change
from assistant.figures.enumerated import parts_of
from assistant.figures.measured_choice import choose_measured, without_money_told
from assistant.figures.premise import are_its_figures, is_premise, verdict, without_claims, without_figures
from assistant.figures.remainders import over_report
from assistant.joined_answers import Joining
from assistant.kept_answers import of_kept
from assistant.question.compared_place import asks_of_the_unknown
from assistant.question.lexicon import PhraseIndex
from assistant.question.query import Query
from assistant.question.question import Understanding
from assistant.set_answers import set_answers
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
        """The answer of the first way that has one to a query, and that tells of the time it asks for."""
        corpus = self.view.corpus
        if (alone := self._at_once(query)) is not None:
            return alone
        for answer in chain(set_answers(query, corpus, self.url), self._of_evidence(query)):
            if is_of_time(answer, query, corpus) and says_the_level(answer, query):
                return answer
        return compose(query, Choice("no_match", near=tuple(self.found(query)[:3])), corpus, self.url)

    def _at_once(self, query: Query) -> Answer | None:
        """What needs no looking for: fixed replies, and the row of the answer before; None for a question to answer."""
        corpus, filters = self.view.corpus, query.filters
        if query.kind in FIXED:
            sentence, status = FIXED[query.kind]
            return fixed(query, sentence, status)  # type: ignore[arg-type]
        if not corpus.items:
            return fixed(query, "no_documents", "not_found")
        if filters.unknown_entity is not None and asks_of_the_unknown(query):
            known = ", ".join(corpus.entities)
            return fixed(query, "not_found_entity", "not_found", entity=filters.unknown_entity, entities=known)
        if filters.offices and not filters.documents and not query.kept_rows:
            return self._of_which_office(query)
        return of_kept(query, corpus, self.url)

    def _of_evidence(self, query: Query) -> Iterator[Answer]:
        """The answers that are looked for, the surest first; the last is that there is none."""
        corpus = self.view.corpus
        joining = Joining(corpus, self.view.understanding.read, self._found_by_words, self.url)
        if (together := joining.of_before_and_new(query)) is not None:
            yield together
        if (added_up := joining.of_several(query)) is not None:
            yield added_up
        if asks_for_total_of_list(query) and (listed := lists_with_total(query, self.found(query), corpus)):
            yield compose_listed(query, listed, self.url)
        if (paired := joining.of_two(query)) is not None:
            yield paired
        found = self.found(query)
        evidence = _telling(query, found)
        if found and not evidence:
            yield compose(query, Choice("no_match", near=tuple(found[:3])), corpus, self.url)
        computed = None if gauges_the_unknown(query) else over_told_change(query, corpus) or over_lists(query, corpus)
        computed = computed or over_report(query, found, corpus)
        if computed is not None:
            yield compose_computation(query, computed, self.url)
        if (state := state_told(query, evidence, corpus)) is not None:
            state = self._with_whole_sentences(state)
            yield compose(replace(query, kind="value", cues=frozenset()), state, corpus, self.url)
        if (details := details_told(query, evidence, corpus)) is not None:
            yield compose(query, details, corpus, self.url)
        choice = choose_measured(query, evidence, corpus)
        if choice is not None and choice.verdict == "answer":
            items = [found.item for found in choice.items]
            if (answer := compose_measured(query, items, corpus, self.url)) is not None:
                yield answer
        choice = choice or without_money_told(query, self._choice(query, evidence))
        if is_premise(query):
            choice = self._about_premise(query, choice)
        computed = over_prose(query, evidence, corpus) if choice.verdict == "answer" else None
        if computed is not None and not lacks_one_named(query.text, computed):
            yield compose_computation(query, computed, self.url)
        yield compose(query, choice, corpus, self.url)

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

    def _about_premise(self, query: Query, choice: Choice) -> Choice:
        """The choice for a question that takes something for granted: where the rows with its own figures and dates do
        not bear it out, those that it is about without them, for they say what is so."""
        found = verdict(query, [scored.item for scored in choice.items]) if choice.verdict == "answer" else None
        borne_out = found is None or (found.holds is not False and found.direction is None)
        if choice.verdict == "answer" and (borne_out or are_its_figures(query, choice.items[0].item)):
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
        found = retrieve(query, self.view.corpus, replace(self.searches, vectors=_nothing))
        return with_the_time_asked(found, query, self.view.corpus)

    def _choice(self, query: Query, evidence: Sequence[Scored]) -> Choice:
        """The items that answer a question, and those that answer each of the questions inside it."""
        read = self.view.understanding.read
        if (listed := of_listed(query, read, self._chosen_by_words)) is not None:
            return listed
        if (alike := of_parallels(query, read, self._chosen_by_words)) is not None:
            return alike
        if (section := section_named(query, evidence, self.view.corpus)) is not None:
            return section
        parts = queries_of(query, read)
        whole = with_filing(choose(query, evidence, self.view.corpus), self.view.corpus)
        whole = with_stretch(whole, query, self.view.corpus)
        parts = [where_whole_is(part, whole) for part in parts]
        found = with_parts(whole, parts, self._chosen_by_words)
        return self._with_whole_sentences(found) if parts else found

    def _chosen_by_words(self, part: Query) -> Choice:
        return choose(part, _telling(part, self._found_by_words(part)), self.view.corpus)

    def _with_whole_sentences(self, choice: Choice) -> Choice:
        """The choice with the rest of each sentence that a line breaks off."""
        return replace(choice, items=tuple(with_adjoining(choice.items, (), self.view.corpus)))

    def found(self, query: Query, limit: int = 40) -> list[Scored]:
        """The evidence for a query, the best first, in the reranker's order when there is one."""
        found = with_the_time_asked(retrieve(query, self.view.corpus, self.searches, limit), query, self.view.corpus)
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


def _telling(query: Query, found: Sequence[Scored]) -> list[Scored]:
    """The evidence that tells what is asked of its subject, and the part of it that is asked for."""
    return saying_the_kind(query, saying_what_is_asked(query, saying_the_part(query, found)))


def lacks_one_named(text: str, computed: Computation) -> bool:
    """Whether a sum has fewer items than the question names things in a row."""
    return computed.operation == "sum" and len(computed.items) < max(map(len, parts_of(text)), default=0)
