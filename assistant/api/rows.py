"""The indicator rows, filtered, and one by one."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from starlette.responses import Response

from assistant.api.ask import QUESTION_LIMIT
from assistant.api.house import SharedHouse
from assistant.render import row_json, rows_json
from ingest.knowledge import RowFilter
from ingest.records import RowKind

router = APIRouter(prefix="/v1/rows", tags=["filas"])

_PICTURE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"image/png": {"schema": {"type": "string", "format": "binary"}}}},
    304: {"description": "La imagen no cambió."},
    404: {"description": "No existe la fila, o no hay imagen de su página; el detalle dice por qué."},
}


class RowQuery(BaseModel):
    """The filters of the command line, and which part of the result. An unknown filter is an error, not ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document: str | None = Field(None, description="identificador, su comienzo o nombre de archivo")
    kind: RowKind | None = None
    dependency: str | None = None
    programme: str | None = None
    text: str | None = None
    entity: str | None = None
    period: str | None = None
    question: list[Annotated[str, StringConstraints(min_length=1, max_length=QUESTION_LIMIT)]] | None = Field(
        None, max_length=20, description="las filas que pide una pregunta sobre un conjunto, tras las que continúa"
    )
    limit: int = Field(50, ge=1, le=500)
    offset: int = Field(0, ge=0)


@router.get("")
def list_rows(query: Annotated[RowQuery, Query()], house: SharedHouse) -> dict[str, Any]:
    """Las filas que cumplen los filtros: cuántas son y la parte pedida."""
    wanted = RowFilter(**query.model_dump(exclude={"limit", "offset", "question"}))
    standing_of = house.knowledge.snapshot().standing
    if query.question:
        asked = house.assistant.rows_asked(query.question, query.entity, query.period)
        _, matching = house.knowledge.rows(wanted)
        known = {row.row_id: row for row in matching}
        rows = [known[row_id] for row_id in asked if row_id in known]
        total, rows = len(rows), rows[query.offset : query.offset + query.limit]
    else:
        total, rows = house.knowledge.rows(wanted, limit=query.limit, offset=query.offset)
    return {"total": total, "rows": rows_json(rows, house.knowledge.documents(), standing_of)}


@router.get("/{row_id}")
def one_row(row_id: str, house: SharedHouse) -> dict[str, Any]:
    """Una fila, con todo lo que dice y, si la hay, la dirección de la imagen de su página."""
    row = house.knowledge.row(row_id)
    document = house.knowledge.document(row.document_id)
    shown = house.images.refusal(row, document) is None
    found = row_json(row, document, house.knowledge.snapshot().standing(row))
    return {**found, "page_image": f"/v1/rows/{row.row_id}/page.png" if shown else None}


@router.head("/{row_id}/page.png", include_in_schema=False)
@router.get("/{row_id}/page.png", response_class=Response, responses=_PICTURE)
def page_image(row_id: str, request: Request, house: SharedHouse) -> Response:
    """La página en que está la fila, como imagen, con la fila resaltada; si no la hay, un 404 que dice por qué."""
    row = house.knowledge.row(row_id)
    document = house.knowledge.document(row.document_id)
    tag = f'"{house.images.etag(row, document)}"'
    # Whoever has the picture asks again each time: a document that was taken out is not to be shown from a cache.
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if tag in _tags(request) and house.images.refusal(row, document) is None:
        return Response(status_code=304, headers=headers)
    picture = house.images.image(row, document)
    return Response(picture, media_type="image/png", headers=headers)


def _tags(request: Request) -> list[str]:
    """The entity tags a client has, compared weakly (RFC 9110, 13.1.2)."""
    return [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
