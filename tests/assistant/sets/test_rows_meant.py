"""Which rows a question means: those of the office that has them, those that say something, those worded so."""

from __future__ import annotations

import pytest

from tests.support.town import Town

BRIDGES, LIGHTS, SLABS = (
    "Puentes peatonales construidos",
    "Semáforos inteligentes instalados",
    "Placa huella instalada en veredas",
)


@pytest.mark.parametrize(
    "question",
    [
        "¿Qué metas tiene a su cargo la Inspección de Tránsito en el programa Huellas Rurales?",
        "¿Qué metas del programa Huellas Rurales le tocan a la Inspección de Tránsito?",
        "metas de huellas rurales que ejecuta la inspección de tránsito",
        "Indique las metas de Huellas Rurales que figuran en la presentación de la Inspección de Tránsito",
    ],
)
def test_a_set_is_of_the_office_whatever_verb_says_so(town: Town, question: str) -> None:
    answer = town.ask(question)
    assert {citation.indicator for citation in answer.citations} == {BRIDGES, LIGHTS}


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuántos programas lidera la Secretaría de Salud?",
        "¿Cuántos programas tiene a su cargo la Secretaría de Salud según su presentación del Plan?",
        "¿Cuántos programas maneja la Secretaría de Salud?",
    ],
)
def test_what_an_office_does_with_its_programmes_is_no_subject(town: Town, question: str) -> None:
    assert town.ask(question).answer.startswith("Secretaría de Salud: 2 programas")


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("metas del cuatrienio donde se mencionan los tramos", {SLABS}),
        ("¿Qué indicadores mencionan en la línea base los puentes?", {BRIDGES}),
        ("indicadores con la palabra veredas", {SLABS}),
        ("metas que hablan de canchas", {"Canchas deportivas recuperadas"}),
        ("¿Qué metas contienen la palabra restaurantes?", {"Restaurantes escolares adecuados"}),
    ],
)
def test_rows_that_mention_something_say_it_themselves(town: Town, question: str, rows: set[str]) -> None:
    answer = town.ask(question)
    assert {citation.indicator for citation in answer.citations} == rows


@pytest.mark.parametrize(
    "question",
    ["¿Qué metas están expresadas en porcentaje?", "metas que son porcentuales", "metas medidas en porcentaje"],
)
def test_targets_in_percent(town: Town, question: str) -> None:
    answer = town.ask(question, entity="Villa Serena")
    assert {citation.indicator for citation in answer.citations} == {
        "Tasa de deserción escolar",
        "Cobertura de acueducto rural",
        "Niños con esquema de vacunación completo",
    }
