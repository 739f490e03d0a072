"""What a question is about, and the other ways to say it."""

from __future__ import annotations

import pytest

from assistant.corpus.matching import tokenize
from assistant.question.terms import is_counted, words_after
from tests.support.terms import term_of, ways
from tests.support.town import Town, stem


def test_colloquial_words_bring_the_printed_ones(town: Town) -> None:
    said = town.read("¿A cuántas veredas les van a llevar agua de la llave?")
    assert (stem("acueducto"),) in {way for term in said.terms for way in ways(term)}


def test_the_words_typed_count_most(town: Town) -> None:
    term = term_of(town, "¿Cuántas vacunas van a poner?", "vacunas")
    assert term.alternatives[0].factor == 1
    assert all(way.factor < 1 for way in term.alternatives[1:])
    assert (stem("vacunación"),) in ways(term)


@pytest.mark.parametrize(
    ("typed", "meant"), [("depotivas", "deportivas"), ("peatonalez", "peatonales"), ("semaforos", "semáforos")]
)
def test_misspelt_words_lead_to_those_of_the_documents(town: Town, typed: str, meant: str) -> None:
    terms = town.read(f"¿Cuántas obras {typed} habrá?").terms
    assert any((stem(meant),) in ways(term) and term.known for term in terms)


def test_a_word_far_from_all_of_the_documents_stays_unknown(town: Town) -> None:
    term = term_of(town, "¿Cuántos helicópteros van a comprar?", "helicópteros")
    assert (term.known, term.counted) == (False, True)


def test_the_noun_after_how_many_is_counted_and_no_other(town: Town) -> None:
    terms = town.read("¿Cuántos puentes van a construir en las veredas?").terms
    assert [term.text for term in terms if term.counted] == [stem("puentes")]


def test_a_capitalised_word_of_no_document_is_a_name(town: Town) -> None:
    assert term_of(town, "¿Cuántas canchas hay en Macondo?", "Macondo").is_name
    assert not term_of(town, "¿Cuántas canchas hay en el macondo?", "macondo").is_name


def test_the_first_word_is_no_name_for_its_capital(town: Town) -> None:
    assert not any(term.is_name for term in town.read("Helicópteros en la vereda").terms)


def test_only_numbers_that_the_documents_print_are_terms(town: Town) -> None:
    texts = {term.text for term in town.read("¿Cuál meta es de 62 kilómetros o de 987654?").terms}
    assert "62" in texts
    assert "987654" not in texts


def test_rare_words_tell_more_than_common_ones(town: Town) -> None:
    question = "¿Cuántos semáforos y cuántas veredas?"
    assert term_of(town, question, "semáforos").weight > term_of(town, question, "veredas").weight


def test_every_weight_is_positive_and_every_term_has_a_way(town: Town) -> None:
    terms = town.read("¿Cuántas brigadas de salud rural y de agua potable para niños en las veredas del CLAS?").terms
    assert terms
    assert all(term.weight > 0 and term.alternatives for term in terms)


def test_verbs_after_how_many_are_not_counted() -> None:
    assert [is_counted(word) for word in ("puentes", "llevan", "tenemos")] == [True, False, False]


def test_words_after_reach_as_far_as_told() -> None:
    tokens = tokenize("cuántos puentes peatonales hay y cuántos muelles")
    assert words_after(tokens, frozenset({"cuantos"}), 2) == {1, 2, 6, 7}


@pytest.mark.parametrize(("typed", "known"), [("pesq", True), ("reha", False)])
def test_a_word_cut_off_stands_for_those_it_begins(town: Town, typed: str, known: bool) -> None:
    term = term_of(town, f"muelles {typed}", typed)
    assert term.known is known
