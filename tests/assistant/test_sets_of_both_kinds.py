"""Sets of rows of result and of product together, however the question names the two kinds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.town import Town, found_town, write_text

PLAN = """
    Alcaldía Municipal de
    Monte Claro

    PLAN DE DESARROLLO 2024 - 2027

    Dependencia: Secretaría de Agricultura
    Línea Estratégica: Campo Vivo
    Componente Impulsor de Avance: Riego y Semillas

    Metas de Resultado:

    Indicador→Línea base→Meta→ODS
    Porcentaje de parcelas con riego→22 % Fuente: Censo Veredal, 2023→Llegar a 40 %→2. Hambre cero

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: SEMILLA BUENA→Bancos de semillas creados→N.D.→Crear tres (3) bancos de semillas
    →Distritos de riego reparados→1 distrito Fuente: Censo Veredal, 2023→Reparar 2 distritos de riego
    →Albergues para población migrante abiertos→0→Abrir 2 albergues
    →Plan de retorno de familias desplazadas concertado→N.D.→Concertar un plan
"""

RESULT = "Porcentaje de parcelas con riego"
CHANNELS = "Distritos de riego reparados"


@pytest.fixture(scope="module")
def mount(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("monte")
    plan = folder / "plan_monte_claro.txt"
    write_text(plan, PLAN)
    with found_town(folder / "data", [plan]) as town:
        yield town


def listed(town: Town, question: str) -> set[str | None]:
    return {citation.indicator for citation in town.ask(question).citations}


@pytest.mark.parametrize(
    "question",
    [
        "todas las metas (resultado y producto) de riego",
        "todas las metas (producto y resultado) de riego",
        "¿qué metas hay de riego? la de resultado y las de producto, todas",
        "lista los indicadores de producto y de resultado de riego",
        "dame las metas de resultado y las metas de producto de riego",
        "enumera los indicadores de resultado y también los de producto de riego",
    ],
)
def test_naming_both_kinds_leaves_out_neither(mount: Town, question: str) -> None:
    assert listed(mount, question) == {RESULT, CHANNELS}


@pytest.mark.parametrize(
    ("question", "row"),
    [("lista las metas de resultado de riego", RESULT), ("lista las metas de producto de riego", CHANNELS)],
)
def test_naming_one_kind_leaves_out_the_other(mount: Town, question: str, row: str) -> None:
    assert listed(mount, question) == {row}


@pytest.mark.parametrize("question", ["lista todas las metas para migrantes", "¿qué metas hay para los venezolanos?"])
def test_a_plan_of_return_is_not_about_migrants(mount: Town, question: str) -> None:
    assert listed(mount, question) == {"Albergues para población migrante abiertos"}
