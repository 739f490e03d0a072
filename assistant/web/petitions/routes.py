"""The page *Peticiones*. Whoever changes something gives a name, which the browser remembers."""

from __future__ import annotations

from fastapi import APIRouter

from assistant.pages import Page, Web
from assistant.web.petitions import editing, filing, one_petition, petitioner


def page(web: Web) -> Page:
    """The page and its routes."""
    router = APIRouter(prefix="/peticiones")
    for part in (filing, one_petition, editing, petitioner):
        part.add_routes(router, web)
    return Page("Peticiones", "/peticiones", router)
