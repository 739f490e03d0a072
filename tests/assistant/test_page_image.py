"""GET /v1/rows/{id}/page.png: the picture with its headers, and a problem that says why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.answer import Answer, Question
from assistant.api import create_app
from assistant.settings import Settings
from ingest.knowledge import KnowledgeBase, StoreSettings
from ingest.pipeline import ingest_paths
from ingest.records import Overrides
from tests.support.files import docx_file
from tests.support.hash_embedder import HashEmbedder
from tests.support.pages import highlighted, pdf_plan, picture_of, plan_rows


class Silent:
    """An assistant that nobody asks here."""

    def ask(self, question: Question, asker: object = None) -> Answer:
        raise NotImplementedError

    def stream(self, question: Question, asker: object = None) -> Iterator[str | Answer]:
        raise NotImplementedError


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, KnowledgeBase]]:
    folder = tmp_path_factory.mktemp("paginas")
    (folder / "docs").mkdir()
    pdf_plan(folder / "docs" / "plan.pdf", plan_rows(6))
    docx_file(folder / "docs" / "carta.docx")
    (folder / "docs" / "metas.txt").write_text("Indicador\tMeta\nKilómetros de vía\t28\n", encoding="utf-8")
    with KnowledgeBase.open(StoreSettings(folder / "data"), HashEmbedder()) as knowledge:
        kinds = {"carta": "letter"}
        ingest_paths(
            [folder / "docs"],
            knowledge,
            lambda path: Overrides.model_validate({"kind": kinds.get(path.stem, "plan")}),
        )
        settings = Settings(data_dir=folder / "data", _env_file=None)
        app = create_app(settings, assistant=Silent(), knowledge=knowledge)
        with TestClient(app, raise_server_exceptions=False) as client:
            yield client, knowledge


def row_id(knowledge: KnowledgeBase, name: str) -> str:
    return knowledge.document_rows(knowledge.document(name).document_id)[0].row_id


def problem(response: Any, status: int) -> str:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    detail: str = response.json()["detail"]
    return detail


def test_the_picture_comes_as_png_that_is_asked_for_again_each_time(server: tuple[TestClient, KnowledgeBase]) -> None:
    client, knowledge = server
    path = f"/v1/rows/{row_id(knowledge, 'plan.pdf')}/page.png"
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["content-type"] == "image/png"
    assert response.headers["cache-control"] == "private, no-cache"
    assert highlighted(picture_of(response.content)) is not None
    tag = response.headers["etag"]
    for known in (tag, f"W/{tag}", f'"otra", {tag}'):
        again = client.get(path, headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(path, headers={"If-None-Match": '"otra"'}).status_code == 200


def test_head_tells_the_same_without_the_picture(server: tuple[TestClient, KnowledgeBase]) -> None:
    client, knowledge = server
    path = f"/v1/rows/{row_id(knowledge, 'plan.pdf')}/page.png"
    head, whole = client.head(path), client.get(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(whole.content))
    assert head.headers["etag"] == whole.headers["etag"]
    assert client.head("/v1/rows/nada/page.png").status_code == 404


def test_a_row_says_whether_its_page_can_be_seen(server: tuple[TestClient, KnowledgeBase]) -> None:
    client, knowledge = server
    shown = row_id(knowledge, "plan.pdf")
    assert client.get(f"/v1/rows/{shown}").json()["page_image"] == f"/v1/rows/{shown}/page.png"
    for name in ("carta.docx", "metas.txt"):
        assert client.get(f"/v1/rows/{row_id(knowledge, name)}").json()["page_image"] is None


@pytest.mark.parametrize(("name", "told"), [("carta.docx", "Es una carta"), ("metas.txt", "no tienen páginas")])
def test_where_there_is_none_the_problem_says_why(
    server: tuple[TestClient, KnowledgeBase], name: str, told: str
) -> None:
    client, knowledge = server
    assert told in problem(client.get(f"/v1/rows/{row_id(knowledge, name)}/page.png"), 404)


def test_unknown_rows_are_not_found(server: tuple[TestClient, KnowledgeBase]) -> None:
    client, _ = server
    assert "No hay ninguna fila" in problem(client.get("/v1/rows/abc/page.png"), 404)
    assert client.get("/v1/rows/..%2f..%2fetc/page.png").status_code == 404


def test_the_reference_of_the_api_tells_the_picture(server: tuple[TestClient, KnowledgeBase]) -> None:
    client, _ = server
    path = client.get("/v1/openapi.json").json()["paths"]["/v1/rows/{row_id}/page.png"]
    assert list(path) == ["get"]
    assert "image/png" in path["get"]["responses"]["200"]["content"]


def test_a_copy_that_was_lost_is_told_and_not_answered_from_a_tag(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    pdf_plan(tmp_path / "docs" / "plan.pdf", plan_rows(3))
    with KnowledgeBase.open(StoreSettings(tmp_path / "data"), HashEmbedder()) as knowledge:
        ingest_paths([tmp_path / "docs"], knowledge)
        settings = Settings(data_dir=tmp_path / "data", _env_file=None)
        with TestClient(create_app(settings, assistant=Silent(), knowledge=knowledge)) as client:
            path = f"/v1/rows/{row_id(knowledge, 'plan.pdf')}/page.png"
            tag = client.get(path).headers["etag"]
            knowledge.originals.drop(knowledge.originals.ids())
            response = client.get(path, headers={"If-None-Match": tag})
            assert "Vuelva a ingerirlo" in problem(response, 404)
            knowledge.remove("plan.pdf")
            assert "No hay ninguna fila" in problem(client.get(path, headers={"If-None-Match": tag}), 404)
