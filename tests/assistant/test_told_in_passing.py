"""Questions told as people talk: verbs in every tense, "donde" within a clause, dates that only say when."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.support.town import Town


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("¿Cuántas canchas donde los muchachos echen balón van a recuperar?", "26"),
        ("¿Cuántos acueductos veredales donde sirva el agua piensan construir?", "nueve (9)"),
        ("¿Cuántos puentes peatonales por donde uno cruce sin miedo van a construir?", "7"),
    ],
)
def test_where_within_a_clause_asks_for_no_place(town: Town, question: str, figure: str) -> None:
    answer = town.ask(question, entity="Villa Serena")
    assert answer.status == "answered"
    assert figure in answer.answer


def test_where_at_the_start_of_a_clause_still_asks_for_a_place(town: Town) -> None:
    assert town.ask("¿Dónde van a construir los puentes peatonales?").status == "not_found"


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuántos pacientes atendió la teleconsulta en los tres primeros meses de 2025?",
        "Al empezar el 2025, de enero a marzo, ¿cuántos pacientes atendieron por teleconsulta?",
        "¿Cuántos pacientes vieron por teleconsulta en los primeros 3 meses de 2025?",
    ],
)
def test_a_date_after_a_beginning_says_when_and_asks_for_no_baseline(town: Town, question: str) -> None:
    answer = town.ask(question)
    assert answer.status == "answered"
    assert Decimal(520) in {figure.value for figure in answer.figures}
    assert Decimal(460) not in {figure.value for figure in answer.figures}


def test_the_last_months_of_a_year_are_a_time(town: Town) -> None:
    answer = town.ask("¿Cuántos pacientes atendió la brigada móvil en los últimos tres meses de 2024?")
    assert {figure.value for figure in answer.figures} >= {Decimal(1130)}
    assert Decimal(1390) not in {figure.value for figure in answer.figures}


@pytest.mark.parametrize(
    "question",
    [
        "¿A qué porcentaje tenían que llegar en 2025 con los acueductos veredales?",
        "Con los acueductos veredales, ¿en qué porcentaje debían quedar en 2025?",
    ],
)
def test_a_percentage_to_get_to_is_a_target_and_not_a_change(town: Town, question: str) -> None:
    query = town.read(question)
    assert "target" in query.fields
    assert query.kind != "percent_change"
    answer = town.ask(question)
    assert answer.status == "answered"
    assert "40" in answer.answer


@pytest.mark.parametrize(
    ("question", "is_target"),
    [
        ("¿A cuántos pacientes les dieron cita?", False),
        ("¿A cuántas familias visitaron las brigadas?", False),
        ("¿A cuántas familias les van a entregar filtros?", True),
        ("¿A cuántos deportistas piensan apoyar?", True),
    ],
)
def test_what_was_done_is_no_target(town: Town, question: str, is_target: bool) -> None:
    assert ("target" in town.read(question).fields) == is_target


def test_verbs_of_the_story_weigh_little_beside_the_thing_asked_for(town: Town) -> None:
    query = town.read("¿Cuántas aulas escolares traían, ponían o debían, de las que servían y andaban?")
    weights = {term.text: term.weight for term in query.terms}
    told = sum(weight for text, weight in weights.items() if text not in ("aul", "escolar", "aula", "aul escolar"))
    assert told < sum(weights.values()) / 3


def test_a_verb_in_another_form_finds_the_form_that_the_documents_have(town: Town) -> None:
    query = town.read("¿Cuántas canchas recuperarán?")
    assert all(term.known for term in query.terms)


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuántos tranvías ponían a andar donde uno vivía?",
        "¿Cuántas panaderías debían abrir para que la gente comiera?",
        "¿Cuántos loros trajeron al empezar el 2025?",
    ],
)
def test_a_thing_that_no_document_has_stays_unanswered(town: Town, question: str) -> None:
    assert town.ask(question).status != "answered"
