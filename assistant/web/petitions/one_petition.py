"""One petition: as it stands, its next step, what changed between versions, and its letter as a file."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from assistant.api.house import SharedHouse
from assistant.pages import Web
from assistant.petitions.errors import EditConflictError
from assistant.petitions.records import Action
from assistant.petitions.service import PetitionService
from assistant.web.people import clean_name
from assistant.web.petitions import words
from assistant.web.petitions.letters import changed_text
from assistant.web.petitions.shown import Text, back_to, show_petition
from ingest.errors import InputError

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def add_routes(router: APIRouter, web: Web) -> None:
    """The petition, its steps, its changes and its letter."""

    @router.get("/{petition_id}")
    def petition(petition_id: str, request: Request, house: SharedHouse) -> Response:
        return show_petition(web, request, house, petition_id)

    @router.post("/{petition_id}/paso")
    def step(
        petition_id: str,
        request: Request,
        house: SharedHouse,
        paso: Annotated[Action, Form()],
        version: Annotated[int, Form()],
        nombre: Annotated[Text, Form()] = "",
        comentario: Annotated[Text, Form()] = "",
        razon: Annotated[Text, Form()] = "",
    ) -> Response:
        try:
            house.petitions.transition(
                petition_id,
                paso,
                actor=clean_name(nombre),
                version=version,
                comment=comentario or None,
                reason=razon or None,
            )
        except (InputError, EditConflictError) as error:
            return show_petition(web, request, house, petition_id, complaint=str(error))
        return back_to(request, petition_id, nombre)

    @router.get("/{petition_id}/cambios")
    def changes(
        petition_id: str, request: Request, house: SharedHouse, desde: int | None = None, hasta: int | None = None
    ) -> Response:
        service = house.petitions
        return web.render(
            request,
            "petitions/changes.html",
            draft=service.get(petition_id),
            difference=service.difference(petition_id, desde, hasta),
            versions=service.versions(petition_id),
            changed_text=changed_text,
            words=words,
        )

    @router.get("/{petition_id}/respuesta.docx")
    def as_docx(petition_id: str, house: SharedHouse) -> Response:
        service = house.petitions
        return _letter(service, petition_id, service.reply_docx(petition_id), _DOCX, "docx")

    @router.get("/{petition_id}/respuesta.pdf")
    def as_pdf(petition_id: str, house: SharedHouse) -> Response:
        service = house.petitions
        return _letter(service, petition_id, service.reply_pdf(petition_id), "application/pdf", "pdf")


def _letter(service: PetitionService, petition_id: str, content: bytes, media_type: str, suffix: str) -> Response:
    draft = service.get(petition_id)
    label = "respuesta" if draft.state in ("approved", "sent") else "borrador"
    name = f"{label}-{(draft.radicado or draft.id)[:20]}.{suffix}"
    safe = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-._") else "-" for letter in name)
    headers = {"Content-Disposition": f'attachment; filename="{safe}"', "Cache-Control": "private, no-store"}
    return Response(content, media_type=media_type, headers=headers)
