"""What people think of an answer: a thumb up or down, and why."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from assistant.api.house import SharedHouse
from assistant.conversation import ConversationStore
from assistant.store import Verdict

router = APIRouter(prefix="/v1/feedback", tags=["opiniones"])

_REASON_LIMIT = 2_000  # characters


class FeedbackRequest(BaseModel):
    """An opinion as it arrives over HTTP."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    answer_id: str = Field(min_length=1, max_length=64, description="el `answer_id` de la respuesta")
    verdict: Verdict = Field(description="`up` si sirvió, `down` si no")
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=_REASON_LIMIT)] | None = Field(
        None, description="por qué; los datos de contacto no se guardan"
    )


class FeedbackGiven(BaseModel):
    """An opinion as it was kept."""

    answer_id: str
    verdict: Verdict
    created_at: str


def conversations_of(house: SharedHouse) -> ConversationStore:
    """The assistant's conversations, which know the answers not written yet; else those of the same database."""
    own = getattr(house.assistant, "conversations", None)
    return own if isinstance(own, ConversationStore) else ConversationStore(house.knowledge.engine)


@router.post("", status_code=201)
def give_feedback(
    given: FeedbackRequest, conversations: Annotated[ConversationStore, Depends(conversations_of)]
) -> FeedbackGiven:
    """Guarda si una respuesta sirvió o no."""
    kept = conversations.add_feedback(given.answer_id, given.verdict, given.reason or None)
    return FeedbackGiven(answer_id=kept.answer_id, verdict=kept.verdict, created_at=kept.created_at)
