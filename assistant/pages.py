"""What another package needs to add a page to the web without the assistant importing it.

The package names, in the entry-point group ``cabildo.pages`` of its ``pyproject.toml``, a function that takes a
:class:`Web` and returns a :class:`Page`; the pages are put together when the server starts, after the assistant's own::

    [project.entry-points."cabildo.pages"]
    eval = "eval.page:evaluation_page"

    def evaluation_page(web: Web) -> Page:
        router = APIRouter()

        @router.get("/evaluacion")
        def runs(request: Request) -> Response:
            return web.render(request, "runs.html", runs=read_runs(web.settings.data_dir))

        return Page("Evaluación", "/evaluacion", router, Path(__file__).parent / "templates")

Its templates say ``{% extends "layout.html" %}`` and fill the blocks ``title`` and ``content``. Values are escaped by
themselves; a form that is posted holds ``{{ csrf_field() }}``, and every route that changes something is refused
without it (nothing to do for that in the routes). The Content-Security-Policy forbids inline scripts and styles.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from fastapi import APIRouter
    from starlette.requests import Request
    from starlette.responses import Response

    from assistant.settings import Settings

#: The entry-point group of such functions.
ENTRY_POINTS = "cabildo.pages"


class Render(Protocol):
    """A template as a response: ``render(request, "list.html", rows=rows)``; its own folder is looked in first."""

    def __call__(self, request: Request, template: str, /, *, status: int = 200, **values: Any) -> Response: ...

    def text(self, request: Request, template: str, /, **values: Any) -> str:
        """The template as text, for a page that sends it in pieces."""


@dataclass(frozen=True)
class Web:
    """What a page is made with."""

    settings: Settings
    render: Render


@dataclass(frozen=True)
class Page:
    """A page of the web.

    Args:
        title: as the navigation says it, in Spanish.
        path: where the navigation leads, e.g. ``/evaluacion``; all routes of ``router`` begin with it.
        router: its routes, those below ``path`` included.
        templates: the folder of its Jinja templates, None when it has none of its own.
    """

    title: str
    path: str
    router: APIRouter
    templates: Path | None = None


PageMaker = Callable[[Web], Page]
