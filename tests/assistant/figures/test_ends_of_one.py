"""How far the start of a row is from its target is no difference between two rows, however the two ends are said."""

from __future__ import annotations

import pytest

from assistant.figures.named_parts import is_end_of_other, read_part
from tests.support.town import Town


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        (
            "¿Cuál es la diferencia entre la tasa de deserción escolar de partida y la que se fija como meta?",
            "8,4 − 5,2",
        ),
        ("¿Qué diferencia hay entre la tasa de deserción inicial y la que se propone como meta?", "8,4 − 5,2"),
        ("diferencia entre los accidentes en vías rurales de partida y los que se fijan como meta", "64 − 40"),
        ("¿Cuál es la diferencia entre la cobertura de acueducto rural de arranque y la que fija la meta?", "78 − 61"),
    ],
)
def test_the_difference_is_of_the_two_ends_of_the_row(town: Town, question: str, terms: str) -> None:
    answer = town.ask(question, entity="Villa Serena")
    assert [figure.derivation for figure in answer.figures if figure.derivation] == [terms]


@pytest.mark.parametrize("half", ["la que se fija como meta", "los que se fijan en la meta", "la de partida"])
def test_an_end_names_no_thing_of_its_own(town: Town, half: str) -> None:
    query = town.read(f"diferencia entre la tasa de deserción de partida o meta y {half}")
    assert query.asks("baseline", "target")
    part = read_part(half, query, town.understanding.read, lambda _: [])
    assert not part.plain
    assert is_end_of_other(part, query)


def test_the_targets_of_two_rows_are_two_things_still(town: Town) -> None:
    answer = town.ask("¿Cuál es la diferencia entre la meta de aulas dotadas y la meta de docentes formados?")
    assert "320 − 160" in [figure.derivation for figure in answer.figures]
