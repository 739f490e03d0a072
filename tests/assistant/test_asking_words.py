"""Ways to ask for a programme's purpose and for places that people use."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.composing.compose_figures import is_share_beside_number
from ingest.records import Figure
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


@pytest.mark.parametrize(
    "question",
    [
        "En la tabla de resultados, ¿qué porcentaje de niños se fija para el esquema de vacunación completo?",
        "¿Qué porcentaje de los niños se trazó la alcaldía con esquema de vacunación completo?",
    ],
)
def test_what_is_fixed_is_the_target_and_not_the_progress(town: Town, question: str) -> None:
    answer = town.ask(question, entity="Villa Serena")
    assert answer.status == "answered"
    assert "95 %" in answer.answer.split("\n")[0]


def test_a_capital_at_the_start_of_a_sentence_is_no_name(town: Town) -> None:
    answer = town.ask("¿La meta de docentes formados en lectura fija un número? Precise qué fija.")
    assert answer.status == "answered"
    assert "320 docentes" in answer.answer


def test_a_false_premise_about_a_row_is_answered_with_the_row(town: Town) -> None:
    asked = "¿Por qué el plan cierra los restaurantes escolares en vez de adecuarlos?"
    assert "Adecuar 18 restaurantes escolares" in town.ask(asked).answer
    assert town.ask("¿Por qué motivo van a adecuar restaurantes escolares?").status == "not_found"


def test_a_share_and_a_number_of_things_are_not_computed_with() -> None:
    share = Figure(text="100%", value=Decimal(100), unit="%")
    number = Figure(text="114 familias", value=Decimal(114), unit="familias")
    assert is_share_beside_number(number, share)
    assert not is_share_beside_number(share, share)
