"""Who works on a page: people give their name, which a cookie of their browser keeps, until there is a sign-in.

A name is no proof of anything; it is kept beside opinions and reviews so that colleagues know whom to ask.
"""

from __future__ import annotations

import unicodedata
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from assistant.auditing import Asker
from assistant.web.tokens import is_secure

NAME_LIMIT = 80  # characters
_COOKIE = "cabildo_nombre"
_HALF_A_YEAR = 180 * 24 * 3600


def person_of(request: Request) -> str | None:
    """The name that somebody gave, None when nobody did."""
    return clean_name(unquote(request.cookies.get(_COOKIE, ""))) or None


def asker_of(request: Request) -> Asker:
    """Who asks on the web, by the name that they gave."""
    return Asker("web", person_of(request))


def clean_name(name: str) -> str:
    """A name on one line, without control characters, cut to a length that fits."""
    printable = "".join(" " if unicodedata.category(letter).startswith(("C", "Z")) else letter for letter in name)
    return " ".join(printable.split())[:NAME_LIMIT].strip()


def remember_person(request: Request, response: Response, name: str) -> None:
    """Keep a name in the browser, or forget it when it is empty."""
    kept = clean_name(name)
    if not kept:
        response.delete_cookie(_COOKIE, path="/")
        return
    response.set_cookie(
        _COOKIE,
        quote(kept, safe=""),
        max_age=_HALF_A_YEAR,
        httponly=True,
        samesite="lax",
        secure=is_secure(request),
        path="/",
    )
