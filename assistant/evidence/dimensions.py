"""What is asked of a thing and not of the thing itself: its waiting time, its capacity, the fine it carries.

That a row names the thing tells nothing of these: only what says the dimension answers. The words stand in
``prompts/dimensions.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, RootModel

from assistant.corpus.bars import FOUND, FOUND_OF_PHRASE, TELLING
from assistant.corpus.corpus import Item, stem_set
from assistant.evidence.fields import is_indicator_row, is_labelled
from assistant.evidence.retrieve import Scored
from assistant.question.query import Query, Term
from ingest.errors import SettingsError
from ingest.fold import fold
from ingest.records import IndicatorRow
from ingest.wording import load_yaml, validated

_FILE = "dimensions.yaml"
_ASKING = re.compile(r"\b(?:que|cual(?:es)?|cuant[oa]s?|quien(?:es)?|donde|cuando|como|how|what|which|who|when)\b")
#: What leads to the dimension itself ("¿cuál es el *tiempo de espera* …?").
_LEADING = re.compile(r"\b(?:que|cual(?:es)?|cuant[oa]|what|which)(?: \w+){0,2} $")
_Patterns = Annotated[tuple[str, ...], Field(strict=False, min_length=1)]


class Dimension(BaseModel):
    """One dimension; each entry is a regular expression on folded text, and one that fits is enough."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    asked: _Patterns
    said: _Patterns
    #: It says which part of what is counted is meant, and may stand after what is asked.
    narrows: bool = False

    @cached_property
    def asking(self) -> re.Pattern[str]:
        return _any_of(self.asked)

    @cached_property
    def saying(self) -> re.Pattern[str]:
        return _any_of(self.said)


class _Dimensions(RootModel[Mapping[str, Dimension]]):
    model_config = ConfigDict(frozen=True, strict=True)


@cache
def load_dimensions() -> tuple[Dimension, ...]:
    """The dimensions of the file; raises ``SettingsError`` for a pattern that is none."""
    dimensions = tuple(validated(_Dimensions, load_yaml(_FILE), _FILE).root.values())
    try:
        for one in dimensions:
            _ = one.asking, one.saying
    except re.error as error:
        raise SettingsError(f"prompts/{_FILE}: una expresión regular no es válida: {error}.") from error
    return dimensions


@dataclass(frozen=True)
class Asked:
    """A dimension that a question asks for, and the stems of the words that do."""

    dimension: Dimension
    stems: frozenset[str]


@lru_cache(maxsize=4096)
def dimensions_asked(text: str) -> tuple[Asked, ...]:
    """The dimensions that a question asks for first; one asked beside something else is no bar to telling that."""
    folded = fold(text)
    asked = ((dimension, dimension.asking.search(folded)) for dimension in load_dimensions())
    return tuple(
        Asked(dimension, stem_set(match[0]))
        for dimension, match in asked
        if match is not None and _is_asked(dimension, folded, match.start())
    )


def _is_asked(dimension: Dimension, folded: str, at: int) -> bool:
    """Whether a dimension that stands at a place of a question is asked first; what narrows may be asked anywhere."""
    if dimension.narrows:
        return at > folded.find("¿") and _ASKING.search(folded) is not None
    return _ASKING.search(_LEADING.sub("", _asked_before(folded[:at]))) is None


def _asked_before(before: str) -> str:
    """Of what stands before the words of a dimension what belongs to the same question ("ya que …, ¿cuánto …?")."""
    return before.rpartition("¿")[2]


def saying_what_is_asked(query: Query, evidence: Sequence[Scored]) -> list[Scored]:
    """The evidence that says every dimension which a question asks for of its subject; all of it for any other."""
    asked = dimensions_asked(query.text)
    if not asked:
        return list(evidence)
    subject = _subject(query, frozenset().union(*(one.stems for one in asked)))
    return [
        found
        for found in evidence
        if all(_says(found.item, one.dimension) for one in asked)
        and (subject is None or _is_of(found, query.terms[subject], subject))
    ]


def _is_of(found: Scored, subject: Term, at: int) -> bool:
    """Whether an item says the thing that a dimension is asked of; of a phrase most of it ("gobierno *digital*")."""
    enough = FOUND if len(subject.alternatives[0].stems) == 1 else FOUND_OF_PHRASE
    return found.covered[at] >= subject.weight * enough


def _subject(query: Query, asking: frozenset[str]) -> int | None:
    """Which term tells most of the thing that a dimension is asked of; None where the question names none."""
    told = [
        (term.weight, at)
        for at, term in enumerate(query.terms)
        if term.known and term.weight >= TELLING and not asking & set(term.text.split())
    ]
    return max(told)[1] if told else None


def _says(item: Item, dimension: Dimension) -> bool:
    """Whether an item or a row joined to it says a dimension in its own cells, and not only in what stands above it."""
    if item.row is None:
        return item.segment is not None and dimension.saying.search(fold(item.segment.text)) is not None
    return any(dimension.saying.search(fold(cells_of(row))) is not None for row in (item.row, *item.joined))


def cells_of(row: IndicatorRow) -> str:
    """What a row of a table says itself, its columns of money too, without the titles that are printed beside it; the
    sentence of a report, an entry of its lists under its heading, or the line of a budget with its columns' names."""
    money = (amount.item for amount in row.budget)
    if not is_indicator_row(row):
        heading = row.context if is_labelled(row) else ()
        return " ".join((row.quote, *heading, *money))
    figures = (figure.text for figure in (row.target, row.baseline) if figure is not None)
    return " ".join((row.indicator or "", row.unit or "", *figures, *money))


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
