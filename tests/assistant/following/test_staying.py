"""A conversation stays on the row it is on, while a question asks of it and names nothing else."""

from __future__ import annotations

import pytest

from assistant.answer import Answer
from assistant.composing.draft import citation
from assistant.following.staying import row_of
from assistant.question.query import Alternative, Query, Term
from tests.support.records import make_row
from tests.support.town import Town, corpus_of, stem

SCHOOLS = "¿Cuál es la meta de aulas escolares dotadas?"


@pytest.mark.parametrize(
    ("turns", "wanted"),
    [
        ((SCHOOLS, "¿Y cuántas estaban dotadas en la línea base?"), "110 aulas"),
        ((SCHOOLS, "¿y quién responde?"), "Secretaría de Educación"),
        ((SCHOOLS, "¿Y cuántas había en la línea base?", "Entonces, ¿cuántas faltan por dotar?"), "50 (160 − 110)"),
        (("meta de puentes peatonales", "¿cuántos faltaban?"), "3 (7 − 4)"),
    ],
)
def test_what_is_asked_next_is_asked_of_the_same_row(town: Town, turns: tuple[str, ...], wanted: str) -> None:
    answer = town.talk(*turns)
    assert answer.status == "answered"
    assert wanted in answer.answer
    assert len({citation.indicator for citation in answer.citations}) == 1


@pytest.mark.parametrize(
    ("following", "indicator"),
    [
        ("¿Y la de docentes formados en lectura?", "Docentes formados en lectura"),
        ("¿y cuántos restaurantes escolares van a adecuar?", "Restaurantes escolares adecuados"),
    ],
)
def test_another_thing_named_leaves_the_row(town: Town, following: str, indicator: str) -> None:
    answer = town.talk(SCHOOLS, following)
    assert [citation.indicator for citation in answer.citations] == [indicator]


def test_what_the_row_does_not_say_is_not_taken_from_another(town: Town) -> None:
    answer = town.talk("¿Cuál es la meta de docentes formados en lectura?", "¿y cuál es la fuente de la línea base?")
    assert answer.status == "not_found"


def test_a_list_is_no_row_to_stay_on(town: Town) -> None:
    answer = town.talk("Lista las metas del programa Tiza y Tablero", "¿y quién responde?")
    assert len({citation.indicator for citation in answer.citations}) > 1


def test_the_row_called_by_what_was_counted_leads() -> None:
    rows = [
        make_row("a" * 64, 1, "Huertas sembradas en las casas de cultura", target="5 huertas"),
        make_row("a" * 64, 2, "Número de casas de cultura en servicio", target="4 casas"),
    ]
    corpus = corpus_of(*rows)
    told = Answer(status="answered", answer="", citations=[citation(n, item, None) for n, item in
                  enumerate(corpus.items, start=1)])  # fmt: skip
    term = Term("casa cultur", 1.0, (Alternative(tuple(stem(word) for word in ("casas", "cultura"))),), counted=True)
    kept = row_of(told, Query(text="", terms=(term,)), corpus)
    assert [item.row.indicator for item in kept if item.row] == ["Número de casas de cultura en servicio"]
