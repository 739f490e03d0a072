"""*Evaluación* on the web: runs listed, each question readable, what changed between two; nothing else is served."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from types import SimpleNamespace

import pytest
from fastapi.testclient import TestClient

from assistant.api import create_app
from assistant.settings import Settings
from eval.runs import save_run
from ingest.knowledge import KnowledgeBase
from tests.eval.answers import answer, row
from tests.eval.runs import case, run_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def client(tmp_path: Path, knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    settings = Settings(data_dir=tmp_path, chat_model=None, _env_file=None)
    entry = EntryPoint("eval", "eval.page:evaluation_page", "cabildo.pages")
    monkeypatch.setattr("assistant.web.site.entry_points", lambda group: [entry] if group == "cabildo.pages" else [])
    asking = SimpleNamespace(ask=lambda _q: answer("Sí."), stream=lambda _q: iter(()))
    with TestClient(create_app(settings, asking, knowledge)) as made:  # type: ignore[arg-type]
        yield made


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    folder = tmp_path / "runs"
    before = run_of(case("a"), case("b"), case("c", right=False), run_id="prueba-1")
    sly = answer("<script>alert(1)</script> 82", row(quote="<b>"))
    after = run_of(case("a"), case("b", right=False, said=sly), case("c", right=False), run_id="prueba-2")
    later = after.model_copy(update={"started_at": "2026-01-03T03:04:05+00:00"})
    save_run(before, folder / "prueba-1.json")
    save_run(later, folder / "prueba-2.json")
    return folder


def page(client: TestClient, path: str) -> str:
    found = client.get(path, headers={"accept": "text/html"})
    assert found.status_code == 200, found.text
    return found.text


def test_the_package_registers_the_page() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["entry-points"]["cabildo.pages"]["eval"] == "eval.page:evaluation_page"


def test_without_runs_the_page_says_how_to_make_one(client: TestClient) -> None:
    assert "cabildo eval run" in page(client, "/evaluacion")


def test_runs_are_listed_with_what_changed_since_the_one_before(client: TestClient, runs: Path) -> None:
    text = page(client, "/evaluacion")
    assert text.index("/evaluacion/prueba-2") < text.index("/evaluacion/prueba-1")
    assert "1 rota, 0 arregladas" in text
    assert "33,3 %" in text


def test_a_run_shows_its_measures_and_what_is_wrong(client: TestClient, runs: Path) -> None:
    text = page(client, "/evaluacion/prueba-2")
    assert "preguntas cuya respuesta tiene el estado" in text
    assert "falta la cifra 28" in text
    assert 'id="b"' in text
    assert 'id="a"' not in text


def test_two_runs_are_shown_beside_each_other(client: TestClient, runs: Path) -> None:
    text = page(client, "/evaluacion/comparar?antes=prueba-1&ahora=prueba-2")
    assert "Rota (1)" in text
    assert "Son 28 [1]." in text


def test_what_answers_say_is_text_on_every_page(client: TestClient, runs: Path) -> None:
    for path in ("/evaluacion/prueba-2", "/evaluacion/comparar?antes=prueba-1&ahora=prueba-2"):
        assert "<script>alert" not in page(client, path)


def test_reports_are_given_as_files_to_keep(client: TestClient, runs: Path) -> None:
    for path in (
        "/evaluacion/prueba-2/informe.html",
        "/evaluacion/comparar/informe.html?antes=prueba-1&ahora=prueba-2",
    ):
        found = client.get(path)
        assert found.headers["content-disposition"].startswith("attachment")
        assert "<!doctype html>" in found.text


@pytest.mark.parametrize("name", ["no-hay", "..%2Fsecreto", "prueba-1.json"])
def test_only_kept_runs_are_opened(client: TestClient, runs: Path, name: str) -> None:
    (runs.parent / "secreto.json").write_text("{}", "utf-8")
    assert client.get(f"/evaluacion/{name}").status_code == 404
