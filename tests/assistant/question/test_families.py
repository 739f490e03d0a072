"""Words of one verb that begin with different roots."""

from __future__ import annotations

import pytest

from assistant.corpus.matching import stem_of, tokenize
from assistant.question.families import load_families
from assistant.question.instruments import means_in


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("repuestas", "reposicion"),
        ("reponer", "reposicion"),
        ("inscritos", "inscripcion"),
        ("detuvieron", "detencion"),
        ("muertos", "mortalidad"),
        ("perciben", "percepcion"),
        ("vendieron", "venta"),
        ("protegen", "proteccion"),
        ("redujeron", "reduccion"),
    ],
)
def test_every_form_of_a_verb_finds_its_noun(typed: str, printed: str) -> None:
    assert stem_of(printed) in load_families().relatives(stem_of(typed))


@pytest.mark.parametrize("word", ["ponencia", "nacional", "presupuesto", "rotonda", "convivencia", "escuelas"])
def test_words_that_only_begin_alike_are_no_relatives(word: str) -> None:
    assert load_families().relatives(stem_of(word)) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("capturas gracias a las camaras", {"gracias", "a", "las", "camaras"}),
        ("motos recuperadas con la ayuda de las camaras", {"con", "la", "ayuda", "de", "las", "camaras"}),
        ("usuarios atendidos a traves de la pagina", {"a", "traves", "de", "la", "pagina"}),
        ("colegios con internet", set()),
        ("familias con ayuda humanitaria", set()),
    ],
)
def test_the_words_that_say_by_what_are_told_from_those_that_say_which(text: str, said: set[str]) -> None:
    tokens = tokenize(text)
    assert {tokens[at].word for at in means_in(tokens)} == said
