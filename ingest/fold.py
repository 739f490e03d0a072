"""Folding text so that spelling variants compare equal, and nothing else."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+(?:[.,/\-][^\W_]+)*")


def squeeze(text: str) -> str:
    """White space of any kind (no-break spaces too) to single spaces, ends stripped."""
    return _SPACES.sub(" ", text).strip()


def strip_accents(text: str) -> str:
    """Accents off, 'ñ' to 'n', compatibility forms (ligatures, superscripts) to their plain letters."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def fold(text: str) -> str:
    """Case, accents and white space folded: the form in which headings, names and words are compared."""
    return squeeze(strip_accents(text).casefold())


def words(text: str) -> list[str]:
    """The folded words and numbers of a text; a number keeps its inner marks ('35,1', '66/290')."""
    return _WORD.findall(fold(text))


def fold_in_place(text: str) -> str:
    """Case and accents folded character by character: the result has the same length, so offsets stay valid."""
    return "".join(strip_accents(char).casefold()[:1] or char for char in text)
