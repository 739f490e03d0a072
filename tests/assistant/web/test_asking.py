"""Preguntar without JavaScript, and the pieces that it streams to those who have it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import httpx
import pytest

from assistant.answer import Answer, Citation, Question
from assistant.api import create_app
from assistant.auditing import Asker
from assistant.settings import Settings
from assistant.web.answers import copy_text, explore_address, lines_of, turn_of
from assistant.web.bars import WIDTH, Amount, bars
from assistant.web.proposals import examples
from tests.assistant.web.conftest import Visitor
from tests.support.browser import serve
from tests.support.town import Town

ATTACK = '<script>alert("x")</script><img src=x onerror=alert(1)>'


def conversation_in(text: str) -> str:
    found = re.search(r'id="conversacion-id" value="([^"]+)"', text)
    assert found is not None
    return found[1]


def test_a_question_is_answered_with_its_row_without_javascript(visitor: Visitor) -> None:
    page = visitor.post("/preguntar", {"pregunta": "¿Cuántos acueductos veredales se van a construir?"})
    assert page.status_code == 200
    assert "nueve (9) acueductos veredales" in page.text
    assert "Respondida con los documentos" in page.text
    assert re.search(r'<a class="mark" href="#cita-(\w+)-1" aria-label="Cita 1">1</a>', page.text)
    assert 'aria-label="Línea base: 3 acueductos. Meta: Construir nueve (9) acueductos veredales. "' in page.text


def test_the_next_question_of_a_conversation_goes_on_with_the_one_before(visitor: Visitor) -> None:
    first = visitor.post("/preguntar", {"pregunta": "¿Cuántos acueductos veredales se van a construir?"})
    fields = {"pregunta": "¿Y cuál es la línea base?", "conversacion": conversation_in(first.text)}
    second = visitor.post("/preguntar", fields)
    assert second.text.count('<article class="turn"') == 2
    assert "3 acueductos" in second.text
    again = visitor.get(f"/?conversacion={conversation_in(second.text)}")
    assert again.text.count('<article class="turn"') == 2


def test_what_the_documents_do_not_say_is_said_so(visitor: Visitor) -> None:
    page = visitor.post("/preguntar", {"pregunta": "¿Cuántos submarinos nucleares hay?"})
    assert "Los documentos no lo dicen" in page.text


@pytest.mark.parametrize(("question", "complaint"), [("  ", "Escriba su pregunta"), ("a" * 4_001, "demasiado larga")])
def test_a_question_that_is_none_gets_a_complaint_at_its_box(question: str, complaint: str, visitor: Visitor) -> None:
    page = visitor.post("/preguntar", {"pregunta": question})
    assert page.status_code == 422
    assert 'aria-describedby="reparo"' in page.text
    assert complaint in page.text


def test_markup_in_a_question_is_shown_as_text(visitor: Visitor) -> None:
    page = visitor.post("/preguntar", {"pregunta": f"¿Cuántos acueductos? {ATTACK}"}).text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert html.escape("<script>alert(", quote=False) in page


def streamed(visitor: Visitor, question: str) -> str:
    fields = {"csrf": visitor.token(), "pregunta": question}
    response = visitor.client.post("/preguntar", data=fields, headers={"hx-request": "true"})
    assert response.headers["content-type"].startswith("text/event-stream")
    return response.text


def test_the_answer_comes_in_pieces_that_say_where_they_belong(visitor: Visitor) -> None:
    events = streamed(visitor, "¿Cuántos acueductos veredales se van a construir?").strip().split("\n\n")
    assert all(line.startswith("data: ") for event in events for line in event.splitlines())
    assert "Buscando en los documentos" in events[0]
    assert any('hx-target="#texto-' in event for event in events[1:-1])
    assert "nueve (9)" in events[-1]
    assert 'id="conversacion-id"' in events[-1]


def test_a_sentence_is_sent_before_the_next_one_is_there(web_town: Town, tmp_path: Path) -> None:
    seen = Event()

    def stream(question: Question, asker: Asker) -> Iterator[str | Answer]:
        assert asker.front_end == "web"
        yield "La primera frase.\n"
        assert seen.wait(20), "the first sentence was held back"
        yield Answer(status="answered", answer="La primera frase.\nLa segunda.", answer_id="a1", conversation_id="c1")

    settings = Settings(data_dir=tmp_path, chat_model=None, _env_file=None)
    app = create_app(settings, SimpleNamespace(stream=stream), web_town.knowledge)  # type: ignore[arg-type]
    with serve(app) as address, httpx.Client(base_url=address) as client:
        form = client.get("/", headers={"accept": "text/html"}).text
        token = re.findall(r'name="csrf" value="([^"]+)"', form)[0]
        fields = {"csrf": token, "pregunta": "¿Qué?"}
        headers = {"hx-request": "true", "accept-encoding": "gzip"}
        received = ""
        with client.stream("POST", "/preguntar", data=fields, headers=headers) as response:
            for piece in response.iter_text():
                received += piece
                if "La primera frase." in received:
                    seen.set()
    assert "La segunda." in received


def test_markup_in_a_streamed_question_is_text_too(visitor: Visitor) -> None:
    text = streamed(visitor, ATTACK)
    assert "<script>" not in text
    assert "<img" not in text
    assert "&lt;script&gt;" in text


def test_an_opinion_is_kept_with_its_reason_and_the_persons_name(visitor: Visitor, web_town: Town) -> None:
    page = visitor.post("/preguntar", {"pregunta": "¿Cuántas aulas escolares se van a dotar?"}).text
    answer_id = re.findall(r'name="respuesta" value="(\w+)"', page)[-1]
    thanks = visitor.post("/opinion", {"respuesta": answer_id, "veredicto": "down"})
    assert "¿Qué está mal o qué falta?" in thanks.text
    said = {"respuesta": answer_id, "veredicto": "down", "motivo": "Falta el año", "nombre": "Ana  Ruiz"}
    assert "cabildo_nombre=Ana%20Ruiz" in visitor.post("/opinion", said).headers["set-cookie"]
    visitor.post("/opinion", {"respuesta": answer_id, "veredicto": "up"})
    from assistant.store import read_feedback
    from ingest.database import reading

    with reading(web_town.knowledge.engine) as connection:
        kept = read_feedback(connection, answer_id)
    assert [(one.verdict, one.reason, one.user) for one in kept] == [
        ("down", None, None),
        ("down", "Falta el año", "Ana Ruiz"),
        ("up", None, "Ana Ruiz"),
    ]


def test_every_example_is_answered_by_the_rows_it_was_made_from(web_town: Town) -> None:
    proposed = examples(web_town.knowledge.snapshot().rows)
    assert len(proposed) >= 3
    for question in proposed:
        assert web_town.ask(question).status == "answered", question


def test_marks_of_citations_that_are_not_there_stay_text() -> None:
    (line,) = lines_of("La meta es 9 [1], no 10 [2].", "k", {1})
    assert 'href="#cita-k-1"' in line.html
    assert "no 10 [2]." in line.html


def test_the_address_of_a_set_leads_to_its_rows_on_the_page() -> None:
    address = "/v1/rows?question=Lista+las+metas&entity=Villa+Serena&limit=67"
    assert explore_address(address) == "/explorar?pregunta=Lista+las+metas&entidad=Villa+Serena"
    (line,) = lines_of(f"Y 57 más; la lista completa está en {address}.", "k")
    assert str(line.html).endswith("la página Explorar</a>.")


def test_lines_of_an_answer_are_told_apart() -> None:
    lines = lines_of("2 metas:\n- Una <b>\n- Otra\n\nOjo: dudosa.", "k")
    assert [line.kind for line in lines] == ["sentence", "item", "item", "caution"]
    assert "&lt;b&gt;" in lines[1].html


def test_copied_text_carries_source_quote_and_address() -> None:
    citation = Citation(n=1, kind="row", row_id="r1", title="Plan", document="plan.pdf", page=3, quote="Puentes | 7")
    answer = Answer(status="answered", answer="La meta es 7 [1].", citations=[citation], answer_id="a1")
    expected = "La meta es 7 [1].\n\nFuentes:\n[1] Plan (plan.pdf), página 3: «Puentes | 7» http://h/filas/r1"
    assert copy_text(answer, "http://h") == expected
    assert turn_of("¿?", answer, base="http://h").copy_text == expected


def amount(name: str, value: float | None, unit: str | None = None) -> Amount:
    return Amount(name, name, str(value), value, unit)


def test_bars_share_a_scale_that_begins_at_zero() -> None:
    base, target = bars(amount("base", 3), amount("meta", 9))
    assert (base.length, target.length) == (round(WIDTH / 3, 1), WIDTH)


@pytest.mark.parametrize(
    "pair",
    [
        (amount("base", None), amount("meta", 9)),
        (amount("base", 8.4, "%"), amount("meta", 9, "acueductos")),
        (amount("base", -2), amount("meta", 9)),
        (amount("base", 0), amount("meta", 0)),
    ],
    ids=["unknown", "percentage beside a count", "below zero", "nothing but zero"],
)
def test_what_cannot_be_compared_is_not_drawn(pair: tuple[Amount, Amount]) -> None:
    assert bars(*pair) == ()
