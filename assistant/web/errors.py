"""Errors as pages: what the API says as a problem document, a person reads as a page, in the same words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from assistant.api.problems import problem_members
from assistant.web.templating import Renderer
from ingest.errors import CabildoError

Handler = Callable[[Request, Exception], Awaitable[Response]]


def install_error_pages(app: FastAPI, render: Renderer) -> None:
    """Answer people in HTML; programs, and whatever asks below ``/v1``, get the problem document as before."""
    for kind in (CabildoError, HTTPException, RequestValidationError):
        as_problem: Any = app.exception_handlers[kind]
        app.add_exception_handler(kind, _handler(as_problem, render))

    def shown(request: Request, members: dict[str, Any]) -> Response | None:
        return error_page(render, request, members) if wants_page(request) else None

    app.state.error_page = shown


def _handler(as_problem: Handler, render: Renderer) -> Handler:
    async def handle(request: Request, error: Exception) -> Response:
        if not wants_page(request):
            return await as_problem(request, error)
        return error_page(render, request, problem_members(error))

    return handle


def wants_page(request: Request) -> bool:
    """Whether a person's browser asks, and not for the API."""
    return not request.url.path.startswith("/v1/") and "text/html" in request.headers.get("accept", "")


def error_page(render: Renderer, request: Request, members: dict[str, Any]) -> Response:
    """The page of a problem."""
    return render(request, "error.html", status=members["status"], problem=members)
