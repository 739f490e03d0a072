"""How much a target changes its baseline, however the change is asked for."""

from __future__ import annotations

import pytest

from tests.support.town import Town


@pytest.mark.parametrize(
    "question",
    [
        "¿En cuánto se espera que baje la tasa de deserción escolar?",
        "¿En cuántos puntos se espera que descienda la tasa de deserción escolar?",
        "Cumplida la meta, ¿en cuántos puntos habrá descendido la tasa de deserción escolar frente a la línea base?",
        "¿En cuánto descendería la tasa de deserción escolar?",
        "¿en cuánto se busca que se reduzca la deserción escolar?",
    ],
)
def test_a_change_is_told_whatever_verb_asks_for_it(town: Town, question: str) -> None:
    answer = town.ask(question)
    assert answer.status == "answered"
    assert "3,2" in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "accidentes rurales: var % LB-meta",
        "accidentes en vías rurales: var. % LB vs meta",
        "% de var accidentes rurales LB-meta",
    ],
)
def test_a_shortened_variation_is_a_change_in_percent(town: Town, question: str) -> None:
    assert "37,5" in town.ask(question).answer


def test_what_one_waits_is_still_a_time(town: Town) -> None:
    assert "8,4" not in town.ask("¿Cuánto se espera en la inspección de tránsito?").answer
