"""The last net: an exception nobody foresaw becomes a problem document with a number to find it by."""

from __future__ import annotations

import logging
import secrets
import traceback

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.problems import send_problem

log = logging.getLogger(__name__)


class UnexpectedErrors:
    """Middleware that answers 500 and logs where it happened.

    The log has the exception's class and its frames but not its message, which may quote a document or a citizen.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            incident = log_incident(error, f"{scope['method']} {scope['path']}")
            if not started:
                detail = f"Algo falló en el servidor. Si vuelve a pasar, repórtelo con el número {incident}."
                await send_problem(scope, receive, send, 500, detail, incident=incident)


def log_incident(error: Exception, doing: str) -> str:
    """Log an exception without its message; returns the number to find it by."""
    incident = secrets.token_hex(4)
    frames = "".join(traceback.format_tb(error.__traceback__))
    log.error("incident %s, %s, %s\n%s", incident, doing, type(error).__name__, frames)
    return incident
