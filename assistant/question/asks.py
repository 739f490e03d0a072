"""The words that ask for several facts at once: ``prompts/asks.yaml``, checked, and which of them a question has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.corpus.matching import Token, stem_of
from ingest.errors import SettingsError
from ingest.fold import fold, fold_in_place
from ingest.wording import load_yaml, validated

AskName = Literal[
    "share", "more", "missing", "grew", "fell", "largest", "smallest",
    "differing", "difference_named", "of_target", "less_executed",
    "story", "deeds", "cover", "each", "same", "promises", "periods", "entries", "twice", "past",
    "demand", "number", "telling", "subject", "pronoun", "courtesy",
    "other", "ahead", "rate",
    "changed", "changing", "deed", "times", "average", "both_ways", "there_is", "documents", "points",
    "both_ends", "several", "gauge", "year", "against_total", "state",
    "award", "told_state", "told_award", "with_before", "adds", "exceeds", "before_event", "told_before",
    "both_kinds", "source_after", "source_before", "which_office", "level", "baseline", "starts", "sorts",
    "mentions", "speaks_of", "in_indicator", "in_target", "in_baseline", "rest",
    "lacking", "and_total", "of_office", "hour_of_event", "subject_line", "of_person", "all_kinds", "of_whole",
    "there_was", "coming", "putting_together", "reaches", "by_how_many", "end_before", "end_after",
    "against_before", "no_question", "between_them",
    "goal_of", "who_is_there", "made_of", "regarding", "in_view_of",
    "whole", "enumerate", "achieved", "in_document", "inquiry", "told_inquiry", "of_letter", "of_conduct",
]  # fmt: skip

_FILE = "asks.yaml"
#: "Que" as it is typed in a chat.
_CHAT_THAT = re.compile(r"\b(?:q|k|qe|ke)\b")
Phrases = Annotated[tuple[str, ...], Field(strict=False)]


class Asks(BaseModel):
    """The whole file; the look-ups take folded text."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    patterns: dict[AskName, Phrases] = Field(description="regular expressions on the folded question")
    asking: Phrases = Field(description="words that ask for arithmetic and name nothing of what is counted")
    columns: dict[str, Phrases] = Field(
        description="columns of a line of money, as printed, and how they are asked for"
    )
    means: Phrases = Field(description="nouns that say by what after 'con' (\"con ayuda de las cámaras\")")
    bare: Phrases = Field(description="words that say what is asked of something and name nothing")
    labels: dict[str, Phrases] = Field(description="first words of the labels of details, and how they are asked for")
    deeds: tuple[Phrases, ...] = Field(strict=False, description="roots of verbs that mean alike, a family each")
    states: Phrases = Field(description="words that ask how far a matter is and name nothing of it")
    groups: Phrases = Field(description="nouns of the groups that have a line of money each")

    @cached_property
    def asking_stems(self) -> frozenset[str]:
        return frozenset(stem_of(fold(word)) for word in self.asking)

    @cached_property
    def means_stems(self) -> frozenset[str]:
        return frozenset(stem_of(fold(word)) for word in self.means)

    @cached_property
    def bare_stems(self) -> frozenset[str]:
        return frozenset(stem_of(fold(word)) for word in self.bare)

    @cached_property
    def state_stems(self) -> frozenset[str]:
        return frozenset(stem_of(fold(word)) for word in self.states)

    @cached_property
    def group_stems(self) -> frozenset[str]:
        return frozenset(stem_of(fold(word)) for word in self.groups)

    @cached_property
    def columns_by_stem(self) -> dict[str, str]:
        return {stem_of(fold(word)): fold(name) for name, words in self.columns.items() for word in words}

    @cached_property
    def compiled(self) -> dict[AskName, re.Pattern[str]]:
        return {name: re.compile("|".join(f"(?:{one})" for one in found)) for name, found in self.patterns.items()}


@cache
def load_asks() -> Asks:
    """``prompts/asks.yaml``; raises SettingsError naming the file and the pattern that is none."""
    asks = validated(Asks, load_yaml(_FILE), _FILE)
    for found in asks.patterns.values():
        for pattern in found:
            try:
                re.compile(pattern)
            except re.error as error:
                raise SettingsError(
                    f"prompts/{_FILE}: «{pattern}» no es una expresión regular válida: {error}."
                ) from error
    if missing := sorted(set(AskName.__args__) - set(asks.patterns)):  # type: ignore[attr-defined]
        raise SettingsError(f"prompts/{_FILE}: falta «{missing[0]}» en patterns.")
    return asks


@lru_cache(maxsize=4096)
def asks_for(text: str, name: AskName) -> bool:
    """Whether a question, as typed, asks for something in one of its ways."""
    return load_asks().compiled[name].search(_CHAT_THAT.sub("que", fold(text))) is not None


def words_asking(tokens: Sequence[Token], text: str, name: AskName) -> frozenset[int]:
    """The positions of the words of a text by which it asks for something: they say about what it is nothing."""
    said = load_asks().compiled[name].search(fold_in_place(text))
    if said is None:
        return frozenset()
    return frozenset(at for at, token in enumerate(tokens) if said.start() <= token.start < said.end())
