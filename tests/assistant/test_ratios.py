"""How many times its baseline a target is, and its yearly average, only where either means anything."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.composing.compose_ratios import times, yearly_average
from ingest.records import Figure, IndicatorRow, RowKind
from tests.support.records import make_row
from tests.support.town import Town


def figure(text: str, value: str, unit: str | None = None) -> Figure:
    return Figure(text=text, value=Decimal(value), unit=unit)


def row(target: Figure, baseline: Figure | None = None, kind: RowKind = "product") -> IndicatorRow:
    return make_row("a" * 64, 1, "Muelles pintados").model_copy(
        update={"target": target, "baseline": baseline, "kind": kind}
    )


@pytest.mark.parametrize(
    ("baseline", "target", "text", "terms"),
    [("4", "10", "2,5", "10 ÷ 4"), ("10", "4", "2,5", "10 ÷ 4"), ("3", "6", "2", "6 ÷ 3")],
)
def test_a_target_is_so_many_times_its_baseline(baseline: str, target: str, text: str, terms: str) -> None:
    found = times(figure(baseline, baseline), figure(target, target))
    assert found is not None
    assert (found.text, found.derivation) == (text, terms)


def test_nothing_is_a_number_of_times_zero_or_another_unit() -> None:
    assert times(figure("0", "0"), figure("8", "8")) is None
    assert times(figure("40 %", "40", "%"), figure("8", "8")) is None
    assert times(None, figure("8", "8")) is None


@pytest.mark.parametrize(
    ("target", "baseline", "terms"),
    [
        (figure("Pintar 10 muelles", "10"), None, "10 ÷ 4"),
        (figure("Incrementar a 10 los muelles", "10"), figure("2 muelles", "2"), "(10 − 2) ÷ 4"),
        (figure("Reducir a 2 los muelles", "2"), figure("10 muelles", "10"), "(10 − 2) ÷ 4"),
    ],
)
def test_a_target_is_divided_by_the_years_of_its_term(target: Figure, baseline: Figure | None, terms: str) -> None:
    found = yearly_average(row(target, baseline), "2024-2027")
    assert found is not None
    assert found.derivation == terms


@pytest.mark.parametrize(
    "target",
    [
        figure("Mantener 10 muelles", "10"),
        figure("Pintar 10 muelles anuales", "10"),
        figure("80 % de los muelles", "80", "%"),
        figure("Incrementar a 10 los muelles", "10"),
    ],
)
def test_what_holds_for_each_year_or_has_no_start_has_no_average(target: Figure) -> None:
    assert yearly_average(row(target), "2024-2027") is None


def test_without_a_term_there_is_no_average() -> None:
    assert yearly_average(row(figure("Pintar 10 muelles", "10")), "2025") is None


def test_the_answer_shows_what_it_computes(town: Town) -> None:
    answer = town.ask("En promedio, ¿cuántas canchas deportivas se recuperan por año?")
    assert "6,5 (26 ÷ 4)" in answer.answer
    assert "2,4 veces la línea base (26 ÷ 11)" in town.ask("¿Cuántas veces la línea base son las canchas?").answer
