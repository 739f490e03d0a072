"""How many there are of a thing is told by the row that starts from a number of it, not by one that has none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.town import Town, found_town, write_text

PLAN = """
    Alcaldía Municipal de
    Loma Verde

    PLAN DE DESARROLLO 2024 - 2027

    LOMA VERDE SUENA

    Dependencia: Secretaría de Cultura
    Línea Estratégica: Vida Buena
    Componente Impulsor de Avance: Cultura

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: A LEER→Escuelas de música nuevas construidas→5 escuelas de música en servicio Fuente: Secretaría de Cultura, 2023→Construir una (1) escuela de música nueva
    →Escuelas de música adecuadas→La escuela del Llano no cumple con las normas Fuente: Secretaría de Cultura, 2023→Adecuar una (1) escuela de música
"""  # noqa: E501


@pytest.fixture(scope="module")
def hill(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("there")
    with found_town(folder / "data", [write_text(folder / "plan.txt", PLAN)]) as town:
        yield town


@pytest.mark.parametrize(
    "question",
    [
        "¿Con cuántas escuelas de música contaba el municipio al formular el plan?",
        "cuantas escuelas de musica hay hoy",
        "¿Cuántas escuelas de música había?",
        "¿Hoy cuántas escuelas de música existen?",
    ],
)
def test_what_there_is_is_where_a_row_starts_from_a_number(hill: Town, question: str) -> None:
    answer = hill.ask(question)
    assert answer.status == "answered"
    assert "5 escuelas de música" in answer.answer


def test_what_is_promised_may_still_be_either(hill: Town) -> None:
    assert "Adecuar una" in hill.ask("¿Cuántas escuelas de música van a adecuar?").answer
