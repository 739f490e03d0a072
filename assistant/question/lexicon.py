"""The words of the people who ask: ``prompts/lexicon.yaml``, checked, and what of it stands in a text.

Everything is compared folded (case, accents, white space); concepts in singular and plural alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, cached_property, lru_cache
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from assistant.corpus.matching import stem_of
from assistant.question.concept_index import ConceptIndex
from assistant.question.lexicon_checks import FILE, check
from assistant.question.phrase_index import Hit, PhraseIndex, numberless
from ingest.fold import fold, words
from ingest.wording import load_yaml, validated

__all__ = ["Concept", "Hit", "Lexicon", "Phrase", "PhraseIndex", "load_lexicon", "numberless"]

FieldName = Literal["contact", "contractor", "pay", "site", "date", "year", "person", "unit_cost", "reason", "detail",
    "target", "baseline", "source", "dependency", "programme", "component", "strategic_line", "sector", "purpose",
    "ods", "unit", "accumulation", "indicator", "code", "progress", "budget", "period", "place",
]  # fmt: skip
KindName = Literal[
    "list", "count", "sum", "difference", "percent_change", "compare", "ranking_max", "ranking_min", "yes_no",
    "smalltalk", "order", "personal_data", "followup",
]  # fmt: skip

#: Of so many texts the concepts are kept.
_KEPT_TEXTS = 16
#: "Los que *dejaron* las armas", "de las que *sufrieron* la guerra" says who, not that it is asked what was done.
_RELATIVE = re.compile(
    r"(?:(?<!las )(?<!los )(?<!fue )(?<!\bde )|(?<=\bde l[ao]s ))(?<=\w )"
    r"que (?:ya |se |les? |l[oa]s? ){0,2}\w+(?:aron|ieron)\b"
)
Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


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


class Lexicon(_Entry):
    """The whole file. The look-ups take any text and return what of the lexicon stands in it."""

    concepts: tuple[Concept, ...] = Field(strict=False)
    abbreviations: dict[Phrase, Phrase]
    short_amounts: dict[Phrase, Phrase] = Field(description="amounts cut short, read so beside a year or one another")
    misspellings: dict[Phrase, Phrase]
    cities: dict[Phrase, Annotated[tuple[Phrase, ...], Field(strict=False)]]
    fields: dict[FieldName, Cues]
    kinds: dict[KindName, Cues]
    stopwords: tuple[Phrase, ...] = Field(strict=False)
    light: tuple[Phrase, ...] = Field(strict=False)
    roles: frozenset[Phrase] = Field(strict=False, description="nouns of people by what they do")
    people: frozenset[Phrase] = Field(strict=False, description="nouns of people of any kind")
    measure_nouns: frozenset[Phrase] = Field(strict=False)
    where_served: dict[Phrase, Annotated[tuple[Phrase, ...], Field(strict=False)]]
    generic: tuple[Phrase, ...] = Field(strict=False)
    ambiguous: tuple[Phrase, ...] = Field(strict=False)
    excluding: tuple[Phrase, ...] = Field(strict=False)
    implied: dict[Phrase, Annotated[tuple[Phrase, ...], Field(strict=False)]]
    acts: dict[Literal["new", "mended"], Annotated[tuple[Phrase, ...], Field(strict=False)]]
    own_deeds: dict[Phrase, Annotated[tuple[Phrase, ...], Field(strict=False)]]
    doing: tuple[Phrase, ...] = Field(strict=False)
    plain_qualifiers: tuple[Phrase, ...] = Field(strict=False)
    row_kinds: dict[Literal["result", "product"], Annotated[tuple[Phrase, ...], Field(strict=False)]]
    baseline_states: dict[Literal["none", "zero"], Annotated[tuple[Phrase, ...], Field(strict=False)]]
    office_cues: tuple[Phrase, ...] = Field(strict=False)
    charges: tuple[Phrase, ...] = Field(strict=False)
    set_nouns: frozenset[Phrase] = Field(strict=False)
    document_words: tuple[Phrase, ...] = Field(strict=False)
    change_words: tuple[Phrase, ...] = Field(strict=False)
    change_verbs: tuple[Phrase, ...] = Field(strict=False)
    pointing: tuple[Phrase, ...] = Field(strict=False)
    unspent: tuple[Phrase, ...] = Field(strict=False)
    ends_nothing: frozenset[Phrase] = Field(strict=False)
    words: QuestionWords
    english: dict[Phrase, Phrase]

    def written_out(self, text: str) -> str:
        """The folded words of a text, abbreviations and frequent misspellings written out, marks kept."""
        return " ".join(self._write_out(piece) for piece in fold(text).split())

    def concepts_in(self, text: str) -> tuple[Hit[Concept], ...]:
        """The concepts a text names, by whatever name; an ambiguous phrase gives a hit for each of its concepts.

        Those of the last few texts are kept, as a question is read often.
        """
        return self._find_concepts(text)

    def fields_in(self, text: str) -> list[Hit[FieldName]]:
        """The columns a question asks for, in order of mention; several are possible."""
        return self._field_index.find(text)

    def fields_hinted_in(self, text: str) -> list[FieldName]:
        """The columns that the build of a question hints at ("¿cuántas *funcionaban*?"), beside those it names."""
        folded = _RELATIVE.sub(" ", fold(text))
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

    def spanish_for(self, text: str) -> list[Hit[str]]:
        """The Spanish of the English terms in a text."""
        return self._english_index.find(text)

    @cached_property
    def long_forms(self) -> dict[str, str]:
        """Folded acronyms among the phrases of concepts whose letters the term spells, a plural's twice ("DDHH")."""
        return {
            fold(phrase): concept.term
            for concept in self.concepts
            for phrase in concept.also
            if phrase.isupper() and phrase.isalpha() and _spells(fold(phrase), concept.term)
        }

    @cached_property
    def role_stems(self) -> frozenset[str]:
        return frozenset(stem_of(fold(word)) for word in self.roles)

    @cached_property
    def people_stems(self) -> frozenset[str]:
        return self.role_stems | frozenset(stem_of(fold(word)) for word in self.people)

    @cached_property
    def implied_by(self) -> dict[str, frozenset[str]]:
        """By the stem of a deed, the stems of what it says itself of the thing it is done to."""
        return {stem_of(fold(deed)): frozenset(stem_of(fold(word)) for word in said)
                for deed, said in self.implied.items()}  # fmt: skip

    @cached_property
    def light_stems(self) -> frozenset[str]:
        """Words that say little of what a question is about."""
        return frozenset(stem_of(fold(word)) for word in self.light)

    @cached_property
    def generic_stems(self) -> frozenset[str]:
        """Nouns that may stand for any thing ("sitios", "campañas")."""
        return frozenset(stem_of(fold(word)) for word in self.generic)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The folded Spanish words that the lexicon knows, whatever of."""
        cues = (phrase for table in (self.fields, self.kinds) for cue in table.values() for phrase in cue.phrases)
        concepts = (phrase for concept in self.concepts for phrase in concept.phrases)
        others = (
            *self.stopwords,
            *self.light,
            *self.generic,
            *self.doing,
            *self.plain_qualifiers,
            *self.set_nouns,
        )
        names = (name for city, short in self.cities.items() for name in (city, *short))
        known = (*cues, *concepts, *others, *names, *self.abbreviations, *self.misspellings, *self.measure_nouns)
        return frozenset(word for phrase in known for word in words(phrase))

    def _write_out(self, piece: str) -> str:
        core = piece.strip("¿?¡!.,;:()\"'«»")
        full = self._short.get(core)
        return piece if full is None else piece.replace(core, full, 1)

    @cached_property
    def _short(self) -> dict[str, str]:
        return {fold(k): fold(v) for table in (self.abbreviations, self.misspellings) for k, v in table.items()}

    @cached_property
    def serving_places(self) -> dict[str, frozenset[str]]:
        """The stem of each place where a sector serves people → the stems of that sector."""
        return {stem_of(fold(place)): frozenset(stem_of(fold(word)) for word in sector)
                for place, sector in self.where_served.items()}  # fmt: skip

    @cached_property
    def _concept_index(self) -> ConceptIndex[Concept]:
        return ConceptIndex((phrase, concept) for concept in self.concepts for phrase in concept.phrases)

    @cached_property
    def _find_concepts(self) -> Callable[[str], tuple[Hit[Concept], ...]]:
        index = self._concept_index
        return lru_cache(maxsize=_KEPT_TEXTS)(lambda text: tuple(index.find(text)))

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
    def _english_index(self) -> PhraseIndex[str]:
        return PhraseIndex(self.english.items())


def _check(lexicon: Lexicon) -> Lexicon:
    return check(lexicon, FieldName.__args__, KindName.__args__)  # type: ignore[attr-defined]


_SMALL = frozenset(("de", "del", "la", "las", "el", "los", "y", "e", "a", "al", "en", "para", "por"))


def _spells(short: str, term: str) -> bool:
    """Whether an acronym is the initials of a term's telling words, or each of them twice."""
    initials = [word[0] for word in words(fold(term)) if word not in _SMALL]
    return short in ("".join(initials), "".join(letter * 2 for letter in initials))


@cache
def load_lexicon() -> Lexicon:
    """``prompts/lexicon.yaml``, checked once; raises SettingsError naming the file and the wrong entry."""
    return _check(validated(Lexicon, load_yaml(FILE), FILE))
