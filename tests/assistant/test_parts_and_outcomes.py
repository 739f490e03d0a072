"""What became of things, who they were, on what they depend: a row that counts all of them says nothing of that."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.town import Town, found_town, write_slides, write_text

PLAN = """
    Alcaldía Municipal de
    Villa Serena

    PLAN DE DESARROLLO 2024 - 2027

    Dependencia: Secretaría de Gobierno
    Línea Estratégica: Territorio con Servicios
    Componente Impulsor de Avance: Vida en Común

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: PUERTAS DE LA LEY→Número de consultorios jurídicos en operación→5 consultorios jurídicos en operación Fuente: Secretaría de Gobierno, 2023→Incrementar a nueve (9) los consultorios jurídicos en operación
    →Quejas por ruido tramitadas→310 quejas por ruido Fuente: Inspección, 2023→Tramitar 400 quejas por ruido
    →Bibliotecas rurales dotadas→14 bibliotecas rurales Fuente: Secretaría de Cultura, 2023→Dotar 22 bibliotecas rurales
    →Mujeres vinculadas a huertas comunitarias→0→Vincular a 450 mujeres a huertas comunitarias
    →Campesinos con asistencia técnica→820 campesinos (310 mujeres y 510 hombres) Fuente: UMATA, 2023→Asistir a 1.400 campesinos
"""  # noqa: E501

SLIDES: tuple[tuple[str, ...], ...] = (
    ("Rendición de cuentas 2025", "Alcaldía Municipal de Villa Serena", "Vigencia 2025"),
    ("Programa: LÍNEA AMIGA", "6.240 llamadas recibidas en la línea de emergencias."),
    ("Programa: BICI SEGURA", "Se recuperaron 184 bicicletas y se decomisaron 37 navajas en los parques."),
    ("Programa: TALLERES", "Se formaron 96 tenderos en contabilidad y 40 en empaque."),
)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("outcomes")
    paths = [write_text(folder / "plan.txt", PLAN), write_slides(folder / "rendicion.pptx", SLIDES)]
    with found_town(folder / "data", paths) as town:
        yield town


@pytest.mark.parametrize(
    "question",
    [
        "De las bicicletas recuperadas, ¿cuántas volvieron a manos de su propietario?",
        "¿Cuántas de las bicicletas recuperadas eran de niños?",
        "de las navajas decomisadas en los parques, ¿cuántas terminaron en condena?",
        "De los tenderos formados en contabilidad, ¿cuántos eran venezolanos?",
        "De las 1.400 personas, ¿cuántas son indígenas?",
    ],
)
def test_what_counts_the_whole_is_no_answer_to_its_part(town: Town, question: str) -> None:
    assert town.ask(question).status == "not_found"


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuántas llamadas de la línea de emergencias quedaron sin contestar en 2025?",
        "¿Cuántas llamadas de la línea de emergencias se recibieron por mes en 2025?",
        "¿Cuántas quejas por ruido fueron rechazadas?",
        "¿Cuántas quejas por ruido fueron de mujeres?",
        "¿Cuántos consultorios jurídicos atienden las 24 horas?",
        "¿Cuántas bibliotecas rurales están en mal estado?",
        "¿Cuántas bibliotecas rurales hay por vereda?",
        "¿Cuántas bibliotecas rurales tienen ascensor?",
        "¿Cuántas mujeres recibieron consultorios jurídicos?",
        "¿Cuántas personas atendieron los consultorios jurídicos en las oficinas del centro sin respuesta?",
    ],
)
def test_an_outcome_is_told_only_by_what_says_it(town: Town, question: str) -> None:
    assert town.ask(question).status == "not_found"


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("¿Cuántas mujeres se van a vincular a las huertas comunitarias?", "450"),
        ("De los campesinos con asistencia técnica, ¿cuántos eran mujeres?", "310"),
        ("De las bibliotecas rurales, ¿cuántas van a dotar?", "22"),
        ("¿Cuántas de las bibliotecas rurales se van a dotar?", "22"),
        ("¿Cuántas bicicletas se recuperaron en 2025?", "184"),
        ("¿Cuántas llamadas recibió la línea de emergencias?", "6.240"),
        ("De los tenderos formados, ¿cuántos fueron en empaque?", "40"),
    ],
)
def test_a_part_that_is_told_is_answered(town: Town, question: str, figure: str) -> None:
    answer = town.ask(question)
    assert answer.status == "answered"
    assert figure in answer.answer


LETTER = """
    Alcaldía Municipal de Villa Serena
    Villa Serena, 14 de julio de 2025

    Radicado No. 20257000012345
    Fecha de radicado: 2025-07-14 09:41:07

    Asunto: Respuesta a su solicitud sobre el alumbrado

    Reciba un cordial saludo,

    La Secretaría de Obras informa que se cambiaron 88 luminarias en el parque central durante 2025.
"""


@pytest.fixture(scope="module")
def with_letter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("filed")
    paths = [write_text(folder / "plan.txt", PLAN), write_text(folder / "carta.txt", LETTER)]
    with found_town(folder / "data", paths) as town:
        yield town


@pytest.mark.parametrize(
    "question",
    [
        "¿A qué hora se radicó la respuesta sobre el alumbrado?",
        "a q hora quedó radicada la respuesta de Villa Serena",
        "hora del radicado 20257000012345",
    ],
)
def test_the_hour_of_a_filing_is_told(with_letter: Town, question: str) -> None:
    assert "09:41:07" in with_letter.ask(question).answer


@pytest.mark.parametrize(
    "question",
    [
        "¿A qué hora abren los consultorios jurídicos?",
        "¿cuánto se gana el director de la Secretaría de Gobierno?",
        "¿Cuánto le pagan a un funcionario de los consultorios jurídicos?",
        "los cuatro consultorios jurídicos que faltaban, ¿cuántos abrieron ya?",
        "¿Cuánto se ha pagado por las bibliotecas rurales?",
    ],
)
def test_hours_pay_and_what_was_opened_are_told_by_no_row_that_lacks_them(with_letter: Town, question: str) -> None:
    assert with_letter.ask(question).status == "not_found"


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuántas quejas por ruido tramitó la Alcaldía de Barranquilla frente a Villa Serena?",
        "meta de bibliotecas rurales de Villa Serena comparada con la de Medellín",
        "¿Cuántas bibliotecas han dotado en Villa Serena?",
        "¿En qué barrios dotarán los consultorios jurídicos?",
        "de las bibliotecas rurales, ¿cuántas ya están abiertas?",
    ],
)
def test_neither_another_city_nor_a_deed_nor_a_place_is_told_from_a_target(town: Town, question: str) -> None:
    assert town.ask(question).status == "not_found"
