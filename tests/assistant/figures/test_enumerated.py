"""Three things or more added up: all of them, or nothing."""

from __future__ import annotations

import pytest

from assistant.figures.enumerated import parts_of
from tests.support.town import Town


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("recuperados en 2025: motos + carros + celulares, total", [["motos", "carros", "celulares"]]),
        ("¿Cuántas obras suman los puentes, los pozos y las canchas?", [["puentes", "los pozos", "las canchas"]]),
        ("Total de armas incautadas (traumáticas, de fuego y blancas)", [["traumáticas", "de fuego", "blancas"]]),
        ("¿Cuánto suman los puentes y las canchas?", []),
        ("¿Cuántas canchas van a recuperar?", []),
    ],
)  # fmt: skip
def test_what_a_question_names_in_a_row(text: str, parts: list[list[str]]) -> None:
    assert parts_of(text) == parts


def test_things_named_in_a_row_are_added_up_with_their_terms(town: Town) -> None:
    asked = "¿Cuántas obras suman las metas de puentes peatonales, acueductos veredales y canchas deportivas?"
    answer = town.ask(asked, entity="Villa Serena")
    assert "42" in answer.answer.split("\n")[0]
    assert "7 + 9 + 26" in answer.answer or "26 + 9 + 7" in answer.answer or "9 + 7 + 26" in answer.answer
    assert len({citation.indicator for citation in answer.citations}) == 3


def test_a_sum_that_lacks_one_of_the_things_is_not_told(town: Town) -> None:
    asked = "¿Cuántas obras suman las metas de puentes peatonales, acueductos veredales y helipuertos?"
    answer = town.ask(asked, entity="Villa Serena")
    assert "16" not in answer.answer
