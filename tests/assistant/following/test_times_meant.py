"""A time said without its year is of the year before; one that no figure is of is not found."""

from __future__ import annotations

import pytest

from tests.support.town import Town

VISITS = "¿Cuántos pacientes atendió el puesto de salud entre enero y marzo de 2025?"
EARLIER = "¿Cuántos pacientes atendió la brigada móvil entre octubre y diciembre de 2024?"


@pytest.mark.parametrize(
    "later",
    ["¿Y entre abril y junio?", "¿y de abril a junio?", "¿y en el segundo trimestre?", "¿y en mayo?",
     "¿y en los tres meses siguientes?", "¿y en el trimestre siguiente?", "¿y en el tercer trimestre?"],
)  # fmt: skip
def test_a_time_that_no_figure_is_of_is_not_found(town: Town, later: str) -> None:
    answer = town.talk(VISITS, later)
    assert answer.status == "not_found"
    assert "2.655" not in answer.answer


@pytest.mark.parametrize(
    ("first", "then", "wanted", "other"),
    [
        (VISITS, "¿Y en los tres meses anteriores?", "2.410", "2.655"),
        (VISITS, "¿y en el trimestre anterior?", "2.410", "2.655"),
        (VISITS, "¿y en el trimestre previo?", "2.410", "2.655"),
        (EARLIER, "¿y en los tres meses siguientes?", "1.390", "1.130"),
        (EARLIER, "¿y en el trimestre siguiente?", "1.390", "1.130"),
    ],
)
def test_the_stretch_beside_a_time_is_as_long_as_it_is_said(
    town: Town, first: str, then: str, wanted: str, other: str
) -> None:
    answer = town.talk(first, then)
    assert wanted in answer.answer
    assert other not in answer.answer


def test_a_year_of_its_own_is_kept(town: Town) -> None:
    assert "2.410" in town.talk(VISITS, "¿y entre octubre y diciembre de 2024?").answer


def test_a_time_that_is_taken_over_holds_for_the_turn_after(town: Town) -> None:
    answer = town.talk(VISITS, "¿Y en los tres meses anteriores?", "¿y por teleconsulta?")
    assert "460" in answer.answer
    assert "520" not in answer.answer
