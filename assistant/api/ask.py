"""Asking: the whole answer at once, or sentence by sentence as server-sent events."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import Field, StringConstraints
from starlette.responses import StreamingResponse

from assistant.answer import Answer, Question
from assistant.api.house import SharedHouse
from assistant.api.problems import problem_object, status_of
from assistant.api.unexpected import log_incident
from assistant.auditing import Asker
from ingest.errors import CabildoError

router = APIRouter(prefix="/v1/ask", tags=["preguntas"])

QUESTION_LIMIT = 4_000  # characters
#: What a proxy that lets people in says who they are with. Whoever reaches the server past it can say anything.
_USER_HEADER = "x-forwarded-user"
_USER_LIMIT = 200  # characters


class AskRequest(Question):
    """A question as it arrives over HTTP."""

    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=QUESTION_LIMIT)] = Field(
        description="la pregunta, con las palabras de quien pregunta"
    )


def asker_of(request: Request) -> Asker:
    """Who asks over HTTP, as the proxy before the server says."""
    return Asker("api", request.headers.get(_USER_HEADER, "")[:_USER_LIMIT] or None)


HttpAsker = Annotated[Asker, Depends(asker_of)]


@router.post("")
def ask(asked: AskRequest, house: SharedHouse, asker: HttpAsker) -> Answer:
    """Una pregunta, una respuesta; cada cifra con su cita."""
    return house.assistant.ask(asked, asker)


@router.post("/stream", response_class=StreamingResponse)
def ask_stream(asked: AskRequest, house: SharedHouse, asker: HttpAsker) -> StreamingResponse:
    """Lo mismo, en eventos: `delta` por cada frase comprobada y `answer` al final."""
    parts = house.assistant.stream(asked, asker)
    # The first part is awaited here, so that what fails before there is anything to say is an ordinary problem.
    first = next(parts, None)
    rest = parts if first is None else chain([first], parts)
    return StreamingResponse(
        _events(rest),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-cache", "X-Accel-Buffering": "no"},
    )


def _events(parts: Iterator[str | Answer]) -> Iterator[str]:
    try:
        for part in parts:
            if isinstance(part, Answer):
                yield _event("answer", part.model_dump(mode="json"))
            else:
                yield _event("delta", {"text": part})
    except CabildoError as error:
        yield _event("error", problem_object(status_of(error), str(error)))
    except Exception as error:
        yield _event("error", problem_object(500, incident=log_incident(error, "POST /v1/ask/stream")))


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
