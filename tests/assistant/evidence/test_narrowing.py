"""A row that names a thing and not what the question narrows it to is no answer; other words for it still are."""

from __future__ import annotations

import pytest

from assistant.corpus.matching import tokenize
from assistant.question.lexicon import load_lexicon
from assistant.question.qualifiers import QualifierReader
from tests.support.town import Town


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuántas canchas sintéticas van a recuperar?",
        "¿Cuántos semáforos solares van a instalar?",
        "¿Cuántas aulas escolares de robótica van a dotar?",
        "¿Cuántos acueductos veredales subterráneos van a construir?",
        "¿Cuántos puentes peatonales en madera van a construir?",
        "brigadas de salud nocturnas: meta?",
        "¿Cuántos docentes con ceguera van a formar en lectura?",
        "¿Cuántas familias indígenas recibirán filtros de agua?",
        "¿Cuántos restaurantes escolares vegetarianos adecuarán?",
    ],
)
def test_what_no_row_narrows_a_thing_to_is_not_answered(town: Town, question: str) -> None:
    answer = town.ask(question, entity="Villa Serena")
    assert answer.status == "not_found"
    assert answer.suggestions


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("¿Cuántas canchas deportivas van a recuperar?", "26 canchas"),
        ("¿Cuántas canchas viejas del municipio van a recuperar?", "26 canchas"),
        ("¿Cuántos semáforos inteligentes piensan poner en las calles?", "14 semáforos"),
        ("¿Cuántos acueductos de las veredas van a hacer?", "nueve (9)"),
        ("¿Cuántas familias van a tener filtros de agua entregados por la alcaldía?", "1.250 familias"),
        ("Para una respuesta institucional: ¿cuántas brigadas de salud rural se van a realizar?", "48 brigadas"),
        ("¿Cuántos puentes peatonales construirá Villa Serena en el cuatrienio?", "7 puentes"),
    ],
)
def test_other_words_for_what_the_row_says_are_answered(town: Town, question: str, expected: str) -> None:
    answer = town.ask(question, entity="Villa Serena")
    assert answer.status == "answered"
    assert expected in answer.answer


def narrowed(text: str) -> dict[str, frozenset[str]]:
    """What the words of a text narrow, when each that is four letters long is a term of its own."""
    tokens = tokenize(text)
    functional = {"cuantas", "cuantos", "para", "entre", "estas", "seran"}
    terms = {at: token.stem for at, token in enumerate(tokens) if len(token.word) > 3 and token.word not in functional}
    return QualifierReader(load_lexicon()).read(tokens, text, terms)


@pytest.mark.parametrize(
    ("text", "qualifiers"),
    [
        ("¿Cuántas patrullas eléctricas van a comprar?", {"electr"}),
        ("estaciones de bomberos marítimas", {"maritim"}),
        ("transporte escolar nocturno", {"escol", "nocturn"}),
        ("docentes de música", {"music"}),
        ("viviendas que construirán en madera", {"mader"}),
        ("¿Cuántas cámaras grabaron a los ladrones con las luces?", set()),
        ("construcción de garitas", set()),
        ("motos recuperadas con lo de las cámaras", set()),
        ("cámaras viejas de la ciudad", set()),
        ("motos recuperadas; carros", set()),
        ("canchas Simón", set()),
    ],
)
def test_adjectives_and_joined_nouns_narrow_and_verbs_do_not(text: str, qualifiers: set[str]) -> None:
    assert set(narrowed(text)) == qualifiers


@pytest.mark.parametrize(
    ("text", "objects"),
    [
        ("formación de docentes en música", {"docent": "formacion"}),
        ("vacunación de los niños", {"nino": "vacun"}),
        ("docentes de música", {}),
        ("población de pescadores", {}),
        ("construcción con madera", {}),
    ],
)
def test_what_something_is_done_to_is_told_from_what_narrows(text: str, objects: dict[str, str]) -> None:
    tokens = tokenize(text)
    terms = {at: token.stem for at, token in enumerate(tokens) if len(token.word) > 3}
    assert QualifierReader(load_lexicon()).objects(tokens, terms) == objects


def test_who_a_deed_is_for_has_to_be_said_by_the_row(town: Town) -> None:
    assert town.ask("¿Cuál es la meta de vacunación de docentes?", entity="Villa Serena").status == "not_found"
    assert "95 %" in town.ask("¿Cuál es la meta de vacunación de niños?", entity="Villa Serena").answer


def test_with_the_help_of_says_by_what_and_not_which() -> None:
    text = "redes que decomisaron con ayuda de las lanchas"
    tokens = tokenize(text)
    words = [token.word for token in tokens]
    terms = {words.index("redes"): "red", words.index("ayuda"): "ayud", words.index("lanchas"): "lanch"}
    assert "lanch" not in QualifierReader(load_lexicon()).read(tokens, text, terms)
