"""*Ayuda*: what Cabildo is for, for each kind of user, and what it does not know. The words are in the template."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from assistant.api.house import SharedHouse
from assistant.pages import Page, Web
from assistant.web.proposals import examples


def page(web: Web) -> Page:
    """The page and its route."""
    router = APIRouter()

    @router.get("/ayuda")
    def guide(request: Request, house: SharedHouse) -> Response:
        settings = house.settings
        return web.render(
            request,
            "help.html",
            examples=examples(house.knowledge.snapshot().rows)[:3],
            keeps_originals=settings.keep_originals,
            has_model=settings.chat_model is not None,
        )

    return Page("Ayuda", "/ayuda", router)
