"""The HTTP API: registers routes and renders what the assistant and the knowledge base return, nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant.api.house import Answerer
    from assistant.settings import Settings
    from ingest.knowledge import KnowledgeBase

__all__ = ["create_app"]


def create_app(
    settings: Settings | None = None,
    assistant: Answerer | None = None,
    knowledge: KnowledgeBase | None = None,
) -> FastAPI:
    """The application of :func:`assistant.api.app.create_app`, for ASGI servers as ``assistant.api:create_app``.

    It is put together of all parts, which use modules of this package: it is imported when it is made, not with them.
    """
    from assistant.api import app

    return app.create_app(settings, assistant, knowledge)
