"""The words of the people who ask: ``prompts/lexicon.yaml``, checked, and what of it stands in a text.

Everything is compared folded (case, accents, white space); concepts in singular and plural alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, cached_property, lru_cache
from typing import Annotated, Generic, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from ingest.errors import SettingsError
from ingest.fold import fold, words
from ingest.wording import load_yaml, validated

FieldName = Literal["contact", "contractor", "pay", "site", "date", "person", "unit_cost", "reason", "detail",
    "target", "baseline", "source", "dependency", "programme", "component", "strategic_line", "sector", "purpose",
    "ods", "unit", "indicator", "code", "progress", "budget", "period", "place",
]  # fmt: skip
KindName = Literal[
    "list", "count", "sum", "difference", "percent_change", "compare", "ranking_max", "ranking_min", "yes_no",
    "smalltalk", "order", "personal_data", "followup",
]  # fmt: skip

_FILE = "lexicon.yaml"
Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Value = TypeVar("Value")


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Concept(_Entry):
    """One thing that has several names."""

    term: Phrase = Field(description="as plans print it")
    also: tuple[Phrase, ...] = Field(strict=False, min_length=1, description="as people say it; never shown to users")

    @property
    def phrases(self) -> tuple[str, ...]:
        return (self.term, *self.also)


class Cues(_Entry):
    """The phrases, and regular expressions on folded text, that give something away."""

    phrases: tuple[Phrase, ...] = Field(strict=False)
    patterns: tuple[Phrase, ...] = Field((), strict=False)


class QuestionWords(_Entry):
    """Words that build questions; all folded."""

    english: frozenset[Phrase] = Field(strict=False, description="English function words, left out of the Spanish")
    translated: dict[Phrase, Phrase] = Field(description="English function words that dates need in Spanish")
    focus: frozenset[Phrase] = Field(strict=False, description="what is asked for stands right after these")
    counting: frozenset[Phrase] = Field(strict=False, description="what is counted stands right after these")
    figures: frozenset[Phrase] = Field(strict=False, description="a question with one of these wants a figure")
    months: frozenset[Phrase] = Field(strict=False)
    before_years: frozenset[Phrase] = Field(strict=False, description="'22' after one of these is 2022")
    joining: frozenset[Phrase] = Field(strict=False, description="prepositions that join what narrows a noun to it")
    articles: frozenset[Phrase] = Field(strict=False)
    steps: dict[Phrase, int] = Field(description="1: the time after the one asked for before; −1: the time before it")


class Hit(NamedTuple, Generic[Value]):
    """Something found in a text: what, and from which word to before which word."""

    value: Value
    start: int
    end: int


class PhraseIndex(Generic[Value]):
    """Finds phrases in running text: the longest at each place, none inside another."""

    def __init__(self, entries: Iterable[tuple[str, Value]], *, numberless: bool = False) -> None:
        self._numberless = numberless
        self._by_first: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        for phrase, value in entries:
            if key := self.key(phrase):
                self._by_first.setdefault(key[0], []).append((key, value))
        for candidates in self._by_first.values():
            candidates.sort(key=lambda candidate: -len(candidate[0]))

    def key(self, text: str) -> tuple[str, ...]:
        """The words of a text as they are compared."""
        return _numberless_words(text) if self._numberless else _words(text)

    def find(self, text: str) -> list[Hit[Value]]:
        """The phrases of a text in order; positions count its ``ingest.fold.words``."""
        key, hits, at = self.key(text), [], 0
        while at < len(key):
            for phrase, value in self._by_first.get(key[at], ()):
                if key[at : at + len(phrase)] == phrase:
                    hits.append(Hit(value, at, at + len(phrase)))
                    at += len(phrase)
                    break
            else:
                at += 1
        return hits


#: A question is looked through by some twenty indexes, one right after the other.
_AT_A_TIME = 16


@lru_cache(maxsize=_AT_A_TIME)
def _words(text: str) -> tuple[str, ...]:
    return tuple(words(text))


@lru_cache(maxsize=_AT_A_TIME)
def _numberless_words(text: str) -> tuple[str, ...]:
    return tuple(map(numberless, _words(text)))


def numberless(word: str) -> str:
    """A folded word without its plural, so that 'luces' meets 'luz' and 'calles' meets 'calle'. No real stem."""
    if len(word) > 3:
        word = word.removesuffix("s")
    if len(word) > 3:
        word = word.removesuffix("e")
    return f"{word[:-1]}c" if word.endswith("z") else word


class Lexicon(_Entry):
    """The whole file. The look-ups take any text and return what of the lexicon stands in it."""

    concepts: tuple[Concept, ...] = Field(strict=False)
    abbreviations: dict[Phrase, Phrase]
    misspellings: dict[Phrase, Phrase]
    cities: dict[Phrase, Annotated[tuple[Phrase, ...], Field(strict=False)]]
    fields: dict[FieldName, Cues]
    kinds: dict[KindName, Cues]
    stopwords: tuple[Phrase, ...] = Field(strict=False)
    light: tuple[Phrase, ...] = Field(strict=False)
    measure_nouns: frozenset[Phrase] = Field(strict=False)
    generic: tuple[Phrase, ...] = Field(strict=False)
    ambiguous: tuple[Phrase, ...] = Field(strict=False)
    excluding: tuple[Phrase, ...] = Field(strict=False)
    acts: dict[Literal["new", "mended"], Annotated[tuple[Phrase, ...], Field(strict=False)]]
    doing: tuple[Phrase, ...] = Field(strict=False)
    plain_qualifiers: tuple[Phrase, ...] = Field(strict=False)
    row_kinds: dict[Literal["result", "product"], Annotated[tuple[Phrase, ...], Field(strict=False)]]
    baseline_states: dict[Literal["none", "zero"], Annotated[tuple[Phrase, ...], Field(strict=False)]]
    office_cues: tuple[Phrase, ...] = Field(strict=False)
    set_nouns: frozenset[Phrase] = Field(strict=False)
    document_words: tuple[Phrase, ...] = Field(strict=False)
    change_words: tuple[Phrase, ...] = Field(strict=False)
    pointing: tuple[Phrase, ...] = Field(strict=False)
    unspent: tuple[Phrase, ...] = Field(strict=False)
    words: QuestionWords
    english: dict[Phrase, Phrase]

    def written_out(self, text: str) -> str:
        """The folded words of a text, abbreviations and frequent misspellings written out, marks kept."""
        return " ".join(self._write_out(piece) for piece in fold(text).split())

    def concepts_in(self, text: str) -> list[Hit[Concept]]:
        """The concepts a text names, by whatever name; an ambiguous phrase gives a hit for each of its concepts."""
        return [Hit(concept, hit.start, hit.end) for hit in self._concept_index.find(text) for concept in hit.value]

    def fields_in(self, text: str) -> list[Hit[FieldName]]:
        """The columns a question asks for, in order of mention; several are possible."""
        return self._field_index.find(text)

    def fields_hinted_in(self, text: str) -> list[FieldName]:
        """The columns that the build of a question hints at ("¿cuántas *funcionaban*?"), beside those it names."""
        folded = fold(text)
        return [name for name, pattern in self._field_patterns if pattern.search(folded)]

    def kinds_in(self, text: str) -> set[KindName]:
        """The kinds a question may be of; the caller weighs them."""
        folded = fold(text).lstrip("¿¡ ")
        by_phrase = {hit.value for hit in self._kind_index.find(folded)}
        return by_phrase | {kind for kind, pattern in self._kind_patterns if pattern.search(folded)}

    def kind_words_in(self, text: str) -> set[int]:
        """Positions of the words that only tell what kind of question it is."""
        return {at for hit in self._kind_index.find(text) for at in range(hit.start, hit.end)}

    def cities_in(self, text: str) -> list[Hit[str]]:
        """The capitals a text names, by their full names."""
        return self._city_index.find(text)

    def content_words(self, text: str) -> list[str]:
        """The folded words that are left when the fillers are taken out."""
        found = words(text)
        fillers = {at for hit in self._stopword_index.find(text) for at in range(hit.start, hit.end)}
        return [word for at, word in enumerate(found) if at not in fillers]

    def spanish_for(self, text: str) -> list[Hit[str]]:
        """The Spanish of the English terms in a text."""
        return self._english_index.find(text)

    def _write_out(self, piece: str) -> str:
        core = piece.strip("¿?¡!.,;:()\"'«»")
        full = self._short.get(core)
        return piece if full is None else piece.replace(core, full, 1)

    @cached_property
    def _short(self) -> dict[str, str]:
        return {fold(k): fold(v) for table in (self.abbreviations, self.misspellings) for k, v in table.items()}

    @cached_property
    def _concept_index(self) -> PhraseIndex[tuple[Concept, ...]]:
        owners: dict[str, tuple[Concept, ...]] = {}
        for concept in self.concepts:
            for key in dict.fromkeys(" ".join(map(numberless, words(phrase))) for phrase in concept.phrases):
                owners[key] = (*owners.get(key, ()), concept)
        return PhraseIndex(owners.items(), numberless=True)

    @cached_property
    def _field_index(self) -> PhraseIndex[FieldName]:
        return PhraseIndex((p, name) for name, cues in self.fields.items() for p in cues.phrases)

    @cached_property
    def _kind_index(self) -> PhraseIndex[KindName]:
        return PhraseIndex((p, name) for name, cues in self.kinds.items() for p in cues.phrases)

    @cached_property
    def _field_patterns(self) -> list[tuple[FieldName, re.Pattern[str]]]:
        return [(name, re.compile(pattern)) for name, cues in self.fields.items() for pattern in cues.patterns]

    @cached_property
    def _kind_patterns(self) -> list[tuple[KindName, re.Pattern[str]]]:
        return [(name, re.compile(pattern)) for name, cues in self.kinds.items() for pattern in cues.patterns]

    @cached_property
    def _city_index(self) -> PhraseIndex[str]:
        return PhraseIndex((p, city) for city, short in self.cities.items() for p in (city, *short))

    @cached_property
    def _stopword_index(self) -> PhraseIndex[None]:
        return PhraseIndex((p, None) for p in self.stopwords)

    @cached_property
    def _english_index(self) -> PhraseIndex[str]:
        return PhraseIndex(self.english.items())


# --- loading --------------------------------------------------------------------------------------------------------


def _wrong(entry: str, why: str) -> SettingsError:
    return SettingsError(f"prompts/{_FILE}: la entrada «{entry}» {why}.")


def _check_once(
    section: str, owned: Iterable[tuple[str, str]], *, plural_too: bool = False, but: Iterable[str] = ()
) -> dict[str, str]:
    """Owner of every phrase; raises SettingsError when two owners claim one, or nothing of a phrase can be found."""
    owners: dict[str, str] = {}
    free = {fold(phrase) for phrase in but}
    for owner, phrase in owned:
        if fold(phrase) in free:
            continue
        key = " ".join(numberless(word) if plural_too else word for word in words(phrase))
        if not key:
            raise _wrong(phrase, f"de {section} no tiene palabras")
        if owners.setdefault(key, owner) != owner:
            raise _wrong(phrase, f"de {section} está en «{owners[key]}» y en «{owner}»")
    return owners


def _check_short(name: str, table: Mapping[str, str], taken: Mapping[str, str]) -> None:
    for short, full in table.items():
        if len(fold(short).split()) != 1:
            raise _wrong(short, f"de {name} debe ser una sola palabra")
        if fold(short) == fold(full):
            raise _wrong(short, f"de {name} no cambia nada: las tildes y mayúsculas no cuentan")
        if owner := taken.get(numberless(fold(short))):
            raise _wrong(short, f"de {name} también es palabra del concepto «{owner}»")


def _check(lexicon: Lexicon) -> Lexicon:
    """The lexicon itself; raises SettingsError naming the first entry that contradicts another."""
    taken = _check_once(
        "concepts",
        ((concept.term, p) for concept in lexicon.concepts for p in concept.phrases),
        plural_too=True,
        but=lexicon.ambiguous,
    )
    _check_once("fields", ((name, p) for name, cues in lexicon.fields.items() for p in cues.phrases))
    _check_once("kinds", ((name, p) for name, cues in lexicon.kinds.items() for p in cues.phrases))
    _check_once("cities", ((city, p) for city, short in lexicon.cities.items() for p in (city, *short)))
    _check_once("english", ((spanish, english) for english, spanish in lexicon.english.items()))
    _check_short("abbreviations", lexicon.abbreviations, taken)
    _check_short("misspellings", lexicon.misspellings, taken)
    if both := {fold(k) for k in lexicon.abbreviations} & {fold(k) for k in lexicon.misspellings}:
        raise _wrong(min(both), "está en abbreviations y en misspellings")
    for word in lexicon.stopwords:
        if (owner := taken.get(" ".join(numberless(w) for w in words(word)))) is not None:
            raise _wrong(word, f"de stopwords también es del concepto «{owner}» y nunca se buscaría")
    for section in (lexicon.fields, lexicon.kinds):
        for cues in section.values():
            for pattern in cues.patterns:
                try:
                    re.compile(pattern)
                except re.error as error:
                    raise _wrong(pattern, f"no es una expresión regular válida: {error}") from error
    for names, section_name, known in (
        (FieldName.__args__, "fields", lexicon.fields),  # type: ignore[attr-defined]
        (KindName.__args__, "kinds", lexicon.kinds),  # type: ignore[attr-defined]
    ):
        if missing := sorted(set(names) - set(known)):
            raise _wrong(missing[0], f"falta en {section_name}")
    return lexicon


@cache
def load_lexicon() -> Lexicon:
    """``prompts/lexicon.yaml``, checked once; raises SettingsError naming the file and the wrong entry."""
    return _check(validated(Lexicon, load_yaml(_FILE), _FILE))
