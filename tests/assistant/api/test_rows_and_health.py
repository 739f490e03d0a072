"""Rows over HTTP, and whether the server is alive and ready."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.api import create_app
from assistant.settings import Settings
from tests.assistant.api.conftest import FakeAssistant, assert_problem
from tests.support.fake_knowledge import FakeKnowledge


def test_rows_say_how_many_there_are_and_give_the_part_asked_for(client: TestClient, knowledge: FakeKnowledge) -> None:
    body = client.get("/v1/rows", params={"text": "obra", "kind": "product", "limit": 1, "offset": 1}).json()
    assert body["total"] == 2
    assert [row["row_id"] for row in body["rows"]] == ["r2"]
    assert body["rows"][0]["document"] == "plan.txt"
    assert knowledge.wanted.text == "obra"
    assert knowledge.wanted.kind == "product"


@pytest.mark.parametrize("query", ["limit=0", "limit=x", "offset=-1", "kind=meta", "programa=salud"])
def test_a_filter_that_does_not_exist_is_never_ignored(client: TestClient, query: str) -> None:
    problem = assert_problem(client.get(f"/v1/rows?{query}"), 422)
    assert problem["errors"][0]["field"] == query.partition("=")[0]


def test_one_row_by_its_id(client: TestClient) -> None:
    assert client.get("/v1/rows/r2").json()["indicator"] == "Obra 2"
    assert_problem(client.get("/v1/rows/r9"), 404)
    assert_problem(client.get("/v1/rows/r1/page.png"), 404)


def test_alive_and_ready(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json()["status"] == "ready"


def test_not_ready_before_it_is_loaded(knowledge: FakeKnowledge, fake: FakeAssistant, tmp_path: Path) -> None:
    app = create_app(Settings(data_dir=tmp_path, _env_file=None), assistant=fake, knowledge=knowledge)  # type: ignore[arg-type]
    client = TestClient(app)  # without its lifespan
    assert client.get("/healthz").status_code == 200
    assert_problem(client.get("/readyz"), 503)


def test_a_knowledge_base_handed_over_is_left_open(client: TestClient, knowledge: FakeKnowledge) -> None:
    client.__exit__(None, None, None)
    assert not knowledge.closed
    client.__enter__()
