"""What a question asks for has to be said: a part of a printed number, the noun it begins with, a channel."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.town import Town, found_town, write_slides, write_text

PLAN = """
    Alcaldía Municipal de
    Villa Serena

    PLAN DE DESARROLLO 2024 - 2027

    Dependencia: Secretaría de Movilidad
    Línea Estratégica: Territorio con Servicios
    Componente Impulsor de Avance: Caminos que Unen

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: RUEDA SEGURA→Vehículos de rescate entregados→12 vehículos Fuente: Oficina de Obras, 2023→Entregar 46 vehículos (ambulancia, lancha, grúa)
    →Canchas deportivas recuperadas→11 canchas Fuente: Instituto de Deportes, 2023→Recuperar 26 canchas
    →Hogares con gas domiciliario→310 hogares Fuente: Empresa de Gas, 2023→Conectar a 900 hogares de las veredas
"""  # noqa: E501

SLIDES: tuple[tuple[str, ...], ...] = (
    ("Rendición de cuentas 2025", "Alcaldía Municipal de Villa Serena", "Vigencia 2025"),
    (
        "Programa: MANOS EXPERTAS",
        "Indicador de producto: Capacitar a 200 tenderos en administración",
        "Contabilidad: 48\nVitrinas: 96\nEmpaque: 16\nTotal general: 160",
    ),
    ("Programa: PUERTAS ABIERTAS", "4.000 visitantes atendidos en la oficina de turismo."),
)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("parts")
    paths = [write_text(folder / "plan.txt", PLAN), write_slides(folder / "rendicion.pptx", SLIDES)]
    with found_town(folder / "data", paths) as town:
        yield town


@pytest.mark.parametrize(
    "question",
    [
        "de los 46 vehículos, ¿cuántas ambulancias y cuántas lanchas?",
        "¿Cuántos de los 46 vehículos son grúas?",
        "¿Cuántas lanchas hay entre los 46 vehículos de rescate?",
        "De las 26 canchas, ¿cuántas son de baloncesto?",
        "¿Cuántas de las 26 canchas quedan en la cabecera?",
        "de los 900 hogares, ¿cuántos son de mujeres?",
        "de los 4.000 visitantes, ¿cuántos eran extranjeros?",
        "de los 160 tenderos capacitados, ¿cuántos eran jóvenes?",
        "¿Qué porcentaje de los 900 hogares con gas domiciliario son indígenas?",
        "¿Qué porcentaje de los 310 hogares con gas domiciliario son indígenas?",
        "¿Cuántos de los 310 hogares con gas domiciliario viven en la zona rural dispersa?",
    ],
)
def test_the_whole_is_no_answer_to_how_many_of_it_are_of_a_kind(town: Town, question: str) -> None:
    answer = town.ask(question)
    assert answer.status == "not_found", answer.answer


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("de los 160 tenderos capacitados, ¿cuántos en vitrinas?", "96"),
        ("¿Cuántos de los 160 se capacitaron en empaque?", "16"),
        ("De las 11 canchas recuperadas, ¿cuántas van a ser al final?", "26"),
        ("¿Cuántas ambulancias, lanchas y grúas van a entregar?", "46"),
    ],
)
def test_a_part_that_is_printed_and_what_is_no_part_are_told(town: Town, question: str, figure: str) -> None:
    answer = town.ask(question)
    assert answer.status == "answered"
    assert figure in [one.text.rstrip(".") for one in answer.figures] or f" {figure} " in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "drones que trae el programa RUEDA SEGURA",
        "helicópteros en los vehículos de rescate?",
        "becas para los tenderos en administración",
        "tractores que entregan con los vehículos de rescate",
        "ascensores en las canchas deportivas?",
    ],
)
def test_a_row_without_the_noun_that_a_question_begins_with_answers_nothing(town: Town, question: str) -> None:
    answer = town.ask(question)
    assert answer.status == "not_found", answer.answer


def test_the_noun_that_a_question_begins_with_is_found_where_a_row_has_it(town: Town) -> None:
    assert "46" in town.ask("ambulancias que van a entregar con los vehículos de rescate").answer
    assert "900" in town.ask("hogares que van a conectar al gas").answer


@pytest.mark.parametrize(
    "question",
    [
        "visitantes atendidos por WhatsApp en la oficina de turismo",
        "¿Cuántos visitantes atendió la oficina de turismo por redes sociales?",
        "turismo: visitantes atendidos por chat",
    ],
)
def test_all_who_were_served_are_no_answer_for_one_channel(town: Town, question: str) -> None:
    assert town.ask(question).status == "not_found"
