"""The columns of a line of money that a question going on asks for: each of them, of what was told before."""

from __future__ import annotations

import pytest

from tests.support.town import Town

ASSIGNED = "¿Cuánto se asignó a BATA BLANCA?"
WORKS = "meta 2025 de acueductos veredales"


@pytest.mark.parametrize(
    ("turns", "wanted", "left_out"),
    [
        ((ASSIGNED, "y de eso cuánto se ejecutó? q %?"), ("$650.000.000", "92,9%"), "Asignado"),
        ((ASSIGNED, "¿y cuánto se gastó y en qué porcentaje?"), ("$650.000.000", "92,9%"), "contratos"),
        ((ASSIGNED, "¿y cuántos contratos, y el %?"), ("5", "92,9%"), "Ejecutado"),
        ((ASSIGNED, "¿y cuántos contratos?"), ("5",), "92,9%"),
        ((WORKS, "y la plata de ese programa? ejecutado y %"), ("$540.000.000", "60%"), "Asignado"),
        ((WORKS, "¿y qué presupuesto tuvo ese programa?"), ("$900.000.000",), "Ejecutado"),
        ((WORKS, "¿y la plata de ese programa?"), ("$900.000.000", "$540.000.000", "60%"), "Meta"),
        ((WORKS, "¿Cuánto se ejecutó de eso?"), ("$540.000.000",), "Asignado"),
    ],
)
def test_each_column_asked_for_is_told(
    town: Town, turns: tuple[str, ...], wanted: tuple[str, ...], left_out: str
) -> None:
    answer = town.talk(*turns)
    assert all(text in answer.answer for text in wanted)
    assert left_out not in answer.answer


def test_money_of_something_else_is_not_of_the_line_before(town: Town) -> None:
    assert "$650.000.000" not in town.talk(ASSIGNED, "¿y cuánto se ejecutó en muelles pesqueros?").answer


@pytest.mark.parametrize("then", ["¿y la línea base?", "¿y cuántos había?", "¿y qué oficina responde?"])
def test_what_a_report_tells_of_a_row_does_not_lead_away_from_it(town: Town, then: str) -> None:
    answer = town.talk("meta de acueductos veredales", then)
    assert "Acueductos veredales construidos" in answer.answer
    assert "Cobertura de acueducto" not in answer.answer
