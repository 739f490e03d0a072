"""Conversations: what was asked and answered before, given back at once and written a moment later.

A turn is masked, noted in memory, and queued; one thread writes the queue. So an answer never waits for the database,
a follow-up sees the turn before it even if it is not written yet, and a crash loses only what was still in the queue.
"""

from __future__ import annotations

import logging
import re
import unicodedata
import uuid
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from threading import Lock
from types import TracebackType
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Engine

from assistant import store
from assistant.answer import Answer
from assistant.store import Feedback, StoredTurn, Verdict
from assistant.write_behind import CLOSE_SECONDS, WriteBehind
from ingest.database import reading, writing
from ingest.errors import InputError, NotFoundError, StoreError
from ingest.privacy import mask_contacts

__all__ = ["ConversationStore", "Turn", "WriteBehind", "checked_id", "without_contacts"]

log = logging.getLogger(__name__)

CONVERSATION_ID_LIMIT = 200  # characters
_FEEDBACK_SECONDS = 10.0  # how long feedback waits for its answer to be written
_UNWRITTEN_LIMIT = 1000  # turns kept in memory because they are not written, or could not be
#: Unicode categories that no identifier has: control characters, lone surrogates, line and paragraph separators.
_REFUSED_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})
_EDGES = " .,;:¿?¡!()[]«»\"'"
_TELLING_DIGITS = 5
_MASK = "[dato reservado]"
#: Members of a query that do not come from the question's words.
_FROM_CALLER = ("entity", "period")


@dataclass(frozen=True)
class Turn:
    """One question and its answer.

    ``query`` is what was understood, as a JSON object. When the question held personal data its terms would too, so
    then only ``entity`` and ``period``, which come from the caller, are kept: read ``question`` (now masked) again.
    """

    question: str
    answer: Answer
    query: dict[str, Any] = field(default_factory=dict)


class ConversationStore:
    """The conversations of one database. Threads may share one; others see its turns as soon as they are written."""

    def __init__(self, engine: Engine, writer: WriteBehind | None = None) -> None:
        """Raises ``StoreError`` when the tables cannot be made or are a newer program's."""
        store.open_store(engine)
        self._engine = engine
        self._writer = writer or WriteBehind()
        self._unwritten: OrderedDict[str, tuple[str, StoredTurn]] = OrderedDict()
        self._lock = Lock()

    @staticmethod
    def new_id() -> str:
        """An identifier that no conversation has."""
        return uuid.uuid4().hex

    def history(self, conversation_id: str, limit: int = 6) -> tuple[Turn, ...]:
        """The last turns of a conversation, oldest first; none of an unknown one.

        Raises:
            InputError: for an identifier that is none.
            StoreError: when the database does not answer.
        """
        checked_id(conversation_id)
        # Memory first: a turn that is written in between is then in both, and never in neither.
        with self._lock:
            recent = [turn for of, turn in self._unwritten.values() if of == conversation_id]
        with reading(self._engine) as connection:
            written = store.read_turns(connection, conversation_id, limit)
        there = {turn.answer_id for turn in written}
        merged = sorted((*written, *(t for t in recent if t.answer_id not in there)), key=lambda t: t.created_at)
        return tuple(_turns(merged[-limit:] if limit > 0 else ()))

    def append(self, conversation_id: str, turn: Turn, *, channel: str | None = None) -> None:
        """Take a turn, without personal data, to be written soon. The answer must have its ``answer_id``.

        Raises:
            InputError: for an identifier that is none.
        """
        checked_id(conversation_id)
        if not turn.answer.answer_id:
            raise ValueError("an answer without answer_id cannot be kept")
        kept = _stored(without_contacts(turn))
        with self._lock:
            self._unwritten[kept.answer_id] = (conversation_id, kept)
            while len(self._unwritten) > _UNWRITTEN_LIMIT:  # those at the front could not be written
                self._unwritten.popitem(last=False)

        def write() -> None:
            with writing(self._engine) as connection:
                store.insert_turn(connection, conversation_id, kept, channel)
            with self._lock:
                self._unwritten.pop(kept.answer_id, None)

        self._writer.put(f"the turn of answer {kept.answer_id}", write)

    def answer(self, answer_id: str) -> Answer | None:
        """An answer given before, or None.

        Raises:
            StoreError: when the database does not answer.
        """
        with self._lock:
            recent = self._unwritten.get(answer_id)
        if recent is not None:
            return _answer_of(recent[1].answer, answer_id)
        with reading(self._engine) as connection:
            found = store.read_answer(connection, answer_id)
        return None if found is None else _answer_of(found, answer_id)

    def add_feedback(
        self, answer_id: str, verdict: Verdict, reason: str | None = None, user: str | None = None
    ) -> Feedback:
        """Write what somebody thought of an answer, its reason masked; it is written when this returns.

        Raises:
            NotFoundError: when there is no such answer.
            StoreError: when the database does not answer, or the answer itself could not be written yet.
        """
        with self._lock:
            waits = answer_id in self._unwritten
        if waits:
            self._writer.flush(_FEEDBACK_SECONDS)
        given = Feedback(answer_id, verdict, mask_contacts(reason) if reason else None, user, store.now())
        with writing(self._engine) as connection:
            if not store.has_answer(connection, answer_id):
                if waits:
                    raise StoreError("La respuesta aún no está guardada.", hint="Inténtelo de nuevo en un momento.")
                raise NotFoundError("No hay ninguna respuesta con ese identificador.")
            store.insert_feedback(connection, given)
        return given

    def feedback(self, answer_id: str | None = None) -> list[Feedback]:
        """What people thought of one answer, or of all, oldest first."""
        with reading(self._engine) as connection:
            return store.read_feedback(connection, answer_id)

    def flush(self, timeout: float = CLOSE_SECONDS) -> bool:
        """Wait until the turns so far are written; False when the time is over first."""
        return self._writer.flush(timeout)

    def close(self) -> None:
        """Write what is queued, within the time limit; the engine stays open."""
        self._writer.close()

    def __enter__(self) -> ConversationStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def checked_id(conversation_id: str) -> str:
    """The identifier of a conversation, ours or another program's, as it is.

    Raises:
        InputError: when it is empty, longer than 200 characters, or has control characters.
    """
    if not conversation_id.strip() or len(conversation_id) > CONVERSATION_ID_LIMIT:
        raise InputError(
            f"El identificador de la conversación debe tener entre 1 y {CONVERSATION_ID_LIMIT} caracteres."
        )
    if any(unicodedata.category(char) in _REFUSED_CATEGORIES for char in conversation_id):
        raise InputError("El identificador de la conversación no puede tener caracteres de control.")
    return conversation_id


def without_contacts(turn: Turn) -> Turn:
    """The turn as it may be kept: contacts masked in the question, and wherever the answer repeats them.

    What stands in a citation comes from the documents, which were masked when they were ingested: it stays.
    """
    question = mask_contacts(turn.question)
    if question == turn.question:
        return turn
    cited = " ".join(citation.model_dump_json() for citation in turn.answer.citations)
    pieces = [piece for piece in _taken_out(turn.question, question) if piece not in cited]
    echo = _pattern_of(pieces)
    answer = turn.answer.model_copy(
        update={
            "answer": echo.sub(_MASK, turn.answer.answer),
            "suggestions": [echo.sub(_MASK, text) for text in turn.answer.suggestions],
            "figures": [figure for figure in turn.answer.figures if not echo.search(figure.text)],
        }
    )
    narrowed = {name: turn.query[name] for name in _FROM_CALLER if isinstance(turn.query.get(name), str)}
    query = {name: mask_contacts(value) for name, value in narrowed.items()}
    return replace(turn, question=question, answer=answer, query=query)


def _taken_out(text: str, masked: str) -> list[str]:
    """The stretches of a text that masking replaced, and the words of them that tell by themselves; longest first."""
    before, after = text.split(), masked.split()
    pieces: set[str] = set()
    for tag, start, end, _, _ in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag in ("replace", "delete"):
            stretch = before[start:end]
            telling = (word for word in stretch if "@" in word or sum(map(str.isdigit, word)) >= _TELLING_DIGITS)
            pieces |= {piece.strip(_EDGES) for piece in (" ".join(stretch), *telling)}
    return sorted(filter(None, pieces), key=len, reverse=True)


def _pattern_of(pieces: Iterable[str]) -> re.Pattern[str]:
    """Any of the pieces as whole words, however cased and spaced."""
    spaced = (r"\s+".join(map(re.escape, piece.split())) for piece in pieces)
    return re.compile("|".join(rf"(?<!\w){piece}(?!\w)" for piece in spaced) or "(?!)", re.IGNORECASE)


def _stored(turn: Turn) -> StoredTurn:
    answer = turn.answer.model_dump(mode="json")
    return StoredTurn(turn.answer.answer_id or "", turn.question, turn.query, answer, store.now())


def _turns(stored: Iterable[StoredTurn]) -> Iterable[Turn]:
    for turn in stored:
        answer = _answer_of(turn.answer, turn.answer_id)
        if answer is not None:
            yield Turn(turn.question, answer, turn.query)


def _answer_of(kept: dict[str, Any], answer_id: str) -> Answer | None:
    """An answer as it was kept, perhaps by an older program or a newer one: fields unknown here are left out."""
    try:
        return Answer.model_validate(kept, extra="ignore")
    except ValidationError:
        log.warning("answer %s was kept in a form that this program cannot read", answer_id)
        return None
