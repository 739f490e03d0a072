"""A count or a thing that is named by nothing but its state is of the row told before, as is what is asked after it."""

from __future__ import annotations

import pytest

from tests.support.town import Town


@pytest.mark.parametrize(
    ("first", "then", "wanted"),
    [
        ("¿Cuántas aulas escolares se van a dotar?", "¿Cuántas estaban dotadas a 2023?", "110 aulas"),
        ("¿Cuántas aulas escolares se van a dotar?", "¿cuántas había dotadas?", "110 aulas"),
        ("meta de acueductos veredales", "¿Cuántos estaban construidos en 2023?", "3 acueductos"),
        ("meta de canchas deportivas recuperadas", "¿cuántas ya estaban recuperadas en el 2023?", "11 canchas"),
        ("meta de puentes peatonales", "¿cuántos había construidos en 2022?", "4 puentes"),
        ("meta de brigadas de salud rural", "¿De qué año es la cifra que figura como línea base?", "2023"),
        ("meta de brigadas de salud rural", "¿Qué entidad dio el dato que sirve de línea base?", "Secretaría de Salud"),
    ],
)
def test_what_is_named_by_its_state_alone_is_of_the_row_before(town: Town, first: str, then: str, wanted: str) -> None:
    before, after = town.conversation(first, then)
    assert wanted in after.answer
    assert {one.row_id for one in after.citations} <= {one.row_id for one in before.citations}


def test_the_office_asked_after_a_count_is_of_its_row(town: Town) -> None:
    answer = town.talk(
        "¿Cuántas aulas escolares se van a dotar?", "¿Cuántas estaban dotadas a 2023?", "¿Qué dependencia responde?"
    )
    assert "Secretaría de Educación" in answer.answer
    assert "Aulas escolares dotadas" in answer.answer


def test_a_state_of_another_year_is_not_the_baseline(town: Town) -> None:
    answer = town.talk("¿Cuántas aulas escolares se van a dotar?", "¿Cuántas estaban dotadas en 2019?")
    assert answer.status == "not_found"
