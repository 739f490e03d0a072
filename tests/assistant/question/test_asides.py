"""What people tell before they ask: it names no other subject, and hides none either."""

from __future__ import annotations

import pytest

from assistant.corpus.matching import tokenize
from assistant.question.asides import asides
from assistant.question.lexicon import load_lexicon
from assistant.question.question import Understanding
from tests.support.records import make_row
from tests.support.town import Town, corpus_of, stem


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("¿Cuántos puentes son? Es que mi cuñado jura una vaina y la comadre otra.", False),
        ("Mi cuñado jura una vaina y la comadre otra. ¿Cuántos puentes son?", True),
    ],
)
def test_why_somebody_asks_is_told_after_it_and_names_no_subject(town: Town, text: str, expected: bool) -> None:
    assert town.read(text).tells is expected


def test_a_thing_told_and_something_counted_of_it_describe_no_third_one() -> None:
    rows = [
        make_row("d1", 1, indicator="Casetas de salvavidas construidas", target="Construir 6 casetas"),
        make_row("d1", 2, indicator="Playas limpias", target="Limpiar 4 playas"),
    ]
    read = Understanding(load_lexicon(), corpus_of(*rows)).read
    told = read("Oiga, mi suegra vende fritos en la playa. ¿Cuántos kioscos nuevos van a entregar?")
    counted = next(term for term in told.terms if term.counted)
    assert counted.text == stem("kioscos")


def test_a_year_that_is_told_is_no_time_asked_for(town: Town) -> None:
    asked = "Nosotros salimos de la vereda en 2002 por la creciente. ¿Cuántos puentes peatonales van a construir?"
    assert "Construir 7 puentes" in town.ask(asked, entity="Villa Serena").answer


@pytest.mark.parametrize("thanks", ["Gracias.", "Perfecto, muchas gracias.", "Listo,"])
def test_thanks_begin_no_other_subject(town: Town, thanks: str) -> None:
    assert "followup" in town.read(f"{thanks} ¿Y cuántos había?").cues
    answer = town.talk("¿Cuántos puentes peatonales van a construir?", f"{thanks} ¿Y cuántos había construidos antes?")
    assert answer.status == "answered"
    assert "4 puentes" in answer.answer.split("\n")[0]
