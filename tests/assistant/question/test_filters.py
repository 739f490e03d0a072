"""What narrows a question down."""

from __future__ import annotations

import pytest

from assistant.question.periods import read_period_token
from assistant.question.places import same_city
from tests.support.town import Town


@pytest.mark.parametrize(
    ("word", "period"),
    [
        ("2024-2027", "2024-2027"),
        ("2024/2027", "2024-2027"),
        ("2024-27", "2024-2027"),
        ("24-27", "2024-2027"),
        ("2027-2024", None),
        ("2024-2060", None),
        ("2024", None),
        ("66/290", None),
    ],
)
def test_spans_of_years_as_people_type_them(word: str, period: str | None) -> None:
    assert read_period_token(word) == period


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Cartagena de Indias", "cartagena", True),
        ("VILLA SERENA", "Villa Serena", True),
        ("Villa Serena", "Villa Rica", False),
        ("Puerto Lindo", "Puerto", True),
        ("Lindo", "Puerto Lindo", False),
    ],
)
def test_names_of_one_place(one: str, other: str, same: bool) -> None:
    assert same_city(one, other) is same


def test_a_town_of_the_documents_is_a_filter(town: Town) -> None:
    filters = town.read("¿cuantos muelles hay en puerto lindo?").filters
    assert (filters.entities, filters.unknown_entity) == (("Puerto Lindo",), None)


def test_both_towns_are_kept_when_both_are_named(town: Town) -> None:
    filters = town.read("¿Cuántos kilómetros de vía entre Villa Serena y Puerto Lindo?").filters
    assert set(filters.entities) == {"Villa Serena", "Puerto Lindo"}


def test_a_capital_without_documents_is_named_as_unknown(town: Town) -> None:
    filters = town.read("¿Cuántos puentes hay en Tunja?").filters
    assert (filters.entities, filters.unknown_entity) == ((), "Tunja")


def test_a_period_without_documents_is_named_as_unknown(town: Town) -> None:
    filters = town.read("¿Cuántos puentes había en el plan 2016-2019?").filters
    assert (filters.periods, filters.unknown_period) == ((), "2016-2019")


def test_what_is_given_beside_the_question_wins_over_its_words(town: Town) -> None:
    filters = town.read("¿Cuál es la meta en Villa Serena?", entity="Puerto Lindo", period="1990-1993").filters
    assert (filters.entities, filters.unknown_period) == (("Puerto Lindo",), "1990-1993")


def test_a_given_town_without_documents_is_unknown_and_not_ignored(town: Town) -> None:
    assert town.read("¿Cuál es la meta?", entity="Villa Rica").filters.unknown_entity == "Villa Rica"


@pytest.mark.parametrize(
    ("question", "role", "name"),
    [
        ("Lista las metas del programa Huellas Rurales", "programme", "HUELLAS RURALES"),
        ("¿Qué metas tiene el componente Bienestar Cercano?", "component", "Bienestar Cercano"),
        ("¿Qué metas hay en la línea Gente que aprende y se cuida?", "strategic_line", "Gente que Aprende y se Cuida"),
        ("Según la Secretaría de Educación, ¿qué metas hay?", "dependency", "Secretaría de Educación"),
    ],
)
def test_names_of_each_level_are_filters_as_printed(town: Town, question: str, role: str, name: str) -> None:
    assert getattr(town.read(question).filters, role) == name


def test_kinds_of_rows(town: Town) -> None:
    assert town.read("¿Cuáles son las metas de resultado?").filters.row_kinds == ("result",)
    assert town.read("Lista los indicadores de producto").filters.row_kinds == ("product",)


@pytest.mark.parametrize(
    ("question", "state"),
    [
        ("¿Qué indicadores no tienen línea base?", "none"),
        ("¿Qué metas parten de cero?", "zero"),
        ("¿Qué metas hay?", None),
    ],
)
def test_states_of_the_baseline(town: Town, question: str, state: str | None) -> None:
    assert town.read(question).filters.baseline_state == state


@pytest.mark.parametrize("marks", ['"{}"', "«{}»", "“{}”"])
def test_quoted_words_are_looked_for_as_they_are(town: Town, marks: str) -> None:
    assert town.read(f"¿Qué metas dicen {marks.format('vía terciaria')}?").filters.quoted == ("vía terciaria",)


def test_a_quoted_name_is_that_name_and_no_text(town: Town) -> None:
    filters = town.read("¿Qué metas hay en «Huellas Rurales»?").filters
    assert (filters.programme, filters.quoted) == ("HUELLAS RURALES", ())
