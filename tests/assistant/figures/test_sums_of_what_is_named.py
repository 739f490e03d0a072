"""Sums lack none of the things named, and have nothing of another time, another thing or another column."""

from __future__ import annotations

import pytest

from tests.support.town import Town


@pytest.mark.parametrize(
    ("question", "sum_of"),
    [
        ("pacientes ene-mar 2025: total puesto de salud + brigada móvil", "4.045 (2.655 + 1.390)"),
        ("pacientes oct-dic 2024: total puesto de salud + brigada móvil", "3.540 (2.410 + 1.130)"),
        ("¿Cuánto suman la teleconsulta y la brigada móvil del primer trimestre de 2025?", "1.910"),
    ],
)
def test_two_entries_of_a_list_are_those_of_the_time_asked_for(town: Town, question: str, sum_of: str) -> None:
    assert sum_of in town.ask(question).answer


@pytest.mark.parametrize(
    "question", ["canchas deportivas: sumar la meta, total", "¿Cuántas canchas deportivas quedarán en total?"]
)
def test_a_target_is_not_added_to_its_baseline_unasked(town: Town, question: str) -> None:
    answer = town.ask(question)
    assert "Recuperar 26 canchas" in answer.answer
    assert "Suma" not in answer.answer


def test_baseline_and_target_are_added_where_both_are_named(town: Town) -> None:
    assert "37 (11 + 26)" in town.ask("Sume la línea base y la meta de las canchas deportivas").answer
