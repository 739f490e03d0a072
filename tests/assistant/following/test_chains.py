"""Chains of three questions and more: what is reckoned, asked back or thanked for stays on the row told before."""

from __future__ import annotations

import pytest

from tests.support.town import Town

ACCIDENTS = "¿Cuál es la línea base de accidentes en vías rurales?"
BRIGADES = "¿Cuál es la meta de brigadas de salud rural?"


@pytest.mark.parametrize(
    ("turns", "wanted"),
    [
        ((ACCIDENTS, "¿Y la meta?", "¿De cuánto es la reducción en porcentaje?"), "37,5 %"),
        ((ACCIDENTS, "¿Y la meta?", "¿Qué porcentaje de reducción es ese?"), "37,5 %"),
        ((ACCIDENTS, "¿y eso en porcentaje cuánto es?"), "37,5 %"),
        ((BRIGADES, "¿y cuántas había?", "¿cuál es el aumento porcentual?"), "118,2 %"),
        ((BRIGADES, "¿y el porcentaje de crecimiento?"), "118,2 %"),
        (("meta de acueductos veredales", "¿de cuántos es el incremento?"), "6 (9 − 3)"),
    ],
)
def test_what_is_reckoned_is_reckoned_of_the_row_told_before(town: Town, turns: tuple[str, ...], wanted: str) -> None:
    answer = town.talk(*turns)
    assert answer.status == "answered"
    assert wanted in answer.answer
    assert len({citation.indicator for citation in answer.citations}) == 1


def test_a_change_of_something_named_is_reckoned_of_that(town: Town) -> None:
    answer = town.talk(BRIGADES, "¿y cuánto bajan los accidentes en vías rurales?")
    assert "24 (64 − 40)" in answer.answer


@pytest.mark.parametrize("thanks", ["gracias", "Muchas gracias", "ok, perfecto"])
def test_thanks_do_not_end_what_is_talked_of(town: Town, thanks: str) -> None:
    answer = town.talk(BRIGADES, thanks, "¿y la línea base?")
    assert "22 brigadas" in answer.answer


@pytest.mark.parametrize(
    "start", ["y de cuánto partía?", "¿y de cuánto arrancaban?", "¿y desde cuánto empezó?", "¿y de dónde partía?"]
)
@pytest.mark.parametrize(
    ("first", "wanted"),
    [("meta de accidentes en vías rurales", "64 accidentes"), ("meta de cobertura de acueducto rural", "61 %")],
)
def test_where_something_started_asks_for_the_baseline_of_its_row(
    town: Town, first: str, start: str, wanted: str
) -> None:
    answer = town.talk(first, start)
    assert answer.answer.startswith("La línea base")
    assert wanted in answer.answer


@pytest.mark.parametrize(
    "where", ["y en qué barrios quedarían las nuevas?", "¿y en qué veredas las van a dotar?", "¿en qué comunas son?"]
)
def test_where_is_asked_of_the_row_and_not_found_when_it_does_not_say(town: Town, where: str) -> None:
    assert town.talk("¿Cuál es la meta de aulas escolares dotadas?", where).status == "not_found"


def test_a_place_that_the_row_says_is_told(town: Town) -> None:
    answer = town.talk("¿Cuál es la meta de placa huella instalada?", "¿y en qué veredas las van a instalar?")
    assert [citation.indicator for citation in answer.citations] == ["Placa huella instalada en veredas"]


def test_things_counted_one_by_one_are_told_each_from_beside_the_one_before(town: Town) -> None:
    first = "¿Cuántos pacientes atendió el puesto de salud entre enero y marzo de 2025?"
    answer = town.talk(first, "¿y cuántos la brigada móvil y cuántos la teleconsulta?")
    assert sorted(citation.figure["text"] for citation in answer.citations) == ["1.390", "520"]


def test_where_one_of_them_has_no_figure_none_is_told_for_it(town: Town) -> None:
    first = "¿Cuántos pacientes atendió el puesto de salud entre enero y marzo de 2025?"
    answer = town.talk(first, "¿y cuántos la brigada móvil y cuántos los odontólogos?")
    assert "520" not in answer.answer


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("¿cuánto suman?", "33"),
        ("¿y las dos juntas?", "33"),
        ("¿cuál de las dos es mayor?", "26"),
        ("¿cuál es la diferencia entre las dos?", "19"),
    ],
)
def test_what_the_last_two_answers_told_is_put_together(town: Town, asked: str, wanted: str) -> None:
    answer = town.talk("meta de puentes peatonales", "¿y la de canchas deportivas?", asked)
    assert answer.status == "answered"
    assert wanted in answer.answer.splitlines()[0]
    assert {citation.indicator for citation in answer.citations} == {
        "Puentes peatonales construidos",
        "Canchas deportivas recuperadas",
    }


def test_rates_are_not_added_up(town: Town) -> None:
    answer = town.talk("meta de deserción escolar", "¿y la de cobertura de acueducto rural?", "¿cuánto suman?")
    assert "83,2" not in answer.answer


def test_the_other_rows_of_that_programme_are_those_of_the_row_told(town: Town) -> None:
    answer = town.talk("¿Cuál es la meta de docentes formados en lectura?", "¿y qué otras metas tiene ese programa?")
    assert {citation.indicator for citation in answer.citations} == {
        "Aulas escolares dotadas",
        "Docentes formados en lectura",
        "Restaurantes escolares adecuados",
    }
