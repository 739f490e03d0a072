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


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Los acueductos veredales de por aquí no sirven y nos toca cargar agua. "
            "¿A cuántos de esos les van a meter la mano y ponerles obra nueva?",
            "Construir nueve (9) acueductos veredales",
        ),
        (
            "Mi abuelo siempre iba a las canchas deportivas y ahora no puede. ¿Cuántas de ellas van a recuperar?",
            "Recuperar 26 canchas",
        ),
    ],
)
def test_a_pronoun_stands_for_what_was_told(town: Town, question: str, expected: str) -> None:
    answer = town.ask(question, entity="Villa Serena")
    assert answer.status == "answered"
    assert expected in answer.answer.split("\n")[0]


def test_why_somebody_asks_is_told_after_it_and_narrows_nothing(town: Town) -> None:
    asked = "¿Cuántas canchas deportivas son? Es que mi cuñado jura una vaina y la comadre dice que otra."
    assert "Recuperar 26 canchas" in town.ask(asked, entity="Villa Serena").answer


def test_a_year_that_is_told_is_no_time_asked_for(town: Town) -> None:
    asked = "Nosotros salimos de la vereda en 2002 por la creciente. ¿Cuántos puentes peatonales van a construir?"
    assert "Construir 7 puentes" in town.ask(asked, entity="Villa Serena").answer


def test_what_is_told_in_words_that_no_document_has_is_not_taken_for_words_near_to_them(town: Town) -> None:
    terms = town.read("Mi tía vendía puertos de juguete y perdió todo. ¿Cuántos puentes peatonales van a hacer?").terms
    assert all(term.told is False for term in terms if "puent" in term.text)
    assert not any(term.told and len(term.alternatives) > 1 for term in terms)


@pytest.mark.parametrize("thanks", ["Gracias.", "Perfecto, muchas gracias.", "Listo,"])
def test_thanks_begin_no_other_subject(town: Town, thanks: str) -> None:
    answer = town.talk("¿Cuántos puentes peatonales van a construir?", f"{thanks} ¿Y cuántos había construidos antes?")
    assert answer.status == "answered"
    assert "4 puentes" in answer.answer.split("\n")[0]
