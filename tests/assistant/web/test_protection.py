"""What browsers are told, and what is refused: other sites' forms, forms without a token, too much, markup."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from assistant.web.headers import HEADERS, POLICY
from tests.assistant.web.conftest import Visitor

PAGES = (
    "/",
    "/explorar",
    "/explorar?vista=graficas",
    "/peticiones",
    "/peticiones/nueva",
    "/documentos",
    "/ayuda",
    "/docs",
    "/no-existe",
)


@pytest.mark.parametrize("path", [*PAGES, "/v1/rows", "/v1/nada", "/estatico/cabildo.css", "/healthz"])
def test_every_response_carries_the_security_headers(path: str, visitor: Visitor) -> None:
    headers = visitor.get(path).headers
    for name, value in HEADERS.items():
        assert headers[name] == value, name


def test_the_policy_allows_nothing_inline_and_no_evaluation() -> None:
    assert "unsafe" not in POLICY
    assert "default-src 'none'" in POLICY
    assert "frame-ancestors 'none'" in POLICY
    assert "form-action 'self'" in POLICY


@pytest.mark.parametrize("path", PAGES)
def test_pages_hold_nothing_that_the_policy_forbids_and_name_no_other_host(path: str, visitor: Visitor) -> None:
    page = visitor.get(path)
    assert page.status_code == (404 if path == "/no-existe" else 200)
    html = page.text
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)
    assert not re.search(r"\son[a-z]+\s*=", html)
    assert not re.search(r"\sstyle\s*=|<style", html)
    assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", html)


def changing_routes(app: FastAPI) -> list[tuple[str, str]]:
    """The pages' routes that change something, with a stand-in for what they take in their address."""
    found = []

    def walk(routes: list[object], prefix: str = "") -> None:
        for route in routes:
            if isinstance(route, APIRoute):
                path = prefix + route.path
                for method in (route.methods or set()) - {"GET", "HEAD", "OPTIONS"}:
                    if not path.startswith("/v1"):
                        found.append((method, re.sub(r"\{[^}]+\}", "x", path)))
            elif hasattr(route, "original_router"):
                walk(list(route.original_router.routes), prefix)

    walk(list(app.routes))
    return found


def test_no_page_changes_anything_without_the_forms_token(web_app: FastAPI, visitor: Visitor) -> None:
    routes = changing_routes(web_app)
    assert {"/preguntar", "/opinion", "/documentos", "/documentos/x/quitar", "/peticiones"} <= {p for _, p in routes}
    visitor.get("/")
    for method, path in routes:
        for fields in ({}, {"csrf": "x"}, {"csrf": "ñ"}, {"csrf": "A" * 64}):
            response = visitor.client.request(method, path, data=fields, headers={"accept": "text/html"})
            assert response.status_code == 403, (path, fields)
            assert "Solicitud rechazada" in response.text


def test_a_token_of_another_browser_does_not_serve(visitor: Visitor) -> None:
    token = visitor.token()
    visitor.client.cookies.clear()
    visitor.get("/")
    response = visitor.client.post("/preguntar", data={"csrf": token, "pregunta": "¿Cuántos acueductos?"})
    assert response.status_code == 403


def test_a_token_is_written_differently_on_each_page_and_serves_every_time(visitor: Visitor) -> None:
    first, second = visitor.token(), visitor.token()
    assert first != second
    for token in (first, second):
        sent = visitor.client.post("/preguntar", data={"csrf": token, "pregunta": "¿Cuántos acueductos?"})
        assert sent.status_code == 200


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(visitor: Visitor) -> None:
    cookie = visitor.get("/").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://malo.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}],
    ids=["another site", "a hidden origin", "fetch metadata"],
)
@pytest.mark.parametrize(("path", "kind"), [("/preguntar", "data"), ("/v1/ask", "json"), ("/v1/documents", "data")])
def test_what_another_site_makes_a_browser_send_is_refused(
    path: str, kind: str, headers: dict[str, str], visitor: Visitor
) -> None:
    body = {"csrf": visitor.token(), "pregunta": "¿?", "question": "¿?"}
    response = visitor.client.post(path, **{kind: body}, headers=headers)  # type: ignore[arg-type]
    assert response.status_code == 403


def test_programs_that_are_no_browser_use_the_api_as_before(web_client: TestClient) -> None:
    assert web_client.post("/v1/ask", json={"question": "¿Cuántos acueductos?"}).status_code == 200


def test_too_large_an_upload_is_refused_on_a_page(visitor: Visitor) -> None:
    files = {"file": ("plan.txt", b"x" * 2_200_000)}
    response = visitor.post("/documentos", {}, page="/documentos", files=files)
    assert response.status_code == 413
    assert "2 MB" in response.text
    assert response.headers["content-type"].startswith("text/html")


def test_people_read_errors_as_pages_and_programs_as_problems(visitor: Visitor) -> None:
    page = visitor.get("/filas/no-existe")
    assert page.status_code == 404
    assert "<h1>No existe</h1>" in page.text
    assert visitor.client.get("/no-existe").headers["content-type"] == "application/problem+json"
    assert visitor.get("/v1/no-existe").headers["content-type"] == "application/problem+json"
