"""Which of the evidence answers, and when nothing does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import Answer
from assistant.corpus.corpus import Corpus
from assistant.evidence.choose import Choice, Verdict, choose
from assistant.evidence.eligible import coverage_bar, is_anchored, says_every_name
from assistant.evidence.meanings import is_vague, that_count
from assistant.evidence.retrieve import Scored
from assistant.evidence.together import is_copy
from assistant.question.lexicon import load_lexicon
from assistant.question.query import Alternative, Query, Term
from assistant.question.question import Understanding
from tests.support.records import make_row
from tests.support.town import Town, corpus_of, entry, stem


def choice(town: Town, question: str, *, entity: str | None = None) -> Choice:
    query = town.read(question, entity=entity)
    return choose(query, town.evidence(question, entity=entity), town.corpus)


def indicators(chosen: Choice) -> list[str | None]:
    return [found.item.row.indicator for found in chosen.items if found.item.row]


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("¿Cuántas canchas van a recuperar?", "answer"),
        ("¿Cuántos helicópteros van a comprar?", "no_match"),
        ("¿Cuántas canchas hay en Macondo?", "no_match"),
        ("¿Cuántas canchas del XKQ van a recuperar?", "no_match"),
        ("¿Cuántas canchas se recuperaron en 2019?", "other_time"),
        ("¿Cuál es la meta de canchas para 2026?", "other_time"),
        ("¿Cuál es la meta de canchas del periodo 2016-2019?", "other_time"),
        ("¿Qué ODS tienen las canchas deportivas?", "no_field"),
        ("¿Qué presupuesto tienen las canchas deportivas?", "no_field"),
        ("¿Cuál es la meta de kilómetros de vía terciaria mejorados?", "clarify"),
    ],
)
def test_what_becomes_of_a_question(town: Town, question: str, verdict: Verdict) -> None:
    assert choice(town, question).verdict == verdict


def test_two_towns_are_both_offered(town: Town) -> None:
    chosen = choice(town, "¿Cuál es la meta de kilómetros de vía terciaria mejorados?")
    assert {found.item.entity for found in chosen.items} == {"Villa Serena", "Puerto Lindo"}


def test_a_town_given_beside_the_question_settles_which(town: Town) -> None:
    chosen = choice(town, "¿Cuál es la meta de kilómetros de vía terciaria mejorados?", entity="Puerto Lindo")
    assert chosen.verdict == "answer"
    assert {found.item.entity for found in chosen.items} == {"Puerto Lindo"}


def test_the_field_that_is_missing_is_told(town: Town) -> None:
    chosen = choice(town, "¿Qué ODS tienen las canchas deportivas?")
    assert chosen.field == "ods"
    assert chosen.near[0].item.row is town.item("Canchas deportivas recuperadas").row


def test_a_copy_in_another_document_is_chosen_with_its_row(town: Town) -> None:
    chosen = choice(town, "¿Cuántos puentes peatonales van a construir?")
    assert indicators(chosen) == ["Puentes peatonales construidos"] * 2
    assert {found.item.document.name for found in chosen.items} == {"plan.txt", "transito.txt"}


def test_a_direct_question_gets_one_row(town: Town) -> None:
    assert indicators(choice(town, "¿Cuántas canchas deportivas van a recuperar?")) == [
        "Canchas deportivas recuperadas"
    ]


def test_a_question_of_two_things_gets_both(town: Town) -> None:
    chosen = choice(town, "¿Cuántas canchas van a recuperar y cuántas aulas van a dotar?")
    assert set(indicators(chosen)) == {"Canchas deportivas recuperadas", "Aulas escolares dotadas"}


def test_two_things_of_two_documents_are_both_answered(town: Town) -> None:
    chosen = choice(town, "¿Cuántos semáforos y cuántas aulas van a poner?")
    assert {"Semáforos inteligentes instalados", "Aulas escolares dotadas"} <= set(indicators(chosen))


def test_rows_of_another_town_or_document_are_no_copies() -> None:
    here, there = "a" * 64, "b" * 64
    one = make_row(here, 1, "Faroles", entity="Villa Serena")
    items = corpus_of(
        one,
        make_row(here, 2, "Faroles", entity="Villa Serena"),
        make_row(there, 1, "Faroles.", entity="Villa Serena"),
        make_row("c" * 64, 1, "Faroles", entity="Puerto Lindo"),
    ).items
    assert [is_copy(items[0], other) for other in items[1:]] == [False, True, False]


def test_what_is_counted_and_nowhere_found_raises_the_bar(town: Town) -> None:
    plain = town.read("¿Cuántas canchas van a recuperar?")
    evidence = town.evidence("¿Cuántas canchas van a recuperar?")
    strange = Term("helicopter", 1.0, (Alternative(("helicopter",)),), counted=True)
    raised = replace(plain, terms=(strange,))
    without = [replace(found, covered=(0.0,)) for found in evidence]
    assert coverage_bar(raised, without) > coverage_bar(plain, evidence)


def test_distant_synonyms_alone_anchor_nothing(town: Town) -> None:
    item = town.item("Canchas deportivas recuperadas")
    court = stem("canchas")
    far = Term("x", 1.0, (Alternative(("x",)), Alternative((court,), 0.85)))
    near = Term("x", 1.0, (Alternative(("x",)), Alternative((court,), 0.95)))
    assert not is_anchored(item, Query("x", terms=(far,)))
    assert is_anchored(item, Query("x", terms=(near,)))


def test_a_question_without_a_subject_is_not_answered_by_any_row(town: Town) -> None:
    assert choice(town, "¿Cuál es la línea base?").verdict in ("no_match", "clarify")


def test_figures_of_another_quarter_are_left_out(town: Town) -> None:
    chosen = choice(town, "¿Cuántas teleconsultas hubo en el primer trimestre de 2025?")
    figures = [found.item.row.figure.text for found in chosen.items if found.item.row and found.item.row.figure]
    assert figures == ["520"]


def test_figures_of_both_quarters_asked_for_are_chosen(town: Town) -> None:
    chosen = choice(
        town, "¿Cuántas teleconsultas hubo en el cuarto trimestre de 2024 y en el primer trimestre de 2025?"
    )
    figures = [found.item.row.figure.text for found in chosen.items if found.item.row and found.item.row.figure]
    assert sorted(figures) == ["460", "520"]


def all_text(answer: Answer) -> str:
    return answer.answer + " ".join(citation.quote for citation in answer.citations)


def test_a_heading_brings_no_figures_of_another_time(town: Town) -> None:
    answer = town.ask("¿Cuántos pacientes atendió el puesto de salud entre enero y marzo de 2025?")
    assert "2024" not in all_text(answer)
    assert "2.655" in answer.answer


def test_a_heading_answers_for_no_year_that_the_documents_do_not_have(town: Town) -> None:
    assert town.ask("¿Cuántos pacientes atendidos hubo en 2019?").status == "not_found"


def test_money_of_other_programmes_is_no_answer(town: Town) -> None:
    answer = town.ask("¿Cuánta plata se ejecutó en Villa Activa?")
    assert "540.000.000" not in answer.answer
    assert "650.000.000" not in answer.answer


def test_two_colloquial_words_for_two_things_that_a_row_names_anchor_it() -> None:
    item = corpus_of(make_row("a" * 64, 1, "Canchas para la convivencia")).items[0]
    near = Alternative((stem("convivencia"),), 0.85)
    courts = Term("potrerit", 1.0, (Alternative(("potrerit",)), Alternative((stem("canchas"),), 0.85)))
    peace = Term("llevars", 1.0, (Alternative(("llevars",)), near))
    assert not is_anchored(item, Query(text="", terms=(courts,)))
    assert is_anchored(item, Query(text="", terms=(courts, peace)))


def test_a_row_without_the_proper_name_of_the_question_is_no_answer() -> None:
    item = corpus_of(make_row("a" * 64, 1, "Canchas")).items[0]
    courts = Term("canch", 1.0, (Alternative(("canch",)),))
    place = Term("sabanet", 1.0, (Alternative(("sabanet",)),), is_proper=True)
    query = Query(text="", terms=(courts, place))
    assert not says_every_name(Scored(item, 1.0, 0.5, (1.0, 0.0)), query)
    assert says_every_name(Scored(item, 1.0, 1.0, (1.0, 0.4)), query)


def test_a_change_alone_says_nothing_of_what_changes(town: Town) -> None:
    assert choice(town, "¿a cuánto lo van a reducir?", entity="Villa Serena").verdict == "clarify"


@pytest.fixture
def two_coasts() -> Corpus:
    """A plan of one town that counts boats, and strategies that differ in what they are for."""
    return corpus_of(
        make_row("a1", 1, "Estrategias de pesca limpia implementadas", target="Implementar 3 estrategias"),
        make_row("a1", 2, "Estrategias de turismo rural implementadas", target="Implementar 5 estrategias"),
        make_row("a1", 3, "Estrategias de lectura en voz alta implementadas", target="Implementar 2 estrategias"),
        *(make_row("a1", at, f"Obra {at} de la estrategia", target="1 obra") for at in range(4, 60)),
    )


def test_what_is_done_to_things_counted_tells_none_of_them_from_the_others(two_coasts: Corpus) -> None:
    query = Understanding(load_lexicon(), two_coasts).read("estrategias a implementar, ¿cuántas?")
    found = [Scored(item, 0.9, 1.0, (1.0,) * len(query.terms)) for item in two_coasts.rows[:3]]
    assert is_vague(query, found)
    assert not is_vague(replace(query, kind="sum"), found)


def test_how_many_there_are_is_asked_of_figures_that_another_territory_reports_too() -> None:
    row = make_row("a1", 1, "Botes de vigilancia entregados", target="Entregar 12 botes", entity="Bahía Honda")
    corpus = corpus_of(row, entry(9, "botes recuperados", "31"))
    read = Understanding(load_lexicon(), corpus).read
    found = {
        question: _all_of(corpus, read(question))
        for question in ("¿cuántos botes son?", "¿cuántos botes van a entregar?")
    }
    told = {question: that_count(items, read(question)) for question, items in found.items()}
    assert [len(items) for items in told.values()] == [0, 1]


def _all_of(corpus: Corpus, query: Query) -> list[Scored]:
    own = (1.0,) * len(query.terms)
    return [Scored(item, 0.9, 1.0, own, own) for item in corpus.rows]
