"""The letters of a PDF in the order they were written into it, and where each of them stands.

In what an office program exports that is the order of the document: a table cell by cell and row by row.
"""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from ingest.pages.pdf_pages import opened_pdf
from ingest.records import Rectangle


@dataclass(frozen=True)
class Letters:
    """Letters and digits in reading order, without accents and capitals.

    ``starts`` is where each page begins in the text, ``characters`` which character of its page each letter is.
    """

    path: Path
    text: str
    starts: tuple[int, ...]
    characters: array[int]

    def page_of(self, at: int) -> int:
        """The page (1-based) of a letter."""
        return bisect_right(self.starts, at)

    def page_end(self, page: int) -> int:
        return self.starts[page] if page < len(self.starts) else len(self.text)

    def boxes(self, start: int, end: int) -> list[Rectangle]:
        """The rectangles of some letters of one page."""
        if start >= end:
            return []
        with opened_pdf(self.path) as document:
            page = document[self.page_of(start) - 1]
            text = page.get_textpage()
            height = page.get_height()
            corners = [text.get_charbox(index, loose=True) for index in sorted(set(self.characters[start:end]))]
            text.close()
            return [(x0, height - above, x1, height - below) for x0, below, x1, above in corners]


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
    length = 0
    with opened_pdf(path) as document:
        for page in document:
            starts.append(length)
            for index, char in enumerate(_characters(page)):
                letters = _plain(char)
                if letters:
                    texts.append(letters)
                    characters.extend([index] * len(letters))
                    length += len(letters)
    return Letters(path, "".join(texts), tuple(starts), characters)


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
