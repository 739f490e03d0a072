"""Things that a question does not name but describes: "sitios pa arreglar pleitos con el vecino".

``prompts/descriptions.yaml`` says by which words together a thing is known, in whatever order and form. All its groups
have to stand near each other; words between them that say nothing else belong to the description.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict, Field

from assistant.corpus.matching import Token, stem_of
from assistant.question.lexicon import Concept, Lexicon, Phrase, load_lexicon
from ingest.errors import SettingsError
from ingest.fold import fold
from ingest.wording import load_yaml, validated

FILE = "descriptions.yaml"
#: The words of a description stand within so many.
_WINDOW = 11
_OPTIONAL = "?"


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    term: Phrase = Field(description="the term of a concept of lexicon.yaml, or else words that plans print")
    also: tuple[Phrase, ...] = Field((), strict=False, description="other ways that plans print what is no concept")
    said: tuple[Phrase, ...] = Field(strict=False, min_length=1, description='"a|b + c|d + e?": one word of each group')


class DescriptionFile(BaseModel):
    """The file as written."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    families: dict[Phrase, Phrase] = Field(
        description="words that say the same, by the name they are used under: {name}"
    )
    descriptions: tuple[_Said, ...] = Field(strict=False)


@dataclass(frozen=True)
class Description:
    """A concept, the stems of each group of words it is known by, and stems that belong to it when they stand by."""

    concept: Concept
    groups: tuple[frozenset[str], ...]
    optional: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Described:
    """A description found in a question: which concept, and the positions of its words."""

    concept: Concept
    at: frozenset[int]


class Descriptions:
    """Finds descriptions by the stems of a question's words: looked up, never scanned."""

    def __init__(self, descriptions: Sequence[Description]) -> None:
        self._all = descriptions
        self._of: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, one in enumerate(descriptions):
            for group, stems in enumerate(one.groups):
                for stem in stems:
                    self._of[stem].append((number, group))

    def find(self, tokens: Sequence[Token]) -> list[Described]:
        """The descriptions in a question, none sharing a word with another: those of the most groups first."""
        places: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for at, token in enumerate(tokens):
            for number, group in self._of.get(token.stem, ()):
                places[number].append((at, group))
        found = []
        for number, seen in places.items():
            one = self._all[number]
            if (chosen := _nearest(seen, len(one.groups))) is not None:
                beside = {at for at, token in enumerate(tokens) if token.stem in one.optional}
                near = {at for at in beside if min(chosen) - _WINDOW < at < min(chosen) + _WINDOW}
                found.append((one, frozenset(chosen), frozenset(chosen | near)))
        found.sort(key=lambda one: (-len(one[0].groups), max(one[1]) - min(one[1]), min(one[1])))
        return list(_apart(found))


def _apart(found: Iterable[tuple[Description, frozenset[int], frozenset[int]]]) -> Iterator[Described]:
    taken: set[int] = set()
    for one, chosen, all_of_it in found:
        if not chosen & taken:
            yield Described(one.concept, all_of_it - taken)
            taken |= all_of_it


def _nearest(seen: Sequence[tuple[int, int]], groups: int) -> set[int] | None:
    """The positions of the closest words that are one of each group, no word standing for two; None without them."""
    best: set[int] | None = None
    for first in range(len(seen)):
        chosen: dict[int, int] = {}
        for at, group in seen[first:]:
            if at - seen[first][0] >= _WINDOW:
                break
            if group not in chosen and at not in chosen.values():
                chosen[group] = at
        if len(chosen) == groups and (best is None or _width(chosen.values()) < _width(best)):
            best = set(chosen.values())
    return best


def _width(positions: Iterable[int]) -> int:
    positions = list(positions)
    return max(positions) - min(positions)


def read_descriptions(file: DescriptionFile, lexicon: Lexicon) -> Descriptions:
    """The descriptions of a file; raises ``SettingsError`` naming a family that there is not."""
    concepts = {fold(concept.term): concept for concept in lexicon.concepts}
    families = {name: _stems(said, {}) for name, said in file.families.items()}
    found = []
    for one in file.descriptions:
        concept = concepts.get(fold(one.term)) or Concept(term=one.term, also=one.also or (one.term,))
        found += [_description(concept, said, families) for said in one.said]
    return Descriptions(found)


def _description(concept: Concept, said: str, families: Mapping[str, frozenset[str]]) -> Description:
    groups = [group.strip() for group in said.split("+")]
    needed = tuple(_stems(group, families) for group in groups if not group.endswith(_OPTIONAL))
    if len(needed) < 2:
        raise SettingsError(
            f"prompts/{FILE}: «{said}» de «{concept.term}» necesita por lo menos dos grupos de palabras."
        )
    beside = (_stems(group.removesuffix(_OPTIONAL), families) for group in groups if group.endswith(_OPTIONAL))
    return Description(concept, needed, frozenset().union(*beside))


def _stems(group: str, families: Mapping[str, frozenset[str]]) -> frozenset[str]:
    stems: set[str] = set()
    for word in (word.strip() for word in group.split("|")):
        if word.startswith("{"):
            name = word.strip("{}")
            if name not in families:
                raise SettingsError(f"prompts/{FILE}: no hay una familia «{name}».")
            stems |= families[name]
        elif len(fold(word).split()) != 1:
            raise SettingsError(f"prompts/{FILE}: «{word}» debe ser una sola palabra.")
        else:
            stems.add(stem_of(fold(word)))
    return frozenset(stems)


@cache
def load_descriptions() -> Descriptions:
    """``prompts/descriptions.yaml``, checked once against the lexicon."""
    return read_descriptions(validated(DescriptionFile, load_yaml(FILE), FILE), load_lexicon())
