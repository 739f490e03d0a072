"""What a question about a number asks: the number itself, a telephone, or what there is for whom."""

from __future__ import annotations

import pytest

from assistant.question.asks import asks_for
from tests.support.town import Town


@pytest.mark.parametrize(
    "question",
    [
        "marca y fabricante de los semáforos inteligentes",
        "la marca de los semáforos inteligentes",
        "¿cuál es la marca de los semáforos inteligentes?",
        "fabricante de los semáforos inteligentes",
        "marca y modelo de los semáforos inteligentes",
        "marca de semáforos inteligentes",
    ],
)
def test_the_make_of_a_thing_is_a_detail_that_only_what_says_it_answers(town: Town, question: str) -> None:
    answer = town.ask(question)
    assert answer.status == "not_found"
    assert "Los documentos no dicen ese detalle de" in answer.answer


def test_a_brand_of_the_town_is_no_detail(town: Town) -> None:
    assert "detail" not in town.read("marca de ciudad").fields


@pytest.mark.parametrize(
    "question",
    [
        "¿a qué número llamo por los accidentes en vías rurales?",
        "¿qué línea marco para los accidentes en vías rurales?",
        "número para reportar accidentes en vías rurales",
        "¿cuál teléfono tengo que llamar por accidentes en vías rurales?",
    ],
)
def test_a_telephone_is_no_number_of_cases(town: Town, question: str) -> None:
    assert town.read(question).asks("contact")
    assert town.ask(question).status == "not_found"


@pytest.mark.parametrize(
    "question", ["¿a qué número piensan bajar los accidentes en vías rurales?", "número de puentes peatonales"]
)
def test_a_number_that_is_no_telephone_is_answered(town: Town, question: str) -> None:
    assert not town.read(question).asks("contact")
    assert town.ask(question, entity="Villa Serena").status == "answered"


@pytest.mark.parametrize("question", ["nro de empleos que promete el plan", "cantidad de viviendas del plan"])
def test_a_number_at_the_head_asks_for_a_figure(question: str) -> None:
    assert asks_for(question, "gauge")


@pytest.mark.parametrize("question", ["número de teléfono de la alcaldía", "nro de contrato de la vía"])
def test_the_number_of_a_thing_that_is_numbered_is_no_count(question: str) -> None:
    assert not asks_for(question, "gauge")


@pytest.mark.parametrize(
    "question",
    [
        "¿cuántas brigadas hay para los niños que ya cumplieron?",
        "¿cuántas canchas hay para los deportistas que lograron clasificar?",
        "mi hija estudia allá, ¿cuántos restaurantes hay pa los pelaos que ya cumplieron la edad?",
    ],
)
def test_who_a_count_is_for_asks_no_progress(town: Town, question: str) -> None:
    assert not town.read(question).asks("progress")


@pytest.mark.parametrize(
    "question",
    [
        "¿cuántas metas hay que ya cumplieron?",
        "¿cuántas brigadas ya hicieron?",
        "¿cuántas hay de las metas que lograron?",
    ],
)
def test_what_a_set_has_reached_asks_progress(town: Town, question: str) -> None:
    assert town.read(question).asks("progress")


def test_complaints_are_not_the_people_served(town: Town) -> None:
    term = next(
        term for term in town.read("¿cuántas quejas recibió la ventanilla?").terms if term.text.startswith("quej")
    )
    assert {way.stems for way in term.alternatives} == {(term.text,)}
