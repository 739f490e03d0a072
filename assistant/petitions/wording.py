"""``prompts/petitions.yaml``, checked when it is loaded: patterns compile, placeholders are known."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property

from pydantic import BaseModel, ConfigDict, Field, field_validator

from assistant.corpus.corpus import stem_set
from assistant.petitions.records import Kind
from ingest.errors import SettingsError
from ingest.fold import fold
from ingest.wording import load_yaml
from ingest.wording.prompt_files import validated

_FILE = "petitions.yaml"

_NAMED = re.compile(r"<<(\w+)>>")
_PLACEHOLDERS = frozenset(
    (
        *("about", "subject", "received", "radicado", "basis", "office", "n", "text", "title", "indicator", "facts"),
        *("mark", "baseline", "target", "quote", "figure", "entity", "period", "of", "source", "what", "authority"),
        *("asks", "verb", "due"),
    )
)


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))


def _compiled(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in patterns))


def phrase_pattern(phrases: Iterable[str], *, prefix: bool = False) -> re.Pattern[str]:
    """Any of some phrases as whole words of folded text; with ``prefix`` as the beginning of words."""
    longest_first = sorted({fold(phrase) for phrase in phrases}, key=len, reverse=True)
    joined = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest_first)
    return re.compile(rf"\b(?:{joined})" + (r"\w*" if prefix else r"(?!\w)"))


class ReadingWords(_Strict):
    """The words by which a petition is taken apart."""

    asks_titles: tuple[str, ...]
    facts_titles: tuple[str, ...]
    end_titles: tuple[str, ...]
    farewells: tuple[str, ...]
    request_verbs: tuple[str, ...]
    introductions: tuple[str, ...]
    telling: tuple[str, ...]
    documents: tuple[str, ...]
    opinion_patterns: tuple[str, ...]
    measured_words: tuple[str, ...]
    own_case_patterns: tuple[str, ...]
    instructions_patterns: tuple[str, ...]
    baseline_patterns: tuple[str, ...]
    target_patterns: tuple[str, ...]
    common_stems: tuple[str, ...]
    also_said: Mapping[str, tuple[str, ...]]

    def said_also(self, stem: str) -> list[frozenset[str]]:
        """The stems of words that say what the word of this stem asks for."""
        return [stem_set(one) for word, also in self.also_said.items() if stem in stem_set(word) for one in also]

    @field_validator("opinion_patterns", "own_case_patterns", "instructions_patterns")
    @classmethod
    def _compile(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        _compiled(value)
        return value

    @cached_property
    def opinion(self) -> re.Pattern[str]:
        return _compiled(self.opinion_patterns)

    @cached_property
    def own_case(self) -> re.Pattern[str]:
        return _compiled(self.own_case_patterns)

    @cached_property
    def instructions(self) -> re.Pattern[str]:
        return _compiled(self.instructions_patterns)

    @cached_property
    def baseline(self) -> re.Pattern[str]:
        return _compiled(self.baseline_patterns)

    @cached_property
    def target(self) -> re.Pattern[str]:
        return _compiled(self.target_patterns)

    @cached_property
    def measured(self) -> re.Pattern[str]:
        return phrase_pattern(self.measured_words)

    @cached_property
    def document(self) -> re.Pattern[str]:
        return phrase_pattern(self.documents)

    @cached_property
    def introducing(self) -> re.Pattern[str]:
        return phrase_pattern(self.introductions)

    @cached_property
    def requesting(self) -> re.Pattern[str]:
        return phrase_pattern(self.request_verbs)

    @cached_property
    def farewell(self) -> re.Pattern[str]:
        """At the beginning of a paragraph, which it ends the letter with."""
        joined = "|".join(re.escape(fold(phrase)) for phrase in sorted(self.farewells, key=len, reverse=True))
        return re.compile(rf"^(?:y\s+)?(?:{joined})")


class PersonalWords(_Strict):
    """What announces personal data in a petition."""

    name_cues: tuple[str, ...]
    after_name: tuple[str, ...]
    people: tuple[str, ...]
    no_names: tuple[str, ...]
    identity_labels: tuple[str, ...]
    residence_cues: tuple[str, ...]

    @cached_property
    def not_in_names(self) -> frozenset[str]:
        return frozenset(map(fold, self.no_names))


class KindWords(_Strict):
    """A kind of petition, its term, and how a petition declares itself of it."""

    name: str
    business_days: int = Field(ge=1)
    legal_basis: str
    declared: tuple[str, ...]

    @cached_property
    def declaration(self) -> re.Pattern[str]:
        return _compiled(self.declared)


class TransferWords(_Strict):
    business_days: int = Field(ge=1)
    legal_basis: str


class Authority(_Strict):
    """Another authority: what it is called when it is to act, and the matters that are its own."""

    name: str
    agents: tuple[str, ...]
    matters: tuple[str, ...]

    @cached_property
    def matter(self) -> re.Pattern[str]:
        return _compiled(self.matters)

    @cached_property
    def agent(self) -> re.Pattern[str]:
        """Asked to act or to tell: "que la Fiscalía …", "solicito a la Fiscalía …", "oficiar a la Fiscalía"."""
        names = "|".join(re.escape(fold(one)) for one in sorted(self.agents, key=len, reverse=True))
        return re.compile(petition_words().expanded("agent_acts").replace("<agent>", f"(?:{names})"))


class PetitionWords(_Strict):
    """All of the file."""

    reading: ReadingWords
    patterns: Mapping[str, str]
    personal: PersonalWords
    kinds: Mapping[Kind, KindWords]
    community: tuple[str, ...]
    transfer: TransferWords
    authorities: tuple[Authority, ...]
    departmental: Authority
    municipal_name: str
    letter: Mapping[str, str | tuple[str, ...]]
    marks: Mapping[str, str]

    @field_validator("letter")
    @classmethod
    def _known_placeholders(cls, value: Mapping[str, str | tuple[str, ...]]) -> Mapping[str, str | tuple[str, ...]]:
        for name, text in value.items():
            fields = {key for _, key, _, _ in string.Formatter().parse(text) if key} if isinstance(text, str) else set()
            if unknown := fields - _PLACEHOLDERS:
                raise ValueError(f"la frase «{name}» tiene marcas que nadie llena: {', '.join(sorted(unknown))}")
        return value

    def expanded(self, name: str) -> str:
        """A pattern with the others that it names put in."""
        return _NAMED.sub(lambda match: self.expanded(match[1]), self.patterns[name])

    @cached_property
    def communal(self) -> re.Pattern[str]:
        return phrase_pattern(self.community)

    def say(self, name: str, **parts: str) -> str:
        """A sentence of the letter, filled in."""
        text = self.letter[name]
        if not isinstance(text, str):
            raise KeyError(name)
        return text.format(**parts).replace(" de el ", " del ").replace(" a el ", " al ")

    def several(self, name: str) -> tuple[str, ...]:
        """A list of words of the letter."""
        texts = self.letter[name]
        return (texts,) if isinstance(texts, str) else tuple(texts)


@cache
def petition_words() -> PetitionWords:
    """The wording; raises ``SettingsError`` naming the entry that is wrong."""
    try:
        words = validated(PetitionWords, load_yaml(_FILE), _FILE)
        for name in words.patterns:
            re.compile(words.expanded(name))
        return words
    except (re.error, KeyError, RecursionError) as error:
        raise SettingsError(f"prompts/{_FILE}: un patrón no se entiende: {error}.") from error


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern of the file by its name."""
    return re.compile(petition_words().expanded(name))
