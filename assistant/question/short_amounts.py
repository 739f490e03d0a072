"""Amounts of money and figures of years that are cut short: "ejec vs prog 2025", "comprom. y pag.", "prog $ 2026"."""

from __future__ import annotations

import re
from collections.abc import Mapping

#: Amounts in full, which may stand beside one that is cut short.
_IN_FULL = r"(?:program|ejecut|compromet|compromis|oblig|pag|gir|planea|asign)\w+"
_JOINED = r"\s*(?:[,/+\-–—]|\b(?:y|e|o|vs|versus|contra|frente a)\b\.?)\s*"
_YEAR = r"(?:\s+20\d\d\b)"
#: What says that an amount is meant, right after it: a year, the sign of money, or that it is of a year.
_OF_A_YEAR = (
    r"(?=:?\s*(?:\(\s*)?(?:(?:en|de|del|para|por|a)\s+)?(?:(?:el|la)\s+)?(?:a[nñ]o|vigencia|(?:20\d\d|'\d\d)\b|\$))"
)
#: The sign of money where no amount follows it ("programado $ 2025", "cuánto $").
_SIGN = re.compile(r"(?<![^\W\d_])\$+(?=\s*(?:20\d\d\b(?![.,]?\d|\s*(?:mil|pesos|cop))|[^\d\s]|$)|\s+[^\d\s])")


class ShortAmounts:
    """Writes such amounts out; ``short`` is what a word that is cut short stands for ("prog" is a programme, too)."""

    def __init__(self, short: Mapping[str, str]) -> None:
        self._short = {word.lower(): full for word, full in short.items()}
        words = "|".join(sorted(map(re.escape, self._short), key=len, reverse=True))
        self._one = re.compile(rf"\b(?P<word>{words})\b\.?", re.IGNORECASE)
        amount = rf"\b(?:(?:{words})\b\.?|{_IN_FULL})"
        chain = rf"{amount}(?:{_YEAR}?{_JOINED}{amount})+|{amount}{_OF_A_YEAR}"
        self._chain = re.compile(chain, re.IGNORECASE)

    def written_out(self, text: str, money: str) -> str:
        """A text with its amounts in full; ``money`` is what its sign is written as."""
        text = self._chain.sub(lambda chain: self._one.sub(self._full, chain[0]), text)
        return _SIGN.sub(f" {money} ", text) if "$" in text else text

    def _full(self, match: re.Match[str]) -> str:
        return self._short[match["word"].lower()]
