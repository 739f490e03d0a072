"""The application: middleware, errors and routes put together, and what is loaded before the first request."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from assistant.api import ask, documents, feedback, health, petitions, rows
from assistant.api.body_limit import BodyLimit
from assistant.api.house import Answerer, House
from assistant.api.problems import install_problems
from assistant.api.unexpected import UnexpectedErrors
from assistant.settings import Settings, apply_quiet_environment, read_settings
from assistant.version import installed_version
from assistant.web import add_pages

if TYPE_CHECKING:
    from ingest.knowledge import KnowledgeBase

_SMALL_BODY = 1_000_000  # bytes; a question is never longer
_FORM_OVERHEAD = 100_000  # bytes of a multipart body that are not the file's


def create_app(
    settings: Settings | None = None,
    assistant: Answerer | None = None,
    knowledge: KnowledgeBase | None = None,
) -> FastAPI:
    """The API, ready to be served.

    Args:
        settings: None reads them from the environment, so that this is a factory for any ASGI server.
        assistant: None makes one over the knowledge base at start.
        knowledge: None opens the configured one at start and closes it at the end; one handed over is left open.
    """
    settings = settings or read_settings()
    apply_quiet_environment(settings.embedder, reranker=settings.reranker)
    house = House(settings, assistant, knowledge)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with tempfile.TemporaryDirectory(prefix="cabildo-") as folder:
            house.uploads = Path(folder)
            opened = await run_in_threadpool(house.load)
            try:
                yield
            finally:
                house.ready = False
                await run_in_threadpool(house.jobs.close)
                await run_in_threadpool(house.close, opened)

    app = FastAPI(
        title="Cabildo",
        description="Lo que un gobierno prometió y lo que cumplió: cada cifra con la fila del indicador en que está.",
        version=installed_version(),
        lifespan=lifespan,
        openapi_url="/v1/openapi.json",
        docs_url=None,  # those of FastAPI load scripts from another host; ours is /docs of assistant.web
        redoc_url=None,
    )
    app.state.house = house
    upload_limit = settings.max_file_mb * 1_000_000 + _FORM_OVERHEAD
    uploads = ("/v1/documents", "/v1/petitions", "/documentos", "/peticiones")
    limits = {("POST", path): upload_limit for path in uploads}
    app.add_middleware(BodyLimit, limits=limits, default=_SMALL_BODY)
    app.add_middleware(UnexpectedErrors)
    install_problems(app)
    for routes in (ask, rows, documents, petitions, feedback, health):
        app.include_router(routes.router)
    add_pages(app, settings)
    return app
