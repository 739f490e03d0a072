"""Answers that people found of no use become proposed questions, with the conversation they stood in.

Whether 👎 came from Slack, the web or the API, it is in one table. What people typed is masked before it is kept, and
their names are not taken over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Engine, select

from assistant import store
from assistant.answer import Answer
from eval.drafts import Draft, expected_of
from eval.wording import wording
from ingest.database import reading
from ingest.privacy import mask_contacts, mask_person

_ANSWER_CHARACTERS = 300
#: The category a person is likely to choose, by what was answered; to be set right while editing.
_CATEGORIES = {"not_found": "unanswerable", "clarify": "ambiguous", "refused": "adversarial"}


def disliked(engine: Engine, since: str | None = None) -> list[Draft]:
    """A draft for each answer with a 👎, oldest first; ``since`` is an ISO date or time, UTC."""
    store.open_store(engine)
    with reading(engine) as connection:
        query = (
            select(
                store.turns.c.conversation_id,
                store.turns.c.position,
                store.turns.c.question,
                store.turns.c.answer,
                store.conversations.c.channel,
                store.feedback.c.reason,
                store.feedback.c.created_at,
            )
            .join(store.feedback, store.feedback.c.answer_id == store.turns.c.answer_id)
            .join(store.conversations, store.conversations.c.id == store.turns.c.conversation_id)
            .where(store.feedback.c.verdict == "down")
            .order_by(store.feedback.c.id)
        )
        if since is not None:
            query = query.where(store.feedback.c.created_at >= since)
        lines = [dict(line) for line in connection.execute(query).mappings()]
        earlier = {(line["conversation_id"], line["position"]): _questions_before(connection, line) for line in lines}
    merged: dict[tuple[str, int], dict[str, Any]] = {}
    for line in lines:
        key = (line["conversation_id"], line["position"])
        known = merged.setdefault(key, line | {"reasons": []})
        if line["reason"]:
            known["reasons"].append(line["reason"])
    return [draft for key, line in merged.items() for draft in _draft(line, earlier[key])]


def _questions_before(connection: Any, line: dict[str, Any]) -> tuple[str, ...]:
    query = (
        select(store.turns.c.question)
        .where(store.turns.c.conversation_id == line["conversation_id"], store.turns.c.position < line["position"])
        .order_by(store.turns.c.position)
    )
    return tuple(connection.execute(query).scalars())


def _draft(line: dict[str, Any], before: Sequence[str]) -> Iterator[Draft]:
    try:
        answer = Answer.model_validate(line["answer"], extra="ignore")
    except ValidationError:
        return
    said = wording().drafts
    text = " ".join(answer.answer.split())
    shown = text if len(text) <= _ANSWER_CHARACTERS else f"{text[:_ANSWER_CHARACTERS]}…"
    reason = "; ".join(line["reasons"]) or said.no_reason
    why = said.feedback.format(
        when=line["created_at"][:10],
        channel=line["channel"] or said.no_channel,
        reason=mask_contacts(" ".join(reason.split())),
        answer=shown,
    )
    category = "followup" if before else _CATEGORIES.get(answer.status, "target")
    expect = expected_of(answer)
    if expect["status"] == "answered" and not expect["rows"]:
        expect["text"] = [said.to_fill]
    question = mask_person(line["question"])
    yield Draft(category, question, expect, why, tuple(mask_person(one) for one in before), note=said.to_check)
