"""Questions over HTTP: answers and streams with the contract's fields, and errors that give nothing away."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from fastapi.testclient import TestClient

from ingest.errors import CabildoError, NotFoundError
from tests.assistant.api.conftest import FakeAssistant, assert_problem


def events(text: str) -> list[tuple[str, Any]]:
    found = []
    for block in text.strip().split("\n\n"):
        name, data = block.split("\n")
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def test_an_answer_has_the_contracts_fields(client: TestClient) -> None:
    body = client.post("/v1/ask", json={"question": "¿Qué obra?", "conversation_id": "c1"}).json()
    assert body["status"] == "answered"
    assert body["answer"] == "¿Qué obra? [1]"
    assert body["conversation_id"] == "c1"
    assert body["citations"][0]["row_id"] == "r1"
    assert {"figures", "suggestions", "mode", "elapsed_ms", "answer_id"} <= set(body)


@pytest.mark.parametrize(
    "sent",
    [{}, {"question": "   "}, {"question": "x" * 5000}, {"question": 3}, {"question": "a", "entidad": "b"}, []],
)
def test_a_wrong_question_is_a_problem_that_names_the_field(client: TestClient, sent: Any) -> None:
    problem = assert_problem(client.post("/v1/ask", json=sent), 422)
    assert problem["errors"]
    assert all(set(error) == {"field", "message"} for error in problem["errors"])


def test_a_problem_never_repeats_what_was_sent(client: TestClient) -> None:
    response = client.post("/v1/ask", json={"question": ["cedula 12345678"]})
    assert "12345678" not in response.text
    response = client.post(
        "/v1/ask", content=b'{"question": cedula 12345678', headers={"content-type": "application/json"}
    )
    assert_problem(response, 422)
    assert "12345678" not in response.text


def test_a_stream_ends_with_the_same_answer(client: TestClient) -> None:
    whole = client.post("/v1/ask", json={"question": "¿Qué obra?"}).json()
    response = client.post("/v1/ask/stream", json={"question": "¿Qué obra?"})
    assert response.headers["content-type"].startswith("text/event-stream")
    found = events(response.text)
    assert [name for name, _ in found] == ["delta", "answer"]
    assert found[0][1] == {"text": "¿Qué obra? [1]"}
    assert found[1][1] == whole


def test_a_stream_that_fails_before_its_first_word_is_an_ordinary_problem(
    client: TestClient, fake: FakeAssistant
) -> None:
    fake.fails = NotFoundError("No existe esa conversación.")
    problem = assert_problem(client.post("/v1/ask/stream", json={"question": "a"}), 404)
    assert problem["detail"] == "No existe esa conversación."


def test_a_stream_that_fails_later_says_so_in_an_event(client: TestClient, fake: FakeAssistant) -> None:
    fake.fails_late = RuntimeError("secreto")
    found = events(client.post("/v1/ask/stream", json={"question": "a"}).text)
    assert [name for name, _ in found] == ["delta", "error"]
    assert found[1][1]["status"] == 500
    assert "secreto" not in json.dumps(found)


def test_an_unforeseen_error_gives_away_nothing_and_leaves_a_number(
    client: TestClient, fake: FakeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    fake.fails = ValueError("correo de una ciudadana")
    with caplog.at_level(logging.ERROR):
        response = client.post("/v1/ask", json={"question": "a"})
    problem = assert_problem(response, 500)
    assert "ciudadana" not in response.text
    assert "Traceback" not in response.text
    assert problem["incident"] in caplog.text
    assert "ValueError" in caplog.text
    assert "ciudadana" not in caplog.text


def test_unknown_addresses_and_methods_are_problems_in_spanish(client: TestClient) -> None:
    assert assert_problem(client.get("/nada"), 404)["title"] == "No existe"
    response = client.delete("/v1/ask")
    assert assert_problem(response, 405)["title"] == "Método no admitido"
    assert response.headers["allow"] == "POST"


def test_an_error_of_the_house_without_a_status_of_its_own_is_a_500(client: TestClient, fake: FakeAssistant) -> None:
    fake.fails = CabildoError("No hay espacio en el disco.", hint="Libere espacio.")
    problem = assert_problem(client.post("/v1/ask", json={"question": "a"}), 500)
    assert problem["detail"] == "No hay espacio en el disco. Libere espacio."
