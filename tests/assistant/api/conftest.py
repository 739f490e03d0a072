"""The API over a knowledge base and an assistant that are made up."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.answer import Answer, Citation, Question
from assistant.api import create_app
from assistant.settings import Settings
from tests.support.fake_knowledge import FakeKnowledge, row_of


class FakeAssistant:
    """Repeats the question, or fails as it is told to."""

    fails: Exception | None = None
    fails_late: Exception | None = None

    def ask(self, question: Question, asker: object = None) -> Answer:
        if self.fails:
            raise self.fails
        return Answer(
            status="answered",
            answer=f"{question.question} [1]",
            citations=[Citation(n=1, kind="row", row_id="r1", quote="Obra 1")],
            conversation_id=question.conversation_id or "nueva",
        )

    def stream(self, question: Question, asker: object = None) -> Iterator[str | Answer]:
        answer = self.ask(question)
        yield answer.answer
        if self.fails_late:
            raise self.fails_late
        yield answer


@pytest.fixture
def knowledge() -> FakeKnowledge:
    return FakeKnowledge(*(row_of(f"r{i}", f"Obra {i}", line=i) for i in (1, 2)))


@pytest.fixture
def fake() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture
def client(knowledge: FakeKnowledge, fake: FakeAssistant, tmp_path: Path) -> Iterator[TestClient]:
    settings = Settings(data_dir=tmp_path, max_file_mb=1, _env_file=None)
    app = create_app(settings, assistant=fake, knowledge=knowledge)  # type: ignore[arg-type]
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def assert_problem(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["status"] == status
    assert {"type", "title", "status", "detail"} <= set(body)
    return body


def finished(client: TestClient, response: Any) -> dict[str, Any]:
    """The job of an upload, once it is over."""
    assert response.status_code == 202
    for _ in range(200):
        job: dict[str, Any] = client.get(f"/v1/jobs/{response.json()['id']}").json()
        if job["state"] in ("done", "failed"):
            return job
        time.sleep(0.05)
    raise AssertionError(f"the job does not end: {job}")
