"""``POST /v1/feedback``, over a real database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.answer import Answer, Question
from assistant.api import create_app
from assistant.conversation import ConversationStore, Turn
from assistant.settings import Settings
from ingest.knowledge import KnowledgeBase


class RememberingAssistant:
    """Answers and remembers, as the assistant does."""

    def __init__(self, conversations: ConversationStore) -> None:
        self.conversations = conversations

    def ask(self, question: Question, asker: object = None) -> Answer:
        answer = Answer(status="answered", answer="Son 12.", answer_id=ConversationStore.new_id())
        self.conversations.append(question.conversation_id or "c1", Turn(question.question, answer))
        return answer

    def stream(self, question: Question, asker: object = None) -> Iterator[str | Answer]:
        yield self.ask(question)


class ForgetfulAssistant:
    """An assistant of another make, without conversations."""

    def ask(self, question: Question, asker: object = None) -> Answer:
        return Answer(status="answered", answer="Son 12.")

    def stream(self, question: Question, asker: object = None) -> Iterator[str | Answer]:
        yield self.ask(question)


@pytest.fixture
def conversations(knowledge: KnowledgeBase) -> Iterator[ConversationStore]:
    with ConversationStore(knowledge.engine) as conversations:
        yield conversations


@pytest.fixture
def client(knowledge: KnowledgeBase, conversations: ConversationStore, tmp_path: Path) -> Iterator[TestClient]:
    app = create_app(Settings(data_dir=tmp_path, _env_file=None), RememberingAssistant(conversations), knowledge)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def answered(client: TestClient) -> str:
    answer_id: str = client.post("/v1/ask", json={"question": "¿Cuántas garitas?"}).json()["answer_id"]
    return answer_id


def assert_problem(response: Any, status: int) -> dict[str, Any]:
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    body: dict[str, Any] = response.json()
    return body


def test_feedback_right_after_the_answer_is_stored(client: TestClient, conversations: ConversationStore) -> None:
    answer_id = answered(client)
    sent = {"answer_id": answer_id, "verdict": "down", "reason": "  Es la meta de 2023; avise a eva@example.com "}
    response = client.post("/v1/feedback", json=sent)
    assert response.status_code == 201
    assert response.json()["answer_id"] == answer_id
    (kept,) = conversations.feedback(answer_id)
    assert (kept.verdict, kept.reason) == ("down", "Es la meta de 2023; avise a [correo reservado]")


def test_a_reason_is_not_needed_and_an_empty_one_is_none(client: TestClient, conversations: ConversationStore) -> None:
    answer_id = answered(client)
    for more in ({}, {"reason": "  "}, {"reason": None}):
        assert client.post("/v1/feedback", json={"answer_id": answer_id, "verdict": "up", **more}).status_code == 201
    assert [kept.reason for kept in conversations.feedback(answer_id)] == [None, None, None]


def test_feedback_through_a_server_that_did_not_give_the_answer(
    client: TestClient, conversations: ConversationStore, knowledge: KnowledgeBase, tmp_path: Path
) -> None:
    answer_id = answered(client)
    assert conversations.flush()
    app = create_app(Settings(data_dir=tmp_path, _env_file=None), ForgetfulAssistant(), knowledge)
    with TestClient(app) as other:
        assert other.post("/v1/feedback", json={"answer_id": answer_id, "verdict": "up"}).status_code == 201
    assert [kept.verdict for kept in conversations.feedback(answer_id)] == ["up"]


@pytest.mark.parametrize("answer_id", ["0" * 32, "a\x00b", "' OR 1=1 --"])
def test_an_unknown_answer_is_a_problem(client: TestClient, conversations: ConversationStore, answer_id: str) -> None:
    answered(client)
    problem = assert_problem(client.post("/v1/feedback", json={"answer_id": answer_id, "verdict": "up"}), 404)
    assert "respuesta" in problem["detail"]
    assert conversations.feedback() == []


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"verdict": "up"}, "answer_id"),
        ({"answer_id": "", "verdict": "up"}, "answer_id"),
        ({"answer_id": "a" * 65, "verdict": "up"}, "answer_id"),
        ({"answer_id": "a"}, "verdict"),
        ({"answer_id": "a", "verdict": "meh"}, "verdict"),
        ({"answer_id": "a", "verdict": "up", "reason": "x" * 2001}, "reason"),
        ({"answer_id": "a", "verdict": "up", "stars": 5}, "stars"),
    ],
)
def test_what_is_wrong_is_named(client: TestClient, sent: dict[str, Any], field: str) -> None:
    problem = assert_problem(client.post("/v1/feedback", json=sent), 422)
    assert [fault["field"] for fault in problem["errors"]] == [field]
