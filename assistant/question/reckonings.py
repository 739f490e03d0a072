"""What a question wants computed over figures of years and money: a sum, what is missing, a share, the top year.

``prompts/reckonings.yaml`` holds the words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.corpus.matching import tokenize
from assistant.question.lexicon import Hit, Phrase, PhraseIndex
from ingest.errors import SettingsError
from ingest.fold import words
from ingest.records import BudgetItemName
from ingest.wording import load_yaml, validated

ReckoningKind = Literal["sum", "missing", "share", "difference", "agree", "most", "least", "descending", "ascending"]
YearWord = Literal["asked", "most", "least", "ordered", "ascending"]

_FILE = "reckonings.yaml"
#: A word of more or less further from the word for the year than this many words is of something else.
_REACH = 8
_SIGN = "+"

Phrases = Annotated[tuple[Phrase, ...], Field(strict=False)]


@dataclass(frozen=True)
class Reckoning:
    """What is to be computed. ``there`` is the amount of which something is missing or a part, ``of`` the whole.

    ``years`` are the first (or, negative, the last) years of the term that a question names without their numbers.
    """

    kind: ReckoningKind | None = None
    there: BudgetItemName | None = None
    of: BudgetItemName | None = None
    years: int = 0

    @property
    def is_of_years(self) -> bool:
        """Whether it compares the years of a row with one another."""
        return self.kind in ("most", "least", "descending", "ascending")


NOTHING_COMPUTED = Reckoning()


@dataclass(frozen=True)
class ReckoningRead:
    """A reckoning, and which words of the question say it."""

    reckoning: Reckoning
    words: frozenset[int]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class _Unpaid(_Entry):
    said: Phrases
    there: BudgetItemName
    of: BudgetItemName


class _Span(_Entry):
    said: Phrases
    years: int


class ReckoningWords(_Entry):
    """The whole file."""

    kinds: dict[Literal["sum", "missing", "share", "difference", "agree"], Phrases]
    unpaid: Annotated[tuple[_Unpaid, ...], Field(strict=False)]
    years: dict[YearWord, Phrases]
    spans: Annotated[tuple[_Span, ...], Field(strict=False)]
    base: Phrases

    def read(self, text: str) -> ReckoningRead | None:
        """What a question, written out, wants computed; None when it says nothing of the kind."""
        hits = self._index.find(text)
        said: dict[str, Hit[tuple[str, object]]] = {}
        for hit in hits:
            said.setdefault(hit.value[0], hit)
        years = _of_years(hits)
        span = said.get("spans")
        number = span.value[1] if span is not None else 0
        of = Reckoning(years=number if isinstance(number, int) else 0)
        if years is not None:
            found = Reckoning(years, years=of.years)
            used = [hit for hit in hits if hit.value[0] == "years"]
        elif "unpaid" in said and isinstance(said["unpaid"].value[1], _Unpaid):
            unpaid = said["unpaid"].value[1]
            found = Reckoning("missing", unpaid.there, unpaid.of, of.years)
            used = [hit for hit in hits if hit.value[0] == "unpaid" or hit.value == ("kinds", "missing")]
        elif "kinds" in said:
            found = Reckoning(said["kinds"].value[1], years=of.years)  # type: ignore[arg-type]
            used = [hit for hit in hits if hit.value[0] == "kinds"]
        elif span is not None or f" {_SIGN} " in text:
            found, used = Reckoning("sum" if span is None else None, years=of.years), []
        else:
            return None
        used = [*used, *(hit for hit in hits if hit.value[0] == "spans")]
        return ReckoningRead(found, frozenset(at for hit in used for at in range(hit.start, hit.end)))

    def is_whole(self, text: str, start: int) -> bool:
        """Whether the amount that begins at a word is one of which another is a part ("de lo *programado*")."""
        before = [token.word for token in tokenize(text)][:start]
        return any(before[-len(words) :] == words for words in self._base)

    @cached_property
    def _base(self) -> list[list[str]]:
        return [words(phrase) for phrase in self.base]

    @cached_property
    def _index(self) -> PhraseIndex[tuple[str, object]]:
        return PhraseIndex(self._entries())

    def _entries(self) -> list[tuple[str, tuple[str, object]]]:
        entries: list[tuple[str, tuple[str, object]]] = []
        for kind, phrases in self.kinds.items():
            entries += ((phrase, ("kinds", kind)) for phrase in phrases)
        for word, phrases in self.years.items():
            entries += ((phrase, ("years", word)) for phrase in phrases)
        for unpaid in self.unpaid:
            entries += ((phrase, ("unpaid", unpaid)) for phrase in unpaid.said)
        for span in self.spans:
            entries += ((phrase, ("spans", span.years)) for phrase in span.said)
        return entries

    def check(self) -> ReckoningWords:
        """The words themselves; raises ``SettingsError`` for a phrase of two meanings."""
        seen: dict[tuple[str, ...], tuple[str, object]] = {}
        for phrase, meaning in self._entries():
            if seen.setdefault(tuple(words(phrase)), meaning) != meaning:
                raise SettingsError(f"prompts/{_FILE}: la frase «{phrase}» está dos veces.")
        return self


def _of_years(hits: Iterable[Hit[tuple[str, object]]]) -> ReckoningKind | None:
    """Which comparison of years the words for years make, those of more and less only near the word for the year."""
    of_years = [(hit.value[1], hit.start) for hit in hits if hit.value[0] == "years"]
    asked = next((start for word, start in of_years if word == "asked"), None)
    said = {word for word, start in of_years if asked is None or abs(start - asked) <= _REACH}
    if "ordered" in said:
        return "ascending" if "ascending" in {word for word, _ in of_years} else "descending"
    if asked is None:
        return None
    return "most" if "most" in said else "least" if "least" in said else None


@cache
def load_reckonings() -> ReckoningWords:
    """``prompts/reckonings.yaml``, checked once; raises SettingsError naming the file and the wrong entry."""
    return validated(ReckoningWords, load_yaml(_FILE), _FILE).check()
