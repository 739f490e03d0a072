"""Rows whose baseline or target is as a question demands: exactly those, and said when there is none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.answer import Answer
from assistant.corpus.corpus import stem_set
from assistant.corpus.row_names import Name, NameRole
from assistant.question.begun_names import begun_names
from assistant.question.conditions import conditions_in
from ingest.records import Figure
from tests.support.records import make_row
from tests.support.town import Town


def listed(answer: Answer) -> set[str | None]:
    return {citation.indicator for citation in answer.citations}


@pytest.mark.parametrize(
    ("text", "relation", "subject", "value"),
    [
        ("qué productos tienen una meta mayor que 100", "above", "target", 100),
        ("productos con meta de más de 1.200", "above", "target", 1200),
        ("las metas que superan los 50", "above", "target", 50),
        ("indicadores cuya línea base está por debajo de 10", "below", "baseline", 10),
        ("indicadores con línea base de al menos 22", "at_least", "baseline", 22),
        ("productos con meta igual o superior a 3", "at_least", "target", 3),
        ("productos que parten de una línea base de cero", "zero", "baseline", None),
        ("productos que arrancan en 0", "zero", "baseline", None),
        ("productos que traen cero (0) como línea base", "zero", "baseline", None),
        ("productos con línea base cero (0)", "zero", "baseline", None),
        ("productos con N.D. en su línea base", "none", "baseline", None),
        ("productos con la línea base N.D.", "none", "baseline", None),
        ("productos que no traen línea base", "none", "baseline", None),
        ("indicadores cuya línea base es de diciembre de 2023", "of_year", "baseline", 2023),
        ("indicadores con línea base a corte 2022", "of_year", "baseline", 2022),
        ("indicadores con una línea base de 11", "equal", "baseline", 11),
        ("qué indicadores tienen la línea base mayor que la meta", "above_target", "baseline", None),
        ("products with a target greater than 100", "above", "target", 100),
    ],
)
def test_conditions_are_read(text: str, relation: str, subject: str, value: int | None) -> None:
    (condition,) = conditions_in(text)
    wanted = None if value is None else Decimal(value)
    assert (condition.relation, condition.subject, condition.value) == (relation, subject, wanted)


@pytest.mark.parametrize(
    "text",
    [
        "¿Cuál es la meta de aulas?",
        "metas con avance de más de 50 %",
        "la línea base y la meta de puentes",
        "qué metas hay para 2027",
    ],
)
def test_what_demands_nothing_is_no_condition(text: str) -> None:
    assert conditions_in(text) == ()


@pytest.mark.parametrize(("month", "holds"), [("diciembre", True), ("marzo", False)])
def test_a_month_that_is_named_has_to_be_that_of_the_baseline(month: str, holds: bool) -> None:
    (condition,) = conditions_in(f"indicadores con línea base de {month} de 2023")
    figure = Figure(text="3 pozos", value=Decimal(3), period="diciembre de 2023")
    assert condition.holds(make_row("a" * 64, 1, "Pozos", baseline=figure)) is holds


def test_a_range_takes_both_ends() -> None:
    (condition,) = conditions_in("productos con línea base entre 4 y 35,5")
    assert (condition.value, condition.other) == (Decimal(4), Decimal("35.5"))


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        (
            "¿Qué productos del programa Gota a Gota parten de cero?",
            {"Familias con filtros de agua entregados"},
        ),
        (
            "Del programa Huellas Rurales, ¿qué productos tienen línea base N.D.?",
            {"Placa huella instalada en veredas", "Semáforos inteligentes instalados"},
        ),
        (
            "Del programa Tiza y Tablero, ¿cuáles productos tienen una meta mayor que 100?",
            {"Aulas escolares dotadas", "Docentes formados en lectura"},
        ),
        (
            "¿Qué productos del programa Huellas Rurales tienen la línea base de 2022?",
            {"Puentes peatonales construidos"},
        ),
        (
            "¿Qué indicadores de Villa Serena tienen una línea base mayor que la meta?",
            {"Tasa de deserción escolar", "Accidentes en vías rurales"},
        ),
    ],
)
def test_exactly_the_rows_that_meet_it(town: Town, question: str, wanted: set[str]) -> None:
    answer = town.ask(question)
    assert answer.status == "answered"
    assert listed(answer) == wanted


def test_rows_that_meet_it_are_counted(town: Town) -> None:
    answer = town.ask("¿Cuántos productos del programa Tiza y Tablero tienen meta mayor que 100?")
    assert "2 indicadores" in answer.answer


def test_none_is_said_with_the_rows_looked_through(town: Town) -> None:
    answer = town.ask("¿Qué productos del programa Bata Blanca parten de cero?")
    assert answer.answer.startswith("De 2 indicadores — BATA BLANCA, ninguno cumple «parten de cero»")
    assert len(answer.citations) == 2


def name(role: NameRole, text: str) -> Name:
    return Name(role, text, stem_set(text))


NAMES = (
    name("programme", "Caminos con luz para las veredas altas y los corregimientos del sur"),
    name("programme", "Caminos con sombra"),
    name("component", "Territorio en orden"),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Del programa Caminos con Luz, ¿qué productos hay?", NAMES[0]),
        ("el programa de los caminos con sombra", NAMES[1]),
        ("el componente Territorio en Orden", NAMES[2]),
        ("el programa Caminos con futuro", None),
        ("el programa Territorio en Orden", None),
    ],
)
def test_a_name_begun_after_its_level(text: str, found: Name | None) -> None:
    assert list(begun_names(text, NAMES).values()) == ([found] if found else [])
