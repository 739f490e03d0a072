"""The letters of a PDF in the order they were written into it, and where each of them stands.

In what an office program exports that is the order of the document: a table cell by cell and row by row.
"""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from ingest.pages.pdf_pages import opened_pdf
from ingest.records import Rectangle


@dataclass(frozen=True)
class Letters:
    """Letters and digits in reading order, without accents and capitals.

    ``starts`` is where each page begins in the text, ``characters`` which character of its page each letter is, and
    ``begins`` whether something else than a letter stands before it.
    """

    path: Path
    text: str
    starts: tuple[int, ...]
    characters: array[int]
    begins: bytes

    def find(self, wanted: str, first: int, last: int) -> int:
        """Where something stands whole between two offsets, the first time; -1 when it does not."""
        at = self.text.find(wanted, first, last)
        while at >= 0 and not self._is_whole(at, at + len(wanted)):
            at = self.text.find(wanted, at + 1, last)
        return at

    def rfind(self, wanted: str, first: int, last: int) -> int:
        """The same, the last time."""
        at = self.text.rfind(wanted, first, last)
        while at >= 0 and not self._is_whole(at, at + len(wanted)):
            at = self.text.rfind(wanted, first, at + len(wanted) - 1)
        return at

    def _is_whole(self, start: int, end: int) -> bool:
        """Whether a number at either end is not the part of a longer one ('28' of '128')."""
        return not any(
            0 < at < len(self.text) and self.text[at - 1].isdigit() and self.text[at].isdigit() and not self.begins[at]
            for at in (start, end)
        )

    def page_of(self, at: int) -> int:
        """The page (1-based) of a letter."""
        return bisect_right(self.starts, at)

    def page_end(self, page: int) -> int:
        return self.starts[page] if page < len(self.starts) else len(self.text)

    def boxes(self, start: int, end: int) -> list[Rectangle]:
        """The rectangles of some letters of one page, and of the signs right beside them ("$", "%")."""
        if start >= end:
            return []
        with opened_pdf(self.path) as document:
            page = document[self.page_of(start) - 1]
            text = page.get_textpage()
            height = page.get_height()
            last = self.characters[end - 1]
            beside = [*_signs(text, self.characters[start], -1, spaces=0), *_signs(text, last, 1, spaces=1)]
            indexes = sorted({*self.characters[start:end], *beside})
            corners = [text.get_charbox(index, loose=True) for index in indexes]
            text.close()
            return [(x0, height - above, x1, height - below) for x0, below, x1, above in corners]


def _signs(text: Any, at: int, step: int, *, spaces: int) -> Iterator[int]:
    """The characters before or after one that are neither letters nor, but for so many, spaces; on its line."""
    import pypdfium2.raw as pdfium

    _, below, _, above = text.get_charbox(at, loose=True)
    for index in range(at + step, text.count_chars() if step > 0 else -1, step):
        char = chr(pdfium.FPDFText_GetUnicode(text.raw, index))
        if char == " " and spaces:
            spaces -= 1
            continue
        _, bottom, _, top = text.get_charbox(index, loose=True)
        if _plain(char) or char.isspace() or not char.isprintable() or not below < (bottom + top) / 2 < above:
            return
        yield index


def plain_letters(text: str) -> str:
    """The letters and digits of a text, without accents and capitals."""
    return "".join(_plain(char) for char in text)


def read_letters(path: Path) -> Letters:
    """The letters of a PDF, those of the last file kept in memory. Raises ``InputError`` when it cannot be opened."""
    return _read_letters(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _read_letters(path: Path, _changed: int) -> Letters:
    texts: list[str] = []
    starts: list[int] = []
    characters = array("l")
    begins = bytearray()
    length = 0
    with opened_pdf(path) as document:
        for page in document:
            starts.append(length)
            is_first = True
            for index, char in enumerate(_characters(page)):
                letters = _plain(char)
                if letters:
                    texts.append(letters)
                    characters.extend([index] * len(letters))
                    begins.extend((is_first, *(False for _ in letters[1:])))
                    length += len(letters)
                is_first = not letters
    return Letters(path, "".join(texts), tuple(starts), characters, bytes(begins))


def _characters(page: Any) -> Iterable[str]:
    """The characters of a page, one for each index that PDFium counts."""
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    try:
        return [chr(pdfium.FPDFText_GetUnicode(text.raw, index)) for index in range(text.count_chars())]
    finally:
        text.close()
        page.close()


@cache
def _plain(char: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", char).lower() if part.isalnum())
