"""The words of a question as tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ingest.fold import fold, fold_in_place
from ingest.words import stems

#: The same words as ``ingest.fold.words``, so that positions in the two agree.
_WORD = re.compile(r"[^\W_]+(?:[.,/\-][^\W_]+)*")


@dataclass(frozen=True)
class Token:
    """One word or number of a text, with its stem."""

    text: str
    word: str
    stem: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()

    @property
    def is_number(self) -> bool:
        return self.word[:1].isdigit()


@lru_cache(maxsize=16)
def tokenize(text: str) -> tuple[Token, ...]:
    """The words and numbers of a text, folded; those of the last few texts are kept, as a question is read often."""
    return tuple(tokens_of(text))


def tokens_of(text: str) -> Iterator[Token]:
    """The same, one after the other."""
    for match in _WORD.finditer(fold_in_place(text)):
        yield Token(text[match.start() : match.end()], match[0], stem_of(match[0]), match.start(), match.end())


@lru_cache(maxsize=65536)
def stem_of(word: str) -> str:
    """The stem of one folded word."""
    found = stems(word)
    return found[0] if found else word


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """A text folded, kept: what rows print is compared again and again."""
    return fold(text)
