"""Petitions of citizens: a draft reply from a text or a file, the work on it, and its letter."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from assistant.api.house import SharedHouse
from assistant.api.problems import problem
from assistant.api.uploads import files_of, save_uploads, text_of
from assistant.petitions.errors import EditConflictError
from assistant.petitions.records import (
    Action,
    Difference,
    Draft,
    DraftPage,
    Edit,
    Petitioner,
    State,
    Transition,
    Version,
)
from assistant.petitions.source import TEXT_LIMIT
from ingest.errors import InputError

router = APIRouter(prefix="/v1/petitions", tags=["peticiones"])

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]

_PETITION = {
    "type": "object",
    "properties": {
        "received": {"type": "string", "format": "date", "description": "día en que se recibió; sin él, el del sello"},
        "author": {"type": "string", "description": "quien hace el borrador; no podrá aprobarlo"},
        "entity": {"type": "string", "description": "entidad a la que se dirige, si no se lee en el texto"},
    },
}
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    **_PETITION,
                    "required": ["file"],
                    "properties": {**_PETITION["properties"], "file": {"type": "string", "format": "binary"}},  # type: ignore[dict-item]
                }
            },
            "application/json": {
                "schema": {
                    **_PETITION,
                    "required": ["text"],
                    "properties": {**_PETITION["properties"], "text": {"type": "string"}},  # type: ignore[dict-item]
                }
            },
        },
    }
}


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class NewPetition(_Body):
    """A petition that somebody pasted."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=TEXT_LIMIT)]
    received: date | None = None
    author: Name | None = None
    entity: Name | None = None


class NewFields(_Body):
    """What comes with the file of a petition."""

    received: date | None = None
    author: Name | None = None
    entity: Name | None = None


class EditRequest(Edit):
    """What somebody changes, made from a version of the text."""

    author: Name
    version: int = Field(ge=1, description="la versión sobre la que se trabajó")

    @property
    def changes(self) -> Edit:
        return Edit.model_validate(self.model_dump(exclude={"author", "version"}))


class StepRequest(_Body):
    """A step of the work on a draft."""

    action: Action
    actor: Name
    version: int = Field(ge=1, description="la versión que vio quien da el paso")
    comment: str | None = Field(None, max_length=4_000, description="al devolver: qué hay que corregir")
    reason: str | None = Field(None, max_length=4_000, description="al aprobar con cifras sin fila: por qué")


class ListQuery(_Body):
    """Which petitions, and which part of the list."""

    state: list[State] | None = None
    limit: int = Field(100, ge=1, le=500)
    offset: int = Field(0, ge=0)


@router.post("", status_code=201, openapi_extra=_BODY, response_model=Draft)
async def add_petition(request: Request, house: SharedHouse) -> JSONResponse:
    """Recibe una petición (texto o archivo) y devuelve el borrador de su respuesta."""
    if request.headers.get("content-type", "").partition(";")[0].strip() == "multipart/form-data":
        draft = await _from_form(request, house)
    else:
        asked = await _json_of(request)
        draft = await run_in_threadpool(
            house.petitions.create_from_text,
            asked.text,
            received=asked.received,
            author=asked.author,
            entity=asked.entity,
        )
    headers = {"Location": f"/v1/petitions/{draft.id}"}
    return JSONResponse(draft.model_dump(mode="json"), status_code=201, headers=headers)


async def _json_of(request: Request) -> NewPetition:
    try:
        return NewPetition.model_validate_json(await request.body())
    except ValidationError as error:
        raise RequestValidationError(error.errors(include_input=False)) from None


async def _from_form(request: Request, house: SharedHouse) -> Draft:
    async with request.form(max_files=1, max_fields=10) as form:
        files = files_of(form)
        if len(files) != 1:
            raise InputError("No llegó ningún archivo.", hint="Envíelo como multipart/form-data, en el campo «file».")
        said = {name: text_of(form, name) for name in NewFields.model_fields}
        try:
            given = NewFields.model_validate(said)
        except ValidationError as error:
            raise RequestValidationError(error.errors(include_input=False)) from None
        folder = Path(tempfile.mkdtemp(dir=house.uploads))
        try:
            (path,) = await run_in_threadpool(save_uploads, files, folder)
            return await run_in_threadpool(
                house.petitions.create_from_file,
                path,
                path.name,
                received=given.received,
                author=given.author,
                entity=given.entity,
            )
        finally:
            # What arrived is not kept: it holds the petitioner's data.
            shutil.rmtree(folder, ignore_errors=True)


@router.get("")
def list_petitions(query: Annotated[ListQuery, Query()], house: SharedHouse) -> DraftPage:
    """Las peticiones, primero las que vencen antes."""
    return house.petitions.list(query.state, query.limit, query.offset)


@router.get("/{petition_id}")
def one_petition(petition_id: str, house: SharedHouse) -> Draft:
    """Una petición con su borrador; no trae los datos del peticionario."""
    return house.petitions.get(petition_id)


@router.patch("/{petition_id}", response_model=Draft)
def edit_petition(petition_id: str, edit: EditRequest, house: SharedHouse) -> Draft | Response:
    """Cambia el borrador; si otra persona lo cambió antes, 409, y el texto queda guardado sin aplicar."""
    try:
        return house.petitions.edit(petition_id, edit.changes, author=edit.author, version=edit.version)
    except EditConflictError as error:
        return _conflict(error)


@router.post("/{petition_id}/transitions", response_model=Draft)
def take_step(petition_id: str, step: StepRequest, house: SharedHouse) -> Draft | Response:
    """Envía a revisión, devuelve, aprueba o marca como enviado."""
    try:
        return house.petitions.transition(petition_id, **step.model_dump())
    except EditConflictError as error:
        return _conflict(error)


def _conflict(error: EditConflictError) -> Response:
    now = error.content.model_dump(mode="json")
    return problem(409, str(error), current_version=error.current, kept_as=error.kept_as, content=now)


@router.get("/{petition_id}/transitions")
def transitions(petition_id: str, house: SharedHouse) -> list[Transition]:
    """Cada paso: quién, cuándo, de qué estado a cuál y por qué."""
    return list(house.petitions.transitions(petition_id))


@router.get("/{petition_id}/versions")
def versions(petition_id: str, house: SharedHouse) -> list[Version]:
    """Todas las versiones del texto."""
    return list(house.petitions.versions(petition_id))


@router.get("/{petition_id}/difference")
def difference(
    petition_id: str,
    house: SharedHouse,
    before: Annotated[int | None, Query(ge=1)] = None,
    after: Annotated[int | None, Query(ge=1)] = None,
) -> Difference:
    """Qué cambió entre dos versiones, palabra por palabra; sin ellas, desde lo último que se revisó."""
    return house.petitions.difference(petition_id, before, after)


@router.get("/{petition_id}/petitioner")
def petitioner(
    petition_id: str, house: SharedHouse, actor: Annotated[str | None, Query(max_length=200)] = None
) -> Petitioner:
    """Los datos del peticionario, que se guardan aparte; queda anotado que alguien los miró."""
    return house.petitions.petitioner(petition_id, actor=actor)


@router.get("/{petition_id}/reply.docx", response_class=Response)
def reply_docx(petition_id: str, house: SharedHouse) -> Response:
    """La respuesta en Word; lleva la marca BORRADOR mientras no esté aprobada."""
    return _file(house.petitions.reply_docx(petition_id), DOCX, "respuesta.docx")


@router.get("/{petition_id}/reply.pdf", response_class=Response)
def reply_pdf(petition_id: str, house: SharedHouse) -> Response:
    """La respuesta en PDF, donde el servidor tiene LibreOffice."""
    return _file(house.petitions.reply_pdf(petition_id), "application/pdf", "respuesta.pdf")


def _file(content: bytes, media_type: str, name: str) -> Response:
    headers: dict[str, Any] = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    return Response(content, media_type=media_type, headers=headers)
