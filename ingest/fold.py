"""Folding text so that spelling variants compare equal, and nothing else."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:[.,/\-][^\W_]+)*")


class _WithoutMarks(dict[int, int | None]):
    """For ``str.translate``: combining marks to nothing; each character is looked up once."""

    def __missing__(self, code: int) -> int | None:
        self[code] = found = None if unicodedata.combining(chr(code)) else code
        return found


_WITHOUT_MARKS = _WithoutMarks()


def squeeze(text: str) -> str:
    """White space of any kind (no-break spaces too) to single spaces, ends stripped."""
    return " ".join(text.split())


def strip_accents(text: str) -> str:
    """Accents off, 'ñ' to 'n', compatibility forms (ligatures, superscripts) to their plain letters."""
    return text if text.isascii() else unicodedata.normalize("NFKD", text).translate(_WITHOUT_MARKS)


def fold(text: str) -> str:
    """Case, accents and white space folded: the form in which headings, names and words are compared."""
    return squeeze(strip_accents(text).casefold())


def words(text: str) -> list[str]:
    """The folded words and numbers of a text; a number keeps its inner marks ('35,1', '66/290')."""
    return _WORD.findall(fold(text))


def fold_in_place(text: str) -> str:
    """Case and accents folded character by character: the result has the same length, so offsets stay valid."""
    return text.lower() if text.isascii() else "".join(map(_fold_char, text))


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    return strip_accents(char).casefold()[:1] or char
