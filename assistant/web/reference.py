"""``/docs``: the reference of the API, written out from its OpenAPI document, without scripts of anybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from starlette.responses import Response

from assistant.pages import Web

_METHODS = ("get", "post", "put", "patch", "delete")


def router(web: Web, app: FastAPI) -> APIRouter:
    """The routes of the reference."""
    routes = APIRouter()

    @routes.get("/docs")
    def reference(request: Request) -> Response:
        schema = app.openapi()
        return web.render(
            request,
            "reference.html",
            api=schema["info"],
            operations=list(operations(schema)),
            schemas=schema.get("components", {}).get("schemas", {}),
        )

    return routes


def operations(schema: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Every operation of an OpenAPI document, with its parameters and the name of what it takes."""
    for path, methods in schema["paths"].items():
        for method in _METHODS:
            if method in methods:
                said = methods[method]
                yield {
                    "method": method.upper(),
                    "path": path,
                    "anchor": said.get("operationId", path),
                    "summary": said.get("description") or said.get("summary", ""),
                    "parameters": said.get("parameters", []),
                    "body": _body(said),
                    "answers": {code: one.get("description", "") for code, one in said.get("responses", {}).items()},
                }


def _body(operation: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(content type, schema's name or fields) of what an operation takes."""
    found = []
    for kind, content in operation.get("requestBody", {}).get("content", {}).items():
        schema = content.get("schema", {})
        name = schema.get("$ref", "").rpartition("/")[2] or ", ".join(schema.get("properties", {}))
        found.append((kind, name))
    return found
