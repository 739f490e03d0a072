"""The cities, municipalities and departments that a question names, known and unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.corpus.corpus import Corpus, stem_set
from assistant.corpus.matching import stem_of
from assistant.question.lexicon import Lexicon, PhraseIndex
from ingest.fold import fold, words

_DEMONYMS = ("eano", "iano", "ense", "eno", "ero", "ano", "ino", "uno")
_LAST_VOWEL = re.compile(r"[aeiou]$")
#: "la alcaldía de Cota", "el municipio de Cajicá"
_GOVERNMENT = re.compile(
    r"\b(?:[Aa]lcald[ií]a|[Gg]obernaci[oó]n|[Mm]unicipio|[Dd]epartamento|[Cc]iudad|[Dd]istrito)s? "
    r"(?:[Mm]unicipal |[Dd]epartamental )?(?:de|del) ((?:(?:El|La|Los|San|Santa) )?[A-ZÁÉÍÓÚÑ][a-záéíóúñü]+)"
)
_GOVERNMENTS = frozenset(("alcaldia", "gobernacion", "municipio", "departamento", "distrito"))


@dataclass(frozen=True)
class PlacesNamed:
    """The entities named, the place that no document is of, and the positions of the words that only say where."""

    entities: tuple[str, ...]
    unknown: str | None
    words: frozenset[int]


class PlaceFinder:
    """Finds places against one corpus, whose entities are known."""

    def __init__(self, lexicon: Lexicon, corpus: Corpus) -> None:
        self._lexicon = lexicon
        self._corpus = corpus

    def read(self, text: str, original: str) -> PlacesNamed:
        """The places of a question; ``original`` is as typed, for a name's capitals tell it."""
        used: set[int] = set()
        entities: dict[str, None] = {}
        unknown: str | None = None
        typed = words(text)
        for hit in self._places.find(text):
            name, known = hit.value
            if not self._may_be_of_a_name(typed, hit.start, hit.end):
                used |= set(range(hit.start, hit.end))
            used |= _government_before(typed, hit.start)
            if known:
                entities[name] = None
            else:
                unknown = name
        unknown = unknown or (None if entities else self._unknown_government(original))
        return PlacesNamed(tuple(entities), unknown, frozenset(used))

    def _may_be_of_a_name(self, typed: Sequence[str], start: int, end: int) -> bool:
        """Whether the words are what a territory's people are called, which documents use in names of their own."""
        return typed[start] in self._demonyms and end - start == 1 and self._corpus.knows(stem_of(typed[start]))

    @cached_property
    def _demonyms(self) -> frozenset[str]:
        return frozenset(word for entity in self._corpus.entities for word in demonyms_of(_short(entity)))

    @cached_property
    def _places(self) -> PhraseIndex[tuple[str, bool]]:
        """Names of the corpus's entities (in full, and up to their first "de"), and of the other capitals."""
        phrases: dict[str, tuple[str, bool]] = {}
        for city, aliases in self._lexicon.cities.items():
            known = next((entity for entity in self._corpus.entities if same_city(entity, city)), None)
            for name in (city, *aliases):
                phrases[fold(name)] = (known or city, known is not None)
        for entity in self._corpus.entities:
            phrases[fold(entity)] = (entity, True)
            phrases.setdefault(_short(entity), (entity, True))
            for demonym in demonyms_of(_short(entity)):
                phrases.setdefault(demonym, (entity, True))
        return PhraseIndex(phrases.items())

    def _unknown_government(self, original: str) -> str | None:
        """A municipality or department that a question names as such and that no document speaks of."""
        for match in _GOVERNMENT.finditer(original):
            stem = stem_of(fold(match[1].split()[0]))
            known = any(same_city(entity, match[1]) for entity in self._corpus.entities)
            if not known and not self._corpus.knows(stem) and stem not in self._corpus.vocabulary.values():
                return match[1]
        return None


def same_city(one: str, other: str) -> bool:
    """Whether two names are of one place: 'Cartagena' and 'Cartagena de Indias' are."""
    first, second = stem_set(one), stem_set(other)
    return fold(one) == fold(other) or fold(one).startswith(f"{fold(other)} ") or (len(second) > 1 and first == second)


def demonyms_of(name: str) -> Iterator[str]:
    """How its people and things may be called, in both genders and numbers: 'santandereano', 'chiense'."""
    for stem in {name, _LAST_VOWEL.sub("", name)}:
        for ending in _DEMONYMS:
            word = f"{stem}{ending}"
            yield from (word, f"{word}s")
            if ending.endswith("o"):
                yield from (f"{word[:-1]}a", f"{word[:-1]}as")


def _short(entity: str) -> str:
    """A territory's name folded, up to its first "de"."""
    return fold(entity).split(" de ")[0]


def _government_before(typed: Sequence[str], at: int) -> set[int]:
    """The words right before a place that only say it is one ("la *alcaldía de* Cota", "el *municipio de* Cota")."""
    of = at >= 2 and typed[at - 1] == "de" and typed[at - 2] in _GOVERNMENTS
    return {at - 2, at - 1} if of else set()
