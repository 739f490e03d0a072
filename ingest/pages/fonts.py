"""Letters to draw with: PDFium carries a Helvetica, so that no font of the system is needed."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

#: What the font has no picture of, written with what it has.
_INSTEAD = str.maketrans(
    {"≥": ">=", "≤": "<=", "≠": "!=", "→": "->", "←": "<-", "✓": "x", "✔": "x", "−": "-", "\u00a0": " ", "\u2009": " ",
     "\u202f": " ", "●": "•", "▪": "•", "■": "•", "\uf0b7": "•"}
)  # fmt: skip
_UNKNOWN = "?"


@dataclass(frozen=True)
class Fonts:
    """A plain and a bold font of one size in pixels."""

    plain: Any
    bold: Any

    @classmethod
    def load(cls, size: int) -> Fonts:
        from PIL import ImageFont

        return cls(
            ImageFont.truetype(io.BytesIO(_font_file(b"Helvetica")), size),
            ImageFont.truetype(io.BytesIO(_font_file(b"Helvetica-Bold")), size),
        )

    def width(self, text: str, *, bold: bool = False) -> float:
        """Of a text on one line, in pixels."""
        return float((self.bold if bold else self.plain).getlength(drawable(text)))

    def fit(self, text: str, room: float, *, bold: bool = False) -> str:
        """The text, cut with '…' when it is wider than the room."""
        text = drawable(text)
        if self.width(text, bold=bold) <= room:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.width(f"{text[:middle]}…", bold=bold) <= room else (low, middle - 1)
        return f"{text[:low].rstrip()}…"


def wrapped(text: str, room: float, fonts: Fonts, *, bold: bool, most: int) -> list[str]:
    """A text in lines no wider than the room; what is left after ``most`` lines is cut with '…'."""
    words = drawable(text).split()
    lines: list[str] = []
    while words:
        if len(lines) == most - 1:
            return [*lines, fonts.fit(" ".join(words), room, bold=bold)]
        line = words.pop(0)
        while fonts.width(line, bold=bold) > room:
            size = max(1, next(_sizes(line, room, fonts, bold)))
            lines.append(line[:size])
            line = line[size:]
        while words and fonts.width(f"{line} {words[0]}", bold=bold) <= room:
            line = f"{line} {words.pop(0)}"
        lines.append(line)
    return lines[:most]


def _sizes(word: str, room: float, fonts: Fonts, bold: bool) -> Iterator[int]:
    """How many letters of a word that is too long fit, the most first."""
    for size in range(len(word) - 1, 0, -1):
        if fonts.width(word[:size], bold=bold) <= room:
            yield size
    yield 1


def drawable(text: str) -> str:
    """The text in letters that the font has (those of Windows-1252 and a few)."""
    text = text.translate(_INSTEAD)
    return "".join(char if _has(char) else _UNKNOWN for char in text if char.isprintable())


@cache
def _has(char: str) -> bool:
    try:
        char.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _font_file(name: bytes) -> bytes:
    import pypdfium2
    import pypdfium2.raw as pdfium

    document = pypdfium2.PdfDocument.new()
    try:
        font = pdfium.FPDFText_LoadStandardFont(document.raw, name)
        length = ctypes.c_size_t(0)
        pdfium.FPDFFont_GetFontData(font, None, 0, length)
        data = (ctypes.c_uint8 * length.value)()
        pdfium.FPDFFont_GetFontData(font, data, length.value, length)
        pdfium.FPDFFont_Close(font)
        return bytes(data)
    finally:
        document.close()
