"""Of who asks what is built, rows that only mend are no answer, and the reverse."""

from __future__ import annotations

import pytest

from tests.support.town import Town


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuántas plantas de tratamiento de agua potable van a construir?",
        "¿Cuántos restaurantes escolares va a construir Villa Serena?",
        "¿Cuántos puentes peatonales van a reparar?",
    ],
)
def test_building_and_mending_are_not_told_for_each_other(town: Town, question: str) -> None:
    assert town.ask(question, entity="Villa Serena").status == "not_found"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("¿Cuántos puentes peatonales van a construir?", "Construir 7 puentes"),
        ("¿Cuántas plantas de tratamiento de agua potable van a mejorar?", "Optimizar dos (2) plantas"),
        ("¿Cuántos restaurantes escolares van a arreglar?", "Adecuar 18 restaurantes"),
    ],
)
def test_other_words_for_the_same_act_are_answered(town: Town, question: str, expected: str) -> None:
    answer = town.ask(question, entity="Villa Serena")
    assert answer.status == "answered"
    assert expected in answer.answer
