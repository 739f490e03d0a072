"""What every response tells the browser it may do, and whose requests may change something.

Headers: OWASP Secure Headers; the policy is CSP level 3. The referrer policy is ``same-origin``: under ``no-referrer``
browsers send ``Origin: null`` with our own forms (Fetch standard, 3.1), which could not be told from strangers'.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.problems import send_problem

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS: dict[str, str] = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class SecurityHeaders:
    """Middleware that sets the headers on every response, of pages and of the API alike."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, with_headers)


class SameOrigin:
    """Middleware that refuses what another site's page makes a browser send, to pages and API alike.

    Programs send neither ``Origin`` nor ``Sec-Fetch-Site``; browsers send at least one with whatever changes something.

    Args:
        app: the application behind it.
        public_url: the address behind which the server stands, where a proxy does not pass on the host's name.
    """

    def __init__(self, app: ASGIApp, public_url: str | None = None) -> None:
        self.app = app
        self._public_host = urlsplit(public_url).netloc.lower() if public_url else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in _SAFE and self._is_strange(Headers(scope=scope)):
            await send_problem(scope, receive, send, 403, "La solicitud viene de otro sitio.")
            return
        await self.app(scope, receive, send)

    def _is_strange(self, headers: Headers) -> bool:
        origin = headers.get("origin")
        if origin is not None:
            host = urlsplit(origin).netloc.lower()
            return not host or host not in (headers.get("host", "").lower(), self._public_host)
        return headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
