"""What a question wants worked out of the figures of one row: what is missing, which share is done, whether it fits.

The words of ``prompts/aims.yaml`` say it; they say nothing of the subject, so they do not count as words to be found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, cached_property
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from assistant.corpus.matching import stem_of
from assistant.question.lexicon import Phrase
from assistant.question.query import Aim, Query, QuestionKind, Term
from ingest.fold import fold, words
from ingest.wording import load_yaml, validated

_FILE = "aims.yaml"
_ASKS_OF_SETS = frozenset(("list", "count", "ranking"))


class AimWords(BaseModel):
    """The patterns of one aim, and the words that only ask for it."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    patterns: Annotated[tuple[Phrase, ...], Field(strict=False)]
    words: Annotated[tuple[Phrase, ...], Field(strict=False)]

    @cached_property
    def compiled(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(pattern) for pattern in self.patterns)

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(stem_of(word) for phrase in self.words for word in words(phrase))

    def said_in(self, folded: str) -> bool:
        return any(pattern.search(folded) for pattern in self.compiled)


class Aims(BaseModel):
    """``prompts/aims.yaml``."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    missing: AimWords
    share: AimWords
    contrast: AimWords

    def of(self, aim: Aim) -> AimWords:
        found: AimWords = getattr(self, aim)
        return found


@cache
def load_aims() -> Aims:
    """The file, checked; raises ``SettingsError`` naming the entry that is wrong."""
    return validated(Aims, load_yaml(_FILE), _FILE)


def with_aims(query: Query) -> Query:
    """The query with what it wants worked out, its terms without the words that only ask for that.

    A question about a set of rows, or about years and money that the rows tell themselves, has no such aim: of money
    reports print what is left and which share is spent.
    """
    if (
        query.filters.conditions
        or query.kind in _ASKS_OF_SETS
        or (query.measure is not None and not query.measure.implied)
    ):
        return query
    known, folded = load_aims(), fold(query.text)
    names: tuple[Aim, ...] = ("missing", "share", "contrast")
    names = names if "budget" not in query.fields else ("contrast",)
    aims = tuple(aim for aim in names if known.of(aim).said_in(folded))
    if not aims:
        return query
    asking = frozenset().union(*(known.of(aim).stems for aim in aims))
    terms = _without(query.terms, asking)
    fields = query.fields
    if "contrast" in aims and {"target", "baseline"} & set(fields):
        fields = tuple(name for name in fields if name in ("target", "baseline"))
    elif "missing" in aims:
        fields = tuple(name for name in fields if name != "progress")
    kind: QuestionKind = "difference" if "missing" in aims and query.kind == "value" else query.kind
    return replace(query, kind=kind, aims=aims, terms=terms, topic=_without(query.topic, asking), fields=fields)


def _without(terms: Sequence[Term], asking: frozenset[str]) -> tuple[Term, ...]:
    """The terms that name a subject; all of them where none does."""
    kept = tuple(term for term in terms if not set(term.text.split()) <= asking)
    return kept or tuple(terms)
