"""What a question says that it does not mean: no term of it, and nothing that stands under it is told."""

from __future__ import annotations

import pytest

from assistant.evidence.retrieve import suitability
from assistant.question.query import Query
from tests.support.town import Town, stem


def test_what_is_excluded_is_no_term(town: Town) -> None:
    query = town.read("¿Cuántas aulas van a dotar sin contar los restaurantes?")
    assert stem("restaurantes") in query.excluded
    assert stem("restaurantes") not in {term.text for term in query.terms}


def test_an_exclusion_ends_at_the_next_comma(town: Town) -> None:
    query = town.read("Sin contar los restaurantes, ¿cuántas aulas van a dotar?")
    assert stem("aulas") in {term.text for term in query.terms}
    assert stem("aulas") not in query.excluded


def test_what_a_parenthesis_leaves_out_is_not_meant(town: Town) -> None:
    query = town.read("brigadas por tipo (sin Teleconsulta ni las repuestas)")
    assert "teleconsult" in query.excluded
    assert not town.read("familias sin agua (veredas altas)").excluded


def test_what_the_question_excludes_suits_less(town: Town) -> None:
    row = town.item("Restaurantes escolares adecuados")
    plain, without = Query("x"), Query("x", excluded=frozenset({stem("restaurantes")}))
    assert suitability(row, without) < suitability(row, plain)


@pytest.mark.parametrize(
    ("question", "told", "left_out"),
    [
        ("Aparte del contrato con la Empresa Costera, ¿cuántos reflectores instalaron?", "9", "25"),
        ("aparte del contrato grande cuantos reflectores instalaron", "9", "25"),
        ("¿Cuántos reflectores se instalaron? los que no son del contrato de la Empresa Costera", "9", "25"),
        ("¿Cuántos reflectores instalaron, por fuera del contrato?", "9", "25"),
        ("¿Cuántas bengalas hay (no las que repusieron)?", "7", "16"),
    ],
)
def test_what_stands_in_a_list_or_is_of_a_deed_left_out_is_not_told(
    brisamar: Town, question: str, told: str, left_out: str
) -> None:
    answer = brisamar.ask(question)
    assert answer.status == "answered"
    figures = {one.text for one in answer.figures}
    assert told in figures
    assert left_out not in figures


@pytest.mark.parametrize(
    "question",
    [
        "cámaras LPR fuera del contrato EDA: repuestas y nuevas fijas",
        "¿Cuántas cámaras LPR repusieron y cuántas fijas pusieron, aparte de las del contrato con la EDA?",
        "How many LPR cameras were replaced, and how many fixed ones were installed, apart from the EDA contract?",
    ],
)
def test_each_of_two_things_is_told_without_what_is_left_out_of_both(bay: Town, question: str) -> None:
    answer = bay.ask(question)
    assert answer.status == "answered", answer.answer
    assert "14 cámaras LPR" in answer.answer
    assert "31 cámaras LPR fijas" in answer.answer
    assert "90" not in answer.answer
