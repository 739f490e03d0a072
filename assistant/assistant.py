"""The assistant: question in, cited answer out, over one knowledge base."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.aims import with_aims
from assistant.answer import Answer, Question
from assistant.auditing import PROGRAM, Asker, QuestionAudit
from assistant.choose import Choice, choose
from assistant.clauses import queries_of, with_parts
from assistant.compose import compose, fixed
from assistant.compose_computation import compose_computation
from assistant.compose_conditions import compose_none_of
from assistant.compose_each import compose_each
from assistant.compose_groups import compose_groups
from assistant.compose_levels import compose_levels
from assistant.compose_measures import compose_measured
from assistant.compose_sets import compose_set
from assistant.computation import over_lists, over_prose
from assistant.conversation import ConversationStore, Turn
from assistant.corpus import Corpus, Item, build_corpus
from assistant.covers import compose_cover
from assistant.definitions import compose_definition
from assistant.each import sets_of_each
from assistant.filings import with_filing
from assistant.followup import carry_over
from assistant.ground import ground
from assistant.groups import counted_by_level
from assistant.levels import asks_for_level, level_values
from assistant.lexicon import PhraseIndex, load_lexicon
from assistant.measured_answers import answer_of_sets
from assistant.measured_choice import choose_measured
from assistant.measured_sets import asks_for_measured_set, asks_for_total, measured_set, totals
from assistant.printed_counts import printed_counts
from assistant.promises import asks_for_promises, promised
from assistant.query import Query
from assistant.question import Understanding
from assistant.rerank import load_reranker, rerank
from assistant.retrieve import CabildoRetriever, Scored, Searches, retrieve
from assistant.sets import asks_for_set, select
from assistant.settings import Settings
from assistant.staying import field_not_said, measures_row, row_of, stays_on
from assistant.stretches import with_stretch
from assistant.understanding import Asked, Checker, Reading, Way, load_model_reader, second_reading
from assistant.writer import Task, load_writer, names_of
from ingest.knowledge import KnowledgeBase
from ingest.searchtext import Hit

_FIXED = {
    "empty": ("empty", "clarify"),
    "smalltalk": ("smalltalk", "answered"),
    "personal_data": ("refused_personal", "refused"),
    "order": ("refused_order", "refused"),
}
#: Rows whose names a model gets, to tell which a question means, and rows that are asked back at most.
_NEAREST = 30
_MOST_ASKED = 5


@dataclass(frozen=True)
class _View:
    """What one revision of the knowledge base gives to answer from."""

    corpus: Corpus
    understanding: Understanding

    @cached_property
    def names(self) -> PhraseIndex[str]:
        return names_of(self.corpus)


def _nothing(text: str, entities: Sequence[str] | None, limit: int) -> list[Hit]:
    """No search by meaning: the parts of a question cost no further encoding."""
    return []


class Assistant:
    """Answers questions from a knowledge base; sees what is committed to it without a restart."""

    def __init__(self, knowledge: KnowledgeBase, settings: Settings) -> None:
        self._knowledge = knowledge
        self._settings = settings
        self._view: _View | None = None
        self.conversations = ConversationStore(knowledge.engine)
        self.audit = QuestionAudit(knowledge.engine, keep_texts=settings.audit_texts)
        self._writer = load_writer(settings)
        self._reader = load_model_reader(settings)
        self._reranker = load_reranker(settings.reranker)

    def ask(self, question: Question, asker: Asker = PROGRAM) -> Answer:
        """One answer; never raises for what a person can type."""
        for part in self.stream(question, asker):
            if isinstance(part, Answer):
                return part
        raise RuntimeError("a stream ended without its answer")

    def stream(self, question: Question, asker: Asker = PROGRAM) -> Iterator[str | Answer]:
        """The answer's sentences, each as soon as it has passed the check, then the answer itself.

        The answer holds: what a model wrote is replaced by the composed answer when a later sentence of it fails.
        """
        try:
            yield from self._stream(question, asker)
        except Exception as error:
            self.audit.failed(asker, question, error)
            raise

    def _stream(self, question: Question, asker: Asker) -> Iterator[str | Answer]:
        started = time.perf_counter()
        view = self._current_view()
        conversation = question.conversation_id or self.conversations.new_id()
        turns = self._turns(question)
        before = [_asked_in(turn) for turn in turns]
        last = turns[-1].answer if turns else None
        reading = self._reading(question, view, before, last)
        for part in self._written(question, before, reading.query, reading.answer, view):
            if isinstance(part, str):
                yield part
                continue
            answer = part.model_copy(
                update={
                    "conversation_id": conversation,
                    "answer_id": uuid.uuid4().hex,
                    "elapsed_ms": round((time.perf_counter() - started) * 1000),
                }
            )
            said = {"entity": question.entity, "period": question.period}
            turn = Turn(question=question.question, answer=answer, query=said)
            self.conversations.append(conversation, turn, channel=asker.front_end)
            self.audit.answered(asker, question, answer)
            yield answer

    def close(self) -> None:
        """Write what is left of the conversations and the audit; the knowledge base is the caller's to close."""
        self.conversations.close()
        self.audit.close()

    def _turns(self, question: Question) -> Sequence[Turn]:
        """The turns before in the same conversation, the oldest first."""
        return () if question.conversation_id is None else self.conversations.history(question.conversation_id)

    def _reading(
        self, question: Question, view: _View, before: Sequence[Question], last: Answer | None = None
    ) -> Reading:
        """The query of a question, with what it takes over from those asked before it, and its composed answer.

        ``last`` is the answer to the question before it.
        """
        previous = self._carried(view, before)
        own = with_aims(view.understanding.read(question.question, entity=question.entity, period=question.period))
        query = carry_over(own, previous)
        if stays_on(own, row := row_of(last, previous, view.corpus)):
            query = replace(query, kept_rows=tuple(item.item_id for item in row))
        elif measures_row(own, row):
            query = replace(query, kept_rows=(row[0].item_id,), measures_kept=True)
        first = Reading(query, ground(self._answer(query, view), query))
        if self._reader is None or query.kind in _FIXED or first.answer.status == "refused" or not view.corpus.items:
            return first
        asked_before = [earlier.question for earlier in before]
        checker = Checker(load_lexicon(), view.corpus)
        asked_now = Asked(question.question, asked_before)
        return second_reading(first, own, previous, asked_now, self._reader, checker, self._way(view))

    def _carried(self, view: _View, asked: Sequence[Question]) -> Query | None:
        """The query of the last of some questions, with what each takes over from those before it."""
        previous: Query | None = None
        for one in asked:
            own = view.understanding.read(one.question, entity=one.entity, period=one.period)
            previous = carry_over(with_aims(own), previous)
        return previous

    def _way(self, view: _View) -> Way:
        """How the second reading of a question is answered."""

        def near(query: Query) -> list[str]:
            found = retrieve(query, view.corpus, self._searches(view), _NEAREST)
            return [item.row.indicator for item in (one.item for one in found) if item.row and item.row.indicator]

        def ask_back(query: Query, items: Sequence[Item]) -> Answer:
            choice = Choice("clarify", items=tuple(Scored(item, 1.0, 1.0, ()) for item in items[:_MOST_ASKED]))
            return compose(query, choice, view.corpus, self._url)

        return Way(lambda query: ground(self._answer(query, view), query), near, ask_back)

    def _written(
        self, question: Question, before: Sequence[Question], query: Query, composed: Answer, view: _View
    ) -> Iterator[str | Answer]:
        """The composed answer as the model writes it, when there is one."""
        if self._writer is not None:
            earlier = [asked.question for asked in before]
            yield from self._writer.write(Task(question.question, composed, earlier, query.language, view.names))
            return
        yield from composed.answer.splitlines(keepends=True)
        yield composed

    def rows_asked(self, questions: Sequence[str], entity: str | None = None, period: str | None = None) -> list[str]:
        """The ids of all rows that a question about a set asks for, after those it goes on with; [] for any other."""
        view = self._current_view()
        asked = [Question(question=text, entity=entity, period=period) for text in questions]
        query = self._carried(view, asked) or Query(text="", kind="empty")
        if asks_for_measured_set(query):
            return [found.item.item_id for found in measured_set(query, view.corpus)]
        if asks_for_total(query):
            parts = (part for total in totals(query, view.corpus) for part in total.parts)
            return list(dict.fromkeys(part.item.item_id for part in parts))
        if (counted := counted_by_level(query, view.corpus)) is not None:
            return [item.item_id for item in counted.rows.items]
        return [item.item_id for item in select(query, view.corpus).items] if asks_for_set(query) else []

    def search(self, text: str, limit: int = 20) -> list[Scored]:
        """The evidence for a question, the best first."""
        view = self._current_view()
        return self._found(view.understanding.read(text), view, limit)

    def as_retriever(self, k: int = 4) -> CabildoRetriever:
        """The retrieval as a LangChain retriever."""
        return CabildoRetriever(search=self.search, k=k)

    def _answer(self, query: Query, view: _View) -> Answer:
        if query.kind in _FIXED:
            sentence, status = _FIXED[query.kind]
            return fixed(query, sentence, status)  # type: ignore[arg-type]
        if not view.corpus.items:
            return fixed(query, "no_documents", "not_found")
        filters = query.filters
        if filters.unknown_entity is not None and not filters.entities:
            known = ", ".join(view.corpus.entities)
            return fixed(query, "not_found_entity", "not_found", entity=filters.unknown_entity, entities=known)
        if query.measures_kept:
            return self._measured_of_kept(query, view.corpus)
        if query.kept_rows:
            return compose(query, _of_kept(query, view.corpus), view.corpus, self._url)
        if (definition := compose_definition(query, view.corpus, self._url)) is not None:
            return definition
        if (cover := compose_cover(query, view.corpus, self._url)) is not None:
            return cover
        if (each := sets_of_each(query, view.corpus)) is not None:
            return compose_each(query, each, self._url)
        if (measured := answer_of_sets(query, view.corpus, self._url)) is not None:
            return measured
        if (counted := counted_by_level(query, view.corpus)) is not None:
            return compose_groups(query, counted, self._url)
        if asks_for_level(query) and (values := level_values(query, view.corpus)):
            return compose_levels(query, values, view.corpus, self._url)
        if asks_for_set(query):
            rows = select(query, view.corpus)
            if rows.items:
                return compose_set(query, rows, self._url, printed_counts(query, view.corpus))
            if (none := compose_none_of(query, view.corpus, self._url)) is not None:
                return none
        if asks_for_promises(query) and (all_of_it := promised(query, view.corpus)) is not None:
            return compose_set(query, all_of_it, self._url)
        evidence = self._found(query, view)
        if (computed := over_lists(query, view.corpus)) is not None:
            return compose_computation(query, computed, self._url)
        choice = choose_measured(query, evidence, view.corpus)
        if choice is not None and choice.verdict == "answer":
            items = [found.item for found in choice.items]
            if (answer := compose_measured(query, items, view.corpus, self._url)) is not None:
                return answer
        choice = choice or self._choice(query, evidence, view)
        if choice.verdict == "answer" and (computed := over_prose(query, evidence, view.corpus)) is not None:
            return compose_computation(query, computed, self._url)
        return compose(query, choice, view.corpus, self._url)

    def _measured_of_kept(self, query: Query, corpus: Corpus) -> Answer:
        """How far the row of the answer before is; not found where it is blank for the time asked for."""
        kept = [corpus.by_id[row_id] for row_id in query.kept_rows]
        if (answer := compose_measured(query, kept, corpus, self._url)) is not None:
            return answer
        near = tuple(Scored(item, 1.0, 1.0, ()) for item in kept)
        return compose(query, Choice("no_field", near=near, field="progress"), corpus, self._url)

    def _choice(self, query: Query, evidence: Sequence[Scored], view: _View) -> Choice:
        """The items that answer a question, and those that answer each of the questions inside it."""
        parts = queries_of(query, view.understanding.read)
        whole = with_filing(choose(query, evidence, view.corpus), view.corpus)
        whole = with_stretch(whole, query, view.corpus)
        words_alone = replace(self._searches(view), vectors=_nothing)
        return with_parts(
            whole, parts, lambda part: choose(part, retrieve(part, view.corpus, words_alone), view.corpus)
        )

    def _found(self, query: Query, view: _View, limit: int = 40) -> list[Scored]:
        """The evidence for a query, the best first, in the reranker's order when there is one."""
        found = retrieve(query, view.corpus, self._searches(view), limit)
        return found if self._reranker is None else rerank(query, found, self._reranker)

    def _current_view(self) -> _View:
        snapshot = self._knowledge.snapshot()
        if self._view is None or self._view.corpus.revision != snapshot.revision:
            corpus = build_corpus(snapshot)
            self._view = _View(corpus, Understanding(load_lexicon(), corpus))
        return self._view

    def _url(self, item: Item) -> str | None:
        if item.row is None:
            return None
        path = f"/v1/rows/{item.row.row_id}"
        base = self._settings.public_url
        return path if base is None else f"{str(base).rstrip('/')}{path}"

    def _searches(self, view: _View) -> Searches:
        """The searches of the knowledge base over the revision that an answer is made from."""
        knowledge, snapshot = self._knowledge, view.corpus.snapshot

        def by_words(text: str, entities: Sequence[str] | None, limit: int) -> list[Hit]:
            return knowledge.search_words(text, entities, limit, snapshot=snapshot)

        def by_meaning(text: str, entities: Sequence[str] | None, limit: int) -> list[Hit]:
            vector = knowledge.embedder.embed_query(text)
            return knowledge.search_vectors(vector, entities, limit, snapshot=snapshot)

        return Searches(words=by_words, vectors=by_meaning)


def _asked_in(turn: Turn) -> Question:
    return Question(question=turn.question, entity=turn.query.get("entity"), period=turn.query.get("period"))


def _of_kept(query: Query, corpus: Corpus) -> Choice:
    """The row that a question goes on with, as the choice; ``no_field`` when it does not say what is asked."""
    kept = [corpus.by_id[row_id] for row_id in query.kept_rows]
    found = tuple(Scored(item, 1.0, 1.0, ()) for item in kept)
    missing = field_not_said(query, kept)
    return Choice("answer", items=found) if missing is None else Choice("no_field", near=found, field=missing)
