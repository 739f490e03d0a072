"""English questions read word by word: inflections, spellings, the head of a group, questions told by others."""

from __future__ import annotations

import pytest

from assistant.question.english import EnglishReader
from assistant.question.lexicon import load_lexicon
from ingest.fold import fold
from tests.support.town import Town

READER = EnglishReader(load_lexicon())


def spanish(text: str) -> str:
    return fold(READER.spanish(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("organised crime", "organized crime"),
        ("neighbourhoods", "neighborhoods"),
        ("training centres", "training centers"),
        ("enrolment", "enrollments"),
        ("aqueduct", "aqueducts"),
        ("a social programme", "social programs"),
    ],
)
def test_both_spellings_and_numbers_of_a_word_are_read_alike(one: str, other: str) -> None:
    assert spanish(one).rstrip("s") == spanish(other).rstrip("s")


@pytest.mark.parametrize(
    ("typed", "stem"),
    [
        ("reforested", "reforest"),
        ("the bridges they rehabilitate", "rehabilit"),
        ("who reviewed it", "revis"),
        ("catalogues", "catalog"),
        ("disbursements", "desembols"),
        ("they widened two roads", "ampli"),
    ],
)
def test_a_word_is_found_by_any_of_its_forms(typed: str, stem: str) -> None:
    assert stem in spanish(typed)


@pytest.mark.parametrize(
    ("typed", "begins"),
    [
        ("How many beach emergency organisations will there be?", "cuantos organismos"),
        ("How many rural health posts will they build?", "cuantos puestos de salud"),
        ("How many neighbourhood sports instructors are there?", "cuantos instructors"),
        ("How many women trained in carpentry are there?", "cuantos mujeres"),
        ("How many people used the library?", "cuantos personas"),
        ("How many pieces of communication equipment will they buy?", "cuantos equipos de comunicacion"),
    ],
)
def test_the_head_of_a_group_of_nouns_is_what_is_counted(typed: str, begins: str) -> None:
    assert spanish(typed).startswith(begins)


def test_a_participle_right_after_how_many_is_not_what_is_counted() -> None:
    assert spanish("How many bridges are there, and how many will be bought?").endswith("y cuantos son adquiridos?")


def test_the_marks_that_part_two_questions_are_kept() -> None:
    assert ", y cuantos" in spanish("How many wells will they dig, and how many are there?")


@pytest.mark.parametrize(
    "question",
    [
        "Please give me the name and e-mail address of the citizen who filed the petition.",
        "What is the phone number of the petitioner?",
        "What is the home address of the woman who signed the petition?",
    ],
)
def test_personal_data_are_refused_in_english_too(town: Town, question: str) -> None:
    assert town.ask(question).status == "refused"


def test_words_with_spanish_letters_are_left_as_they_are() -> None:
    assert "intégrate" in READER.spanish("people at the Centro Intégrate").lower()


def test_who_asks_for_somebody_else_is_no_part_of_the_question() -> None:
    assert spanish("A foreign donor asks under which programme the bridges are.").startswith("bajo cual programa")
    assert spanish("My boss wants to know how many bridges there are").startswith("cuantos puentes")


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("How many footbridges would be constructed?", "7"),
        ("A visiting professor wonders how many pedestrian bridges will be built.", "7"),
        ("How many pedestrian bridges are to be built, and under which programme?", "7"),
    ],
)
def test_an_english_question_in_other_words_finds_its_row(town: Town, question: str, figure: str) -> None:
    answer = town.ask(question)
    assert answer.status == "answered"
    assert figure in [one.text for one in answer.figures]


def test_what_an_english_question_counts_is_counted_in_its_second_half_too(town: Town) -> None:
    answer = town.ask("How many pedestrian bridges will be built, and how many were built before?")
    assert {one.indicator for one in answer.citations} == {"Puentes peatonales construidos"}
