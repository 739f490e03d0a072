"""Who a petition is of: shown to whoever gives a name, which is kept, and never stored by the browser."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from assistant.api.house import SharedHouse
from assistant.pages import Web
from assistant.petitions.errors import EditConflictError
from assistant.petitions.records import Edit, Petitioner
from assistant.web.people import clean_name, remember_person
from assistant.web.petitions.shown import Text, back_to, show_petition
from ingest.errors import InputError


def add_routes(router: APIRouter, web: Web) -> None:
    """The petitioner's data, and correcting them."""

    @router.post("/{petition_id}/peticionario")
    def petitioner(
        petition_id: str, request: Request, house: SharedHouse, nombre: Annotated[Text, Form()] = ""
    ) -> Response:
        who = clean_name(nombre)
        if not who:
            return show_petition(web, request, house, petition_id, complaint="Escriba su nombre para ver esos datos.")
        service = house.petitions
        response = web.render(
            request,
            "petitions/petitioner.html",
            draft=service.get(petition_id),
            petitioner=service.petitioner(petition_id, actor=who),
            who=who,
        )
        response.headers["Cache-Control"] = "no-store"
        remember_person(request, response, who)
        return response

    @router.post("/{petition_id}/peticionario/editar")
    def edit_petitioner(
        petition_id: str,
        request: Request,
        house: SharedHouse,
        version: Annotated[int, Form()],
        nombres: Annotated[str, Form()] = "",
        documentos: Annotated[str, Form()] = "",
        telefonos: Annotated[str, Form()] = "",
        correos: Annotated[str, Form()] = "",
        direcciones: Annotated[str, Form()] = "",
        calidad: Annotated[Text, Form()] = "",
        nombre: Annotated[Text, Form()] = "",
    ) -> Response:
        said = Petitioner(
            names=_lines(nombres),
            id_numbers=_lines(documentos),
            phones=_lines(telefonos),
            emails=_lines(correos),
            addresses=_lines(direcciones),
            role=calidad or None,
        )
        try:
            changes = Edit(petitioner=said)
            house.petitions.edit(petition_id, changes, author=clean_name(nombre), version=version)
        except (InputError, EditConflictError) as error:
            return show_petition(web, request, house, petition_id, complaint=str(error))
        return back_to(request, petition_id, nombre)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
