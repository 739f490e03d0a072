"""The indicator rows, filtered, and one by one."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from assistant.api.house import SharedHouse
from assistant.render import row_json, rows_json
from ingest.errors import NotFoundError
from ingest.knowledge import RowFilter
from ingest.records import RowKind

router = APIRouter(prefix="/v1/rows", tags=["filas"])


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
    limit: int = Field(50, ge=1, le=500)
    offset: int = Field(0, ge=0)


@router.get("")
def list_rows(query: Annotated[RowQuery, Query()], house: SharedHouse) -> dict[str, Any]:
    """Las filas que cumplen los filtros: cuántas son y la parte pedida."""
    wanted = RowFilter(**query.model_dump(exclude={"limit", "offset"}))
    total, rows = house.knowledge.rows(wanted, limit=query.limit, offset=query.offset)
    standing_of = house.knowledge.snapshot().standing
    return {"total": total, "rows": rows_json(rows, house.knowledge.documents(), standing_of)}


@router.get("/{row_id}")
def one_row(row_id: str, house: SharedHouse) -> dict[str, Any]:
    """Una fila, con todo lo que dice."""
    row = house.knowledge.row(row_id)
    return row_json(row, house.knowledge.document(row.document_id), house.knowledge.snapshot().standing(row))


@router.get("/{row_id}/page.png", response_class=Response)
def page_image(row_id: str, house: SharedHouse) -> Response:
    """La página en que está la fila, como imagen."""
    house.knowledge.row(row_id)
    raise NotFoundError("No hay imagen de la página de esta fila.")
