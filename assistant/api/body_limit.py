"""A request's body may have so many bytes and no more, whatever its header says."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.problems import send_problem


class BodyLimit:
    """Middleware that refuses larger bodies: at once by Content-Length, or as soon as the bytes that came are too many.

    Args:
        app: the application behind it.
        limits: bytes by (method, path); ``default`` holds for the others.
    """

    def __init__(self, app: ASGIApp, limits: dict[tuple[str, str], int], default: int) -> None:
        self.app = app
        self.limits = limits
        self.default = default

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self.limits.get((scope["method"], scope["path"].rstrip("/")), self.default)
        detail = f"El envío supera el tamaño permitido, de {limit // 1_000_000} MB."
        declared = dict(scope["headers"]).get(b"content-length", b"")
        if declared.isdigit() and int(declared) > limit:
            await send_problem(scope, receive, send, 413, detail, {"connection": "close"})
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise HTTPException(413, detail, headers={"connection": "close"})
            return message

        await self.app(scope, counted, send)
