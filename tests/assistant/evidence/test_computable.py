"""A change is computed of a row that has numbers, not of one that only has the name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.town import Town, found_town, write_text

PLAN = """
    Alcaldía Municipal de
    Lomabrava

    PLAN DE DESARROLLO 2024 - 2027

    Dependencia: Secretaría de Inclusión
    Línea Estratégica: Casa Abierta
    Componente Impulsor de Avance: Bienestar

    Indicador→Línea base→Meta→ODS
    Porcentaje de recicladores y vendedores atendidos en la Casa Alero→12,5 % Fuente: Casa Alero, 2023→Llegar a 30 %→10. Desigualdades

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: ALERO→Casa Alero dotada para la atención→Casa Alero en servicio Fuente: Secretaría de Inclusión, 2023→Dotar una (1) Casa Alero
    →Ludotecas abiertas→4 ludotecas Fuente: Secretaría de Inclusión, 2023→Abrir 9 ludotecas
"""  # noqa: E501


@pytest.fixture(scope="module")
def lomabrava(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("lomabrava")
    with found_town(folder, [write_text(folder / "plan.txt", PLAN)]) as town:
        yield town


@pytest.mark.parametrize(
    "question",
    [
        "¿En cuántos puntos porcentuales crecería la atención de la Casa Alero entre la línea base y la meta?",
        "¿Cuántos puntos porcentuales sube la atención en la Casa Alero de la línea base a la meta?",
        "Diferencia en puntos porcentuales entre la línea base y la meta de atención en la Casa Alero",
    ],
)
def test_points_are_of_the_row_that_has_percentages(lomabrava: Town, question: str) -> None:
    assert "17,5" in lomabrava.ask(question).answer
