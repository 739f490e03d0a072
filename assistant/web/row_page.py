"""``/filas/{id}``: one row with all that it says, the page it stands on, and the rows it belongs with."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from assistant.api.house import SharedHouse
from assistant.export import BUDGET_ITEMS
from assistant.pages import Web
from assistant.render import row_json, standing_json
from assistant.standing_text import percent_text, progress_text
from assistant.web.cards import card_of_row
from assistant.web.proposals import warning_name
from ingest.errors import NotFoundError
from ingest.knowledge import KnowledgeBase
from ingest.records import IndicatorRow


def router(web: Web) -> APIRouter:
    """The route of a row."""
    routes = APIRouter()

    @routes.get("/filas/{row_id}")
    def row_page(row_id: str, request: Request, house: SharedHouse) -> Response:
        knowledge = house.knowledge
        row = knowledge.row(row_id)
        document = knowledge.document(row.document_id)
        refusal = house.images.refusal(row, document)
        standing = standing_json(knowledge.snapshot().standing(row))
        base = house.settings.public_base or str(request.base_url).rstrip("/")
        card = card_of_row(row_json(row, document), document.title, has_page=refusal is None)
        return web.render(
            request,
            "row.html",
            card=card,
            row=row_json(row, document),
            title=document.title,
            refusal=refusal,
            progress=progress_text(standing),
            percent=percent_text(standing),
            budget_items=BUDGET_ITEMS,
            warning_name=warning_name,
            related=_related(knowledge, row),
            copy_text=f"«{row.quote}»\n{card.source}\n{base}/filas/{row.row_id}",
        )

    return routes


def _related(knowledge: KnowledgeBase, row: IndicatorRow) -> list[dict[str, Any]]:
    """The rows that this one reports on, or that report on it."""
    found = []
    for link in row.links:
        try:
            other = knowledge.row(link.row_id)
            found.append(row_json(other, knowledge.document(other.document_id)))
        except NotFoundError:
            continue  # taken out a moment ago
    return found
