"""The lists of petitions, and taking a new one in."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from assistant.api.house import House, SharedHouse
from assistant.api.uploads import files_of, save_uploads, text_of
from assistant.pages import Web
from assistant.petitions.records import Draft, State
from assistant.web.people import clean_name, person_of, remember_person
from assistant.web.petitions import words
from ingest.errors import InputError

_PER_PAGE = 50

#: The lists of the page by name: title and states.
_LISTS: dict[str, tuple[str, tuple[State, ...]]] = {
    "abiertas": ("Por responder", ("draft", "in_review", "returned", "approved")),
    "revision": ("En revisión", ("in_review",)),
    "aprobadas": ("Aprobadas", ("approved",)),
    "enviadas": ("Enviadas", ("sent",)),
}


def add_routes(router: APIRouter, web: Web) -> None:
    """The lists, the form of a new petition, and what takes it."""

    @router.get("")
    def petitions(request: Request, house: SharedHouse, lista: str = "abiertas", pagina: int = 1) -> Response:
        name = lista if lista in _LISTS else "abiertas"
        number = min(max(pagina, 1), 10_000)
        found = house.petitions.list(_LISTS[name][1], limit=_PER_PAGE, offset=(number - 1) * _PER_PAGE)
        return web.render(
            request,
            "petitions/list.html",
            found=found,
            lists=_LISTS,
            current=name,
            number=number,
            pages=max(1, -(-found.total // _PER_PAGE)),
            words=words,
        )

    @router.get("/nueva")
    def new(request: Request, house: SharedHouse) -> Response:
        return _new(web, request, house)

    @router.post("")
    async def create(request: Request, house: SharedHouse) -> Response:
        form = await request.form()
        try:
            draft = await run_in_threadpool(_created, house, form)
        except InputError as error:
            return _new(web, request, house, complaint=str(error), given=form)
        response = RedirectResponse(f"/peticiones/{draft.id}", status_code=303)
        remember_person(request, response, text_of(form, "nombre") or person_of(request) or "")
        return response


def _new(
    web: Web, request: Request, house: House, complaint: str | None = None, given: Mapping[str, Any] | None = None
) -> Response:
    snapshot = house.knowledge.snapshot()
    return web.render(
        request,
        "petitions/new.html",
        status=422 if complaint else 200,
        complaint=complaint,
        given=given or {},
        entities=sorted({row.entity for row in snapshot.rows if row.entity}),
    )


def _created(house: House, form: FormData) -> Draft:
    """A draft from the text or the file of a form. Raises ``InputError``."""
    files, text = files_of(form), text_of(form, "texto")
    said = {
        "received": _day(text_of(form, "recibida")),
        "author": clean_name(text_of(form, "nombre") or "") or None,
        "entity": text_of(form, "entidad"),
    }
    if not said["author"]:
        raise InputError("Escriba su nombre: el borrador queda con quién lo hizo.")
    if len(files) + (text is not None) != 1:
        raise InputError("Pegue el texto de la petición o elija su archivo: una de las dos cosas.")
    service = house.petitions
    if text is not None:
        return service.create_from_text(text, **said)  # type: ignore[arg-type]
    with tempfile.TemporaryDirectory(dir=house.uploads) as folder:
        (path,) = save_uploads(files, Path(folder))
        return service.create_from_file(path, path.name, **said)  # type: ignore[arg-type]


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise InputError("La fecha de recibo no se entiende.", hint="Escríbala como 2026-01-31.") from None
