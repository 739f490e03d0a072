"""What people say in other words than documents print: another form of a verb, what a deed implies, both genders
at once, what is told of whom."""

from __future__ import annotations

import pytest

from tests.support.town import Town


def told(town: Town, *turns: str) -> str:
    answer = town.talk(*turns)
    assert answer.status == "answered", answer.answer
    return answer.answer


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("¿Cuántas luminarias van a ser repuestas?", "410"),
        ("¿Cuántas luminarias van a reponer?", "410"),
        ("luminarias x reponer, meta", "410"),
        ("¿Cuántos predios de nacimientos de agua piensan adquirir?", "17"),
        ("¿Cuántas cámaras PTZ fueron repuestas?", "12"),
        ("How many street lights will be replaced?", "410"),
    ],
)
def test_a_verb_finds_the_noun_of_its_family(bay: Town, question: str, expected: str) -> None:
    assert expected in told(bay, question)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("¿Cuántos celulares robados han recuperado con las cámaras?", "35 celulares recuperados"),
        ("¿Cuántas motos hurtadas se recuperaron?", "88 motocicletas recuperadas"),
        ("¿Cuántos carros robados devolvieron?", "6 vehículos recuperados"),
        ("motos y celulares recuperados c/ cámaras", "88 motocicletas recuperadas"),
    ],
)
def test_what_a_deed_implies_tells_no_others_apart(bay: Town, question: str, expected: str) -> None:
    assert expected in told(bay, question)


def test_what_no_deed_implies_still_does(bay: Town) -> None:
    assert bay.ask("¿Cuántos celulares robados hubo?").status == "not_found"
    assert bay.ask("¿Cuántos celulares satelitales han recuperado?").status == "not_found"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("grupos gestores/as de paz - meta", "11 grupos"),
        ("¿Cuántos grupos de gestores(as) de paz van a crear?", "11 grupos"),
        ("cuántas jornadas de mediación van a hacer con las pandillas de pelaos", "7 jornadas"),
        ("¿Cuántas cárceles en edificio propio del municipio van a poner a funcionar?", "2 establecimientos"),
    ],
)
def test_other_names_of_people_and_places(bay: Town, question: str, expected: str) -> None:
    assert expected in told(bay, question)


def test_what_people_did_asks_for_no_money_and_no_progress(bay: Town) -> None:
    asked = "¿Y a los muchachos menores que ya pagaron su sanción, cuántas estrategias hay para ayudarlos cuando salen?"
    assert "5 estrategias" in told(bay, asked)
    assert bay.read(asked).fields == ()
    assert bay.read("¿Cuántas de las que sufrieron la guerra van a recibir ayuda?").fields == ()
    assert "budget" in bay.read("¿Cuánta plata pagaron por las luminarias?").fields
    assert "period" in bay.read("¿Cuántas lanchas entregan y cuando las entregan?").fields


def test_of_what_sorts_goes_on_with_a_row_that_says_them(bay: Town) -> None:
    first, second = "¿Cuántas lanchas para la vigilancia había a diciembre de 2023?", "¿Y cuántas se van a entregar?"
    assert "13 lanchas" in told(bay, first, second)
    assert "patrullera, de rescate y ambulancia" in told(bay, first, second, "¿De qué tipos son?")


def test_a_verb_of_doing_alone_names_no_other_thing(bay: Town) -> None:
    answer = told(bay, "¿Cuántas luminarias del alumbrado hay en la línea base?", "¿Y cuántas van a reponer?")
    assert "410" in answer


def test_the_same_is_asked_of_another_programme(town: Town) -> None:
    answer = town.talk("¿Cuántos contratos tuvo el programa Gota a Gota?", "¿Y en Bata Blanca?")
    assert answer.status == "answered"
    assert "Número de contratos: 5" in answer.answer
