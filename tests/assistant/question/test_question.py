"""Which words of a question ask for what."""

from __future__ import annotations

import pytest

from assistant.question.query import Field, QuestionKind
from assistant.question.times import Interval
from tests.support.town import Town


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("¿Cuál es la meta de canchas deportivas?", "target"),
        ("¿De cuánto arrancamos en canchas deportivas?", "baseline"),
        ("¿Quién responde por las canchas deportivas?", "dependency"),
        ("¿De qué fuente sale el dato de las canchas?", "source"),
        ("¿Qué ODS tiene la cobertura de acueducto?", "ods"),
        ("¿A qué componente pertenecen las canchas?", "component"),
        ("¿Cuánta plata hay para canchas deportivas?", "budget"),
        ("¿Cómo va lo de las canchas deportivas?", "progress"),
        ("What is the baseline of the sports courts?", "baseline"),
    ],
)
def test_question_words_ask_for_their_field(town: Town, question: str, field: Field) -> None:
    assert field in town.read(question).fields


def test_two_fields_are_kept_in_the_order_of_the_question(town: Town) -> None:
    assert town.read("¿Cuál es la línea base y la meta de canchas?").fields == ("baseline", "target")


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("¿Cuál es la meta de canchas deportivas?", "value"),
        ("Lista las metas de Huellas Rurales", "list"),
        ("¿Cuántas metas tiene Huellas Rurales?", "count"),
        ("¿Cuánto suman las aulas y los docentes?", "sum"),
        ("¿Cuánto falta para la meta de puentes?", "difference"),
        ("¿Cuál es la variación porcentual de las canchas?", "percent_change"),
        ("Compare las brigadas con las canchas", "compare"),
        ("¿Qué sede atendió al mayor número de pacientes? la más alta", "ranking"),
        ("¿Es cierto que van a construir puentes?", "yes_no"),
        ("Hola", "smalltalk"),
        ("Redacte un discurso con las metas", "order"),
        ("¿Cuál es el celular de la peticionaria?", "personal_data"),
        ("", "empty"),
        ("¿?  ¡!", "empty"),
        ("🏟️🏟️", "empty"),
    ],
)
def test_cues_tell_the_kind(town: Town, question: str, kind: QuestionKind) -> None:
    assert town.read(question).kind == kind


def test_personal_data_wins_over_every_other_kind(town: Town) -> None:
    assert town.read("Lista el número de cédula de la peticionaria y cuántas metas hay").kind == "personal_data"


def test_a_greeting_before_a_question_is_no_small_talk(town: Town) -> None:
    assert town.read("Hola, buenas tardes, ¿cuántas canchas van a recuperar?").kind != "smalltalk"


def test_years_are_times_and_no_numbers(town: Town) -> None:
    query = town.read("¿Cuántas canchas se recuperaron en 2025?")
    assert (query.asked, query.numbers) == ((Interval("2025-01-01", "2025-12-31"),), ())


def test_a_short_year_is_one_after_a_word_of_time(town: Town) -> None:
    assert town.read("¿Cuántas canchas en la vigencia 25?").asked == (Interval("2025-01-01", "2025-12-31"),)


def test_a_quarter_has_its_first_and_last_day(town: Town) -> None:
    asked = town.read("¿Cuántos pacientes atendieron en el primer trimestre de 2025?").asked
    assert asked == (Interval("2025-01-01", "2025-03-31"),)


def test_a_government_period_of_the_documents_is_a_filter_and_no_time(town: Town) -> None:
    query = town.read("¿Cuál es la meta de canchas del plan 2024-2027?")
    assert (query.filters.periods, query.asked, query.numbers) == (("2024-2027",), (), ())


def test_a_figure_in_the_question_is_kept_as_typed(town: Town) -> None:
    assert town.read("¿Es cierto que son 1.500 canchas?").numbers == ("1.500",)


def test_set_nouns_with_a_value_narrow_to_targets_of_that_value(town: Town) -> None:
    assert [str(value) for value in town.read("¿Qué indicadores tienen una meta de 26?").filters.target_values] == [
        "26"
    ]


@pytest.mark.parametrize(
    ("question", "flag"),
    [
        ("¿Cuánto quedó sin ejecutar de Gota a Gota?", "unspent"),
        ("¿En qué porcentaje está?", "percent"),
        ("¿Cuánto aumenta la cobertura?", "changes"),
        ("¿Y eso cuánto cuesta?", "points_back"),
        ("¿Cuántos puentes van a hacer?", "wants_figure"),
    ],
)
def test_what_else_a_question_says(town: Town, question: str, flag: str) -> None:
    assert getattr(town.read(question), flag)
    assert not getattr(town.read("Puentes peatonales"), flag)


@pytest.mark.parametrize(
    ("question", "step"), [("¿y el trimestre siguiente?", 1), ("¿y el año anterior?", -1), ("¿y?", 0)]
)
def test_steps_in_time(town: Town, question: str, step: int) -> None:
    assert town.read(question).step == step


def test_reading_is_pure(town: Town) -> None:
    question = "¿Cuántas canchas, sin contar la vieja, hay en Villa Serena para 2027?"
    first = town.read(question)
    town.read("¿Cuántos muelles hay en Puerto Lindo?")
    assert town.read(question) == first


def test_given_entity_and_period_narrow_like_words(town: Town) -> None:
    said = town.read("¿Cuál es la meta de vía terciaria en Puerto Lindo 2024-2027?")
    given = town.read("¿Cuál es la meta de vía terciaria?", entity="Puerto Lindo", period="2024-2027")
    assert given.filters == said.filters


@pytest.mark.parametrize(
    ("question", "fields"),
    [
        ("¿A cuántos niños que ponen a pedir plata en la calle van a atender?", ()),
        ("¿Cuánta plata hay para atender la mendicidad?", ("budget",)),
    ],
)
def test_money_in_a_phrase_for_something_else_asks_for_no_money(
    town: Town, question: str, fields: tuple[str, ...]
) -> None:
    assert tuple(name for name in town.read(question).fields if name == "budget") == fields


@pytest.mark.parametrize(
    "question",
    ["¿Lo de los faros venía de antes?", "¿lo de los faros arranca de ceros?", "¿El programa parte de cero?"],
)
def test_whether_something_begins_from_nothing_asks_for_the_baseline(town: Town, question: str) -> None:
    assert "baseline" in town.read(question).fields


def test_thanks_are_no_subject(town: Town) -> None:
    assert "agradezc" not in {term.text for term in town.read("¿Cuántas canchas van a recuperar? Agradezco").terms}
