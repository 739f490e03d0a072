"""What a short question means beside the row told: what is new of the same thing, a change of it, another name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.town import Town, found_town, write_slides, write_text

PLAN = """
    Alcaldía Municipal de
    Cerro Manso

    PLAN DE DESARROLLO 2024 - 2027

    Dependencia: Secretaría de Infraestructura
    Línea Estratégica: Cerro en Obra
    Componente Impulsor de Avance: Luz y Vías

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: CERRO CLARO→Luminarias repuestas→120 luminarias Fuente: Alumbrado, 2023→Reponer 300 luminarias
    →Luminarias instaladas→0→Instalar 85 luminarias
    →Puentes mejorados→4 puentes Fuente: Obras, 2023→Mejorar 6 puentes
    →Puentes construidos→2 puentes Fuente: Obras, 2023→Construir 3 puentes
    PROGRAMA: CERRO JOVEN→Jóvenes vinculados a la estrategia "Talleres de Barro"→0→Vincular 210 jóvenes a "Talleres de Barro"
    →Jóvenes vinculados a la estrategia "Caminos de Vida"→0→Vincular 340 jóvenes a "Caminos de Vida"
    →Parques recuperados→5 parques Fuente: Obras, 2023→Recuperar 9 parques
    Línea Estratégica: Cerro en Obra
    Componente Impulsor de Avance: Justicia

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: CERRO JUSTO→Casas de mediación en operación→1 casa Fuente: Gobierno, 2023→Operar 2 casas y 4 puntos de mediación
"""  # noqa: E501

SLIDES = (
    ("Rendición de cuentas 2025", "Alcaldía Municipal de Cerro Manso", "Vigencia 2025"),
    ("Programa: CERRO DIGITAL", "Índice de transparencia 2025: 71,4", "Incremento de 6,2 puntos frente a 2024"),
)


@pytest.fixture(scope="module")
def cerro(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = Path(tmp_path_factory.mktemp("cerro"))
    paths = [write_text(folder / "plan.txt", PLAN), write_slides(folder / "informe.pptx", SLIDES)]
    with found_town(folder / "data", paths) as town:
        yield town


@pytest.mark.parametrize(
    ("first", "then", "wanted"),
    [
        ("¿cuántas luminarias se van a reponer?", "y nuevas?", "85 luminarias"),
        ("¿cuántas luminarias se van a reponer?", "¿y cuántas nuevas?", "85 luminarias"),
        ("meta de puentes mejorados", "¿y nuevos?", "Construir 3 puentes"),
    ],
)
def test_what_is_new_is_of_the_row_that_adds_to_the_same_thing(cerro: Town, first: str, then: str, wanted: str) -> None:
    answer = cerro.talk(first, then)
    assert wanted in answer.answer
    assert len(answer.citations) == 1


def test_where_no_row_adds_to_it_no_other_thing_is_told(cerro: Town) -> None:
    answer = cerro.talk("meta de parques recuperados", "¿y nuevos?").answer
    assert "puentes" not in answer
    assert "luminarias" not in answer


@pytest.mark.parametrize("then", ["¿y a Caminos de Vida?", "¿y los de Caminos de Vida?", "¿y la de caminos de vida?"])
def test_a_name_of_common_words_takes_the_place_of_the_one_before(cerro: Town, then: str) -> None:
    answer = cerro.talk("¿Cuántos jóvenes se vinculan a Talleres de Barro?", then)
    assert "340" in answer.answer
    assert "210" not in answer.answer


@pytest.mark.parametrize("then", ["¿y cuánto avanzó el índice?", "¿y cuánto subió?", "¿y cuántos puntos avanzó?"])
def test_how_far_a_figure_came_is_its_printed_change(cerro: Town, then: str) -> None:
    assert "6,2" in cerro.talk("¿Cuál es el índice de transparencia 2025?", then).answer


@pytest.mark.parametrize(
    "question",
    [
        "En materia de puentes mejorados, ¿cuál es la meta?",
        "En lo que respecta a puentes mejorados, ¿qué meta hay?",
        "En cuanto a puentes mejorados, ¿a cuántos se quiere llegar?",
        "Tratándose de puentes mejorados, ¿cuál es la meta?",
    ],
)
def test_what_leads_to_the_matter_names_nothing(cerro: Town, question: str) -> None:
    assert "Mejorar 6 puentes" in cerro.ask(question).answer


def test_the_parts_of_a_target_are_no_components_of_the_plan(cerro: Town) -> None:
    answer = cerro.ask("La meta de casas de mediación trae dos componentes. Diga cuáles son y cuánto de cada uno.")
    assert "4 puntos de mediación" in answer.answer
