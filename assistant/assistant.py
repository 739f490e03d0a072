"""The assistant: question in, cited answer out, over one knowledge base."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answer import Answer, Question
from assistant.answering import FIXED, Answering, View
from assistant.auditing import PROGRAM, Asker, QuestionAudit
from assistant.composing.compose import compose
from assistant.composing.ground import ground
from assistant.conversation import ConversationStore, Turn
from assistant.corpus.corpus import Item, build_corpus
from assistant.evidence.choose import Choice
from assistant.evidence.rerank import load_reranker
from assistant.evidence.retrieve import CabildoRetriever, Scored, retrieve
from assistant.following.beside import asks_above, figures_beside, first_told, only_territory
from assistant.following.new_beside import new_beside
from assistant.following.staying import asks_percent_of_row, measures_row, row_of, stays_on
from assistant.following.times_meant import with_time_meant
from assistant.following.told_before import of_its_level, reckoned_of_both
from assistant.question.aims import with_aims
from assistant.question.corrections import said_anew
from assistant.question.followup import carry_over, chooses, goes_on, leans, of_the_choice
from assistant.question.lexicon import load_lexicon
from assistant.question.query import Query
from assistant.question.question import Understanding
from assistant.set_answers import rows_of_set
from assistant.settings import Settings
from assistant.understanding import Asked, Checker, Reading, Way, load_model_reader, second_reading
from assistant.writer import Task, load_writer
from ingest.knowledge import KnowledgeBase

#: Rows whose names a model gets, to tell which a question means, and rows that are asked back at most.
_NEAREST = 30
_MOST_ASKED = 5


class Assistant:
    """Answers questions from a knowledge base; sees what is committed to it without a restart."""

    def __init__(self, knowledge: KnowledgeBase, settings: Settings) -> None:
        self._knowledge = knowledge
        self._settings = settings
        self._view: View | None = None
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
        turns = [turn for turn in self._turns(question) if not _is_small_talk(turn, view)]
        before = [_asked_in(turn) for turn in turns]
        told = [turn.answer for turn in reversed(turns)]
        reading = self._reading(question, view, before, told)
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
        self, question: Question, view: View, before: Sequence[Question], answers: Sequence[Answer] = ()
    ) -> Reading:
        """The query of a question, with what it takes over from those asked before it, and its composed answer.

        ``answers`` are those to the questions before it, the last first.
        """
        last = answers[0] if answers else None
        previous = self._carried(view, before)
        text = said_anew(question.question) if before else question.question
        own = with_aims(view.understanding.read(text, entity=question.entity, period=question.period))
        told = first_told(last, previous, view.corpus)
        own = with_time_meant(own, previous, told)
        query = carry_over(own, previous)
        row = row_of(last, previous, view.corpus, own)
        earlier = first_told(answers[1], None, view.corpus) if len(answers) > 1 else None
        if previous is not None and last is not None and last.status == "clarify" and chooses(own):
            query = of_the_choice(own, previous)
        elif both := reckoned_of_both(own, (told, earlier)):
            kept = tuple(item.item_id for item in both[1])
            query = replace(query, kept_rows=kept, reckons_kept=both[0])
        elif of_level := of_its_level(own, told):
            query = replace(of_level, before=query.before)
        elif new := new_beside(own, told, view.corpus):
            query = replace(own, before=query.before, kept_rows=tuple(item.item_id for item in new))
        elif stays_on(own, row):
            changes = query.changes or asks_percent_of_row(own)
            query = replace(query, kept_rows=tuple(item.item_id for item in row), changes=changes)
        elif measures_row(own, row):
            query = replace(query, kept_rows=(row[0].item_id,), measures_kept=True)
        elif beside := figures_beside(own, told, view.corpus):
            query = replace(own, before=query.before, kept_rows=tuple(item.item_id for item in beside))
        elif told is not None and asks_above(own, told):
            query = replace(own, before=query.before, kept_rows=(told.item_id,))
        first = self._where_it_was(Reading(query, ground(self._answering(view).answer(query), query)), own, last, view)
        if self._reader is None or query.kind in FIXED or first.answer.status == "refused" or not view.corpus.items:
            return first
        asked_before = [earlier.question for earlier in before]
        checker = Checker(load_lexicon(), view.corpus)
        asked_now = Asked(question.question, asked_before)
        return second_reading(first, own, previous, asked_now, self._reader, checker, self._way(view))

    def _where_it_was(self, reading: Reading, own: Query, last: Answer | None, view: View) -> Reading:
        """The reading of a question that goes on, in the one territory that the answer before told of, if it is said
        there."""
        query, entity = reading.query, only_territory(last)
        if entity is None or not (goes_on(own) or leans(own)) or query.kept_rows:
            return reading
        if query.filters.entities or query.filters.unknown_entity:
            return reading
        there = replace(query, filters=replace(query.filters, entities=(entity,)))
        answer = ground(self._answering(view).answer(there), there)
        return Reading(there, answer) if answer.status == "answered" else reading

    def _carried(self, view: View, asked: Sequence[Question]) -> Query | None:
        """The query of the last of some questions, with what each takes over from those before it."""
        previous: Query | None = None
        for one in asked:
            text = one.question if previous is None else said_anew(one.question)
            own = view.understanding.read(text, entity=one.entity, period=one.period)
            previous = carry_over(with_time_meant(with_aims(own), previous), previous)
        return previous

    def _way(self, view: View) -> Way:
        """How the second reading of a question is answered."""
        answering = self._answering(view)

        def near(query: Query) -> list[str]:
            found = retrieve(query, view.corpus, answering.searches, _NEAREST)
            return [item.row.indicator for item in (one.item for one in found) if item.row and item.row.indicator]

        def ask_back(query: Query, items: Sequence[Item]) -> Answer:
            choice = Choice("clarify", items=tuple(Scored(item, 1.0, 1.0, ()) for item in items[:_MOST_ASKED]))
            return compose(query, choice, view.corpus, answering.url)

        return Way(lambda query: ground(answering.answer(query), query), near, ask_back)

    def _written(
        self, question: Question, before: Sequence[Question], query: Query, composed: Answer, view: View
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
        return rows_of_set(query, view.corpus)

    def search(self, text: str, limit: int = 20) -> list[Scored]:
        """The evidence for a question, the best first."""
        view = self._current_view()
        return self._answering(view).found(view.understanding.read(text), limit)

    def as_retriever(self, k: int = 4) -> CabildoRetriever:
        """The retrieval as a LangChain retriever."""
        return CabildoRetriever(search=self.search, k=k)

    def _answering(self, view: View) -> Answering:
        return Answering(view, self._knowledge, self._reranker, self._settings.public_base)

    def _current_view(self) -> View:
        snapshot = self._knowledge.snapshot()
        if self._view is None or self._view.corpus.revision != snapshot.revision:
            corpus = build_corpus(snapshot)
            self._view = View(corpus, Understanding(load_lexicon(), corpus))
        return self._view


def _asked_in(turn: Turn) -> Question:
    return Question(question=turn.question, entity=turn.query.get("entity"), period=turn.query.get("period"))


def _is_small_talk(turn: Turn, view: View) -> bool:
    """Whether a turn only greeted or thanked: what comes after goes on with the one before."""
    return not turn.answer.citations and view.understanding.read(turn.question).kind in ("smalltalk", "empty")
