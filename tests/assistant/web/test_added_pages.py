"""A page that another package brings, and one that cannot be made."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import APIRouter, Request
from fastapi.testclient import TestClient
from starlette.responses import Response

import assistant.web.site as site
from assistant.api import create_app
from assistant.pages import ENTRY_POINTS, Page, Web
from assistant.settings import Settings
from tests.support.town import Town


class _Entry:
    """An entry point that is already loaded."""

    def __init__(self, name: str, made: Any) -> None:
        self.name, self._made = name, made

    def load(self) -> Any:
        return self._made


@pytest.fixture
def client(page_folder: Path, web_town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    def hello(web: Web) -> Page:
        router = APIRouter()

        @router.get("/saludo")
        def show(request: Request) -> Response:
            return web.render(request, "hello.html", name="<b>Ana</b>")

        @router.post("/saludo")
        def change(request: Request) -> Response:
            return web.render(request, "hello.html", name="cambiado")

        return Page("Saludo", "/saludo", router, page_folder)

    def broken(web: Web) -> Page:
        raise RuntimeError("no")

    entries = [_Entry("b-broken", broken), _Entry("a-hello", hello)]
    monkeypatch.setattr(site, "entry_points", lambda group: entries if group == ENTRY_POINTS else [])
    settings = Settings(data_dir=tmp_path, chat_model=None, _env_file=None)
    # Whoever serves an assistant closes it; the town's is still needed.
    asking = SimpleNamespace(ask=web_town.assistant.ask, stream=web_town.assistant.stream)
    with TestClient(create_app(settings, asking, web_town.knowledge)) as client:  # type: ignore[arg-type]
        yield client


def test_another_packages_page_stands_in_the_navigation_within_the_layout(client: TestClient) -> None:
    page = client.get("/saludo", headers={"accept": "text/html"}).text
    assert '<a href="/saludo" aria-current="page">Saludo</a>' in page
    assert "<h1>&lt;b&gt;Ana&lt;/b&gt;</h1>" in page
    assert 'lang="es-CO"' in page


def test_its_routes_are_guarded_without_its_doing_anything(client: TestClient) -> None:
    assert client.post("/saludo").status_code == 403


def test_its_templates_are_its_own(client: TestClient) -> None:
    assert "Saludo" in client.get("/ayuda", headers={"accept": "text/html"}).text


def test_a_page_that_cannot_be_made_does_not_take_the_others_with_it(client: TestClient) -> None:
    assert client.get("/", headers={"accept": "text/html"}).status_code == 200


def test_the_group_is_read_from_what_is_installed() -> None:
    assert EntryPoint(name="eval", value="assistant.pages:Page", group=ENTRY_POINTS).load() is Page
