"""What is reckoned of a thing, however it is asked: verbs of change and of missing, shares, rests, ends of two rows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.question.changing import change_words
from tests.support.town import Town, found_town, write_slides, write_text

PLAN = """
    Alcaldía Municipal de
    Alto Molino

    PLAN DE DESARROLLO 2024 - 2027

    Dependencia: Secretaría de Seguridad
    Línea Estratégica: Barrios Tranquilos
    Componente Impulsor de Avance: Convivencia

    Metas de Resultado:

    Indicador→Línea base→Meta→ODS
    Tiempo de respuesta de las ambulancias→Tiempo promedio de 25 minutos Fuente: Hospital, 2023→Reducir el tiempo de respuesta a 10 minutos→3. Salud
    Número de casos de riñas→200 casos de riñas Fuente: Policía, 2023→Reducir el número de riñas a 150→16. Paz
    Número de casos de abigeato→80 casos de abigeato Fuente: Policía, 2023→Reducir el número de casos de abigeato a 50→16. Paz
    Proporción de hogares que superan la pobreza→1.200 (de un total de 5.000 hogares sujetos de atención) Fuente: Sisbén, 2023→Incrementar en 4% la proporción de hogares que superan la pobreza→1. Pobreza

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: LUZ Y ORDEN→Luminarias instaladas→640 luminarias instaladas a corte 2023 Fuente: Empresa de Luz, 2023→Instalar doscientas (200) luminarias nuevas
    →Luminarias mantenidas→640 luminarias instaladas a corte 2023 Fuente: Empresa de Luz, 2023→Mantener quinientas ochenta (580) luminarias
    →Bibliotecas rurales nuevas construidas→3 bibliotecas rurales existentes Fuente: Oficina de Cultura, 2023→Construir dos (2) bibliotecas rurales nuevas
    →Bibliotecas rurales adecuadas→Biblioteca de La Loma sin techo Fuente: Oficina de Cultura, 2023→Adecuar cuatro (4) bibliotecas rurales
    →Número de ambulancias del hospital→5 ambulancias Fuente: Hospital, 2023→Incrementar a nueve (9) el número de ambulancias del hospital
"""  # noqa: E501

SLIDES = (
    ("Rendición de cuentas 2025", "Alcaldía Municipal de Alto Molino", "Vigencia 2025"),
    (
        "Programa: LUZ Y ORDEN",
        "NO. DE CONTRATOS ASIGNADO EJECUTADO PORCENTAJE\n4 $800.000.000 $500.000.000 62,5%",
    ),
)


@pytest.fixture(scope="module")
def mill(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("mill")
    paths = [write_text(folder / "plan.txt", PLAN), write_slides(folder / "rendicion.pptx", SLIDES)]
    with found_town(folder / "data", paths) as town:
        yield town


def computed(town: Town, question: str) -> set[str]:
    answer = town.ask(question)
    return {figure.text for figure in answer.figures if figure.derivation}


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("¿Cuántos minutos se recortarían en la respuesta de las ambulancias si se cumple la meta?", "15"),
        ("¿En cuántos minutos se acortaría la respuesta de las ambulancias?", "15"),
        ("De alcanzarse lo planeado, ¿cuántos casos de riñas caen?", "50"),
        ("¿En cuánto se rebajan los casos de abigeato?", "30"),
        ("ambulancias del hospital: cuantas hay q conseguir pa cumplir", "4"),
        ("¿Cuántas ambulancias del hospital tendrían que adquirir para llegar a lo prometido?", "4"),
    ],
)
def test_verbs_of_change_and_of_missing_ask_for_the_difference(mill: Town, question: str, result: str) -> None:
    assert result in computed(mill, question)


def test_verbs_of_change_are_known_in_every_form() -> None:
    assert {"caen", "recortarian", "acortara", "disminuyo", "creceria", "mermaron"} <= change_words()


def test_new_ones_alone_are_not_taken_off_what_there_was(mill: Town) -> None:
    assert "440" not in computed(mill, "¿Cuántas luminarias nuevas hay que instalar para cumplir?")


@pytest.mark.parametrize(
    "question",
    [
        "Si se suman las bibliotecas rurales nuevas y las que se van a adecuar, ¿cuántas bibliotecas son?",
        "¿Cuántas son las bibliotecas rurales nuevas más las que se van a adecuar?",
    ],
)
def test_new_things_and_things_mended_are_added_up(mill: Town, question: str) -> None:
    assert "6" in computed(mill, question)


@pytest.mark.parametrize(
    "question",
    [
        "¿Qué diferencia hay entre las luminarias que estaban instaladas a 2023 y las que se propone mantener?",
        "¿Cuál es la diferencia entre las luminarias que había instaladas en 2023 y las que se van a mantener?",
    ],
)
def test_what_there_was_of_one_row_is_set_against_what_comes_of_another(mill: Town, question: str) -> None:
    assert computed(mill, question) == {"60"}


@pytest.mark.parametrize(
    "question",
    [
        "En proporción a su punto de partida, ¿cuál baja más según las metas: los casos de riñas o los de abigeato?",
        "¿Cuál baja más en términos relativos: los casos de riñas o los de abigeato?",
    ],
)
def test_falls_in_proportion_are_told_of_both(mill: Town, question: str) -> None:
    assert {"25 %", "37,5 %"} <= computed(mill, question)


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuántos hogares no han superado la pobreza?",
        "¿Cuántos hogares faltan por superar la pobreza?",
        "¿A cuántos hogares les falta superar la pobreza?",
    ],
)
def test_what_a_part_leaves_of_its_whole(mill: Town, question: str) -> None:
    assert "3.800" in computed(mill, question)


@pytest.mark.parametrize(
    "question",
    [
        "luz y orden: asignado menos ejecutado",
        "luz y orden: asignado - ejecutado",
        "luz y orden: presupuesto menos lo ejecutado",
    ],
)
def test_assigned_less_executed_is_worked_out(mill: Town, question: str) -> None:
    assert "300.000.000" in computed(mill, question)


def test_what_is_done_is_of_the_thing_named_before(mill: Town) -> None:
    assert "6" not in computed(mill, "ambulancias: construidas + adecuadas")


def test_whether_two_targets_differ_is_answered_yes_where_they_do(mill: Town) -> None:
    assert mill.ask("¿La meta de riñas es distinta a la de abigeato?").answer.startswith("Sí")
    assert mill.ask("¿La meta de riñas es la misma que la de abigeato?").answer.startswith("No")
