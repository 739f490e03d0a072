"""Questions that count rows by what stands above them: "metas por dependencia", "¿qué programa tiene más productos?".

Read from the words of ``prompts/groups.yaml``; a question that asks for a progress or for money is none of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.corpus.corpus import stem_set
from assistant.question.lexicon import Hit, Phrase, PhraseIndex
from assistant.question.query import Query
from ingest.fold import fold, words
from ingest.wording import load_yaml, validated

Level = Literal["programme", "component", "strategic_line", "dependency", "sector"]
Order = Literal["each", "most", "fewest"]
Phrases = Annotated[tuple[Phrase, ...], Field(strict=False)]

_FILE = "groups.yaml"
_LISTING = frozenset(("list",))
_COUNTING = frozenset(("count", "ranking_max", "ranking_min"))
#: "Línea *base*" is a column and no level.
_BASE = "base"
#: Further words between the level that is asked for and its rows than this ask for something else.
_REACH = 24


@dataclass(frozen=True)
class Grouping:
    """By which level rows are counted, and whether each is asked for, or the one with the most or the fewest."""

    level: Level
    order: Order


class GroupWords(BaseModel):
    """``prompts/groups.yaml``."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    levels: dict[Level, Phrases]
    rows: Phrases
    each: Phrases
    each_of: Phrases
    numbers: Phrases
    shared_out: Phrases
    one_by_one: Phrases
    most: Phrases
    fewest: Phrases
    by_number: Phrases
    asking: Phrases
    building: Phrases

    @cached_property
    def level_index(self) -> PhraseIndex[Level]:
        return PhraseIndex((phrase, level) for level, phrases in self.levels.items() for phrase in phrases)

    @cached_property
    def row_nouns(self) -> frozenset[str]:
        return frozenset(map(fold, self.rows))

    @cached_property
    def building_stems(self) -> frozenset[str]:
        """Stems of every word that builds such a question."""
        said = (self.building, self.rows, self.most, self.fewest, self.numbers, *self.levels.values())
        return frozenset(stem for phrases in said for phrase in phrases for stem in stem_set(phrase))

    @cached_property
    def folded_numbers(self) -> frozenset[str]:
        return frozenset(map(fold, self.numbers))

    @cached_property
    def one_by_one_index(self) -> PhraseIndex[None]:
        return PhraseIndex((phrase, None) for phrase in self.one_by_one)

    @cached_property
    def shared_out_index(self) -> PhraseIndex[None]:
        return PhraseIndex((phrase, None) for phrase in self.shared_out)


@cache
def group_words() -> GroupWords:
    """The file, checked; raises ``SettingsError`` naming the entry that is wrong."""
    return validated(GroupWords, load_yaml(_FILE), _FILE)


def grouping_of(query: Query) -> Grouping | None:
    """What a question counts by; None when it counts nothing by levels."""
    if query.measure is not None and not query.measure.implied:
        return None
    said = words(query.text)
    known = group_words()
    hits = _levels_in(query.text, said)
    rows = [at for at, word in enumerate(said) if word in known.row_nouns]
    if not hits or not rows:
        return None
    for at in rows:
        for order, phrases in (("most", known.most), ("fewest", known.fewest), ("most", known.by_number)):
            if _ends(said, at, phrases) and (level := _asked_level(query, said)) is not None:
                return Grouping(level, order)  # type: ignore[arg-type]
    if _LISTING & query.cues and not _COUNTING & query.cues and not known.shared_out_index.find(query.text):
        return None
    level = next((hit.value for hit in hits if _is_each(said, hit.start)), None) or _shared_out(query.text)
    if level is None and known.one_by_one_index.find(query.text):
        level = next((hit.value for hit in hits if not _narrowed_to(query, hit.value)), None)
    return Grouping(level, "each") if level is not None and not _narrowed_to(query, level) else None


def without_building_words(query: Query) -> Query:
    """The question as a set of rows: without what only builds it, be it taken for a name or for a target."""
    stems = group_words().building_stems
    topic = tuple(term for term in query.topic if not set(term.text.split()) <= stems and not term.text[:1].isdigit())
    own = query.filters
    filters = replace(
        own,
        target_values=(),
        programme=own.programme if _narrowed_to(query, "programme") else None,
        component=own.component if _narrowed_to(query, "component") else None,
        strategic_line=own.strategic_line if _narrowed_to(query, "strategic_line") else None,
        dependency=own.dependency if _narrowed_to(query, "dependency") else None,
    )
    return replace(query, topic=topic, filters=filters)


def _levels_in(text: str, said: Sequence[str]) -> list[Hit[Level]]:
    """The levels that a question names; ``said`` are its words."""
    return [hit for hit in group_words().level_index.find(text) if said[hit.end : hit.end + 1] != [_BASE]]


def _asked_level(query: Query, said: Sequence[str]) -> Level | None:
    """The level of which the most or fewest is asked: the one asked for, or else one that is not named."""
    known = group_words()
    hits = _levels_in(query.text, said)
    asked = [hit.value for hit in hits if _ends(said, hit.start, known.asking)]
    return next((level for level in (*asked, *(hit.value for hit in hits)) if not _narrowed_to(query, level)), None)


def _narrowed_to(query: Query, level: Level) -> bool:
    """Whether the question names one of that level, with more than the words that build it."""
    if level == "sector":
        return bool(query.filters.sectors)
    name = getattr(query.filters, level)
    said = frozenset().union(*(stem_set(word) for word in words(query.text)))
    return bool((stem_set(name) & said) - group_words().building_stems) if name else False


def _is_each(said: Sequence[str], at: int) -> bool:
    """Whether what stands right before a level asks for each of them."""
    known = group_words()
    if _ends(said, at, (*known.each, *known.each_of)):
        return True
    is_number = at > 0 and (said[at - 1] in known.folded_numbers or said[at - 1].isdigit())
    return is_number and _ends(said, at - 1, known.each_of)


def _shared_out(text: str) -> Level | None:
    """The level among which the rows are shared out."""
    known = group_words()
    shared = next(iter(known.shared_out_index.find(text)), None)
    if shared is None:
        return None
    after = (hit for hit in known.level_index.find(text) if shared.end <= hit.start <= shared.end + _REACH)
    return next((hit.value for hit in after), None)


def _ends(said: Sequence[str], at: int, phrases: Iterable[str]) -> bool:
    """Whether one of the phrases stands right before a word."""
    return any(list(said[at - len(key) : at]) == key for phrase in phrases if 0 < len(key := words(phrase)) <= at)
