"""Whether a question is in English or in Spanish, however short it is.

Each word is weighed by how much commoner it is in one language than in the other (wordfreq's Zipf scale, the logarithm
of occurrences per billion words), so that three words without any function word among them are enough ("police cameras
target?"). Spanish is typed without its accents as often as with them, and borrows words: both are seen to here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.corpus.corpus import Corpus
from assistant.corpus.matching import tokenize
from assistant.question.lexicon import Lexicon
from assistant.question.query import Language

#: How much commoner in English the words have to be together, in powers of ten.
ENGLISH_BAR = 1.5
#: What one word tells at most, one way or the other, and how common an unknown word counts as.
_MOST = 3.0
_UNKNOWN = 2.0
#: A question in English has a word of some length that tells so much: "is" or "on" alone may be anything.
_TELLING = 0.5
_LETTERS = 4
#: No word is longer; questions come from strangers.
_LONGEST = 30

_SPANISH_ONLY = re.compile(r"[áéíóúñü]", re.IGNORECASE)
_ACCENTED = {"a": "á", "e": "é", "i": "í", "o": "ó", "u": "ú", "n": "ñ"}


def detect_language(text: str, lexicon: Lexicon, corpus: Corpus) -> Language:
    """English when its words are, and Spanish in doubt.

    A word that the documents print, or the lexicon knows as Spanish ("call center"), is no sign of English; one of the
    lexicon's English terms is a sure one. Acronyms and names are no sign of anything.
    """
    told = list(_told(text, lexicon, corpus))
    has_word = any(tells >= _TELLING for tells, letters in told if letters >= _LETTERS)
    return "en" if has_word and sum(tells for tells, _ in told) >= ENGLISH_BAR else "es"


def _told(text: str, lexicon: Lexicon, corpus: Corpus) -> Iterator[tuple[float, int]]:
    """How much each word speaks for English, and how many letters it has."""
    ours = {at for hit in lexicon.concepts_in(text) for at in range(hit.start, hit.end)}
    theirs = {at for hit in lexicon.spanish_for(text) for at in range(hit.start, hit.end)}
    places = {at for hit in lexicon.cities_in(text) for at in range(hit.start, hit.end)}
    for at, token in enumerate(tokenize(text)):
        is_acronym = token.text.isupper() and len(token.text) > 1
        if not token.word.isalpha() or is_acronym or at in places or (at and token.capital):
            continue
        tells = english_by(token.text.lower())
        if at in theirs and tells >= _TELLING:
            tells = max(tells, ENGLISH_BAR)
        is_ours = at in ours or token.word in corpus.vocabulary
        yield (min(tells, 0.0) if is_ours else tells), len(token.word)


@lru_cache(maxsize=16384)
def english_by(word: str) -> float:
    """By how many powers of ten a word is commoner in English (3 at most) than in Spanish (−3 at most)."""
    if len(word) > _LONGEST:
        return 0.0
    if _SPANISH_ONLY.search(word):
        return -_MOST
    from wordfreq import zipf_frequency

    spanish = max(zipf_frequency(form, "es", wordlist="small") for form in _accented_forms(word))
    english = zipf_frequency(word, "en", wordlist="small")
    return max(-_MOST, min(_MOST, max(english, _UNKNOWN) - max(spanish, _UNKNOWN)))


def _accented_forms(word: str) -> Iterator[str]:
    """A word as typed, and with one accent that may have been left out ("congestion" for "congestión")."""
    yield word
    for at, letter in enumerate(word):
        if letter in _ACCENTED:
            yield word[:at] + _ACCENTED[letter] + word[at + 1 :]
