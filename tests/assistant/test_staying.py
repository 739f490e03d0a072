"""A conversation stays on the row it is on, while a question asks of it and names nothing else."""

from __future__ import annotations

import pytest

from tests.support.town import Town

SCHOOLS = "¿Cuál es la meta de aulas escolares dotadas?"


@pytest.mark.parametrize(
    ("turns", "wanted"),
    [
        ((SCHOOLS, "¿Y cuántas estaban dotadas en la línea base?"), "110 aulas"),
        ((SCHOOLS, "¿y quién responde?"), "Secretaría de Educación"),
        ((SCHOOLS, "¿Y cuántas había en la línea base?", "Entonces, ¿cuántas faltan por dotar?"), "50 (160 − 110)"),
        (("meta de puentes peatonales", "¿cuántos faltaban?"), "3 (7 − 4)"),
    ],
)
def test_what_is_asked_next_is_asked_of_the_same_row(town: Town, turns: tuple[str, ...], wanted: str) -> None:
    answer = town.talk(*turns)
    assert answer.status == "answered"
    assert wanted in answer.answer
    assert len({citation.indicator for citation in answer.citations}) == 1


@pytest.mark.parametrize(
    ("following", "indicator"),
    [
        ("¿Y la de docentes formados en lectura?", "Docentes formados en lectura"),
        ("¿y cuántos restaurantes escolares van a adecuar?", "Restaurantes escolares adecuados"),
    ],
)
def test_another_thing_named_leaves_the_row(town: Town, following: str, indicator: str) -> None:
    answer = town.talk(SCHOOLS, following)
    assert [citation.indicator for citation in answer.citations] == [indicator]


def test_what_the_row_does_not_say_is_not_taken_from_another(town: Town) -> None:
    answer = town.talk("¿Cuál es la meta de docentes formados en lectura?", "¿y cuál es la fuente de la línea base?")
    assert answer.status == "not_found"


def test_a_list_is_no_row_to_stay_on(town: Town) -> None:
    answer = town.talk("Lista las metas del programa Tiza y Tablero", "¿y quién responde?")
    assert len({citation.indicator for citation in answer.citations}) > 1
