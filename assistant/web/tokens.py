"""The token that tells a form of ours from a form that somebody else's page sends (CSRF).

Double submit: a random secret in a cookie that other sites can neither read nor set, and the same secret in the form.
In the form it is masked anew for each page, since pages are compressed (BREACH). See also ``headers.SameOrigin``.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
from collections.abc import AsyncIterator

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

FIELD = "csrf"
_COOKIE = "cabildo_csrf"
_BYTES = 24
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_STALE = "El formulario venció. Vuelva a la página, cárguela de nuevo y envíelo otra vez."


def csrf_field(request: Request) -> Markup:
    """The hidden input of a form; whoever renders it passes the response to :func:`keep_secret`."""
    secret = _secret(request)
    if secret is None:
        secret = getattr(request.state, "new_csrf", None) or secrets.token_bytes(_BYTES)
        request.state.new_csrf = secret
    mask = secrets.token_bytes(_BYTES)
    value = _text(mask + bytes(a ^ b for a, b in zip(mask, secret, strict=True)))
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, value)


def keep_secret(request: Request, response: Response) -> None:
    """Set the cookie when a form of this response was given a new secret."""
    new: bytes | None = getattr(request.state, "new_csrf", None)
    if new is not None:
        response.set_cookie(
            _cookie_name(request), _text(new), httponly=True, samesite="lax", secure=is_secure(request), path="/"
        )


async def check_token(request: Request) -> AsyncIterator[None]:
    """For each route that changes something: 403 unless the form holds the cookie's secret. Closes the form's files."""
    try:
        if request.method not in _SAFE:
            secret = _secret(request)
            given = (await request.form()).get(FIELD)
            if secret is None or not isinstance(given, str) or not hmac.compare_digest(_unmasked(given), secret):
                raise HTTPException(403, _STALE)
        yield
    finally:
        await request.close()


def is_secure(request: Request) -> bool:
    """Whether the browser came by HTTPS, as far as the server is told."""
    base = request.app.state.house.settings.public_base
    return request.url.scheme == "https" or (base is not None and base.startswith("https:"))


def _cookie_name(request: Request) -> str:
    # Browsers accept this prefix from the host itself alone, never from a sister site.
    return f"__Host-{_COOKIE}" if is_secure(request) else _COOKIE


def _secret(request: Request) -> bytes | None:
    secret = _bytes(request.cookies.get(_cookie_name(request), ""))
    return secret if len(secret) == _BYTES else None


def _unmasked(value: str) -> bytes:
    raw = _bytes(value)
    mask, masked = raw[:_BYTES], raw[_BYTES:]
    return bytes(a ^ b for a, b in zip(mask, masked, strict=False))


def _text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode()


def _bytes(value: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(value.encode("ascii"))
    except (binascii.Error, UnicodeEncodeError):
        return b""
