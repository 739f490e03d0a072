"""Words that a narrow cell cut in two without a hyphen, told by how often Spanish uses the whole and its halves."""

from __future__ import annotations

import re

_LAST = re.compile(r"[^\W\d_]+$")
_FIRST = re.compile(r"^[^\W\d_]+")
_VOWEL = re.compile(r"[aeiouáéíóúüy]", re.IGNORECASE)
#: The whole is a word when it is used this often, on Zipf's scale (once in a hundred million words is 1).
_KNOWN = 1.5
_LEAST_LETTERS = 6


def is_cut_word(line: str, following: str) -> bool:
    """Whether a line ends in the first half of a word and the next begins with the rest.

    Together they are a word, and one of the halves is used less than the whole, or is none, as letters without a vowel
    are ("Escuela" / "s").
    """
    last, first = _LAST.search(line), _FIRST.match(following)
    if last is None or first is None or len(last[0] + first[0]) < _LEAST_LETTERS or _begins_new(last[0], first[0]):
        return False
    from wordfreq import zipf_frequency

    whole = zipf_frequency(last[0] + first[0], "es")
    return whole >= _KNOWN and whole > min(
        zipf_frequency(half, "es") if _VOWEL.search(half) else 0.0 for half in (last[0], first[0])
    )


def _begins_new(last: str, first: str) -> bool:
    """Whether a capital begins the rest, where the line before it is not in capitals."""
    return first[0].isupper() and not last.isupper()
