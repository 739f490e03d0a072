"""Names of programmes, components, lines and offices in a question."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.corpus.corpus import Name, NameRole
from assistant.corpus.matching import tokenize
from assistant.question.begun_names import begun_names
from assistant.question.lexicon import load_lexicon
from assistant.question.names import NameFinder
from assistant.question.terms import TermReader
from tests.support.town import Town


@pytest.fixture(scope="module")
def finder(town: Town) -> NameFinder:
    return NameFinder(town.corpus, TermReader(load_lexicon(), town.corpus).stop_stems)


def found(finder: NameFinder, text: str, cues: Sequence[NameRole] = ()) -> dict[str, str]:
    names = finder.find([token.stem for token in tokenize(text)], cues)
    return {role: one.name.text for role, one in names.items()}


def test_a_name_is_found_in_any_case_and_without_accents(finder: NameFinder) -> None:
    assert found(finder, "que hay en tiza y TABLERO")["programme"] == "TIZA Y TABLERO"


def test_one_word_that_only_one_name_has_is_enough_with_a_cue(finder: NameFinder) -> None:
    assert found(finder, "el programa tablero", ["programme"])["programme"] == "TIZA Y TABLERO"
    assert "programme" not in found(finder, "el tablero")


def test_words_that_no_name_has_find_nothing(finder: NameFinder) -> None:
    assert found(finder, "cuántos helicópteros amarillos", ["programme", "dependency", "component"]) == {}


def test_two_names_of_a_level_are_no_filter(finder: NameFinder) -> None:
    assert "programme" not in found(finder, "Gota a Gota y Huellas Rurales")


def test_the_start_of_a_quoted_name_is_the_name(finder: NameFinder) -> None:
    assert finder.quoted(["Huellas Ru…"])["programme"].name.text == "HUELLAS RURALES"
    assert finder.quoted(["Huel"]) == {}


def test_a_subject_that_stands_whole_in_a_name_is_that_name(finder: NameFinder) -> None:
    topic = [token.stem for token in tokenize("huellas rurales")]
    named = finder.heading_all(topic)
    assert named is not None
    assert named.name.text == "HUELLAS RURALES"
    assert finder.heading_all(topic[:1]) is None
    assert finder.heading_all([*topic, "semafor"]) is None


def test_a_word_that_only_asks_says_no_name(finder: NameFinder) -> None:
    stems = [token.stem for token in tokenize("el programa con el mayor tablero")]
    assert finder.find(stems, ["programme"])
    assert finder.find(stems, ["programme"], asking=frozenset(stems)) == {}


def test_a_line_is_named_after_its_level_without_its_number() -> None:
    names = [Name("strategic_line", text, frozenset(), frozenset()) for text in ("LE-2-SIEMBRA", "LE-3-MAR ABIERTO")]
    assert begun_names("metas de la línea siembra", names)["strategic_line"].text == "LE-2-SIEMBRA"
    assert begun_names("la línea estratégica mar abierto", names)["strategic_line"].text == "LE-3-MAR ABIERTO"
    assert begun_names("la línea base de siembra", names) == {}
