"""What is asked of a thing and no document says is not found, however well the thing itself is named."""

from __future__ import annotations

import pytest

from assistant.evidence.dimensions import dimensions_asked
from assistant.figures.premise import is_premise
from tests.support.town import Town


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuál es el tiempo de espera en los restaurantes escolares?",
        "Sírvase informar el tiempo promedio de atención en el puesto de salud.",
        "¿Cuánto demora la atención en las brigadas de salud rural?",
        "¿Cuántos minutos dura el cambio de los semáforos inteligentes?",
        "¿Cuántos cupos tendrán los restaurantes escolares?",
        "¿Cuál es la capacidad de las plantas de tratamiento de agua potable?",
        "¿Cuántos metros cuadrados tendrán las canchas deportivas?",
        "¿Qué multa se paga por dañar los semáforos inteligentes?",
        "¿Cuál es la edad promedio de los deportistas apoyados?",
        "¿Cuánto es el arriendo de los muelles pesqueros?",
        "¿Cuántos trabajadores tienen los restaurantes escolares?",
        "semáforos inteligentes: plazo de ejecución del contrato",
        "¿Cuál es la fecha de terminación del contrato de los acueductos veredales?",
        "¿Cuándo vence el convenio de los filtros de agua?",
        "Ya que los semáforos inteligentes están funcionando, ¿cuánto ha ahorrado el municipio?",
        "¿Cuántos ingresos dejaron los muelles pesqueros?",
        "¿Cuánto recaudaron con las canchas deportivas?",
    ],
)
def test_a_dimension_that_nothing_says_is_not_found(town: Town, question: str) -> None:
    answer = town.ask(question)
    assert answer.status == "not_found"
    assert not answer.figures
    assert answer.suggestions


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("¿Cuántos restaurantes escolares van a adecuar?", "18 restaurantes"),
        ("¿Cuántas brigadas de salud rural van a realizar?", "48 brigadas"),
        ("¿Qué tasa de deserción escolar fija como meta el plan?", "5,2 %"),
        ("¿Cuántos deportistas van a apoyar?", "75 deportistas"),
        ("¿Cuántos semáforos inteligentes van a instalar y qué capacidad tienen?", "14 semáforos"),
    ],
)
def test_what_the_row_does_say_is_told(town: Town, question: str, expected: str) -> None:
    answer = town.ask(question)
    assert answer.status == "answered"
    assert expected in answer.answer


def test_a_dimension_asked_beside_something_else_is_no_bar_to_telling_that() -> None:
    assert dimensions_asked("¿Cuál es el tiempo de espera en el puesto?")
    assert not dimensions_asked("¿Cuántos puestos van a abrir y cuál es el tiempo de espera?")


@pytest.mark.parametrize(
    "question",
    [
        "¿En qué año entrarán en servicio los restaurantes escolares?",
        "¿Qué año abren los puentes peatonales de Villa Serena?",
        "¿Para qué fecha estarán instalados los semáforos inteligentes?",
        "¿En qué año van a entregar las aulas escolares?",
    ],
)
def test_a_year_to_come_that_no_target_says_is_named_as_missing(town: Town, question: str) -> None:
    answer = town.ask(question)
    assert answer.status == "not_found"
    assert "Los documentos no dicen el año de" in answer.answer


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("¿De qué año es la línea base de las aulas escolares?", "2023"),
        ("¿Para qué año es la meta de semáforos inteligentes?", "14 semáforos"),
    ],
)
def test_the_year_of_a_baseline_or_a_target_is_told(town: Town, question: str, expected: str) -> None:
    answer = town.ask(question)
    assert answer.status == "answered"
    assert expected in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "accidentes en vías rurales: meta intermedia solo para el año 2025?",
        "accidentes en vías rurales: meta intermedia solo 2026?",
        "aulas escolares: meta solo para 2025?",
    ],
)
def test_a_target_of_a_single_year_that_no_row_has_is_not_denied_but_not_found(town: Town, question: str) -> None:
    assert not is_premise(town.read(question))
    answer = town.ask(question, entity="Villa Serena")
    assert answer.status == "not_found"


def test_a_question_that_states_a_figure_is_still_held_against_the_rows(town: Town) -> None:
    answer = town.ask("aulas escolares: meta 150?", entity="Villa Serena")
    assert answer.status == "answered"
    assert answer.answer.startswith("No")


@pytest.mark.parametrize("day", ["30 de junio de 2025", "30 de septiembre de 2025"])
def test_as_of_a_day_only_what_states_that_day_answers(town: Town, day: str) -> None:
    answer = town.ask(f"¿Cuánto era lo ejecutado del programa Bata Blanca a {day}?")
    assert answer.status == "not_found"


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuántos inspectores nuevos va a tener Villa Serena?",
        "¿Cuántos médicos nuevos van a mandar a Villa Serena?",
        "¿Cuántos bomberos nuevos van a nombrar?",
    ],
)
def test_people_are_not_counted_by_the_office_or_place_they_are_in(town: Town, question: str) -> None:
    assert town.ask(question).status == "not_found"


@pytest.mark.parametrize(
    "question", ["Villa Serena florece: cuántas llevamos a 2025", "secretario de salud: ¿cuántos hay?"]
)
def test_a_cover_line_or_a_name_counts_nothing(town: Town, question: str) -> None:
    answer = town.ask(question)
    assert all(
        citation.kind != "passage" or any(map(str.isdigit, citation.quote or "")) for citation in answer.citations
    )


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Indíqueme el valor del contrato de los semáforos inteligentes.", "el presupuesto"),
        ("¿Cuál es el monto total de la construcción de los puentes peatonales?", "el presupuesto"),
        ("valor de la adecuación de los restaurantes escolares", "el presupuesto"),
        ("¿Cuánto se ejecutó en la dotación de las aulas escolares?", "el presupuesto"),
        ("como hago pa inscribirme en las brigadas de salud rural", "requisitos"),
        ("¿Cómo hace uno para entrar a los deportistas apoyados?", "requisitos"),
        ("¿Dónde me anoto para los filtros de agua?", "requisitos"),
    ],
)
def test_what_a_thing_costs_and_how_one_gets_in_are_no_target(town: Town, question: str, missing: str) -> None:
    answer = town.ask(question)
    assert answer.status == "not_found", answer.answer
    assert missing in answer.answer
