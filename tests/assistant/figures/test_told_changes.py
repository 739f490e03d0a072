"""A change that a sentence tells is computed when its size is asked for, and only the one that is meant."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.answer import Answer
from tests.support.town import Town, found_town, write_text

REPORT = """
    Alcaldía Municipal de Brisamar

    INFORME DE GESTIÓN 2023

    Rendición de cuentas



    Programa: Faros Encendidos

    LOGROS

    Pasamos de 40 averías a 12 en una vigencia.

    Visitas a los faros: 31



    Programa: Guardianes del Muelle

    Indicador de producto: Formar a 80 guardianes del muelle

    Meta física del indicador: 80

    LOGROS

    Hemos formado a 56 guardianes

    Asistencia de patrones de 9 lanchas.
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("brisamar")
    with found_town(folder / "data", [write_text(folder / "informe.txt", REPORT)]) as town:
        yield town


def computed(answer: Answer) -> dict[str, str]:
    return {figure.text: figure.derivation for figure in answer.figures if figure.derivation}


@pytest.mark.parametrize("question", ["¿Cuántas averías se cerraron?", "¿Cuántas averías de los faros se resolvieron?"])
def test_what_was_closed_is_the_start_less_the_end(town: Town, question: str) -> None:
    assert computed(town.ask(question)) == {"28": "40 − 12"}


@pytest.mark.parametrize(
    "question",
    ["¿En qué porcentaje se redujeron las averías?", "¿Cuántas averías se cerraron y qué porcentaje representan?"],
)
def test_the_share_closed_is_shown_with_its_terms(town: Town, question: str) -> None:
    assert computed(town.ask(question))["70 %"] == "(40 − 12) ÷ 40 × 100"


@pytest.mark.parametrize("question", ["¿En qué porcentaje aumentaron las averías?", "¿Cuántas lanchas se redujeron?"])
def test_no_other_change_is_computed(town: Town, question: str) -> None:
    assert "28" not in computed(town.ask(question))


@pytest.mark.parametrize(
    "question", ["¿Ya se cumplió la meta de formar guardianes?", "¿La meta de guardianes se logró?"]
)
def test_whether_a_goal_is_reached_is_told_by_what_was_reached(town: Town, question: str) -> None:
    first = town.ask(question).answer.splitlines()[0]
    assert first.startswith("No: lo alcanzado es 56 y la meta es 80")


def test_a_goal_proves_nothing_done(town: Town) -> None:
    assert not town.ask("¿Es verdad que se formaron 80 guardianes del muelle?").answer.startswith("Sí")
