"""What the routes of one petition end with: the petition shown, or the way back to it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Request
from pydantic import StringConstraints
from starlette.responses import RedirectResponse, Response

from assistant.api.house import House
from assistant.pages import Web
from assistant.petitions.workflow import possible_steps
from assistant.web.cards import card_of_citation
from assistant.web.people import remember_person
from assistant.web.petitions import words
from assistant.web.petitions.letters import changed_text, letter_blocks

#: A field of a form, without space around it.
Text = Annotated[str, StringConstraints(strip_whitespace=True)]


def show_petition(web: Web, request: Request, house: House, petition_id: str, complaint: str | None = None) -> Response:
    """One petition with its letter, flags, citations, steps and history."""
    service = house.petitions
    draft = service.get(petition_id)
    changes = service.difference(petition_id) if draft.version > 1 else None
    return web.render(
        request,
        "petitions/petition.html",
        status=422 if complaint else 200,
        draft=draft,
        complaint=complaint,
        blocks=letter_blocks(draft.letter, draft.flags, {one.n for one in draft.citations}),
        cards={one.n: card_of_citation(one) for one in draft.citations},
        steps=possible_steps(draft.state),
        transitions=service.transitions(petition_id),
        versions=service.versions(petition_id),
        changes=changes,
        changed_text=changed_text,
        makes_pdf=service.makes_pdf,
        words=words,
    )


def back_to(request: Request, petition_id: str, name: str) -> Response:
    """To the petition, with the name remembered."""
    response = RedirectResponse(f"/peticiones/{petition_id}", status_code=303)
    remember_person(request, response, name)
    return response
