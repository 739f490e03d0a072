"""Petitions over HTTP and on the command line: the contract's fields, and errors as problems and exit codes."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.api import create_app
from assistant.cli import main
from assistant.settings import Settings, read_settings
from tests.support.petitions import FIXTURES
from tests.support.town import found_town, write_documents

TEXT = (FIXTURES / "letters.txt").read_text("utf-8")
CONTRACT = {
    *("id", "state", "subject", "radicado", "received", "kind", "business_days", "due_date", "asks", "letter"),
}
ASK = {"n", "text", "status", "answer", "citations", "office"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("api")
    with found_town(folder / "data", [write_documents(folder / "documents")]) as town:
        settings = Settings(data_dir=folder / "data", max_file_mb=1, _env_file=None)
        app = create_app(settings, assistant=town.assistant, knowledge=town.knowledge)
        with TestClient(app, raise_server_exceptions=False) as client:
            yield client


@pytest.fixture
def made(client: TestClient) -> dict[str, Any]:
    response = client.post("/v1/petitions", json={"text": TEXT, "author": "Ana Proyecta"})
    assert response.status_code == 201
    body: dict[str, Any] = response.json()
    return body


def test_a_text_makes_a_draft_with_the_contracts_fields(client: TestClient, made: dict[str, Any]) -> None:
    assert set(made) >= CONTRACT
    assert all(set(ask) >= ASK for ask in made["asks"])
    assert (made["state"], made["kind"], made["business_days"]) == ("draft", "interes_particular", 15)
    assert client.get(f"/v1/petitions/{made['id']}").json() == made


def test_what_somebody_says_of_the_receipt_goes_before_the_text(client: TestClient) -> None:
    body = client.post("/v1/petitions", json={"text": TEXT, "received": "2026-03-02"}).json()
    assert (body["received"], body["due_date"]) == ("2026-03-02", "2026-03-24")


def test_a_file_makes_a_draft(client: TestClient) -> None:
    for name in ("mail.eml", "prose.txt"):
        files = {"file": (name, (FIXTURES / name).read_bytes())}
        response = client.post("/v1/petitions", files=files, data={"author": "Ana"})
        assert response.status_code == 201
        assert response.headers["location"] == f"/v1/petitions/{response.json()['id']}"
        assert len(response.json()["asks"]) == 4


def test_no_response_but_the_petitioners_own_has_their_data(client: TestClient, made: dict[str, Any]) -> None:
    for path in ("", "/versions", "/transitions", "/difference"):
        assert "etelvina" not in client.get(f"/v1/petitions/{made['id']}{path}").text.lower()
    assert "etelvina" not in client.get("/v1/petitions").text.lower()
    assert client.get(f"/v1/petitions/{made['id']}/petitioner").json()["names"] == ["Etelvina Supuesta Camargo"]


def test_the_letter_comes_as_a_word_file_that_is_not_cached(client: TestClient, made: dict[str, Any]) -> None:
    response = client.get(f"/v1/petitions/{made['id']}/reply.docx")
    assert response.headers["content-type"].endswith("wordprocessingml.document")
    assert response.headers["cache-control"] == "private, no-store"
    assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(response.content)).namelist()


def test_the_work_on_a_draft_goes_over_http(client: TestClient, made: dict[str, Any]) -> None:
    path = f"/v1/petitions/{made['id']}"
    edit = {"author": "Ana Proyecta", "version": 1, "letter": made["letter"] + "\n\nGracias."}
    assert client.patch(path, json=edit).json()["version"] == 2
    step = {"action": "submit", "actor": "Ana Proyecta", "version": 2}
    assert client.post(f"{path}/transitions", json=step).json()["state"] == "in_review"
    own = client.post(f"{path}/transitions", json={**step, "action": "approve"})
    assert own.status_code == 422
    assert "no puede aprobarlo" in own.json()["detail"]
    other = client.post(f"{path}/transitions", json={**step, "action": "approve", "actor": "Bruno Revisa"})
    assert other.json()["approval"]["actor"] == "Bruno Revisa"
    assert [one["action"] for one in client.get(f"{path}/transitions").json()] == [
        "create",
        "edit",
        "submit",
        "approve",
    ]
    states = [one["state"] for one in client.get("/v1/petitions", params={"state": "approved"}).json()["petitions"]]
    assert states == ["approved"]


def test_a_conflict_is_a_problem_that_tells_what_holds(client: TestClient, made: dict[str, Any]) -> None:
    path = f"/v1/petitions/{made['id']}"
    for letter in ("uno", "dos"):
        response = client.patch(path, json={"author": "Ana", "version": 1, "letter": letter})
    assert response.status_code == 409
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert (problem["current_version"], problem["kept_as"], problem["content"]["letter"]) == (2, 3, "uno")


@pytest.mark.parametrize(
    ("body", "status"),
    [({"text": ""}, 422), ({}, 422), ({"text": TEXT, "received": "ayer"}, 422), ({"text": TEXT, "otra": 1}, 422)],
)
def test_what_is_wrong_with_a_petition_is_told_without_repeating_it(
    client: TestClient, body: dict[str, Any], status: int
) -> None:
    response = client.post("/v1/petitions", json=body)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert "Etelvina" not in response.text


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("malo.exe", b"MZ", 422),
        ("vacio.txt", b"", 422),
        ("roto.docx", b"PK no es un docx", 422),
        ("disfraz.pdf", b"<html>no es un pdf</html>", 422),
        ("enorme.txt", b"a" * 2_000_000, 413),
    ],
)
def test_a_file_that_is_no_petition_is_refused(client: TestClient, name: str, content: bytes, status: int) -> None:
    response = client.post("/v1/petitions", files={"file": (name, content)})
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"


def test_what_is_not_there_is_a_404(client: TestClient) -> None:
    assert client.get("/v1/petitions/no-existe").status_code == 404
    assert client.get("/v1/petitions/no-existe/reply.docx").status_code == 404


# On the command line


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("CABILDO_DATA_DIR", str(tmp_path / "data"))
    read_settings.cache_clear()
    yield tmp_path
    read_settings.cache_clear()


@pytest.mark.slow
def test_the_command_prints_the_same_object_and_writes_the_letter(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = folder / "respuesta.docx"
    arguments = ["petition", str(FIXTURES / "letters.txt"), "--received", "2026-06-02", "--out", str(out), "--json"]
    assert main(arguments) == 0
    shown = capsys.readouterr()
    body = json.loads(shown.out)
    assert set(body) >= CONTRACT
    assert (body["received"], body["due_date"], len(body["asks"])) == ("2026-06-02", "2026-06-25", 4)
    assert zipfile.is_zipfile(out)
    assert "Etelvina" not in shown.out + shown.err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["petition", "no-existe.txt"], 1),
        (["petition", str(FIXTURES / "letters.txt"), "--received", "mañana"], 2),
        (["petition", str(FIXTURES / "letters.txt"), "--out", "respuesta.odt"], 2),
    ],
)
def test_wrong_use_of_the_command_has_its_exit_code(folder: Path, arguments: list[str], code: int) -> None:
    assert main(arguments) == code
