"""What the documents say to each thing asked: every question through the assistant, what they do not say left open.

A question that goes on with the one before it ("¿y cuántas deben operar?") is asked in a conversation with it, else with
the whole of what is asked. Only what the citations support is taken; nothing is ever filled in.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from assistant.answer import Answer, Citation, Question
from assistant.petitions.competence import other_authority
from assistant.petitions.kinds import transfer_to
from assistant.petitions.parts import points_back
from assistant.petitions.prose import Key, answer_sentences, citation_key
from assistant.petitions.records import Ask, AskPart, AskStatus, Petition, PetitionAsk, Transfer
from assistant.petitions.rewrite import other_wordings
from assistant.petitions.support import is_supported
from assistant.petitions.unanswered import left_open
from ingest.errors import CabildoError

if TYPE_CHECKING:
    from assistant.retrieve import Scored

_LOG = logging.getLogger(__name__)
_QUESTION_LIMIT = 1_000  # characters
_NEAR = 12


class Answerer(Protocol):
    """What the desk needs of the assistant."""

    def ask(self, question: Question) -> Answer: ...

    def search(self, text: str, limit: int = 20) -> list[Scored]: ...


@dataclass(frozen=True)
class Answered:
    """All asks with what the reply says, and what is sent to other authorities."""

    asks: tuple[Ask, ...]
    transfers: tuple[Transfer, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What became of one part of an ask: an answer, or another authority's, or left open."""

    part: AskPart
    answer: Answer | None = None
    authority: str | None = None


@dataclass
class _Notes:
    """The numbers of the letter's notes: a row that is cited twice keeps its number."""

    numbers: dict[Key, int] = field(default_factory=dict)

    def take(self, citations: Sequence[Citation]) -> list[Citation]:
        for citation in citations:
            self.numbers.setdefault(citation_key(citation), len(self.numbers) + 1)
        taken = {citation_key(one): one.model_copy(update={"n": self.numbers[citation_key(one)]}) for one in citations}
        return sorted(taken.values(), key=lambda one: one.n)


class Desk:
    """Answers petitions from the documents of the entity that they are addressed to."""

    def __init__(self, assistant: Answerer) -> None:
        self._assistant = assistant

    def answer(self, petition: Petition, entities: Sequence[str]) -> Answered:
        """Every ask with its status, text, citations and office; ``entities`` are those that there are documents of."""
        notes = _Notes()
        asks = tuple(self._answer_ask(ask, petition, entities, notes) for ask in petition.asks)
        return Answered(asks, tuple(_transfers(asks, petition)))

    def _answer_ask(self, ask: PetitionAsk, petition: Petition, entities: Sequence[str], notes: _Notes) -> Ask:
        outcomes = list(self._outcomes(ask, petition, entities))
        office = self._office(ask, petition, outcomes)
        answers = [one.answer for one in outcomes if one.answer is not None]
        citations = notes.take([citation for answer in answers for citation in answer.citations])
        sentences = [line for answer in answers for line in answer_sentences(answer, notes.numbers)]
        opened = [one for one in outcomes if one.answer is None]
        authorities = list(dict.fromkeys(one.authority for one in outcomes if one.authority is not None))
        paragraphs = [*dict.fromkeys(sentences), *left_open(opened, office, whole=not answers)]
        return Ask(
            n=ask.n,
            text=ask.text,
            status=_status(outcomes),
            answer="\n\n".join(paragraphs),
            citations=citations,
            office=office if any(one.authority is None for one in opened) else None,
            authority=authorities[0] if authorities else None,
            unanswered=[one.part.text for one in opened],
        )

    def _outcomes(self, ask: PetitionAsk, petition: Petition, entities: Sequence[str]) -> Iterator[Outcome]:
        before: Outcome | None = None
        for part in ask.parts:
            before = self._outcome(part, ask, before, petition, entities)
            yield before

    def _outcome(
        self, part: AskPart, ask: PetitionAsk, before: Outcome | None, petition: Petition, entities: Sequence[str]
    ) -> Outcome:
        authority = other_authority(part, petition, entities)
        if authority is None and before is not None and before.authority is not None and points_back(part.question):
            authority = before.authority
        if part.kind != "question":
            return Outcome(part, authority=authority)
        if authority is None or ask_is_of_entity(petition, entities):
            for answer in self._tries(part, ask, before, petition, entities):
                if authority is None or answer.citations:
                    return Outcome(part, answer)
        return Outcome(part, authority=authority)

    def _tries(
        self, part: AskPart, ask: PetitionAsk, before: Outcome | None, petition: Petition, entities: Sequence[str]
    ) -> Iterator[Answer]:
        """Answers that the citations support, of the part asked in one way after the other."""
        if not ask_is_of_entity(petition, entities):
            return
        context = before.part.question if before is not None else ask.text
        goes_on = points_back(part.question)
        alone = [(part.question, ""), *((one, "") for one in other_wordings(part.question))]
        after = [(part.question, context)] if before is not None and before.part.kind in ("question", "opinion") else []
        ways = [*after, *alone] if goes_on else [*alone, *after]
        if len(ask.parts) > 1 or goes_on:
            ways.append((ask.text, ""))
        for question, previous in ways:
            answer = self._asked(question[:_QUESTION_LIMIT], previous[:_QUESTION_LIMIT], petition.entity)
            if answer is not None and is_supported(part.question, answer, context if goes_on else ""):
                yield answer

    def _asked(self, question: str, previous: str, entity: str | None) -> Answer | None:
        """The assistant's answer; with ``previous`` as the next question of a conversation that begins with it."""
        try:
            conversation = None
            if previous:
                conversation = self._assistant.ask(Question(question=previous, entity=entity)).conversation_id
            return self._assistant.ask(Question(question=question, entity=entity, conversation_id=conversation))
        except CabildoError as error:
            # One question that cannot be answered must not lose the petition: it stays open.
            _LOG.warning("a question of a petition was not answered: %s", type(error).__name__)
            return None

    def _office(self, ask: PetitionAsk, petition: Petition, outcomes: Sequence[Outcome]) -> str | None:
        """Who must answer what is left open: the office of the rows that are nearest, else the one that was asked."""
        for outcome in outcomes:
            for citation in outcome.answer.citations if outcome.answer is not None else ():
                if citation.dependency:
                    return citation.dependency
        if petition.entity is not None:
            for found in self._assistant.search(ask.text[:_QUESTION_LIMIT], _NEAR):
                row = found.item.row
                if (
                    row is not None
                    and row.dependency
                    and found.item.entity == petition.entity
                    and found.coverage >= 0.2
                ):
                    return row.dependency
        return petition.addressed_to


def ask_is_of_entity(petition: Petition, entities: Sequence[str]) -> bool:
    """Whether there are documents to answer from: of the entity asked, or of one alone when it was not recognised."""
    return petition.entity in entities if petition.entity is not None else len(entities) <= 1


def _status(outcomes: Sequence[Outcome]) -> AskStatus:
    answered = [one for one in outcomes if one.answer is not None]
    if answered:
        return "answered" if len(answered) == len(outcomes) else "partly_answered"
    return "other_authority" if any(one.authority is not None for one in outcomes) else "not_in_documents"


def _transfers(asks: Sequence[Ask], petition: Petition) -> Iterator[Transfer]:
    """One transfer for each other authority, with the numbers of its asks."""
    for authority in dict.fromkeys(ask.authority for ask in asks if ask.authority is not None):
        yield transfer_to(authority, petition.received, [ask.n for ask in asks if ask.authority == authority])
