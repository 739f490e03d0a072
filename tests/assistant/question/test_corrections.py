"""Corrections of what was understood are read as the questions that they are."""

from __future__ import annotations

import pytest

from assistant.question.corrections import said_anew
from tests.support.town import Town


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("no, la de hurto", "¿y la de hurto?"),
        ("No, me refería a la línea base", "¿y la línea base?"),
        ("perdón, quise decir los puentes.", "¿y los puentes?"),
        ("me refiero a la meta", "¿y la meta?"),
        ("no, no esa: la de Puerto Lindo", "¿y la de Puerto Lindo?"),
    ],
)
def test_a_correction_is_a_question_that_goes_on(said: str, meant: str) -> None:
    assert said_anew(said) == meant


@pytest.mark.parametrize(
    "said",
    ["no, gracias", "no entiendo", "no, ¿cuál es la meta de los puentes?", "no sé cuál es la meta", "la otra"],
)
def test_what_is_no_correction_stands_as_it_is(said: str) -> None:
    assert said_anew(said) == said


def test_a_correction_is_answered_with_the_row_that_was_meant(town: Town) -> None:
    answer = town.talk("¿Cuál es la meta de puentes peatonales?", "no, la de canchas deportivas", "¿y la línea base?")
    assert [citation.indicator for citation in answer.citations] == ["Canchas deportivas recuperadas"]
    assert "11 canchas" in answer.answer
