"""Whether a row counts the thing that a question counts, or only names it beside ("Cuerpo *de Bomberos*")."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from assistant.corpus.corpus import Item, stem_set
from assistant.corpus.matching import stem_of, tokenize
from assistant.evidence.fields import is_indicator_row
from assistant.question.lexicon import load_lexicon
from assistant.question.query import Alternative, Term
from ingest.fold import fold

_ARTICLES = frozenset(("el", "la", "los", "las", "un", "una"))
#: What those who benefit get is counted with them ("viviendas beneficiadas con la construcción de *andenes*").
_GIVEN = re.compile(r"\bbeneficiad[oa]s? (?:con|por|mediante) (?:el |la )?\w+ de (\w+)")
#: "Formados en analítica": what people have become counts them without a noun.
_OF_PEOPLE = re.compile(r"(?:\w{3,}(?:ados|idos|adas|idas)) (?:en|con|para|por|como)\b")
_JOINING = frozenset(("de", "del", "para", "en", "con", "contra", "por", "al", "sobre", "a"))


def counts(item: Item, term: Term, measure_nouns: Collection[str]) -> bool:
    """Whether one of the ways to say a term is what a row counts; of figures of reports, True unless it
    counts people and they name none.

    What is counted stands at the head of the indicator or right after a number, or after a noun of measure ("tasa de
    homicidios"), or is its unit; after any other noun it only qualifies that ("estaciones de bomberos").
    """
    row = item.row
    if row is None or not is_indicator_row(row):
        if not counts_people(term):
            return True
        if row is not None and _OF_PEOPLE.match(fold(row.indicator or row.metric or "")):
            return True
        said = item.weights.keys() if item.segment is None else _heads(item.segment.text, frozenset(measure_nouns))
        return any(said >= set(way.stems) for way in _counted(term))
    texts = (row.indicator, row.target.text if row.target else None, row.baseline.text if row.baseline else None)
    if counts_people(term) and _OF_PEOPLE.match(fold(row.indicator or "")):
        return True
    heads = frozenset().union(*(_heads(text, frozenset(measure_nouns)) for text in (*texts, row.unit) if text))
    return any(way.stems[0] in heads for way in _counted(term) if all(stem in item.weights for stem in way.stems))


def counts_people(term: Term) -> bool:
    """Whether the word that a question counts is one for people by what they do ("cuántos *bomberos*")."""
    return bool(term.alternatives) and term.alternatives[0].stems[0] in load_lexicon().role_stems


def _counted(term: Term) -> Sequence[Alternative]:
    """The ways to say a term which count the same: of people, none that is for the place that they are in."""
    if not counts_people(term):
        return term.alternatives
    people = load_lexicon().people_stems
    return [way for way in term.alternatives if way.stems[0] in people]


def counts_by_name(item: Item, term: Term, measure_nouns: Collection[str]) -> bool:
    """Whether what a row is called says in the question's own words that it counts the thing, whatever its cells do."""
    row = item.row
    called = None if row is None else row.indicator if is_indicator_row(row) else row.metric
    heads = _heads(called, frozenset(measure_nouns)) if called else frozenset()
    said = term.alternatives[0].stems if term.alternatives else ()
    return bool(said) and said[0] in heads and all(stem in item.own for stem in said)


def says_in_its_cells(item: Item, term: Term) -> bool:
    """Whether a row says a term in its indicator, metric or target, and not only what stands above it does."""
    row = item.row
    if row is None:
        return True
    if counts_people(term) and _OF_PEOPLE.match(fold(row.indicator or row.metric or "")):
        return True
    said = stem_set(" ".join(filter(None, (row.indicator, row.metric, row.target.text if row.target else None))))
    return any(said.issuperset(way.stems) for way in term.alternatives)


def is_its_unit(item: Item, term: Term) -> bool:
    """Whether a row is measured in what is counted: "áreas protegidas" of which the unit is the hectare."""
    unit = item.row.unit if item.row is not None else None
    said = stem_set(unit) if unit else frozenset()
    return bool(said) and any(said.issuperset(way.stems) for way in term.alternatives)


@lru_cache(maxsize=16384)
def _heads(text: str, measure_nouns: frozenset[str]) -> frozenset[str]:
    """The stems of a text that are not tied by a preposition to a noun that measures nothing."""
    words = [token.word for token in tokenize(text) if token.word not in _ARTICLES]
    given = frozenset(stem_of(match[1]) for match in _GIVEN.finditer(fold(text)))
    return given | frozenset(
        stem_of(word)
        for at, word in enumerate(words)
        if at == 0 or words[at - 1] not in _JOINING or (at > 1 and words[at - 2] in measure_nouns)
    )
