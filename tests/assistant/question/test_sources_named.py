"""Sets of the rows whose baseline comes from a source that the question names, before or after saying so."""

from __future__ import annotations

import pytest

from tests.support.town import Town

SPORTS = {"Canchas deportivas recuperadas", "Deportistas apoyados"}
TRAFFIC = {"Accidentes en vías rurales", "Puentes peatonales construidos"}


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("indicadores cuya LB tiene como fuente al Instituto de Deportes", SPORTS),
        ("metas cuya fuente es el Instituto de Deportes", SPORTS),
        ("¿qué metas toman al Instituto de Deportes como fuente de la línea base?", SPORTS),
        ("metas con fuente Inspección de Tránsito en Villa Serena", TRAFFIC),
        ("indicadores cuya línea base viene de la Inspección de Tránsito", TRAFFIC),
        ("lista los indicadores que citan como fuente a la Inspección de Tránsito", TRAFFIC),
        ("indicadores que tienen como fuente al Ministerio de Educación", {"Tasa de deserción escolar"}),
        ("metas con fuente Capitanía", {"Muelles pesqueros rehabilitados"}),
    ],
)
def test_all_rows_of_a_source_and_no_others(town: Town, question: str, rows: set[str]) -> None:
    answer = town.ask(question)
    assert answer.status == "answered"
    assert {citation.indicator for citation in answer.citations} == rows


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("¿cuántas metas tienen como fuente al Instituto de Deportes?", 2),
        ("¿cuántas metas tienen como fuente a la Capitanía?", 1),
        ("¿cuántos indicadores usan a la Inspección de Tránsito como fuente?", 2),
    ],
)
def test_the_rows_of_a_source_are_counted(town: Town, question: str, number: int) -> None:
    (proof,) = (figure for figure in town.ask(question).figures if figure.derivation)
    assert proof.value == number


@pytest.mark.parametrize(
    "question",
    [
        "¿cuál es la fuente de la línea base de las canchas deportivas?",
        "¿qué metas tienen como fuente de financiación las regalías?",
        "¿qué fuente tienen los indicadores de canchas?",
    ],
)
def test_a_question_for_the_source_names_none(town: Town, question: str) -> None:
    assert not town.read(question).filters.sources
