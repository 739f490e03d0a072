"""Lists of figures in reports: their entries, their total, their order."""

from __future__ import annotations

import re

from assistant.evidence.lists import ranked_list, siblings_of, totals_of, with_totals
from assistant.evidence.retrieve import Scored
from assistant.question.query import Alternative, Query, Term
from tests.support.town import Town, corpus_of, entry, stem

CORPUS = corpus_of(
    entry(1, "Sede norte", "120"),
    entry(2, "Sede sur", "80"),
    entry(3, "Sede centro", "200"),
    entry(4, "Total", "400"),
    entry(5, "Sede norte", "999", context="Otra diapositiva"),
    entry(6, "Usuarios atendidos", "400"),
)
NORTH, SOUTH, CENTRE, TOTAL, ELSEWHERE, STATED = CORPUS.items


def term(*words: str) -> Term:
    return Term(" ".join(words), 1.0, (Alternative(tuple(map(stem, words))),))


def figures(town: Town, question: str) -> list[str]:
    return re.findall(r": ([\d.]+)", town.ask(question).answer)


def test_entries_of_one_slide_are_siblings_and_of_another_are_not() -> None:
    found = siblings_of(NORTH, CORPUS)
    assert SOUTH in found
    assert CENTRE in found
    assert ELSEWHERE not in found
    assert NORTH not in found


def test_the_printed_total_of_a_list_and_the_line_that_states_it() -> None:
    assert totals_of(NORTH, CORPUS) == [TOTAL, STATED]
    assert totals_of(TOTAL, CORPUS) == []
    assert totals_of(ELSEWHERE, CORPUS) == []


def test_who_asks_for_all_gets_the_total_in_place_of_a_part() -> None:
    query = Query("¿cuántos usuarios?", terms=(term("usuarios"),))
    assert [found.item for found in with_totals([Scored(NORTH, 1.0, 1.0, (1.0,))], query, CORPUS)] == [TOTAL, STATED]


def test_who_asks_for_a_part_gets_the_part() -> None:
    query = Query("¿cuántos usuarios en la sede norte?", terms=(term("sede", "norte"),))
    assert [found.item for found in with_totals([Scored(NORTH, 1.0, 1.0, (1.0,))], query, CORPUS)] == [NORTH]


def test_words_that_one_entry_alone_has_ask_for_that_entry() -> None:
    first = entry(1, "Entrenamiento en primeros auxilios para guardas rurales", "31")
    corpus = corpus_of(first, entry(2, "Entrenamiento en radio", "12"), entry(3, "Total", "43"))
    found = [Scored(corpus.items[0], 1.0, 1.0, (1.0,))]
    apart = Query("¿a cuántos les dieron primeros auxilios?", terms=(term("primeros", "auxilios"),))
    shared = Query("¿a cuántos les dieron entrenamiento?", terms=(term("entrenamiento"),))
    assert [one.item for one in with_totals(found, apart, corpus)] == [corpus.items[0]]
    assert [one.item for one in with_totals(found, shared, corpus)] == [corpus.items[2]]


def test_a_ranking_takes_the_whole_list_that_its_noun_names() -> None:
    query = Query("ordene los sitios", kind="ranking", set_nouns=("sedes",), terms=(term("usuarios"),))
    listed = ranked_list(query, CORPUS)
    assert all(item in listed for item in (NORTH, SOUTH, CENTRE))
    assert ELSEWHERE not in listed


def test_two_figures_are_no_list() -> None:
    corpus = corpus_of(entry(1, "Sede norte", "120"), entry(2, "Sede sur", "80"))
    assert ranked_list(Query("x", kind="ranking", set_nouns=("sedes",)), corpus) == []


def test_the_entries_come_by_size(town: Town) -> None:
    question = "¿Cuál es la teleconsulta con el {} número de pacientes, en orden, en el primer trimestre de 2025?"
    assert figures(town, question.format("mayor")) == ["2.655", "1.390", "520"]
    assert figures(town, question.format("menor")) == ["520", "1.390", "2.655"]
