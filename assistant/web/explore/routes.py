"""The routes of *Explorar*: the page, its parts for htmx, and the spreadsheets of what it shows."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from assistant.api.house import House, SharedHouse
from assistant.export import to_csv, write_xlsx
from assistant.pages import Page, Web
from assistant.render import row_json, standing_json
from assistant.standing_text import percent_text, progress_text
from assistant.web.cards import Card, card_of_row
from assistant.web.explore.charts import SIDE, baseline_against_target, budget_by_programme, targets_by
from assistant.web.explore.entries import CHANGES, FACETS, Entries, Entry
from assistant.web.explore.selection import PER_PAGE, Selection, choices, read_selection, select
from assistant.web.proposals import warning_name
from assistant.web.templating import is_fragment
from assistant.web.words import BOGOTA, kind

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Values of a facet that are listed; whoever looks for another one types its name.
_MOST_CHOICES = 100
#: What a spreadsheet needs to know that a CSV file is UTF-8.
_BYTE_ORDER_MARK = "\ufeff"


def page(web: Web) -> Page:
    """The page and its routes."""
    router = APIRouter()
    entries = Entries()

    @router.get("/explorar")
    def explore(request: Request, house: SharedHouse) -> Response:
        wanted = read_selection(request.query_params)
        all_entries = entries.of(house.knowledge.snapshot())
        asked = _asked(house, wanted)
        found = select(all_entries, wanted, asked)
        fragment = is_fragment(request)
        values = _shown(found, wanted) if wanted.view == "tabla" else _drawn(found, wanted)
        response = web.render(
            request,
            "explore/results.html" if fragment else "explore/page.html",
            wanted=wanted,
            total=len(found),
            of_all=len(all_entries),
            facets=FACETS,
            choices=choices(all_entries if asked is None else select(all_entries, Selection(), asked), wanted),
            most_choices=_MOST_CHOICES,
            label=label_of,
            **values,
        )
        if fragment:
            typing = "texto" in request.headers.get("hx-source", "")
            response.headers["HX-Replace-Url" if typing else "HX-Push-Url"] = wanted.address()
        return response

    def exported(house: House, request: Request) -> list[Mapping[str, Any]]:
        wanted = read_selection(request.query_params)
        found = select(entries.of(house.knowledge.snapshot()), wanted, _asked(house, wanted))
        return [row_json(entry.row, entry.document, entry.standing) for entry in found]

    @router.get("/explorar.csv")
    def as_csv(request: Request, house: SharedHouse) -> Response:
        return _file((_BYTE_ORDER_MARK + to_csv(exported(house, request))).encode(), "text/csv; charset=utf-8", "csv")

    @router.get("/explorar.xlsx")
    def as_xlsx(request: Request, house: SharedHouse) -> Response:
        with tempfile.TemporaryDirectory(prefix="cabildo-") as folder:
            path = Path(folder) / "filas.xlsx"
            write_xlsx(exported(house, request), path)
            return _file(path.read_bytes(), _XLSX, "xlsx")

    return Page("Explorar", "/explorar", router)


def _asked(house: House, wanted: Selection) -> list[str] | None:
    """The ids of the rows that the selection's questions ask for."""
    if not wanted.questions:
        return None
    entities, periods = wanted.chosen.get("entidad", ()), wanted.chosen.get("periodo", ())
    entity = entities[0] if len(entities) == 1 else None
    period = periods[0] if len(periods) == 1 else None
    return house.assistant.rows_asked(wanted.questions, entity, period)


def _shown(found: Sequence[Entry], wanted: Selection) -> dict[str, Any]:
    pages = max(1, -(-len(found) // PER_PAGE))
    page_number = min(wanted.page, pages)
    start = (page_number - 1) * PER_PAGE
    shown = found[start : start + PER_PAGE]
    lines = [_line(entry) for entry in shown]
    return {
        "lines": lines,
        "has_progress": wanted.order == "avance" or any(reached for _, _, reached, _, _ in lines),
        "page_number": page_number,
        "pages": pages,
        "first": start + 1 if shown else 0,
        "last": start + len(shown),
    }


def _line(entry: Entry) -> tuple[Card, str, str, str, str]:
    """A row's card, its kind, how far it is, its programme, and whose it is and where it stands."""
    standing = standing_json(entry.standing)
    card = card_of_row(row_json(entry.row, entry.document), entry.document.title)
    reached = " · ".join(filter(None, (progress_text(standing), percent_text(standing))))
    where = ", ".join(filter(None, (entry.row.entity, entry.row.period, str(entry.row.place))))
    return card, kind(entry.row.kind), reached, entry.row.programme or "", where


def _drawn(found: Sequence[Entry], wanted: Selection) -> dict[str, Any]:
    return {
        "by_programme": targets_by("programa", found, wanted),
        "by_office": targets_by("dependencia", found, wanted),
        "against": baseline_against_target(found, wanted),
        "budget": budget_by_programme(found, wanted),
        "side": SIDE,
    }


def label_of(facet: str, value: str) -> str:
    """How a value of a facet is written."""
    if facet == "clase":
        return kind(value)
    if facet == "cambio":
        return CHANGES.get(value, value)
    return warning_name(value) if facet == "advertencia" else value


def _file(content: bytes, media_type: str, suffix: str) -> Response:
    name = f"cabildo-filas-{datetime.now(BOGOTA):%Y-%m-%d}.{suffix}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return Response(content, media_type=media_type, headers=headers)
