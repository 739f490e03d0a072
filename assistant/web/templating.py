"""Templates as responses. Every value is escaped; a name that nobody filled in is an error, not a blank."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from assistant.version import installed_version
from assistant.web import words
from assistant.web.people import person_of
from assistant.web.static_files import static
from assistant.web.tokens import csrf_field, keep_secret

FOLDER = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class NavigationItem:
    """One link of the navigation."""

    title: str
    path: str

    def is_current(self, path: str) -> bool:
        """Whether it leads to the page of this path or to one above it."""
        return path == self.path or (self.path != "/" and path.startswith(f"{self.path}/"))


@dataclass
class Site:
    """What all pages share: the templates' environment and the navigation, which grows as pages are added."""

    navigation: list[NavigationItem] = field(default_factory=list)
    environment: Environment = field(init=False)

    def __post_init__(self) -> None:
        self.environment = _environment(FileSystemLoader(FOLDER))
        self.environment.globals["navigation"] = self.navigation


class Renderer:
    """Renders templates of the site, and before them those of a folder of its own (``assistant.pages.Render``)."""

    def __init__(self, site: Site) -> None:
        self._environment = site.environment

    def look_in(self, folder: Path) -> None:
        """Take templates from this folder first."""
        loaders: list[BaseLoader] = [FileSystemLoader(folder), FileSystemLoader(FOLDER)]
        self._environment = self._environment.overlay(loader=ChoiceLoader(loaders))

    def __call__(self, request: Request, template: str, /, *, status: int = 200, **values: Any) -> Response:
        response = HTMLResponse(self.text(request, template, **values), status_code=status)
        response.headers["Cache-Control"] = "private, no-cache"
        response.headers["Vary"] = "HX-Request"
        keep_secret(request, response)
        return response

    def text(self, request: Request, template: str, /, **values: Any) -> str:
        """A template as text, for the pieces that a stream sends."""
        return self._environment.get_template(template).render(**_of_request(request), **values)


def is_fragment(request: Request) -> bool:
    """Whether htmx asks, which wants a part of the page; restoring its history it wants the whole."""
    return "hx-request" in request.headers and "hx-history-restore-request" not in request.headers


def _of_request(request: Request) -> Mapping[str, Any]:
    return {
        "path": request.url.path,
        "person": person_of(request),
        "csrf_field": partial(csrf_field, request),
    }


def _environment(loader: BaseLoader) -> Environment:
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    filters: dict[str, Callable[..., Any]] = {
        "number": words.number,
        "money": words.money,
        "day": words.day,
        "moment": words.moment,
        "kind": words.kind,
        "document_kind": words.document_kind,
        "counted": words.counted,
    }
    environment.filters.update(filters)
    environment.globals.update(static=static, version=installed_version())
    return environment
