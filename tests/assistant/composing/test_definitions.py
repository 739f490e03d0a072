"""What an acronym stands for: from the place that says it, or said to be nowhere; never guessed."""

from __future__ import annotations

import pytest

from assistant.answer import Answer
from assistant.composing.definitions import compose_definition
from assistant.corpus.corpus import Corpus
from assistant.question.query import Filters, Query
from tests.support.records import make_passage
from tests.support.town import corpus_of

LONG_FORM = "Comité Local de Agua y Saneamiento"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    passages = [
        make_passage("a" * 64, 1, "Acompañan las obras el CLAS y las juntas de las veredas."),
        make_passage("a" * 64, 5, f"El {LONG_FORM} (CLAS) sesiona cada mes. Los contadores XQT se cambian."),
        make_passage("b" * 64, 2, "El Sistema Integrado de Riego y Abonos (SIR-A) cubre tres veredas."),
    ]
    return corpus_of(passages=passages)


def ask(text: str, corpus: Corpus) -> Answer | None:
    return compose_definition(Query(text=text, filters=Filters()), corpus, lambda item: None)


@pytest.mark.parametrize(
    "text",
    [
        "¿Qué significa la sigla CLAS que trae el plan de Villa Serena?",
        "¿Qué quiere decir «CLAS»?",
        "¿A qué corresponde la sigla CLAS en el plan?",
        "la sigla CLAS qué significa",
        "CLAS que quiere decir?",
        "clas q significa",
        "q significa clas",
        "significado de CLAS",
        "clas significado",
        "¿Cuál es el nombre completo del CLAS?",
        "q es el clas",
        "¿Qué es el CLAS?",
        "que es clas",
        "What does CLAS stand for?",
    ],
)
def test_the_long_form_with_the_place_that_says_both(corpus: Corpus, text: str) -> None:
    answer = ask(text, corpus)
    assert answer is not None
    assert LONG_FORM in answer.answer
    assert [citation.line for citation in answer.citations] == [5]


def test_an_acronym_with_a_hyphen(corpus: Corpus) -> None:
    for text in ("¿Qué significa SIR-A en el informe?", "sir-a q significa"):
        answer = ask(text, corpus)
        assert answer is not None
        assert "SIR-A es: Sistema Integrado de Riego y Abonos" in answer.answer


def test_an_acronym_that_no_document_spells_out_is_not_found(corpus: Corpus) -> None:
    answer = ask("¿Qué significa la sigla XQT?", corpus)
    assert answer is not None
    assert answer.status == "not_found"
    assert "XQT" in answer.answer


@pytest.mark.parametrize(
    "text",
    [
        "¿Qué significa la meta de riego para las veredas?",
        "¿Qué es el riego?",
        "¿Qué significa que la línea base sea N.D.?",
        "¿Cuántas veces sesiona el CLAS?",
    ],
)
def test_other_questions_ask_for_no_acronym(corpus: Corpus, text: str) -> None:
    assert ask(text, corpus) is None
