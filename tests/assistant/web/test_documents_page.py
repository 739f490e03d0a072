"""Documentos: upload with its report, history of versions, removal, and files that say what they are not."""

from __future__ import annotations

import time

import pytest

from assistant.api.jobs import Job, Part
from assistant.web.documents import percent_of
from tests.assistant.web.conftest import Visitor
from tests.support.brought_in import plan
from tests.support.town import Town


def read(visitor: Visitor, name: str, content: bytes) -> str:
    """Upload a file; the page of its job once it is over."""
    sent = visitor.post("/documentos", {"entity": ""}, page="/documentos", files={"file": (name, content)})
    assert sent.status_code == 303, sent.text
    for _ in range(400):
        page = visitor.get(sent.headers["location"]).text
        if "hx-trigger" not in page:
            return page
        time.sleep(0.1)
    raise AssertionError("the job does not end")


def remove(visitor: Visitor, town: Town, name: str) -> None:
    document = town.knowledge.document(name)
    page = f"/documentos/{document.document_id}/quitar"
    assert visitor.post(page, {}, page=page).status_code == 303


def test_a_document_is_read_replaced_and_taken_out_and_the_history_says_so(visitor: Visitor, web_town: Town) -> None:
    visitor.client.cookies.set("cabildo_nombre", "Ana%20Ruiz")
    first = read(visitor, "cultura.txt", plan(7))
    assert "Lectura terminada" in first
    assert "1 tabla, 1 fila (1 de producto)" in first
    second = read(visitor, "cultura.txt", plan(8))
    assert "reemplaza la versión anterior" in second
    row = web_town.knowledge.document_rows(web_town.knowledge.document("cultura.txt").document_id)[0]
    for path in (
        "/documentos",
        f"/filas/{row.row_id}",
        "/explorar?texto=bandas",
        "/explorar?vista=graficas&texto=bandas",
    ):
        page = visitor.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    assert "&lt;script&gt;" in visitor.get(f"/filas/{row.row_id}").text
    remove(visitor, web_town, "cultura.txt")
    page = visitor.get("/documentos").text
    assert "Se quitó «cultura.txt», por Ana Ruiz" in page
    assert "Se leyó una versión nueva de «cultura.txt», por Ana Ruiz" in page
    assert "Reemplazó la versión" in page
    assert "cultura.txt" not in [document.name for document in web_town.knowledge.documents()]


def test_what_a_file_is_is_told_by_its_content(visitor: Visitor) -> None:
    page = read(visitor, "plan.pdf", b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 8)
    assert "No se pudo leer" in page


def test_sending_no_file_is_told_on_a_page(visitor: Visitor) -> None:
    page = visitor.post("/documentos", {}, page="/documentos")
    assert page.status_code == 422
    assert "No llegó ningún archivo" in page.text


def test_a_document_says_what_was_unsure(visitor: Visitor, web_town: Town) -> None:
    document = web_town.knowledge.document("respuesta.txt")
    page = visitor.get(f"/documentos/{document.document_id}").text
    assert "datos personales" in page
    assert "Rosalba" not in page


@pytest.mark.parametrize(
    ("state", "done", "part", "expected"),
    [
        ("queued", 0, None, 0),
        ("running", 0, Part(stage="reading", done=50, total=100), 12),
        ("running", 1, Part(stage="embedding", done=10, total=20), 87),
        ("done", 2, None, 100),
    ],
)
def test_progress_goes_up_with_files_pages_and_texts(state: str, done: int, part: Part | None, expected: int) -> None:
    job = Job(id="j", state=state, documents=["a", "b"], done=done, total=2, part=part, created_at="")  # type: ignore[arg-type]
    assert percent_of(job) == expected
