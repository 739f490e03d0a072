"""Ways to ask for a programme's purpose and for places that people use."""

from __future__ import annotations

import pytest

from tests.support.town import Town


@pytest.mark.parametrize(
    "question",
    [
        '¿Hacia qué está "orientado" el programa Gota a Gota?',
        "¿A qué apunta el programa Gota a Gota?",
        "¿Para qué se creó el programa Gota a Gota?",
    ],
)
def test_the_purpose_of_a_programme(town: Town, question: str) -> None:
    answer = town.ask(question)
    assert answer.status == "answered"
    assert "Llevar agua potable a las veredas altas" in answer.answer


def test_a_place_that_no_row_says_is_not_found(town: Town) -> None:
    assert town.ask("¿En qué veredas quedaron los puentes peatonales?").status == "not_found"
