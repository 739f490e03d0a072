"""The address of a large set gives exactly its rows, through the API, follow-ups included."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from assistant.api import create_app
from assistant.settings import Settings
from tests.support.town import Town


@pytest.fixture
def client(town: Town, tmp_path: object) -> TestClient:
    return TestClient(create_app(Settings(data_dir=tmp_path, chat_model=None), town.assistant, town.knowledge))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "questions",
    [
        ["¿Cuántos indicadores de producto tiene Villa Serena?"],
        ["¿Cuántos indicadores de producto tiene Villa Serena?", "¿cuántas metas de resultado hay?"],
    ],
)
def test_the_rows_of_a_question_are_those_of_its_answer(client: TestClient, town: Town, questions: list[str]) -> None:
    wanted = town.assistant.rows_asked(questions)
    with client:
        found = client.get("/v1/rows", params={"question": questions, "limit": 3}).json()
        rest = client.get("/v1/rows", params={"question": questions, "limit": 500, "offset": 3}).json()
    assert wanted
    assert found["total"] == rest["total"] == len(wanted)
    assert [row["row_id"] for row in (*found["rows"], *rest["rows"])] == wanted


def test_a_question_about_no_set_has_no_rows(client: TestClient) -> None:
    with client:
        assert client.get("/v1/rows", params={"question": "Hola"}).json() == {"total": 0, "rows": []}
