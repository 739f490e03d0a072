"""The site put together: what every response carries, the assistant's own pages, those of other packages, errors."""

from __future__ import annotations

import logging
from importlib.metadata import entry_points

from fastapi import APIRouter, Depends, FastAPI
from starlette.middleware.gzip import GZipMiddleware

from assistant.pages import ENTRY_POINTS, Page, PageMaker, Web
from assistant.settings import Settings
from assistant.web import asking, documents, help_page, reference, row_page
from assistant.web.errors import install_error_pages
from assistant.web.explore import routes as exploring
from assistant.web.headers import SameOrigin, SecurityHeaders
from assistant.web.petitions import routes as petitions
from assistant.web.static_files import PATH, Static
from assistant.web.templating import NavigationItem, Renderer, Site
from assistant.web.tokens import check_token

log = logging.getLogger(__name__)

_SMALLEST_COMPRESSED = 800  # bytes
_COMPRESSION = 6  # of 9: higher levels take longer and save little

#: The pages in the order of the navigation.
_OWN: tuple[PageMaker, ...] = (asking.page, exploring.page, petitions.page, documents.page, help_page.page)


def add_pages(app: FastAPI, settings: Settings) -> None:
    """Add the web pages to an application that has a ``house`` in its state."""
    site = Site()
    for maker in _OWN:
        _add(app, settings, site, maker)
    for entry in sorted(entry_points(group=ENTRY_POINTS), key=lambda entry: entry.name):
        try:
            _add(app, settings, site, entry.load())
        except Exception as error:
            log.error("the page %r could not be made (%s)", entry.name, type(error).__name__)
    renderer = Renderer(site)
    for routes in (row_page.router(Web(settings, renderer)), reference.router(Web(settings, renderer), app)):
        app.include_router(_guarded(routes))
    app.mount(PATH, Static(), name="static")
    install_error_pages(app, renderer)
    app.add_middleware(GZipMiddleware, minimum_size=_SMALLEST_COMPRESSED, compresslevel=_COMPRESSION)
    app.add_middleware(SameOrigin, public_url=settings.public_base)
    app.add_middleware(SecurityHeaders)


def _add(app: FastAPI, settings: Settings, site: Site, maker: PageMaker) -> None:
    renderer = Renderer(site)
    page: Page = maker(Web(settings, renderer))
    if page.templates is not None:
        renderer.look_in(page.templates)
    app.include_router(_guarded(page.router))
    site.navigation.append(NavigationItem(page.title, page.path))


def _guarded(routes: APIRouter) -> APIRouter:
    """The routes, none of which changes anything without the form's token, and none of which is part of the API."""
    guarded = APIRouter(dependencies=[Depends(check_token)], include_in_schema=False)
    guarded.include_router(routes)
    return guarded
