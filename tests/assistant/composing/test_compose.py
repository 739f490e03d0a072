"""What an answer about values says, word for word."""

from __future__ import annotations

import re

import pytest

from assistant.answer import Answer
from assistant.composing.compose import suggestion
from assistant.composing.phrases import phrases
from tests.support.town import CITIZEN, Town, corpus_of, entry


def first_line(answer: Answer) -> str:
    return answer.answer.split("\n")[0]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (
            "¿Cuántas canchas van a recuperar?",
            "La meta de «Canchas deportivas recuperadas» es: Recuperar 26 canchas [1].",
        ),
        (
            "¿De cuánto partimos en canchas deportivas recuperadas?",
            "La línea base de «Canchas deportivas recuperadas» es: 11 canchas "
            "(fuente: Instituto de Deportes, 2023) [1].",
        ),
        (
            "¿Quién responde por las canchas deportivas?",
            "La dependencia a cargo de «Canchas deportivas recuperadas» es Secretaría de Salud [1].",
        ),
        (
            "¿De qué fuente sale la línea base de las canchas deportivas?",
            "La fuente de la línea base de «Canchas deportivas recuperadas» es Instituto de Deportes, 2023 [1].",
        ),
        (
            "¿Con qué ODS se asocia la cobertura de acueducto rural?",
            "«Cobertura de acueducto rural» se asocia al ODS 6. Agua limpia [1].",
        ),
        (
            "¿Cuál es la línea base y la meta de las brigadas de salud rural?",
            "«Brigadas de salud rural realizadas» parte de: 22 brigadas (fuente: Secretaría de Salud, 2023); "
            "la meta es: Realizar 48 brigadas [1].",
        ),
        (
            "How many sports courts will be recovered?",
            "The target of «Canchas deportivas recuperadas» is: Recuperar 26 canchas [1].",
        ),
    ],
)
def test_the_first_sentence_says_what_was_asked(town: Town, question: str, sentence: str) -> None:
    assert first_line(town.ask(question)) == sentence


def test_a_question_about_the_year_of_the_baseline_is_answered_with_the_baseline(town: Town) -> None:
    answer = town.ask("¿Cuántos accidentes en vías rurales había a diciembre de 2023?")
    assert "64 accidentes" in first_line(answer)
    assert "40" not in first_line(answer)


def test_how_many_were_built_is_not_answered_with_other_figures_of_the_slide(town: Town) -> None:
    assert "contratos" not in town.ask("¿Cuántos acueductos se han construido hasta ahora?").answer


def test_what_matters_of_the_row_follows(town: Town) -> None:
    lines = town.ask("¿Cuántas canchas van a recuperar?").answer.split("\n")
    assert "Línea base: 11 canchas (fuente: Instituto de Deportes, 2023)." in lines
    assert "Programa: VILLA ACTIVA." in lines
    assert "Dependencia: Secretaría de Salud." in lines
    assert any(line.startswith("Documento: ") and "(Villa Serena, 2024-2027)" in line for line in lines)


def test_nothing_is_said_twice(town: Town) -> None:
    lines = town.ask("¿Cuál es la línea base de las canchas deportivas?").answer.split("\n")
    assert not any(line.startswith("Línea base:") for line in lines)


def test_a_baseline_that_is_not_available_stays_so(town: Town) -> None:
    answer = town.ask("¿Cuál es la línea base de los docentes formados en lectura?")
    assert first_line(answer) == "La línea base de «Docentes formados en lectura» es: N.D. [1]."
    assert "0" not in {figure.text for figure in answer.figures}


def test_a_line_that_ends_in_an_abbreviation_has_one_stop(town: Town) -> None:
    lines = town.ask("¿Cuántos semáforos inteligentes van a instalar?").answer.split("\n")
    assert "Línea base: N.D." in lines


def test_numbers_keep_the_form_in_which_they_are_printed(town: Town) -> None:
    answer = town.ask("¿Cuántas aulas escolares van a dotar?")
    assert "ciento sesenta (160)" in answer.answer
    assert "ciento sesenta (160)" in {figure.text for figure in answer.figures}


def test_every_mark_has_its_citation_and_every_citation_its_mark(town: Town) -> None:
    for question in ("¿Cuántos puentes peatonales van a construir?", "¿Cuántos acueductos veredales van a construir?"):
        answer = town.ask(question)
        marks = {int(mark) for mark in re.findall(r"\[(\d+)\]", answer.answer)}
        assert marks == {citation.n for citation in answer.citations}


def test_a_citation_holds_the_row_as_printed_and_its_place(town: Town) -> None:
    (citation,) = town.ask("¿Cuántas canchas van a recuperar?").citations
    row = town.item("Canchas deportivas recuperadas").row
    assert row is not None
    assert (citation.quote, citation.line, citation.row_id) == (row.quote, row.place.line, row.row_id)
    assert (citation.baseline or {})["text"] == "11 canchas"
    assert (citation.target or {})["text"] == "Recuperar 26 canchas"
    assert ["Línea Estratégica", "Gente que Aprende y se Cuida"] in citation.path


def test_the_same_row_of_two_offices_is_one_answer_that_cites_both(town: Town) -> None:
    answer = town.ask("¿Cuántos puentes peatonales van a construir?")
    assert "[1][2]" in first_line(answer)
    assert {citation.document for citation in answer.citations} == {"plan.txt", "transito.txt"}
    assert answer.answer.count("Construir 7 puentes") == 1
    assert "está también en el documento de" in answer.answer


def test_what_the_reader_doubts_of_a_row_is_said(town: Town) -> None:
    answer = town.ask("¿Cuántos tramos de placa huella se van a instalar en las veredas?")
    assert answer.status == "answered"
    assert "Instalar doce (15) tramos" in answer.answer
    assert "Ojo: " in answer.answer


def test_a_figure_of_the_report_comes_with_its_period_and_what_it_is_of(town: Town) -> None:
    answer = town.ask("¿Cuántas teleconsultas hubo en el primer trimestre de 2025?")
    assert "Teleconsulta: 520 (1 ene al 31 mar 2025) [1]" in answer.answer
    assert "Villa Serena, 2025" in first_line(answer)


def test_a_figure_of_a_letter_comes_in_its_sentence(town: Town) -> None:
    answer = town.ask("¿Con cuántas ambulancias cuenta el municipio?")
    assert "tres (3) ambulancias en servicio" in answer.answer
    assert [citation.document for citation in answer.citations] == ["respuesta.txt"]


def test_the_citizen_of_a_letter_is_in_no_part_of_an_answer(town: Town) -> None:
    questions = (
        "¿Con cuántas ambulancias cuenta el municipio?",
        "¿Qué dice la respuesta sobre ambulancias?",
        "¿Señora?",
    )
    said = "".join(town.ask(question).model_dump_json() for question in questions).casefold()
    assert [part for part in CITIZEN if part.casefold() in said] == []


def test_what_the_documents_do_not_say_names_the_nearest_rows(town: Town) -> None:
    answer = town.ask("¿Qué presupuesto tiene la meta de canchas deportivas?")
    assert answer.status == "not_found"
    assert "el presupuesto" in answer.answer
    assert answer.citations == []
    assert answer.suggestions[0] == "Canchas deportivas recuperadas — Villa Serena"


def test_no_suggestion_comes_twice(town: Town) -> None:
    suggestions = town.ask("¿Cuántos acueductos veredales se construyeron en 2019?").suggestions
    assert len(suggestions) == len(set(suggestions))


def test_a_suggestion_states_no_figure() -> None:
    row = entry(1, "Se atendieron 40 niños y 35 adultos", "40")
    assert not any(char.isdigit() for char in suggestion(corpus_of(row).items[0], phrases("es")))


def test_choices_are_cited_and_suggested(town: Town) -> None:
    answer = town.ask("¿Cuál es la meta de kilómetros de vía terciaria mejorados?")
    assert answer.status == "clarify"
    assert {citation.entity for citation in answer.citations} == {"Villa Serena", "Puerto Lindo"}
    assert all("[" in line for line in answer.answer.split("\n")[1:])
    assert len(answer.suggestions) == 2


def test_an_english_question_gets_english_around_spanish_cells(town: Town) -> None:
    answer = town.ask("How many pedestrian bridges will be built?")
    assert "The target of «Puentes peatonales construidos» is: Construir 7 puentes" in answer.answer
    assert "Baseline: 4 puentes" in answer.answer
    assert "Línea base" not in answer.answer
