"""Rows called nearly alike: in one number or the other, by one name in full, or by the topic they are under."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.answer import Answer
from tests.support.town import Town, found_town, write_text

VALLEY = """
    Alcaldía Municipal de
    Río Claro

    PLAN DE DESARROLLO 2024 - 2027

    RÍO CLARO CAMINA

    Dependencia: Secretaría de Obras
    Línea Estratégica: Territorio Unido
    Componente Impulsor de Avance: Caminos

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: CAMINOS DEL VALLE→Vías terciarias con mantenimiento→300 kilómetros→Mantener 340 kilómetros
    →Vía secundaria mejorada→8 kilómetros→Mejorar 17 kilómetros
    →Vía secundaria con mantenimiento→60 kilómetros→Mantener 75 kilómetros
    →Caminos de herradura mejorados→5 kilómetros→Mejorar 9 kilómetros de la red terciaria
    PROGRAMA: PATIOS VIVOS→Parques mejorados→3 parques→Mejorar 11 parques
    →Gimnasios mejorados→0→Mejorar 2 gimnasios
    →Canchas mejoradas→4 canchas→Mejorar 13 canchas
    →Ríos con jornadas de limpieza→2 ríos→Limpiar 6 ríos
"""

RIDGE = """
    Alcaldía Municipal de
    Peña Alta

    PLAN DE DESARROLLO 2024 - 2027

    PEÑA ALTA SUBE

    Dependencia: Oficina de Infraestructura
    Línea Estratégica: Alturas Conectadas
    Componente Impulsor de Avance: Movilidad

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: RUTAS DE ALTURA→Vía terciaria con mantenimiento rutinario→20 kilómetros→Mantener 44 kilómetros
    →Vía terciaria construida→0→Construir 3 kilómetros
    →Miradores señalizados→1 mirador→Señalizar 5 miradores
"""


@pytest.fixture(scope="module")
def valley(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("valley")
    texts = {"rio.txt": VALLEY, "pena.txt": RIDGE}
    with found_town(folder / "data", [write_text(folder / name, text) for name, text in texts.items()]) as town:
        yield town


def indicators(answer: Answer) -> list[str | None]:
    return [citation.indicator for citation in answer.citations]


# called by its whole name ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("En parques mejorados, ¿qué meta tiene Río Claro?", "Parques mejorados"),
        ("meta de gimnasios mejorados, Río Claro", "Gimnasios mejorados"),
        ("¿Qué línea base reporta Río Claro en canchas mejoradas?", "Canchas mejoradas"),
    ],
)
def test_a_row_named_in_full_is_meant_before_what_is_near_it(valley: Town, question: str, name: str) -> None:
    answer = valley.ask(question)
    assert answer.status == "answered"
    assert indicators(answer)[0] == name
