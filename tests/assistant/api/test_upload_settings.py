"""A ``cabildo.yaml`` uploaded with its documents: in the field ``settings``, or as a file of that name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.api import create_app
from assistant.settings import Settings
from ingest.knowledge import KnowledgeBase, StoreSettings
from tests.assistant.api.conftest import finished
from tests.support.hash_embedder import HashEmbedder

TEXT = "Plan de Villa Serena\n\nTarea\tBloque\tAntes\tDespués\nPozos perforados\tAgua\t2\t12\nTanques\tAgua\t0\t9\n"
SETTINGS = """
documents:
  plan.txt:
    entity: Puerto Lindo
    kind: plan
    tables:
    - columns: {Tarea: indicador, Bloque: programa, Antes: línea base, Después: meta}
"""


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    settings = Settings(data_dir=tmp_path / "data", _env_file=None)
    with KnowledgeBase.open(StoreSettings(data_dir=tmp_path / "data"), HashEmbedder()) as knowledge:
        app = create_app(settings, assistant=object(), knowledge=knowledge)  # type: ignore[arg-type]
        with TestClient(app) as client:
            yield client


@pytest.mark.parametrize(
    "part",
    [
        ("settings", ("ajustes.yaml", SETTINGS.encode())),
        ("file", ("cabildo.yaml", SETTINGS.encode())),
        ("settings", (None, SETTINGS.encode())),
    ],
)
def test_settings_that_come_with_a_document_hold_for_it(client: TestClient, part: Any) -> None:
    sent = client.post("/v1/documents", files=[("file", ("plan.txt", TEXT.encode())), part])
    job = finished(client, sent)
    (one,) = job["report"]["documents"]
    assert (one["document"], one["rows"], one["tables_left"]) == ("plan.txt", 2, [])
    rows = client.get("/v1/rows").json()["rows"]
    assert [(row["entity"], row["indicator"], row["target"]["value"]) for row in rows] == [
        ("Puerto Lindo", "Pozos perforados", 12),
        ("Puerto Lindo", "Tanques", 9),
    ]


def test_without_them_the_table_is_left_and_the_report_says_why(client: TestClient) -> None:
    job = finished(client, client.post("/v1/documents", files=[("file", ("plan.txt", TEXT.encode()))]))
    (one,) = job["report"]["documents"]
    assert one["rows"] == 0
    assert one["tables_left"][0]["place"] == "líneas 3 a 5"
    (listed,) = client.get("/v1/documents").json()["documents"]
    assert listed["tables_left"] == one["tables_left"]


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ([("settings", ("s.yaml", b"kind: mapa\n"))], "«kind»"),
        ([("settings", ("s.yaml", b"documents: {otro.txt: {kind: plan}}\n"))], "«otro.txt»"),
        ([("settings", ("a.yaml", b"kind: plan\n")), ("settings", ("b.yaml", b"kind: plan\n"))], "dos cabildo.yaml"),
    ],
)
def test_settings_that_are_not_understood_are_refused_at_once(client: TestClient, parts: list[Any], says: str) -> None:
    sent = client.post("/v1/documents", files=[("file", ("plan.txt", TEXT.encode())), *parts])
    assert sent.status_code == 422
    assert says in sent.json()["detail"]
    assert "/tmp" not in sent.json()["detail"]


def test_settings_alone_are_no_document(client: TestClient) -> None:
    assert client.post("/v1/documents", files=[("settings", ("s.yaml", b"kind: plan\n"))]).status_code == 422
