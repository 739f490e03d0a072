"""What a word that the documents do not have may stand for in them: a slip, a relative, the word it begins."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from itertools import islice, takewhile

from rapidfuzz import fuzz, process

from assistant.corpus.corpus import Corpus
from assistant.corpus.matching import stem_of

_TYPO_CUTOFF = 84
_SHORTEST_TYPO = 5
_SHORTEST_BEGINNING = 6
_MOST_COMPLETED = 3
#: A word that ends as no Spanish word does is cut off ("coop", "prog"); it may be shorter, and begin more words.
_CLIPPED = re.compile(r"[a-zñ]{2,}[bcfghjkmpqtvw]$")
_SHORTEST_CLIPPED = 4
_MOST_CLIPPED = 6
_SHORTEST_ROOT = 5
_LONGEST_ENDING = 5
#: … and no more of the longer word than this: "correo" is no relative of "corrección".
_LONGEST_SHARE = 0.45


class WordGuesses:
    """Guesses by the words of one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus

    def family(self, stem: str) -> tuple[str, ...]:
        """The stems of the documents that a stem unknown to them begins, or that begin it ("conviv", "convivent")."""
        if len(stem) < _SHORTEST_ROOT or stem_of(stem) != stem:
            return ()  # what is left of "comerán" is a verb still, no root
        family = {
            other
            for other in self._stems_by_root.get(stem[:_SHORTEST_ROOT], ())
            if (other.startswith(stem) or stem.startswith(other))
            and abs(len(other) - len(stem)) <= min(_LONGEST_ENDING, _LONGEST_SHARE * max(len(other), len(stem)))
        }
        return tuple(sorted(family)) if len(family) <= _MOST_COMPLETED else ()

    @cached_property
    def _stems_by_root(self) -> dict[str, tuple[str, ...]]:
        roots: dict[str, set[str]] = {}
        for stem in self.corpus.vocabulary.values():
            if len(stem) >= _SHORTEST_ROOT:
                roots.setdefault(stem[:_SHORTEST_ROOT], set()).add(stem)
        return {root: tuple(stems) for root, stems in roots.items()}

    def completed(self, word: str) -> tuple[str, ...]:
        """The stems of the few words of the documents that a shortened one begins ("distriseg", "coop")."""
        clipped = _CLIPPED.fullmatch(word) is not None
        if len(word) < (_SHORTEST_CLIPPED if clipped else _SHORTEST_BEGINNING):
            return ()
        first = bisect_left(self._full_words, word)
        beginning = takewhile(lambda full: full.startswith(word), islice(self._full_words, first, None))
        stems = {self.corpus.vocabulary[full] for full in beginning}
        return tuple(sorted(stems)) if len(stems) <= (_MOST_CLIPPED if clipped else _MOST_COMPLETED) else ()

    @cached_property
    def _full_words(self) -> list[str]:
        return sorted(self.corpus.vocabulary)

    def likely_word(self, word: str) -> str | None:
        """The word of the documents that a word unknown to them was probably meant to be."""
        if len(word) < _SHORTEST_TYPO:
            return None
        # Most such words are like none, and of those with the same beginning there are few to see that by.
        alike = self._words_by_initial.get(word[0], ())
        if process.extractOne(word, alike, scorer=fuzz.ratio, score_cutoff=_TYPO_CUTOFF) is None:
            return None
        found = process.extractOne(word, self.corpus.vocabulary.keys(), scorer=fuzz.ratio, score_cutoff=_TYPO_CUTOFF)
        return found[0] if found is not None and found[0][0] == word[0] else None

    @cached_property
    def _words_by_initial(self) -> dict[str, list[str]]:
        words: dict[str, list[str]] = {}
        for word in self.corpus.vocabulary:
            words.setdefault(word[0], []).append(word)
        return words
