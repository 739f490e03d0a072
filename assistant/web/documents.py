"""*Documentos*: what is in the knowledge base and what was unsure about it, bringing some in, taking one out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from assistant.api.documents import receive
from assistant.api.house import House, SharedHouse
from assistant.api.jobs import Job
from assistant.api.problems import problem_object
from assistant.pages import Page, Web
from assistant.render import document_json
from assistant.store import AuditEntry, AuditLog
from assistant.web.people import person_of
from assistant.web.templating import is_fragment
from ingest.records import Document

if TYPE_CHECKING:
    from ingest.report import IngestReport

_ACTIONS = {
    "document.added": "Se leyó",
    "document.updated": "Se leyó una versión nueva de",
    "document.removed": "Se quitó",
}
_ENTRIES_READ = 500
_ENTRIES_SHOWN = 30

STATUSES = {
    "added": "Leído",
    "updated": "Leído: reemplaza la versión anterior",
    "unchanged": "Ya estaba, sin cambios",
    "failed": "No se pudo leer",
    "removed": "Quitado",
}
STAGES = {"reading": "leyendo páginas", "embedding": "preparando la búsqueda", "saving": "guardando"}


@dataclass(frozen=True)
class Event:
    """Something that was done with a document: what, of which name, by whom and when, and what it replaced."""

    said: str
    name: str
    who: str | None
    at: str
    before: Mapping[str, Any] | None


def page(web: Web) -> Page:
    """The page and its routes."""
    router = APIRouter(prefix="/documentos")

    @router.get("")
    def documents(request: Request, house: SharedHouse) -> Response:
        found = [document_json(document) for document in house.knowledge.documents()]
        return web.render(
            request,
            "documents/page.html",
            documents=found,
            history=_history(house),
            max_mb=house.settings.max_file_mb,
        )

    @router.post("")
    async def upload(request: Request, house: SharedHouse) -> Response:
        job = await receive(await request.form(), house, _audited(house, person_of(request)))
        return RedirectResponse(f"/documentos/tareas/{job.id}", status_code=303)

    @router.get("/tareas/{job_id}")
    def job_page(job_id: str, request: Request, house: SharedHouse) -> Response:
        job = house.jobs.get(job_id)
        template = "documents/job.html" if is_fragment(request) else "documents/job_page.html"
        return web.render(request, template, job=job, percent=percent_of(job), statuses=STATUSES, stages=STAGES)

    @router.get("/{document_id}")
    def document(document_id: str, request: Request, house: SharedHouse) -> Response:
        found = house.knowledge.document(document_id)
        rows = house.knowledge.document_rows(found.document_id)
        kinds = house.knowledge.count_kinds().get(found.document_id, {})
        return web.render(
            request,
            "documents/document.html",
            document=document_json(found),
            kinds=kinds,
            row_warnings=[(row, notice) for row in rows for notice in row.warnings],
            differences=house.knowledge.snapshot().differences.get(found.document_id, ()),
            job=None,
        )

    @router.get("/{document_id}/quitar")
    def ask_to_remove(document_id: str, request: Request, house: SharedHouse) -> Response:
        found = house.knowledge.document(document_id)
        return web.render(request, "documents/remove.html", document=document_json(found))

    @router.post("/{document_id}/quitar")
    def remove(document_id: str, request: Request, house: SharedHouse) -> Response:
        found = house.knowledge.document(document_id)
        house.knowledge.remove(found.document_id)
        detail = {"document": found.name, "rows": found.rows}
        _audit(house).record(AuditEntry("document.removed", person_of(request), found.document_id, detail))
        return RedirectResponse("/documentos", status_code=303)

    return Page("Documentos", "/documentos", router)


def percent_of(job: Job) -> int:
    """How far a job is, in hundredths: files done, and of the file at work half for reading, half for the rest."""
    if job.state == "done":
        return 100
    if not job.total:
        return 0
    part = 0.0
    if job.part is not None and job.part.total:
        part = job.part.done / job.part.total / 2 + (0.5 if job.part.stage == "embedding" else 0.0)
    elif job.part is not None and job.part.stage == "saving":
        part = 0.95
    return min(99, int((min(job.done, job.total - 1) + part) / job.total * 100)) if job.state == "running" else 0


def job_problem(job: Job) -> str | None:
    """Why a job failed."""
    return None if job.error is None else str(job.error.get("detail", problem_object(500)["detail"]))


def _audit(house: House) -> AuditLog:
    return AuditLog(house.knowledge.engine)


def _audited(house: House, who: str | None) -> Callable[[IngestReport], None]:
    """Notes who brought which documents, and which versions they replaced."""
    before = {(document.info.entity, document.name): document for document in house.knowledge.documents()}

    def told(report: IngestReport) -> None:
        after = {document.document_id: document for document in house.knowledge.documents()}
        for one in report.documents:
            if one.status in ("added", "updated") and one.document_id in after:
                document = after[one.document_id]
                older = before.get((document.info.entity, document.name))
                detail = {"document": document.name, "rows": document.rows, "before": _version(older, document)}
                _audit(house).record(AuditEntry(f"document.{one.status}", who, document.document_id, detail))

    return told


def _version(older: Document | None, newer: Document) -> dict[str, Any] | None:
    if older is None or older.document_id == newer.document_id:
        return None
    return {"document_id": older.document_id[:12], "rows": older.rows, "ingested_at": older.ingested_at}


def _history(house: House) -> Sequence[Event]:
    entries = _audit(house).entries(limit=_ENTRIES_READ)
    return [
        Event(_ACTIONS[one.action], one.detail.get("document", ""), one.actor, one.at, one.detail.get("before"))
        for one in entries
        if one.action in _ACTIONS
    ][:_ENTRIES_SHOWN]
