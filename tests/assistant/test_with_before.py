"""What there was counts beside the new where a question says so; a change is told both ways where it asks for both."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.answer import Answer
from assistant.question.asks import asks_for
from tests.support.town import Town, found_town, write_text

PLAN = """
    Alcaldía Municipal de
    Monte Claro

    PLAN DE DESARROLLO 2024 - 2027

    MONTE CLARO CRECE

    Dependencia: Secretaría de Obras
    Línea Estratégica: Barrios Vivos
    Componente Impulsor de Avance: Espacio Público

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: A JUGAR→Ludotecas barriales construidas→6 ludotecas Fuente: Secretaría de Obras, 2023→Construir once (11) ludotecas nuevas
    →Huertas comunitarias en servicio→5 huertas Fuente: Secretaría de Obras, 2023→Llegar a 14 huertas
    →Quemas registradas→900 quemas Fuente: Bomberos, 2023→Reducir a 675 quemas
"""  # noqa: E501


@pytest.fixture(scope="module")
def hill(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("hill")
    with found_town(folder / "data", [write_text(folder / "plan.txt", PLAN)]) as town:
        yield town


def terms(answer: Answer) -> list[str]:
    return [figure.derivation for figure in answer.figures if figure.derivation]


@pytest.mark.parametrize(
    "question",
    [
        "Si se construyen todas las ludotecas nuevas previstas, ¿cuántas quedarían contando las que ya estaban?",
        "Ludotecas barriales: con las que ya hay, ¿cuántas habrá?",
        "¿Cuántas ludotecas barriales tendríamos incluyendo las existentes?",
        "ludotecas: las q hay + las nuevas, cuántas serían",
        "ludotecas barriales existentes + nuevas",
        "Ludotecas barriales: las nuevas más las que ya había, ¿cuántas dan?",
        "si ya había 6 ludotecas y hacen las nuevas, ¿cuántas quedarían en los barrios?",
        "ya hay ludotecas barriales; si construyen las del plan, ¿cuántas habrá?",
    ],
)
def test_new_ones_are_added_to_those_there_were(hill: Town, question: str) -> None:
    assert "6 + 11" in terms(hill.ask(question))


@pytest.mark.parametrize(
    "question",
    [
        "Huertas comunitarias en servicio: con las que ya hay, ¿cuántas habrá?",
        "¿Cuál es la meta de ludotecas barriales construidas?",
    ],
)
def test_a_level_is_not_added_nor_what_nobody_asks_to_add(hill: Town, question: str) -> None:
    assert not any(" + " in one for one in terms(hill.ask(question)))


@pytest.mark.parametrize(
    "question",
    [
        "Quemas registradas: ¿cuántas quemas menos si se cumple la meta y qué % es?",
        "Quemas registradas: ¿en qué % bajan y cuántas menos son?",
    ],
)
def test_a_change_is_told_as_a_number_and_in_percent(hill: Town, question: str) -> None:
    assert {"900 − 675", "(900 − 675) ÷ 900 × 100"} <= set(terms(hill.ask(question)))


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("¿cuántos robos menos y qué porcentaje es?", True),
        ("¿qué % de robos menos?", False),
        ("¿cuánto % baja?", False),
    ],
)
def test_both_ways_are_asked_for_by_both(text: str, asks: bool) -> None:
    assert asks_for(text, "both_ways") is asks


@pytest.mark.parametrize(
    "question",
    [
        "¿En qué porcentaje supera la meta de huertas comunitarias a su línea base?",
        "¿Qué porcentaje por encima de la línea base está la meta de huertas comunitarias?",
        "By what percentage does the target of huertas comunitarias exceed its baseline?",
    ],
)
def test_by_how_many_percent_a_target_exceeds_its_baseline_is_worked_out(hill: Town, question: str) -> None:
    assert "180 %" in hill.ask(question).answer
