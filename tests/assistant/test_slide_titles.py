"""Slides as running text: what a title below the goals names, and which subject a title is of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.town import Town, found_town, write_text

REPORT = """
    Rendición de cuentas 2025
    Alcaldía Municipal de Villa Serena



    Programa

    REGISTRO DE LAS FUENTES DE AGUA

    Meta indicador de
    Producto 2025 45%

    Meta indicador de
    Producto cuatrienio 90%



    LOGROS

    HIDROMAPA

    - Nuevo diseño del visor de manantiales.

    - Depuración de los nombres de las quebradas.

    NO. DE
    CONTRATOS

    ASIGNADO EJECUTADO PORCENTAJE

    3 $ 90.000.000,00 $45.000.000,00 50%


    Programa a informar: Parteras y promotoras de la salud rural.

    Indicador de producto: Formar a 150 parteras y promotoras de
    las veredas

    Meta indicador de
    Producto 2025 70% Meta indicador de

    Producto cuatrienio 80%

    Hemos
    formado a
    96 parteras
    y promotoras

    Generación de
    grupos de apoyo

    Fortalecer las
    visitas a domicilio

    Logros

    Taller de parto humanizado. 40
    Taller de primeros auxilios. 56

    Este texto alarga la diapositiva para que no se lea como una sola lámina corta, y no dice ninguna cifra de lo que
    se hizo, pues solo acompaña a los talleres que las parteras recibieron en las veredas de la parte alta.
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("titles")
    with found_town(folder, [write_text(folder / "rendicion.txt", REPORT)]) as town:
        yield town


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("hidromapa: meta 2025 y meta cuatrienio", {"45%", "90%"}),
        ("¿Cuál es la meta del cuatrienio de Hidromapa?", {"90%"}),
        ("meta de producto 2025 del Hidromapa", {"45%"}),
    ],
)
def test_the_goals_of_a_slide_answer_to_the_title_below_them(report: Town, question: str, figures: set[str]) -> None:
    answer = report.ask(question)
    assert {figure.text for figure in answer.figures} == figures
    assert "REGISTRO DE LAS FUENTES" in answer.answer


@pytest.mark.parametrize("question", ["¿Cuáles son los logros que reporta Hidromapa?", "logros de hidromapa"])
def test_the_deeds_under_a_title_are_told_though_a_line_of_money_stands_below_them(report: Town, question: str) -> None:
    answer = report.ask(question).answer
    assert "manantiales" in answer
    assert "quebradas" in answer
    assert "45.000.000" not in answer


def test_a_title_is_around_the_figures_of_its_own_subject_alone(report: Town) -> None:
    rows = [item.row for item in report.corpus.rows if item.row is not None]
    around = {row.indicator is not None: " ".join(row.context) for row in rows if row.metric is not None}
    assert "HIDROMAPA" in around[False]
    assert "HIDROMAPA" not in around[True]
