"""What people tell before they ask: it names no other subject, and hides none either."""

from __future__ import annotations

import pytest

from assistant.asides import asides
from assistant.matching import tokenize
from tests.support.town import Town


def told(text: str) -> str:
    tokens = tokenize(text)
    places = asides(text, tokens)
    return " ".join(token.word for at, token in enumerate(tokens) if at in places)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yo vivo en la loma y eso da miedo. ¿Cuántos puentes van a hacer?", "yo vivo en la loma y eso da miedo"),
        (
            "mire aca en la loma nos toca pasar el rio, cuantos puentes hacen",
            "mire aca en la loma nos toca pasar el rio",
        ),
        ("Tasa de deserción escolar. ¿Cuál es la meta?", ""),
        ("La deserción escolar figura en dos presentaciones de la alcaldía. ¿Cuál es la meta?", ""),
        ("Si se suman los puentes y los acueductos de mi vereda, ¿cuánto da?", ""),
        ("Necesito para mi informe de gestión: meta de puentes peatonales al final", ""),
        ("¿Cuántos puentes van a hacer?", ""),
        ("Soy líder. ¿Cuántos puentes van a hacer?", ""),
    ],
)
def test_only_sentences_in_which_somebody_tells_are_asides(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Vivo por allá arriba y cuando llueve eso se vuelve un barrizal tenaz que ni los perros. "
            "¿Cuántos puentes peatonales van a construir?",
            "Construir 7 puentes",
        ),
        (
            "Mi comadre anda brava porque en la vereda apenas hay puentes viejos. ¿Cuántos van a hacer?",
            "Construir 7 puentes",
        ),
    ],
)
def test_what_is_told_does_not_hide_the_row(town: Town, question: str, expected: str) -> None:
    answer = town.ask(question, entity="Villa Serena")
    assert answer.status == "answered"
    assert expected in answer.answer.split("\n")[0]


def test_a_subject_that_is_told_and_nowhere_to_be_found_is_not_answered_with_another(town: Town) -> None:
    asked = "Me contaron de un teleférico que nos van a montar con vista al mar. ¿Cuántas plantas va a tener?"
    assert town.ask(asked, entity="Villa Serena").status == "not_found"
