"""Question to evidence."""

from __future__ import annotations

import pytest
from langchain_core.documents import Document

from assistant.evidence.retrieve import cover, expanded_text, fuse, is_within, own_weight, suitability
from assistant.question.query import Alternative, Filters, Query, Term
from tests.support.records import make_passage, make_row
from tests.support.town import Town, corpus_of, stem


def term(*words: str, weight: float = 1.0, factor: float = 1.0) -> Term:
    return Term(" ".join(words), weight, (Alternative(tuple(map(stem, words)), factor),))


@pytest.mark.parametrize(
    ("question", "indicator"),
    [
        ("¿Cuántas canchas van a recuperar?", "Canchas deportivas recuperadas"),
        ("¿Cuántos acueductos veredales van a construir?", "Acueductos veredales construidos"),
        ("¿Cuál es la meta de la tasa de deserción escolar?", "Tasa de deserción escolar"),
        ("¿Cuántos niños van a tener la vacunación completa?", "Niños con esquema de vacunación completo"),
        ("¿A cuántas familias les darán filtros?", "Familias con filtros de agua entregados"),
        ("¿Cuántos semáforos inteligentes habrá?", "Semáforos inteligentes instalados"),
        ("¿Cuántos muelles pesqueros van a arreglar?", "Muelles pesqueros rehabilitados"),
        ("How many pedestrian bridges will be built?", "Puentes peatonales construidos"),
        ("cuantos docentes formaran en letura", "Docentes formados en lectura"),
    ],
)
def test_the_row_that_answers_comes_first(town: Town, question: str, indicator: str) -> None:
    best = town.evidence(question)[0].item.row
    assert best is not None
    assert best.indicator == indicator


def test_evidence_is_ordered_by_its_score_between_zero_and_one(town: Town) -> None:
    scores = [found.score for found in town.evidence("¿Cuántas brigadas de salud rural van a realizar?")]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_only_the_town_asked_for_is_evidence(town: Town) -> None:
    found = town.evidence("¿Cuántos kilómetros de vía terciaria?", entity="Puerto Lindo")
    assert found
    assert {item.item.entity for item in found} == {"Puerto Lindo"}


def test_limit_bounds_the_evidence(town: Town) -> None:
    assert len(town.assistant.search("¿Cuántas aulas van a dotar?", limit=3)) == 3


def test_the_first_few_are_the_first_of_all(town: Town) -> None:
    """Reading stops where nothing better can follow; what it gives does not depend on where that is."""
    for question in ("¿Cuántos docentes formarán?", "agua veredal en escuelas", "metas de salud rural 2024", "vías"):
        every = [(found.item.item_id, found.score) for found in town.assistant.search(question, limit=10_000)]
        for limit in (1, 3, 8):
            few = [(found.item.item_id, found.score) for found in town.assistant.search(question, limit=limit)]
            assert few == every[:limit]


def test_first_everywhere_is_one_and_agreement_beats_one_good_rank() -> None:
    fused = fuse([["a", "b", "c"], ["a", "c", "d"]])
    assert fused["a"] == pytest.approx(1)
    assert fused["c"] > fused["b"] > fused["d"]
    assert fuse([[], []]) == {}


def test_a_word_in_the_indicator_tells_more_than_one_in_the_programme() -> None:
    corpus = corpus_of(
        make_row("a" * 64, 1, "Faroles nuevos", programme="Barrios"),
        make_row("a" * 64, 2, "Postes viejos", programme="Faroles"),
        make_row("a" * 64, 3, "Andenes", programme="Barrios"),
    )
    covered = cover(Query("faroles", terms=(term("faroles"),)), corpus)[0]
    assert covered[0] > covered[1] > covered[2] == 0


def test_half_a_phrase_covers_much_less_than_half() -> None:
    corpus = corpus_of(make_row("a" * 64, 1, "Faroles solares"), make_row("a" * 64, 2, "Paneles solares"))
    covered = cover(Query("faroles solares", terms=(term("faroles", "solares"),)), corpus)[0]
    assert 0 < covered[1] < 0.5 * covered[0]


def test_the_best_way_to_say_a_term_counts() -> None:
    corpus = corpus_of(make_row("a" * 64, 1, "Faroles solares"))
    lamp = Term("lampara", 1.0, (Alternative(("lampar",)), Alternative((stem("faroles"),), 0.9)))
    assert cover(Query("lámparas", terms=(lamp,)), corpus)[0, 0] == pytest.approx(0.9)
    assert own_weight(corpus.items[0], lamp) == pytest.approx(0.9)


def test_a_row_that_lacks_the_field_asked_for_suits_less(town: Town) -> None:
    query = Query("x", fields=("ods",))
    assert suitability(town.item("Aulas escolares dotadas"), query) < suitability(
        town.item("Tasa de deserción escolar"), query
    )


def test_prose_without_a_figure_suits_less_when_a_figure_is_wanted() -> None:
    passages = [make_passage("a" * 64, 1, "Hay faroles."), make_passage("a" * 64, 2, "Hay 30 faroles.")]
    without, with_figure = corpus_of(passages=passages).items
    query = Query("x", wants_figure=True)
    assert suitability(without, query) < suitability(with_figure, query)


def test_period_and_town_are_hard_limits(town: Town) -> None:
    item = town.item("Canchas deportivas recuperadas")
    assert is_within(item, Filters(entities=("Villa Serena",), periods=("2024-2027",)))
    assert not is_within(item, Filters(periods=("2025",)))
    assert not is_within(item, Filters(entities=("Puerto Lindo",)))


def test_the_search_by_words_gets_the_other_ways_to_say_it() -> None:
    lamp = Term("lampar", 1.0, (Alternative(("lampar",)), Alternative(("farol", "solar"), 0.9)))
    assert expanded_text(Query("¿lámparas?", terms=(lamp,))) == "¿lámparas? farol solar"


def test_the_langchain_retriever_gives_documents_with_their_row(town: Town) -> None:
    found = town.assistant.as_retriever(k=2).invoke("¿Cuántas canchas van a recuperar?")
    assert len(found) == 2
    assert all(isinstance(document, Document) for document in found)
    row = town.item("Canchas deportivas recuperadas").row
    assert row is not None
    best = found[0]
    assert (best.page_content, best.id) == (row.quote, row.row_id)
    assert best.metadata["document"] == "plan.txt"
    assert best.metadata["entity"] == "Villa Serena"
    assert best.metadata["line"] == row.place.line
    assert 0 < best.metadata["score"] <= 1
