"""*Preguntar*: a question box, the answer with the rows it stands in, an opinion on it, and what is asked next."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from pydantic import StringConstraints
from starlette.responses import Response, StreamingResponse

from assistant.answer import Answer, Question
from assistant.api.ask import QUESTION_LIMIT
from assistant.api.feedback import conversations_of
from assistant.api.house import House, SharedHouse
from assistant.api.problems import problem_members, problem_object
from assistant.api.unexpected import log_incident
from assistant.conversation import CONVERSATION_ID_LIMIT
from assistant.pages import Page, Render, Web
from assistant.store import Verdict
from assistant.web.answers import Turn, turn_of
from assistant.web.people import asker_of, clean_name, person_of, remember_person
from assistant.web.proposals import examples, follow_ups
from assistant.web.templating import is_fragment
from ingest.errors import CabildoError, NotFoundError

_REASON_LIMIT = 2_000  # characters
_EMPTY = "Escriba su pregunta."
_TOO_LONG = f"La pregunta es demasiado larga: admite hasta {QUESTION_LIMIT} caracteres."

Text = Annotated[str, StringConstraints(strip_whitespace=True)]


def page(web: Web) -> Page:
    """The page and its routes."""
    router = APIRouter()
    render = web.render

    @router.get("/")
    def home(request: Request, house: SharedHouse, conversacion: str | None = None) -> Response:
        turns = _turns(request, house, conversacion) if conversacion else []
        return _show(request, house, turns, conversacion if turns else None)

    @router.post("/preguntar")
    def ask(
        request: Request,
        house: SharedHouse,
        pregunta: Annotated[Text, Form()] = "",
        conversacion: Annotated[Text, Form(max_length=CONVERSATION_ID_LIMIT)] = "",
        entidad: Annotated[Text, Form()] = "",
        periodo: Annotated[Text, Form()] = "",
    ) -> Response:
        complaint = _EMPTY if not pregunta else _TOO_LONG if len(pregunta) > QUESTION_LIMIT else None
        if complaint is not None:
            if is_fragment(request):
                return render(request, "ask/complaint.html", complaint=complaint)
            return _show(request, house, [], conversacion or None, complaint=complaint, status=422)
        asked = Question(
            question=pregunta,
            conversation_id=conversacion or None,
            entity=entidad or None,
            period=periodo or None,
        )
        if is_fragment(request):
            return _streamed(request, house, asked, render)
        answer = house.assistant.ask(asked, asker_of(request))
        turns = _turns(request, house, answer.conversation_id) or [_turn(request, house, pregunta, answer)]
        return _show(request, house, turns, answer.conversation_id, entity=entidad, period=periodo)

    @router.post("/opinion")
    def give_opinion(
        request: Request,
        house: SharedHouse,
        respuesta: Annotated[str, Form(min_length=1, max_length=64)],
        veredicto: Annotated[Verdict, Form()],
        motivo: Annotated[Text, Form(max_length=_REASON_LIMIT)] = "",
        nombre: Annotated[Text, Form()] = "",
    ) -> Response:
        who = clean_name(nombre) or person_of(request)
        conversations_of(house).add_feedback(respuesta, veredicto, motivo or None, who)
        template = "ask/thanks.html" if is_fragment(request) else "ask/thanks_page.html"
        response = render(request, template, key=respuesta, verdict=veredicto, reason=motivo)
        if who is not None:
            remember_person(request, response, who)
        return response

    def _show(
        request: Request,
        house: House,
        turns: Sequence[Turn],
        conversation: str | None,
        *,
        complaint: str | None = None,
        status: int = 200,
        entity: str = "",
        period: str = "",
    ) -> Response:
        snapshot = house.knowledge.snapshot()
        entities = sorted({row.entity for row in snapshot.rows if row.entity})
        periods = sorted({row.period for row in snapshot.rows if row.period})
        return render(
            request,
            "ask/page.html",
            status=status,
            turns=turns,
            conversation=conversation,
            complaint=complaint,
            examples=examples(snapshot.rows),
            is_empty=not snapshot.documents,
            entities=entities,
            periods=periods,
            entity=entity,
            period=period,
        )

    return Page("Preguntar", "/", router)


def _turn(request: Request, house: House, question: str, answer: Answer) -> Turn:
    base = house.settings.public_base or str(request.base_url).rstrip("/")
    return turn_of(question, answer, follow_ups(), _page_of(house), base)


def _turns(request: Request, house: House, conversation: str | None) -> list[Turn]:
    """The last turns of a conversation."""
    if conversation is None:
        return []
    history = conversations_of(house).history(conversation)
    return [_turn(request, house, turn.question, turn.answer) for turn in history]


def _page_of(house: House) -> Callable[[str], bool]:
    """Whether there is a picture of the page that a row stands on."""

    def has_page(row_id: str) -> bool:
        try:
            row = house.knowledge.row(row_id)
            return house.images.refusal(row, house.knowledge.document(row.document_id)) is None
        except NotFoundError:
            return False

    return has_page


def _streamed(request: Request, house: House, asked: Question, render: Render) -> Response:
    """The answer as server-sent events, each a piece of HTML that says by itself where it belongs."""
    key = secrets.token_hex(6)

    def event(template: str, **values: Any) -> str:
        html = render.text(request, template, key=key, **values)
        return "".join(f"data: {line}\n" for line in html.splitlines() if line.strip()) + "\n"

    def events() -> Iterator[str]:
        yield event("ask/waiting.html", question=asked.question)
        try:
            for part in house.assistant.stream(asked, asker_of(request)):
                if isinstance(part, str):
                    yield event("ask/delta.html", text=part)
                else:
                    turn = _turn(request, house, asked.question, part)
                    yield event("ask/answer.html", turn=turn, conversation=part.conversation_id)
        except CabildoError as error:
            yield event("ask/failed.html", question=asked.question, problem=problem_members(error))
        except Exception as error:
            number = log_incident(error, "POST /preguntar")
            members = problem_object(500, f"Algo falló en el servidor. Repórtelo con el número {number}.")
            yield event("ask/failed.html", question=asked.question, problem=members)

    return StreamingResponse(
        events(), media_type="text/event-stream", headers={"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
    )
