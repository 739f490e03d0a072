"""What the documents say to each thing asked: every question through the assistant, what they do not say left open.

A question that goes on with the one before it ("¿y cuántas deben operar?") is asked in a conversation with it, or with
the whole of what is asked. Only what the citations support is taken; nothing is ever filled in.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from assistant.answer import Answer, Citation, Question
from assistant.auditing import Asker
from assistant.petitions.competence import other_authority
from assistant.petitions.guard import unsupported
from assistant.petitions.kinds import transfer_to
from assistant.petitions.parts import is_elliptic, points_back
from assistant.petitions.prose import Key, answer_sentences, citation_key, without_repeated_titles, without_repeats
from assistant.petitions.records import Ask, AskPart, AskStatus, Petition, PetitionAsk, Transfer
from assistant.petitions.rewrite import other_wordings
from assistant.petitions.support import (
    COVERAGE,
    ENOUGH,
    SURE,
    Support,
    asks_baseline,
    asks_target,
    asks_what_was_done,
    supported,
)
from assistant.petitions.unanswered import left_open
from ingest.errors import CabildoError
from ingest.fold import fold

if TYPE_CHECKING:
    from assistant.evidence.retrieve import Scored

_LOG = logging.getLogger(__name__)
#: As the audit log tells these questions from those that people ask; whose draft it is stands in the draft's entries.
_ASKER = Asker("petition")
_QUESTION_LIMIT = 1_000  # characters
_NEAR = 12
_NEAR_ENOUGH = 0.3


class Answerer(Protocol):
    """What the desk needs of the assistant."""

    def ask(self, question: Question, asker: Asker = ...) -> Answer: ...

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
    found: Support | None = None
    authority: str | None = None

    @property
    def citations(self) -> list[Citation]:
        return [] if self.found is None else self.found.answer.citations


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
        office = self._office(petition, outcomes, entities)
        found = [one.found for one in outcomes if one.found is not None]
        citations = notes.take([citation for one in outcomes for citation in one.citations])
        sentences = without_repeats(
            (line, one.as_told) for one in found for line in answer_sentences(one, notes.numbers)
        )
        opened = [one for one in outcomes if one.found is None]
        authorities = list(dict.fromkeys(one.authority for one in outcomes if one.authority is not None))
        paragraphs = [
            *without_repeated_titles(sentences),
            *left_open(opened, office, whole=not found),
        ]
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
        """What becomes of each part; one that points back is asked after the last that stands by itself."""
        before: Outcome | None = None
        context = ""
        for part in ask.parts:
            authority = other_authority(part, petition, entities)
            inherited = before.authority if before is not None and points_back(part.question) else None
            goes_on = points_back(part.question) and bool(context)
            if part.kind != "question" or (authority is None and inherited is not None):
                before = Outcome(part, authority=authority or inherited)
            else:
                bar = COVERAGE if authority is None else SURE
                ways = self._ways(part, ask, context)
                found = self._best_supported(part, ways, context if goes_on else "", bar, petition, entities)
                if found is not None and not _goes_on_with(found, part, before):
                    found = None
                found = found or _said_already(part, before)
                if found is not None and _says_too_much(found, ask):
                    found = None
                before = Outcome(part, found, None if found is not None else authority)
            if not points_back(part.question) and part.kind in ("question", "opinion"):
                context = part.question
            yield before

    def _best_supported(
        self,
        part: AskPart,
        ways: Sequence[tuple[str, str]],
        context: str,
        bar: float,
        petition: Petition,
        entities: Sequence[str],
    ) -> Support | None:
        """The answer whose citations speak most surely of the part, asked in one way after the other."""
        best: Support | None = None
        if not ask_is_of_entity(petition, entities):
            return None
        for question, previous in ways:
            answer = self._asked(question[:_QUESTION_LIMIT], previous[:_QUESTION_LIMIT], petition.entity)
            found = None if answer is None else supported(part.question, answer, context, bar)
            if found is not None and (best is None or found.share > best.share):
                best = found
            if best is not None and best.share >= ENOUGH:
                break
        return best

    def _ways(self, part: AskPart, ask: PetitionAsk, context: str) -> list[tuple[str, str]]:
        """Ways to put a part to the assistant, the best first: a question, and the one that it is asked after."""
        alone = [(question, "") for question in (part.question, *other_wordings(part.question, context))]
        after = [(part.question, context)] if context else []
        whole = [(ask.text, "")] if len(ask.parts) > 1 or points_back(part.question) else []
        return [*after, *whole, *alone] if points_back(part.question) else [*alone, *after, *whole]

    def _asked(self, question: str, previous: str, entity: str | None) -> Answer | None:
        """The assistant's answer; with ``previous`` as the next question of a conversation that begins with it."""
        try:
            conversation = None
            if previous:
                conversation = self._assistant.ask(Question(question=previous, entity=entity), _ASKER).conversation_id
            asked = Question(question=question, entity=entity, conversation_id=conversation)
            return self._assistant.ask(asked, _ASKER)
        except CabildoError as error:
            # One question that cannot be answered must not lose the petition: it stays open.
            _LOG.warning("a question of a petition was not answered: %s", type(error).__name__)
            return None

    def _office(self, petition: Petition, outcomes: Sequence[Outcome], entities: Sequence[str]) -> str | None:
        """Who must answer what is left open: the office of the rows cited, else the one asked when it is one office.

        Of what is asked of a mayor or governor, the office of the rows that are nearest.
        """
        for outcome in outcomes:
            for citation in outcome.citations:
                if citation.dependency:
                    return citation.dependency
        asked = petition.addressed_to
        if asked is not None and not fold(asked).startswith(("alcald", "goberna", "despacho")):
            return asked
        opened = [one.part.question for one in outcomes if one.found is None and one.authority is None]
        for question in opened if petition.entity in entities else ():
            for found in self._assistant.search(question[:_QUESTION_LIMIT], _NEAR):
                row = found.item.row
                is_near = found.coverage >= _NEAR_ENOUGH and found.item.entity == petition.entity
                if is_near and row is not None and row.dependency:
                    return row.dependency
        return asked


def _goes_on_with(found: Support, part: AskPart, before: Outcome | None) -> bool:
    """Whether an answer is of a row of the answer before it, when its question names nothing of its own."""
    if before is None or not before.citations or not is_elliptic(part.question):
        return True
    known = {(one.row_id, fold(one.indicator or "")) for one in before.citations}
    ids, names = {row_id for row_id, _ in known}, {name for _, name in known if name}
    rows = [one for one in found.answer.citations if one.row_id is not None and one.indicator]
    return all(one.row_id in ids or fold(one.indicator or "") in names for one in rows)


def _says_too_much(found: Support, ask: PetitionAsk) -> bool:
    """Whether the sentences for an answer state a figure that its citations do not hold: then nothing is said."""
    numbers = {citation_key(one): n for n, one in enumerate(found.answer.citations, start=1)}
    text = "\n".join(answer_sentences(found, numbers))
    if loose := unsupported(text, found.answer.citations, ask.text):
        _LOG.error("an answer to a petition stated %d figures that its citations do not hold; left open", len(loose))
    return bool(loose)


def _said_already(part: AskPart, before: Outcome | None) -> Support | None:
    """The answer before it, when that holds what a part goes on to ask: "¿y cuál es la línea base?"."""
    if before is None or not points_back(part.question) or asks_what_was_done(part.question):
        return None
    has_baseline = asks_baseline(part.question) and any(row.baseline for row in before.citations)
    has_target = asks_target(part.question) and any(row.target for row in before.citations)
    return before.found if has_baseline or has_target else None


def ask_is_of_entity(petition: Petition, entities: Sequence[str]) -> bool:
    """Whether there are documents to answer from: of the entity asked, or of one alone when it was not recognised."""
    return petition.entity in entities if petition.entity is not None else len(entities) <= 1


def _status(outcomes: Sequence[Outcome]) -> AskStatus:
    answered = [one for one in outcomes if one.found is not None]
    if answered:
        return "answered" if len(answered) == len(outcomes) else "partly_answered"
    return "other_authority" if any(one.authority is not None for one in outcomes) else "not_in_documents"


def _transfers(asks: Sequence[Ask], petition: Petition) -> Iterator[Transfer]:
    """One transfer for each other authority, with the numbers of its asks."""
    for authority in dict.fromkeys(ask.authority for ask in asks if ask.authority is not None):
        yield transfer_to(authority, petition.received, [ask.n for ask in asks if ask.authority == authority])
