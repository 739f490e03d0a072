"""Money asked of a thing is never told of other things because the word of the money stands beside theirs."""

from __future__ import annotations

import pytest

from tests.support.town import Town


@pytest.mark.parametrize(
    "question",
    [
        "¿cuánto se ejecutó en muelles pesqueros?",
        "¿cuánto se ejecutó en piscinas olímpicas en Villa Serena?",
        "¿cuánto se ejecutó en los puentes peatonales de Villa Serena?",
        "¿cuánto ejecutaron en semáforos?",
        "¿cuánto se ejecutó en bibliotecas en Villa Serena?",
        "¿Cuánto se ha ejecutado en docentes de Villa Serena?",
    ],
)
def test_money_of_what_has_none_is_not_found(town: Town, question: str) -> None:
    answer = town.ask(question)
    assert answer.status == "not_found"
    assert "540.000.000" not in answer.answer


@pytest.mark.parametrize(
    ("question", "wanted"),
    [("¿cuánto se ejecutó en BATA BLANCA?", "$650.000.000"), ("¿cuánto se ejecutó en acueductos?", "$540.000.000")],
)
def test_money_of_what_has_a_line_is_told(town: Town, question: str, wanted: str) -> None:
    assert wanted in town.ask(question).answer
