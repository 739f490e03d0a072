"""A question's language is told from few words, and Spanish is never taken for English."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from assistant.question.language import detect_language, english_by
from assistant.question.lexicon import Lexicon, load_lexicon
from ingest.fold import fold
from tests.support.records import make_row
from tests.support.town import Town, corpus_of

LEXICON = load_lexicon()
NOTHING = corpus_of(make_row("a" * 64, 1, "Sedes"))


@pytest.mark.parametrize(
    "question",
    [
        "police cameras target?",
        "homicide baseline",
        "homicide rate?",
        "new bridges 2027",
        "budget school meals",
        "target for rural roads",
        "who runs Gota a Gota?",
        "vaccination coverage",
        "Cartagena homicides",
        "bridges?",
        "How many schools will be built by 2027?",
    ],
)
def test_a_few_words_are_enough_for_english(town: Town, question: str) -> None:
    assert detect_language(question, LEXICON, town.corpus) == "en"


@pytest.mark.parametrize(
    "question",
    [
        "meta homicidios",
        "linea base hurto",
        "baseline homicidios",
        "target homicidios",
        "plan total",
        "hospital capital social",
        "wifi gratis",
        "metas de marketing digital y coworking",
        "El software on line de la alcaldía",
        "programa Smart City",
        "numero de bikes",
        "q metas ai de omisidios",
        "meta PAE SISBEN IA",
        "congestion",
        "deficit fiscal",
        "call center",
        "is",
        "2027",
        "",
    ],
)
def test_short_or_misspelt_or_borrowed_spanish_stays_spanish(town: Town, question: str) -> None:
    assert detect_language(question, LEXICON, town.corpus) == "es"


@pytest.mark.parametrize("typed", [str, fold], ids=["as written", "without accents"])
def test_no_spanish_phrase_of_the_lexicon_is_taken_for_english(typed: Callable[[str], str]) -> None:
    assert [phrase for phrase in _spanish(LEXICON) if detect_language(typed(phrase), LEXICON, NOTHING) == "en"] == []


def test_nearly_all_english_phrases_of_the_lexicon_are_known_as_english() -> None:
    phrases = [phrase for phrase in LEXICON.english if " " in phrase]
    known = [phrase for phrase in phrases if detect_language(phrase, LEXICON, NOTHING) == "en"]
    assert len(known) > 0.94 * len(phrases)


def test_a_word_that_the_documents_print_is_no_sign_of_english() -> None:
    printed = corpus_of(make_row("a" * 64, 1, "Smart City Lighting"))
    assert detect_language("smart lighting", LEXICON, NOTHING) == "en"
    assert detect_language("smart lighting", LEXICON, printed) == "es"


def test_how_much_a_word_tells_is_bounded_and_an_accent_is_spanish() -> None:
    assert english_by("vía") == -3
    assert english_by("the") <= 3
    assert english_by("zzzqx") == 0


def test_a_word_of_any_length_costs_nothing() -> None:
    started = time.monotonic()
    assert detect_language("a" * 100_000, LEXICON, NOTHING) == "es"
    assert time.monotonic() - started < 2


def test_a_short_english_question_gets_an_english_sentence_around_the_spanish_cells(town: Town) -> None:
    answer = town.ask("pedestrian bridges target?")
    assert answer.answer.startswith("The target of «Puentes peatonales construidos» is: Construir 7 puentes [1]")
    assert town.ask("puentes peatonales meta?").answer.startswith("La meta de «Puentes peatonales construidos»")


def _spanish(lexicon: Lexicon) -> list[str]:
    phrases = [phrase for concept in lexicon.concepts for phrase in concept.phrases]
    return phrases + [phrase for cues in lexicon.fields.values() for phrase in cues.phrases]
