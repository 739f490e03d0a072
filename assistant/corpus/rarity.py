"""How rare a word is in Spanish."""

from __future__ import annotations

from functools import lru_cache

_STOPWORDS_RATE = 8.0
_RAREST_KNOWN = 2.5


@lru_cache(maxsize=32768)
def general_rarity(word: str) -> float:
    """Between 0.1 and 1: how rare a word is in Spanish at large (wordfreq's Zipf scale, 8 for the commonest)."""
    from wordfreq import zipf_frequency

    zipf = zipf_frequency(word, "es", wordlist="small") or _RAREST_KNOWN
    return min(1.0, max(0.1, (_STOPWORDS_RATE - max(zipf, _RAREST_KNOWN)) / (_STOPWORDS_RATE - _RAREST_KNOWN)))


@lru_cache(maxsize=32768)
def is_in_use(word: str) -> bool:
    """Whether a word is one of the commoner words of Spanish: one in a million or more."""
    from wordfreq import zipf_frequency

    return zipf_frequency(word, "es", wordlist="small") > 0
