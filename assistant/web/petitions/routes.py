"""The routes of *Peticiones*. Whoever changes something gives a name, which the browser remembers."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from pydantic import StringConstraints
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from assistant.api.house import House, SharedHouse
from assistant.api.uploads import files_of, save_uploads, text_of
from assistant.pages import Page, Web
from assistant.petitions.errors import EditConflictError
from assistant.petitions.flags import flags_of
from assistant.petitions.records import Action, Draft, Edit, Petitioner, Signer, State
from assistant.petitions.service import PetitionService
from assistant.petitions.workflow import possible_steps
from assistant.web.cards import card_of_citation
from assistant.web.people import clean_name, person_of, remember_person
from assistant.web.petitions import words
from assistant.web.petitions.letters import changed_text, letter_blocks
from ingest.errors import InputError

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PER_PAGE = 50

#: The lists of the page by name: title and states.
_LISTS: dict[str, tuple[str, tuple[State, ...]]] = {
    "abiertas": ("Por responder", ("draft", "in_review", "returned", "approved")),
    "revision": ("En revisión", ("in_review",)),
    "aprobadas": ("Aprobadas", ("approved",)),
    "enviadas": ("Enviadas", ("sent",)),
}

Text = Annotated[str, StringConstraints(strip_whitespace=True)]


def page(web: Web) -> Page:
    """The page and its routes."""
    router = APIRouter(prefix="/peticiones")
    render = web.render

    @router.get("")
    def petitions(request: Request, house: SharedHouse, lista: str = "abiertas", pagina: int = 1) -> Response:
        name = lista if lista in _LISTS else "abiertas"
        number = min(max(pagina, 1), 10_000)
        found = house.petitions.list(_LISTS[name][1], limit=_PER_PAGE, offset=(number - 1) * _PER_PAGE)
        return render(
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
        return _new(request, house)

    @router.post("")
    async def create(request: Request, house: SharedHouse) -> Response:
        form = await request.form()
        try:
            draft = await run_in_threadpool(_created, house, form)
        except InputError as error:
            return _new(request, house, complaint=str(error), given=form)
        response = RedirectResponse(f"/peticiones/{draft.id}", status_code=303)
        remember_person(request, response, text_of(form, "nombre") or person_of(request) or "")
        return response

    def _new(
        request: Request, house: House, complaint: str | None = None, given: Mapping[str, Any] | None = None
    ) -> Response:
        snapshot = house.knowledge.snapshot()
        return render(
            request,
            "petitions/new.html",
            status=422 if complaint else 200,
            complaint=complaint,
            given=given or {},
            entities=sorted({row.entity for row in snapshot.rows if row.entity}),
        )

    @router.get("/{petition_id}")
    def petition(petition_id: str, request: Request, house: SharedHouse) -> Response:
        return _show(request, house, petition_id)

    def _show(request: Request, house: House, petition_id: str, complaint: str | None = None) -> Response:
        service = house.petitions
        draft = service.get(petition_id)
        changes = service.difference(petition_id) if draft.version > 1 else None
        return render(
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

    @router.get("/{petition_id}/editar")
    def edit_form(petition_id: str, request: Request, house: SharedHouse) -> Response:
        return _edit(request, house, house.petitions.get(petition_id))

    def _edit(request: Request, house: House, draft: Draft, **more: Any) -> Response:
        content = more.pop("content", draft.content)
        values: dict[str, Any] = {"conflict": None, "complaint": None, **more}
        return render(
            request,
            "petitions/edit.html",
            status=409 if values["conflict"] else 422 if values["complaint"] else 200,
            draft=draft,
            content=content,
            **_checked(house, draft, content.letter),
            **values,
        )

    @router.post("/{petition_id}/comprobar")
    def check(petition_id: str, request: Request, house: SharedHouse, carta: Annotated[str, Form()] = "") -> Response:
        draft = house.petitions.get(petition_id)
        return render(request, "petitions/checked.html", draft=draft, **_checked(house, draft, carta))

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
                request,
                house,
                draft,
                content=draft.content.model_copy(update=typed),
                conflict=error,
                difference=None if difference is None else changed_text(difference.letter, around=160),
            )
        except InputError as error:
            draft = service.get(petition_id)
            return _edit(request, house, draft, content=draft.content.model_copy(update=typed), complaint=str(error))
        return _back(request, petition_id, nombre)

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
            return _show(request, house, petition_id, complaint=str(error))
        return _back(request, petition_id, nombre)

    @router.get("/{petition_id}/cambios")
    def changes(
        petition_id: str, request: Request, house: SharedHouse, desde: int | None = None, hasta: int | None = None
    ) -> Response:
        service = house.petitions
        return render(
            request,
            "petitions/changes.html",
            draft=service.get(petition_id),
            difference=service.difference(petition_id, desde, hasta),
            versions=service.versions(petition_id),
            changed_text=changed_text,
            words=words,
        )

    @router.post("/{petition_id}/peticionario")
    def petitioner(
        petition_id: str, request: Request, house: SharedHouse, nombre: Annotated[Text, Form()] = ""
    ) -> Response:
        who = clean_name(nombre)
        if not who:
            return _show(request, house, petition_id, complaint="Escriba su nombre para ver esos datos.")
        service = house.petitions
        response = render(
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
            return _show(request, house, petition_id, complaint=str(error))
        return _back(request, petition_id, nombre)

    @router.get("/{petition_id}/respuesta.docx")
    def as_docx(petition_id: str, house: SharedHouse) -> Response:
        service = house.petitions
        return _letter(service, petition_id, service.reply_docx(petition_id), _DOCX, "docx")

    @router.get("/{petition_id}/respuesta.pdf")
    def as_pdf(petition_id: str, house: SharedHouse) -> Response:
        service = house.petitions
        return _letter(service, petition_id, service.reply_pdf(petition_id), "application/pdf", "pdf")

    return Page("Peticiones", "/peticiones", router)


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


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _checked(house: House, draft: Draft, letter: str) -> dict[str, Any]:
    """A text as it would stand, with what no row holds marked in its place."""
    letter = letter.replace("\r\n", "\n").strip()
    drafted = house.petitions.versions(draft.id)[0].content.letter
    flags = flags_of(letter, draft.asks, drafted)
    return {"blocks": letter_blocks(letter, flags, {one.n for one in draft.citations}), "flags": flags}


def _back(request: Request, petition_id: str, name: str) -> Response:
    response = RedirectResponse(f"/peticiones/{petition_id}", status_code=303)
    remember_person(request, response, name)
    return response


def _letter(service: PetitionService, petition_id: str, content: bytes, media_type: str, suffix: str) -> Response:
    draft = service.get(petition_id)
    label = "respuesta" if draft.state in ("approved", "sent") else "borrador"
    name = f"{label}-{(draft.radicado or draft.id)[:20]}.{suffix}"
    safe = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-._") else "-" for letter in name)
    headers = {"Content-Disposition": f'attachment; filename="{safe}"', "Cache-Control": "private, no-store"}
    return Response(content, media_type=media_type, headers=headers)
