"""What people say in other words than documents print: another form of a verb, what a deed implies, what is left out,
both genders at once, what is told of whom."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.town import Town, found_town, write_text

PLAN = """
    Alcaldía Municipal de
    Bahía Clara

    PLAN DE DESARROLLO 2024 - 2027

    Dependencia: Secretaría de Gobierno
    Línea Estratégica: Vida en Paz
    Componente Impulsor de Avance: Convivencia

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: NOCHE CLARA→Reposición de luminarias del alumbrado→120 luminarias Fuente: Oficina de Energía, 2023→410 luminarias
    →Predios de nacimientos de agua en adquisición→3 predios Fuente: Oficina de Aguas, 2023→17 predios
    →Lanchas para la vigilancia entregadas→4 lanchas Fuente: Capitanía, diciembre de 2023→Entregar 13 lanchas (patrullera, de rescate y ambulancia)
    →Botes de la escuela entregados→1 bote Fuente: Capitanía, 2023→Entregar 6 botes
    PROGRAMA: MANO AMIGA→Jornadas de mediación y desarme con grupos juveniles→0→Desarrollar 7 jornadas de mediación con grupos juveniles
    →Estrategias de acompañamiento a adolescentes egresados del Sistema de Responsabilidad Penal→0→Implementar 5 estrategias
    →Grupos de gestores y gestoras de paz creados→2 grupos Fuente: Secretaría de Gobierno, 2023→Crear 11 grupos
    →Establecimiento de reclusión operando en un inmueble del municipio→Celdas en inmuebles en arriendo→Poner en operación 2 establecimientos
"""  # noqa: E501

LETTER = """
    Alcaldía Municipal de Bahía Clara
    Secretaría de Seguridad

    Radicado No. 20250000098765
    Fecha: 3 de abril de 2025

    Asunto: Respuesta a derecho de petición sobre cámaras

    Entre los principales avances de 2025 se destacan:

    - Reposición de 14 cámaras LPR e implementación de 31 cámaras LPR fijas.
    - Contratación con la EDA, iniciada en marzo de 2025, para modernización tecnológica, incluyendo:
     - Implementación de 90 cámaras LPR fijas.
     - Reposición de 12 cámaras PTZ.

    Gracias al uso del sistema de videovigilancia, en lo corrido de 2025, se han logrado: 88 motocicletas recuperadas,
    35 celulares recuperados y 6 vehículos recuperados.
"""


@pytest.fixture(scope="module")
def bay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("bay")
    paths = [write_text(folder / "plan.txt", PLAN), write_text(folder / "carta.txt", LETTER)]
    with found_town(folder / "data", paths) as town:
        yield town


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
    "question",
    [
        "cámaras LPR fuera del contrato EDA: repuestas y nuevas fijas",
        "¿Cuántas cámaras LPR repusieron y cuántas fijas pusieron, aparte de las del contrato con la EDA?",
        "How many LPR cameras were replaced, and how many fixed ones were installed, apart from the EDA contract?",
    ],
)
def test_what_stands_under_what_is_left_out_is_no_answer(bay: Town, question: str) -> None:
    answer = told(bay, question)
    assert "14 cámaras LPR" in answer
    assert "31 cámaras LPR fijas" in answer
    assert "90" not in answer


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
