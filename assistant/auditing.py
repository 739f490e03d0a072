"""Questions and answers in the audit log, whichever front end they came through: who asked, and what was cited.

Written behind the answer's back, in order, so that nobody waits for it; without the words of people unless configured.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Engine

from assistant import store
from assistant.answer import Answer, Question
from assistant.store import AuditEntry, AuditLog
from assistant.write_behind import CLOSE_SECONDS, WriteBehind

FrontEnd = Literal["cli", "api", "web", "slack", "petition", "program"]


@dataclass(frozen=True)
class Asker:
    """Who asks, and through which front end. ``user`` is as the front end knows people; None when it does not."""

    front_end: FrontEnd
    user: str | None = None


#: A program that uses the assistant directly.
PROGRAM = Asker("program")


class QuestionAudit:
    """The entries about questions: ``question``, ``question_failed``, ``question_refused``."""

    def __init__(self, engine: Engine, *, keep_texts: bool = False, writer: WriteBehind | None = None) -> None:
        """The assistant's tables must be there. ``keep_texts`` keeps the words too, with contact data masked."""
        self._log = AuditLog(engine, keep_texts=keep_texts)
        self._writer = writer or WriteBehind()

    def answered(self, asker: Asker, question: Question, answer: Answer) -> None:
        """A question and the answer it got."""
        detail = _asked(asker, question) | {
            "conversation_id": answer.conversation_id,
            "answer": answer.answer,
            "status": answer.status,
            "mode": answer.mode,
            "cited": [citation.row_id for citation in answer.citations if citation.row_id is not None],
            "elapsed_ms": answer.elapsed_ms,
        }
        self._put(AuditEntry("question", asker.user, answer.answer_id, detail, store.now()))

    def failed(self, asker: Asker, question: Question, error: Exception) -> None:
        """A question that could not be answered; of the error only its class, since a message may quote somebody."""
        detail = _asked(asker, question) | {"error": type(error).__name__}
        self._put(AuditEntry("question_failed", asker.user, question.conversation_id, detail, store.now()))

    def refused(self, asker: Asker, question: Question, reason: str) -> None:
        """A question of somebody who may not ask."""
        detail = _asked(asker, question) | {"refusal": reason}
        self._put(AuditEntry("question_refused", asker.user, question.conversation_id, detail, store.now()))

    def entries(self, limit: int = 100) -> list[AuditEntry]:
        """The last entries, newest first; those still queued are not among them."""
        return self._log.entries(limit=limit)

    def flush(self, timeout: float = CLOSE_SECONDS) -> bool:
        """Wait until what was recorded so far is written; False when the time is over first."""
        return self._writer.flush(timeout)

    def close(self) -> None:
        """Write what is queued, within the time limit."""
        self._writer.close()

    def _put(self, entry: AuditEntry) -> None:
        self._writer.put(f"the audit entry of {entry.subject}", lambda: self._log.record(entry))


def _asked(asker: Asker, question: Question) -> dict[str, Any]:
    return {
        "front_end": asker.front_end,
        "conversation_id": question.conversation_id,
        "question": question.question,
        "entity": question.entity,
        "period": question.period,
    }
