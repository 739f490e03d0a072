"""A row answers "¿cuántos …?" only when it counts that thing, and does not merely name it beside."""

from __future__ import annotations

import pytest

from assistant.corpus.matching import stem_of
from assistant.evidence.counting import counts
from assistant.question.lexicon import load_lexicon
from assistant.question.query import Alternative, Term
from tests.support.records import make_row
from tests.support.town import corpus_of

NOUNS = load_lexicon().measure_nouns


def term(word: str) -> Term:
    return Term(stem_of(word), 1.0, (Alternative((stem_of(word),)),), counted=True)


@pytest.mark.parametrize(
    ("indicator", "word", "counted"),
    [
        ("Cuarteles de guardabosques adecuados", "cuarteles", True),
        ("Cuarteles de guardabosques adecuados", "guardabosques", False),
        ("Número de guardabosques vinculados", "guardabosques", True),
        ("Tasa de incendios por cada mil hectáreas", "incendios", True),
        ("Pescadores y artesanos apoyados", "artesanos", True),
        ("Refugio para artesanos construido", "artesanos", False),
        ("Fincas beneficiadas con la instalación de biodigestores", "biodigestores", True),
        ("Fincas beneficiadas con la instalación de biodigestores", "fincas", True),
    ],
)
def test_what_stands_after_a_preposition_is_not_counted(indicator: str, word: str, counted: bool) -> None:
    (item,) = corpus_of(make_row("a" * 64, 1, indicator)).items
    assert counts(item, term(word), NOUNS) is counted


@pytest.mark.parametrize(
    ("indicator", "counted"),
    [
        ("Sistemas de turnos para la sala instalados", False),
        ("Casetas de playa construidas", False),
        ("Número de jueces vinculados", True),
        ("Personas de la rama judicial vinculadas", True),
    ],
)
def test_people_are_counted_by_words_for_people_only(indicator: str, counted: bool) -> None:
    ways = ("jueces", "sistemas de turnos", "casetas de playa", "personas de la rama judicial")
    stems = (tuple(stem_of(word) for word in way.split() if word not in ("de", "la")) for way in ways)
    judges = Term(stem_of("jueces"), 1.0, tuple(Alternative(found) for found in stems), counted=True)
    (item,) = corpus_of(make_row("a" * 64, 1, indicator)).items
    assert counts(item, judges, NOUNS) is counted
