"""Phrases found in running text, and words compared without their plural."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from ingest.fold import words

Value = TypeVar("Value")


class Hit(NamedTuple, Generic[Value]):
    """Something found in a text: what, and from which word to before which word."""

    value: Value
    start: int
    end: int


class PhraseIndex(Generic[Value]):
    """Finds phrases in running text: the longest at each place, none inside another."""

    def __init__(self, entries: Iterable[tuple[str, Value]], *, numberless: bool = False) -> None:
        self._numberless = numberless
        self._by_first: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        for phrase, value in entries:
            if key := self.key(phrase):
                self._by_first.setdefault(key[0], []).append((key, value))
        for candidates in self._by_first.values():
            candidates.sort(key=lambda candidate: -len(candidate[0]))

    def key(self, text: str) -> tuple[str, ...]:
        """The words of a text as they are compared."""
        return _numberless_words(text) if self._numberless else _words(text)

    def find(self, text: str) -> list[Hit[Value]]:
        """The phrases of a text in order; positions count its ``ingest.fold.words``."""
        key, hits, at = self.key(text), [], 0
        while at < len(key):
            for phrase, value in self._by_first.get(key[at], ()):
                if key[at : at + len(phrase)] == phrase:
                    hits.append(Hit(value, at, at + len(phrase)))
                    at += len(phrase)
                    break
            else:
                at += 1
        return hits


#: A question is looked through by some twenty indexes, one right after the other.
_AT_A_TIME = 16


@lru_cache(maxsize=_AT_A_TIME)
def _words(text: str) -> tuple[str, ...]:
    return tuple(words(text))


@lru_cache(maxsize=_AT_A_TIME)
def _numberless_words(text: str) -> tuple[str, ...]:
    return tuple(map(numberless, _words(text)))


def numberless(word: str) -> str:
    """A folded word without its plural, so that 'luces' meets 'luz' and 'calles' meets 'calle'. No real stem."""
    if len(word) > 3:
        word = word.removesuffix("s")
    if len(word) > 3:
        word = word.removesuffix("e")
    return f"{word[:-1]}c" if word.endswith("z") else word
