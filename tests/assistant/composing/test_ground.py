"""The last check: no figure without its citation."""

from __future__ import annotations

import logging

import pytest

from assistant.answer import Answer, AnswerFigure, Citation
from assistant.composing.ground import ground, ungrounded
from assistant.question.query import Query

COURTS = Citation(
    n=1,
    kind="row",
    title="Plan 2024-2027",
    indicator="Canchas recuperadas",
    baseline={"text": "11 canchas", "value": 11},
    target={"text": "Recuperar veintiséis (26) canchas", "value": 26},
    quote="Canchas recuperadas\t11 canchas\tRecuperar veintiséis (26) canchas",
)


def answer(text: str, *figures: AnswerFigure, cited: tuple[Citation, ...] = (COURTS,)) -> Answer:
    return Answer(status="answered", answer=text, citations=list(cited), figures=list(figures), suggestions=["Canchas"])


@pytest.mark.parametrize(
    "text",
    [
        "La meta es: Recuperar veintiséis (26) canchas [1].",
        "La línea base es 11 canchas [1], del plan 2024-2027.",
        "No hay cifra.",
        "",
    ],
)
def test_figures_that_stand_in_a_citation_pass(text: str) -> None:
    whole = answer(text)
    assert ground(whole, Query("¿canchas?")) is whole


@pytest.mark.parametrize(
    "text",
    [
        "La meta es 27 canchas [1].",
        "La meta es 2,6 canchas [1].",
        "La meta es 260 canchas [1].",
        "La meta es 1.126 canchas [1].",
        "Son treinta y cuatro canchas [1].",
        "Se recuperan 26 canchas en 2031 [1].",
    ],
)
def test_a_figure_in_no_citation_withholds_the_answer(text: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        held = ground(answer(text), Query("¿canchas?"))
    assert (held.status, held.citations, held.figures) == ("not_found", [], [])
    assert held.suggestions == ["Canchas"]
    assert held.answer == "Los documentos no responden esta pregunta."
    assert caplog.records


def test_the_log_of_a_withheld_answer_holds_none_of_its_text(caplog: pytest.LogCaptureFixture) -> None:
    ground(answer("Llame al 3117654321 [1]."), Query("¿canchas?"))
    assert "3117654321" not in caplog.text


def test_without_citations_no_figure_stands() -> None:
    assert ungrounded(answer("Son 26.", cited=()), Query("x")) == ["26"]


def test_the_question_may_be_echoed() -> None:
    assert ungrounded(answer("No: la meta no es 500, es 26 [1]."), Query("¿es cierto que son 500?")) == []
    assert ungrounded(answer("No son quinientas [1]."), Query("¿son quinientas canchas?")) == []


def test_a_computed_figure_stands_on_its_derivation() -> None:
    text = "Diferencia: 15 (26 − 11) [1]."
    shown = AnswerFigure(text="15", value=15, citations=[1], derivation="26 − 11")
    assert ungrounded(answer(text, shown), Query("x")) == []
    assert ungrounded(answer(text, AnswerFigure(text="15", value=15, citations=[1])), Query("x")) == ["15"]


def test_marks_are_no_figures() -> None:
    assert ungrounded(answer("Canchas [1][7][12]."), Query("x")) == []


def test_an_english_answer_is_withheld_in_english() -> None:
    held = ground(answer("The target is 27 [1]."), Query("x", language="en"))
    assert held.answer == "The documents do not answer this question."
