"""Errors as problem documents (RFC 9457), in Spanish, for every way a request can fail.

No problem repeats what was sent: a petition's text or a citizen's name may stand in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from ingest.errors import CabildoError, InputError, NotFoundError, SettingsError, StoreError

MEDIA_TYPE = "application/problem+json"

#: Title and, where nothing more is known, detail of each status.
_TITLES: dict[int, tuple[str, str]] = {
    400: ("Solicitud mal formada", "La solicitud no se entiende."),
    403: ("Solicitud rechazada", "No se puede hacer eso desde aquí."),
    404: ("No existe", "Esta dirección no existe en el servidor."),
    405: ("Método no admitido", "Esta dirección no admite ese método."),
    409: ("Conflicto", "Otra persona cambió esto mientras tanto."),
    411: ("Falta el tamaño", "Diga el tamaño del envío en Content-Length."),
    413: ("Envío demasiado grande", "El envío supera el tamaño permitido."),
    415: ("Tipo de contenido no admitido", "Envíe el contenido en el tipo que pide esta dirección."),
    422: ("Datos no válidos", "Hay datos que no sirven."),
    500: ("Error interno", "Algo falló en el servidor. Inténtelo de nuevo más tarde."),
    503: ("Servicio no disponible", "El servicio no está listo todavía. Inténtelo de nuevo en un momento."),
}

#: Statuses whose detail comes from a library, in English; ours stands in for it.
_SAID_BY_LIBRARIES = frozenset({400, 405})

#: The status of each error of the house; the nearest class wins.
_STATUSES: dict[type[Exception], int] = {
    NotFoundError: 404,
    InputError: 422,
    SettingsError: 500,
    StoreError: 503,
    CabildoError: 500,
}

#: What is wrong with a field, by pydantic's error type.
_REASONS: dict[str, str] = {
    "missing": "es obligatorio",
    "extra_forbidden": "no se conoce",
    "json_invalid": "no es JSON válido",
    "model_attributes_type": "debe ser un objeto JSON",
    "string_type": "debe ser un texto",
    "string_too_short": "no puede estar vacío",
    "string_too_long": "es demasiado largo: admite hasta {max_length} caracteres",
    "int_parsing": "debe ser un número entero",
    "int_type": "debe ser un número entero",
    "greater_than_equal": "debe ser {ge} o más",
    "less_than_equal": "debe ser {le} o menos",
    "date_from_datetime_parsing": "debe ser una fecha como 2026-01-31",
    "date_parsing": "debe ser una fecha como 2026-01-31",
    "literal_error": "debe ser uno de estos valores: {expected}",
}


def problem_object(status: int, detail: str | None = None, **extra: Any) -> dict[str, Any]:
    """The members of a problem document; ``extra`` are its extension members."""
    title, usual = _TITLES.get(status, (HTTPStatus(status).phrase, HTTPStatus(status).description))
    return {"type": "about:blank", "title": title, "status": status, "detail": detail or usual, **extra}


def problem(
    status: int, detail: str | None = None, *, headers: Mapping[str, str] | None = None, **extra: Any
) -> JSONResponse:
    """A problem document as a response."""
    return JSONResponse(
        problem_object(status, detail, **extra), status_code=status, headers=headers, media_type=MEDIA_TYPE
    )


async def send_problem(
    scope: Scope,
    receive: Receive,
    send: Send,
    status: int,
    detail: str,
    headers: Mapping[str, str] | None = None,
    **extra: Any,
) -> None:
    """Answer from within a middleware: as the application's pages say it to a browser, else as a problem document."""
    as_page = getattr(getattr(scope.get("app"), "state", None), "error_page", None)
    shown: Response | None = None if as_page is None else as_page(Request(scope), problem_object(status, detail))
    if shown is not None:
        shown.headers.update(headers or {})
    await (shown or problem(status, detail, headers=headers, **extra))(scope, receive, send)


def status_of(error: Exception) -> int:
    """The HTTP status of an error, by walking its classes."""
    return next((_STATUSES[kind] for kind in type(error).__mro__ if kind in _STATUSES), 500)


def install_problems(app: FastAPI) -> None:
    """Make every error that routes raise come out as a problem document; the unforeseen are UnexpectedErrors' part."""
    for kind in (CabildoError, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, _problem_of)


def problem_members(error: Exception) -> dict[str, Any]:
    """The members of the problem document of an error that routes raise."""
    if isinstance(error, RequestValidationError):
        faults = list(_faults(error))
        detail = "; ".join(f"«{fault['field']}» {fault['message']}" for fault in faults)
        return problem_object(422, f"Hay datos que no sirven: {detail}.", errors=faults)
    if isinstance(error, HTTPException):
        english = error.status_code in _SAID_BY_LIBRARIES or error.detail == HTTPStatus(error.status_code).phrase
        return problem_object(error.status_code, None if english else error.detail)
    return problem_object(status_of(error), str(error))


async def _problem_of(request: Request, error: Exception) -> JSONResponse:
    members = problem_members(error)
    headers = error.headers if isinstance(error, HTTPException) else None
    return JSONResponse(members, status_code=members["status"], headers=headers, media_type=MEDIA_TYPE)


def _faults(error: RequestValidationError) -> Iterable[dict[str, str]]:
    for item in error.errors():
        where = [str(part) for part in item["loc"] if part not in ("body", "query", "path")]
        if item["type"] == "json_invalid":
            where = []
        reason = _REASONS.get(item["type"], "no tiene la forma esperada").format(**item.get("ctx", {}))
        yield {"field": ".".join(where) or "cuerpo", "message": reason}
