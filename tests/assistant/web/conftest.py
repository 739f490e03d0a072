"""The pages over an invented town, asked as a program asks and as a browser does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from assistant.api import create_app
from assistant.settings import Settings
from tests.support.town import Town, found_town, write_documents

_FIELD = re.compile(r'name="csrf" value="([^"]+)"')


def app_over(town: Town, folder: Path) -> FastAPI:
    """The application over a town. Whoever serves it closes it, and with it the town's assistant."""
    settings = Settings(data_dir=folder, chat_model=None, max_file_mb=2, _env_file=None)
    return create_app(settings, town.assistant, town.knowledge)


@pytest.fixture(scope="session")
def web_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A town for the pages alone: what these tests bring in they take out."""
    folder = tmp_path_factory.mktemp("web-town")
    with found_town(folder / "data", [write_documents(folder / "documents")]) as town:
        yield town


@pytest.fixture(scope="session")
def web_app(web_town: Town, tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    return app_over(web_town, tmp_path_factory.mktemp("web-data"))


@dataclass(frozen=True)
class Visitor:
    """Somebody with a browser, a cookie jar and no JavaScript."""

    client: TestClient

    def get(self, path: str, **headers: str) -> Response:
        return self.client.get(path, headers={"accept": "text/html", **headers})

    def token(self, page: str = "/") -> str:
        """The token of a form on a page."""
        found = _FIELD.search(self.get(page).text)
        assert found is not None
        return found[1]

    def post(self, path: str, data: dict[str, str], page: str = "/", **more: object) -> Response:
        """Send a form as the page's own form would be sent."""
        fields = {"csrf": self.token(page), **data}
        headers = {"accept": "text/html", "origin": "http://testserver"}
        return self.client.post(path, data=fields, headers=headers, follow_redirects=False, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def web_client(web_app: FastAPI) -> Iterator[TestClient]:
    with TestClient(web_app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def visitor(web_client: TestClient) -> Visitor:
    web_client.cookies.clear()
    return Visitor(web_client)


@pytest.fixture
def page_folder(tmp_path: Path) -> Path:
    """A folder of templates, as another package brings."""
    (tmp_path / "hello.html").write_text(
        '{% extends "layout.html" %}{% block content %}<h1>{{ name }}</h1>'
        '<form method="post">{{ csrf_field() }}<button>Sí</button></form>{% endblock %}',
        encoding="utf-8",
    )
    return tmp_path
