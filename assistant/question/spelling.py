"""What a word unknown to the documents was meant to be: a diminutive, a word written as it sounds, a slip.

The words it may be are those that the documents print and those that the lexicon knows. Everything is looked up by a
key; only for a word that Spanish hardly has are those with the same initial compared letter by letter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from rapidfuzz import fuzz, process

from assistant.corpus.corpus import Corpus
from assistant.corpus.matching import Token, stem_of
from assistant.corpus.rarity import general_rarity
from assistant.question.families import load_families
from assistant.question.lexicon import Lexicon
from assistant.question.phrase_index import numberless

_SHORTEST = 4
_SHORTEST_SLIP = 6
_SLIP_CUTOFF = 88
#: So rare is a word that Spanish at large hardly has.
_HARDLY_A_WORD = 0.93
_DIMINUTIVE = re.compile(r"(?P<root>\w{2,}?)(?:(?:ec|c)?it|(?:ec|c)?ic|ecill|cill|ill)(?P<end>[oa]s?)$")
_SOUNDS = (
    (re.compile(r"^ps"), "s"),
    (re.compile(r"ch"), "#"),
    (re.compile(r"h"), ""),
    (re.compile(r"qu(?=[ei])|k|c(?![eiz])"), "k"),
    (re.compile(r"gu(?=[ei])"), "g~"),
    (re.compile(r"g(?=[ei])"), "j"),
    (re.compile(r"~"), ""),
    (re.compile(r"s?c(?=[ei])|z|s|x"), "s"),
    (re.compile(r"v|w"), "b"),
    (re.compile(r"ll"), "y"),
    (re.compile(r"n(?=[bp])"), "m"),
    (re.compile(r"(.)\1+"), r"\1"),
)


class Spelling:
    """Knows the words of one lexicon and one corpus."""

    def __init__(self, lexicon: Lexicon, corpus: Corpus) -> None:
        self._lexicon = lexicon
        self._corpus = corpus

    def meant(self, token: Token, *, first: bool) -> str | None:
        """The known word that an unknown one was meant to be; None for known ones, names and numbers."""
        word = token.word
        if len(word) < _SHORTEST or not word.isalpha() or (token.capital and not first):
            return None
        if word in self._corpus.vocabulary or numberless(word) in self._singulars or self._corpus.knows(token.stem):
            return None
        if load_families().relatives(token.stem):  # a form of a verb of several roots: "repuestas"
            return None
        if token.stem in self._stems:  # an inflection of a known word: "programaron"
            return self._base(word)
        return self._base(word) or self._alike(word) or self._slip(word)

    def _base(self, word: str) -> str | None:
        """The word that a diminutive is of ("pececitos", "puestecito", "ratico")."""
        return next((base for base in bases(word) if self._is_known(base) and _is_commoner(base, word)), None)

    def _alike(self, word: str) -> str | None:
        """A word that sounds the same ("jente", "embarasadas")."""
        alike = self._by_sound.get(sound_of(word), ())
        return next((other for other in alike if other != word and _is_commoner(other, word)), None)

    def _slip(self, word: str) -> str | None:
        """A word that differs by a letter, of one that Spanish hardly has ("ambluancias")."""
        if len(word) < _SHORTEST_SLIP or general_rarity(word) < _HARDLY_A_WORD:
            return None
        alike = self._by_initial.get(word[0], ())
        found = process.extractOne(word, alike, scorer=fuzz.ratio, score_cutoff=_SLIP_CUTOFF)
        return found[0] if found is not None else None

    def _is_known(self, word: str) -> bool:
        return word in self._words or word in self._corpus.vocabulary

    @cached_property
    def _words(self) -> frozenset[str]:
        return self._lexicon.vocabulary

    @cached_property
    def _singulars(self) -> frozenset[str]:
        return frozenset(map(numberless, self._words))

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(map(stem_of, self._words))

    @cached_property
    def _by_sound(self) -> dict[str, tuple[str, ...]]:
        """The words of documents and lexicon by how they sound, the commonest first."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for word in self._all():
            found[sound_of(word)].add(word)
        return {sound: tuple(sorted(alike, key=lambda word: (general_rarity(word), word)))
                for sound, alike in found.items()}  # fmt: skip

    @cached_property
    def _by_initial(self) -> dict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(self._words):
            if len(word) >= _SHORTEST_SLIP:
                found[word[0]].append(word)
        return found

    def _all(self) -> Iterable[str]:
        for vocabulary in (self._words, self._corpus.vocabulary):
            yield from (word for word in vocabulary if len(word) >= _SHORTEST and word.isalpha())


def bases(word: str) -> Iterator[str]:
    """The words that a diminutive may be of, plural as it is: "casitas" → "casas", "pececitos" → "peces", …"""
    match = _DIMINUTIVE.match(word)
    if match is None:
        return
    root, end = match["root"], match["end"]
    plural = "s" if end.endswith("s") else ""
    for spelt in dict.fromkeys((root, re.sub(r"qu$", "c", root), re.sub(r"gu$", "g", root), re.sub(r"c$", "z", root))):
        yield from (f"{spelt}{end}", f"{spelt}e{plural}", f"{spelt}{'es' if plural else ''}",
                    f"{spelt}{'a' if end[0] == 'o' else 'o'}{plural}")  # fmt: skip


@lru_cache(maxsize=65536)
def sound_of(word: str) -> str:
    """How a folded word sounds in Colombia: b and v, s, z and soft c, ll and y, g and j are one; h is none."""
    for letters, sound in _SOUNDS:
        word = letters.sub(sound, word)
    return word


def _is_commoner(one: str, other: str) -> bool:
    return general_rarity(one) < general_rarity(other)
