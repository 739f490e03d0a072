"""Editing a petition's letter: the form, a check as one types, and two people at once."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from assistant.api.house import House, SharedHouse
from assistant.pages import Web
from assistant.petitions.errors import EditConflictError
from assistant.petitions.flags import flags_of
from assistant.petitions.records import Draft, Edit, Signer
from assistant.web.people import clean_name
from assistant.web.petitions.letters import changed_text, letter_blocks
from assistant.web.petitions.shown import Text, back_to
from ingest.errors import InputError


def add_routes(router: APIRouter, web: Web) -> None:
    """The form, its check, and what takes it."""

    @router.get("/{petition_id}/editar")
    def edit_form(petition_id: str, request: Request, house: SharedHouse) -> Response:
        return _edit(web, request, house, house.petitions.get(petition_id))

    @router.post("/{petition_id}/comprobar")
    def check(petition_id: str, request: Request, house: SharedHouse, carta: Annotated[str, Form()] = "") -> Response:
        draft = house.petitions.get(petition_id)
        return web.render(request, "petitions/checked.html", draft=draft, **_checked(house, draft, carta))

    @router.post("/{petition_id}/editar")
    def edit(
        petition_id: str,
        request: Request,
        house: SharedHouse,
        version: Annotated[int, Form()],
        carta: Annotated[str, Form()] = "",
        asunto: Annotated[Text, Form()] = "",
        radicado: Annotated[Text, Form()] = "",
        radicado_respuesta: Annotated[Text, Form()] = "",
        ciudad: Annotated[Text, Form()] = "",
        fecha: Annotated[Text, Form()] = "",
        firma: Annotated[Text, Form()] = "",
        cargo: Annotated[Text, Form()] = "",
        nombre: Annotated[Text, Form()] = "",
    ) -> Response:
        service = house.petitions
        letter = carta.replace("\r\n", "\n").strip()
        changes = Edit(
            subject=asunto,
            letter=letter,
            reply_radicado=radicado_respuesta,
            city=ciudad,
            date_text=fecha,
            signer=Signer(name=firma, position=cargo),
            radicado=radicado,
        )
        typed = changes.model_dump(exclude={"radicado", "petitioner", "signer"}, exclude_none=True)
        typed["signer"] = changes.signer
        try:
            service.edit(petition_id, changes, author=clean_name(nombre), version=version)
        except EditConflictError as error:
            draft = service.get(petition_id)
            kept = error.kept_as
            difference = None if kept is None else service.difference(petition_id, kept, error.current)
            return _edit(
                web,
                request,
                house,
                draft,
                content=draft.content.model_copy(update=typed),
                conflict=error,
                difference=None if difference is None else changed_text(difference.letter, around=160),
            )
        except InputError as error:
            draft = service.get(petition_id)
            return _edit(
                web, request, house, draft, content=draft.content.model_copy(update=typed), complaint=str(error)
            )
        return back_to(request, petition_id, nombre)


def _edit(web: Web, request: Request, house: House, draft: Draft, **more: Any) -> Response:
    content = more.pop("content", draft.content)
    values: dict[str, Any] = {"conflict": None, "complaint": None, **more}
    return web.render(
        request,
        "petitions/edit.html",
        status=409 if values["conflict"] else 422 if values["complaint"] else 200,
        draft=draft,
        content=content,
        **_checked(house, draft, content.letter),
        **values,
    )


def _checked(house: House, draft: Draft, letter: str) -> dict[str, Any]:
    """A text as it would stand, with what no row holds marked in its place."""
    letter = letter.replace("\r\n", "\n").strip()
    drafted = house.petitions.versions(draft.id)[0].content.letter
    flags = flags_of(letter, draft.asks, drafted)
    return {"blocks": letter_blocks(letter, flags, {one.n for one in draft.citations}), "flags": flags}
