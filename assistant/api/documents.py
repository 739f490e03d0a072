"""The documents: what is in the knowledge base, bringing some in, taking one out."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import JSONResponse, Response

from assistant.api.house import House, SharedHouse
from assistant.api.jobs import Job, Work
from assistant.api.uploads import files_of, refuse_idle, save_settings, save_uploads, text_of
from assistant.ingesting import ingest
from assistant.render import document_json
from ingest.errors import InputError
from ingest.progress import Progress
from ingest.records import Overrides

if TYPE_CHECKING:
    from ingest.report import IngestReport

router = APIRouter(prefix="/v1", tags=["documentos"])

_FILES_LIMIT = 50  # of one request

#: What FastAPI cannot read from a form that is parsed by hand, so that files may come in a field of any name.
_FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "array", "items": {"type": "string", "format": "binary"}},
                        "entity": {"type": "string"},
                        "period": {"type": "string"},
                        "settings": {
                            "type": "string",
                            "format": "binary",
                            "description": "un cabildo.yaml: de qué son los documentos y cómo se leen sus tablas",
                        },
                    },
                }
            }
        },
    }
}


@router.get("/documents")
def list_documents(house: SharedHouse) -> dict[str, Any]:
    """Los documentos que hay."""
    documents = [document_json(document) for document in house.knowledge.documents()]
    return {"total": len(documents), "documents": documents}


@router.post("/documents", status_code=202, openapi_extra=_FORM)
async def add_documents(request: Request, house: SharedHouse) -> JSONResponse:
    """Recibe uno o varios archivos y los lee en segundo plano; la tarea dice cómo va."""
    async with request.form(max_files=_FILES_LIMIT, max_fields=20) as form:
        job = await receive(form, house)
    return JSONResponse(job.model_dump(mode="json"), status_code=202, headers={"Location": f"/v1/jobs/{job.id}"})


async def receive(form: FormData, house: House, told: Callable[[IngestReport], None] = lambda _report: None) -> Job:
    """Take the files of a form and queue the job that reads them; ``told`` hears of its report.

    Raises:
        InputError: when there is none, too many, or what is said of them is not understood.
    """
    files = files_of(form)
    if not files:
        raise InputError("No llegó ningún archivo.", hint="Envíelo como multipart/form-data, en el campo «file».")
    if len(files) > _FILES_LIMIT:
        raise InputError(f"Son demasiados archivos: se admiten {_FILES_LIMIT} a la vez.")
    folder = Path(tempfile.mkdtemp(dir=house.uploads))
    try:
        said = await save_settings(form, folder)
        paths = await run_in_threadpool(save_uploads, files, folder)
        refuse_idle(said, paths)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    given = Overrides(entity=text_of(form, "entity"), period=text_of(form, "period"))
    return house.jobs.submit([path.name for path in paths], _work(house, folder, paths, given, told))


def _work(
    house: House, folder: Path, paths: list[Path], given: Overrides, told: Callable[[IngestReport], None]
) -> Work:
    def work(progress: Progress) -> dict[str, Any]:
        try:
            report = ingest(house.settings, house.knowledge, paths, given, progress=progress)
            told(report)
            return report.model_dump(mode="json")
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    return work


@router.get("/jobs/{job_id}")
def job(job_id: str, house: SharedHouse) -> Job:
    """Cómo va una tarea y, al final, su informe."""
    return house.jobs.get(job_id)


@router.delete("/documents/{document_id}", status_code=204)
def remove_document(document_id: str, house: SharedHouse) -> Response:
    """Saca un documento con sus filas y pasajes."""
    document = house.knowledge.document(document_id)
    house.knowledge.remove(document.document_id)
    return Response(status_code=204)
