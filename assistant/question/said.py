"""A question as it was said: written out, cut into words, and with what only tells how somebody came to ask marked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from assistant.corpus.matching import Token, tokenize
from assistant.question.asides import asides, asked_part
from assistant.question.query import Language


@dataclass(frozen=True)
class Said:
    """``typed`` is the question without courtesies, ``text`` what it is written out. Positions are of ``tokens``."""

    typed: str
    text: str
    language: Language

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The words and numbers of the text written out."""
        return tokenize(self.text)

    @cached_property
    def told(self) -> frozenset[int]:
        """The positions of the words that only tell how somebody came to ask."""
        return asides(self.text, self.tokens)

    @cached_property
    def asking(self) -> str:
        """The text without what only tells."""
        return asked_part(self.text, self.tokens, self.told)

    def where(self, *words: frozenset[str]) -> frozenset[int]:
        """The positions of the words that are among these."""
        return frozenset(at for at, token in enumerate(self.tokens) if any(token.word in one for one in words))
