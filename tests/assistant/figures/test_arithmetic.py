"""Arithmetic over cited figures, with its terms."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from assistant.answer import Answer, AnswerFigure
from assistant.figures.arithmetic import difference, percent_change, share, total
from ingest.records import Figure
from tests.support.town import Town


def figure(text: str | None, unit: str | None = None) -> Figure:
    """A figure printed as Colombia does, "1.250,5"; None is one that is not available."""
    value = None if text is None else Decimal(text.replace(".", "").replace(",", "."))
    return Figure(text=text or "N.D.", value=value, unit=unit)


def computed(answer: Answer) -> list[AnswerFigure]:
    return [one for one in answer.figures if one.derivation]


@pytest.mark.parametrize(
    ("first", "second", "text", "terms"),
    [("35,1", "28", "7,1", "35,1 − 28"), ("3", "9", "6", "9 − 3"), ("0", "1.250", "1.250", "1.250 − 0")],
)
def test_a_difference_is_the_larger_less_the_smaller(first: str, second: str, text: str, terms: str) -> None:
    result = difference(figure(first), figure(second))
    assert result is not None
    assert (result.text, result.derivation) == (text, terms)


def test_a_difference_is_exact() -> None:
    result = difference(figure("0,3"), figure("0,1"))
    assert result is not None
    assert (result.value, result.text) == (Decimal("0.2"), "0,2")


@pytest.mark.parametrize(
    ("before", "after", "text", "terms"),
    [
        ("4", "7", "75 %", "(7 − 4) ÷ 4 × 100"),
        ("64", "40", "37,5 %", "(64 − 40) ÷ 64 × 100"),
        ("3", "4", "33,3 %", "(4 − 3) ÷ 3 × 100"),
        ("8", "9", "12,5 %", "(9 − 8) ÷ 8 × 100"),
    ],
)
def test_a_change_in_percent_shows_its_terms(before: str, after: str, text: str, terms: str) -> None:
    result = percent_change(figure(before), figure(after))
    assert result is not None
    assert (result.text, result.derivation) == (text, terms)


def test_nothing_grows_in_percent_from_zero_or_from_the_unknown() -> None:
    assert percent_change(figure("0"), figure("75")) is None
    assert percent_change(figure(None), figure("75")) is None
    assert difference(figure(None), figure("75")) is None


def test_a_sum_shows_every_term() -> None:
    result = total([figure("900.000.000", "COP"), figure("700.000.000", "COP")])
    assert result is not None
    assert (result.text, result.derivation) == ("1.600.000.000", "900.000.000 + 700.000.000")


@pytest.mark.parametrize(
    "figures",
    [
        [figure("78", "%"), figure("5,2", "%")],
        [figure("78", "%"), figure("9")],
        [figure("10", "COP"), figure("10", "USD")],
        [figure("9"), figure(None)],
        [figure("9")],
        [],
    ],
)
def test_what_cannot_be_added_is_not(figures: Sequence[Figure]) -> None:
    assert total(figures) is None


def test_a_reduction_is_computed_from_the_cited_row(town: Town) -> None:
    answer = town.ask("¿En cuánto se va a reducir la tasa de deserción escolar?")
    ((result),) = computed(answer)
    assert (result.text, result.derivation, result.citations) == ("3,2", "8,4 − 5,2", [1])
    assert "3,2 (8,4 − 5,2)" in answer.answer


def test_a_growth_in_percent_is_computed_and_the_percents_of_a_rate_are_not(town: Town) -> None:
    (growth,) = computed(town.ask("¿En qué porcentaje aumentan los puentes peatonales?"))
    assert (growth.text, growth.value) == ("75 %", 75)
    (points,) = computed(town.ask("¿En qué porcentaje aumenta la cobertura de acueducto rural?"))
    assert (points.text, points.derivation) == ("17", "78 − 61")


def test_percents_are_never_added(town: Town) -> None:
    answer = town.ask("¿Cuánto suman la cobertura de acueducto rural y la tasa de deserción escolar?")
    assert computed(answer) == []
    assert "83,2" not in answer.answer


def test_the_same_target_of_two_offices_is_not_added(town: Town) -> None:
    answer = town.ask("¿Cuánto suman las metas de puentes peatonales de las dos oficinas?")
    assert computed(answer) == []
    assert "14" not in answer.answer
    assert "no se suma" in answer.answer


def test_money_of_two_programmes_is_added_over_its_rows(town: Town) -> None:
    answer = town.ask("¿Cuál es el total asignado entre Gota a Gota y Bata Blanca?")
    result = next(one for one in computed(answer) if one.value == 1_600_000_000)
    assert len(result.citations) == 2


def test_what_is_left_of_a_budget(town: Town) -> None:
    (result,) = computed(town.ask("¿Cuánto quedó sin ejecutar de Bata Blanca?"))
    assert (result.text, result.derivation) == ("50.000.000", "700.000.000 − 650.000.000")
    assert len(result.citations) == 2


def test_without_a_baseline_there_is_no_difference(town: Town) -> None:
    answer = town.ask("¿Cuánto aumentan los docentes formados en lectura?")
    assert computed(answer) == []
    assert "N.D." in answer.answer


def test_a_sum_over_two_towns_takes_the_targets_of_both(town: Town) -> None:
    answer = town.ask("¿Cuántos kilómetros de vía terciaria entre Villa Serena y Puerto Lindo en total?")
    assert "97,5" not in answer.answer
    assert {citation.entity for citation in answer.citations} == {"Villa Serena", "Puerto Lindo"}


def test_a_comparison_of_two_towns_has_both(town: Town) -> None:
    answer = town.ask("Compare la meta de vía terciaria de Villa Serena y la de Puerto Lindo")
    assert {citation.entity for citation in answer.citations} == {"Villa Serena", "Puerto Lindo"}


def test_a_sum_of_money_is_found_however_it_is_asked(town: Town) -> None:
    answer = town.ask("¿Cuánto suman los recursos asignados de Gota a Gota y Bata Blanca?")
    assert 1_600_000_000 in {one.value for one in computed(answer)}


def test_a_part_of_a_whole_is_told_in_percent() -> None:
    found = share("1.500 (de un total de 2.400 familias)")
    assert found is not None
    assert (found.text, found.derivation) == ("62,5 %", "1.500 ÷ 2.400 × 100")
    assert share("1.500 familias") is None
