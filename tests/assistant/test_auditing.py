"""Every question and answer leaves an entry, through whichever front end it came."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from assistant.answer import Answer, Citation, Question
from assistant.api import create_app
from assistant.auditing import Asker, QuestionAudit
from assistant.commands.asking import local_asker
from assistant.settings import Settings
from assistant.store import open_store
from ingest.knowledge import KnowledgeBase
from tests.support.town import Town

ASKED = Question(question="¿Cuál es la meta? Escríbame a ana@correo.example", conversation_id="c1")
ANSWER = Answer(
    status="answered",
    answer="La meta es 9 [1].",
    citations=[Citation(n=1, kind="row", row_id="r1")],
    conversation_id="c1",
    answer_id="a1",
)


@pytest.fixture
def engine(knowledge: KnowledgeBase) -> Engine:
    open_store(knowledge.engine)
    return knowledge.engine


@pytest.fixture
def client(town: Town, tmp_path: Path) -> Iterator[TestClient]:
    app = create_app(Settings(data_dir=tmp_path, _env_file=None), town.assistant, town.knowledge)
    before = town.assistant.close
    town.assistant.close = lambda: None  # type: ignore[method-assign]  # the town goes on after this server
    try:
        with TestClient(app) as client:
            yield client
    finally:
        town.assistant.close = before  # type: ignore[method-assign]


def last_entry(town: Town) -> Any:
    assert town.assistant.audit.flush(10)
    return town.assistant.audit.entries(limit=1)[0]


def test_an_answer_is_recorded_without_the_words_of_anybody(engine: Engine) -> None:
    audit = QuestionAudit(engine)
    audit.answered(Asker("slack", "U1"), ASKED, ANSWER)
    assert audit.flush(10)
    entry = audit.entries()[0]
    assert (entry.action, entry.actor, entry.subject) == ("question", "U1", "a1")
    assert entry.detail["front_end"] == "slack"
    assert entry.detail["cited"] == ["r1"]
    assert entry.detail["question"] == {"characters": len(ASKED.question)}
    assert entry.detail["answer"] == {"characters": len(ANSWER.answer)}


def test_texts_are_kept_when_configured_but_never_contact_data(engine: Engine) -> None:
    audit = QuestionAudit(engine, keep_texts=True)
    audit.answered(Asker("slack", "U1"), ASKED, ANSWER)
    assert audit.flush(10)
    detail = audit.entries()[0].detail
    assert detail["answer"] == "La meta es 9 [1]."
    assert detail["question"].startswith("¿Cuál es la meta?")
    assert "ana@correo.example" not in detail["question"]


def test_a_question_that_fails_or_is_refused_is_recorded_too(engine: Engine) -> None:
    audit = QuestionAudit(engine)
    audit.failed(Asker("api"), ASKED, RuntimeError("correo de una ciudadana"))
    audit.refused(Asker("slack", "U2"), ASKED, "guest")
    assert audit.flush(10)
    refused, failed = audit.entries()
    assert (failed.action, failed.detail["error"]) == ("question_failed", "RuntimeError")
    assert (refused.action, refused.actor, refused.detail["refusal"]) == ("question_refused", "U2", "guest")
    assert "ciudadana" not in str(failed)


def test_questions_over_http_are_recorded_with_whom_the_proxy_let_in(client: TestClient, town: Town) -> None:
    asked = {"question": "¿Cuál es la meta de puentes peatonales construidos?"}
    body = client.post("/v1/ask", json=asked, headers={"X-Forwarded-User": "ana"}).json()
    entry = last_entry(town)
    assert (entry.action, entry.actor, entry.subject) == ("question", "ana", body["answer_id"])
    assert entry.detail["front_end"] == "api"
    client.post("/v1/ask/stream", json=asked)
    entry = last_entry(town)
    assert (entry.actor, entry.detail["front_end"]) == (None, "api")


def test_questions_on_the_command_line_are_recorded_with_the_machines_user(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "ana")
    assert local_asker() == Asker("cli", "ana")

    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert local_asker() == Asker("cli", None)


def test_an_error_on_the_way_is_recorded_and_still_raised(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> SimpleNamespace:
        raise ValueError("algo")

    monkeypatch.setattr(town.assistant, "_current_view", broken)
    with pytest.raises(ValueError, match="algo"):
        town.assistant.ask(Question(question="¿Qué hay?"), Asker("slack", "U9"))
    entry = last_entry(town)
    assert (entry.action, entry.actor, entry.detail["error"]) == ("question_failed", "U9", "ValueError")
