"""A text as it arrives, cut into sentences that keep their white space: joined again they are the text.

A mark ("[1]") right after a full stop belongs to the sentence before it.
"""

from __future__ import annotations

import re

#: A line's end; or a full stop with its closing marks and citations, when what follows begins a sentence.
_END = re.compile(r"\n+|(?P<stop>[.!?…]+)[»\"”')\]]*(?:\s*\[\d+\])*[ \t]+(?=[^\s\[])")
_BEGINS = re.compile(r"[A-ZÁÉÍÓÚÜÑ¿¡«\"“\-–•(]")
_ABBREVIATION = re.compile(
    r"(?:(?<![^\W\d_])[^\W\d_]|\b(?:no|nro|núm|art|arts|sr|sra|dr|dra|ing|pág|págs|aprox|vs|cía|ltda|av|cra|mr|mrs|ms)|\b(?:ods|sdg)\s\d{1,2})$",
    re.IGNORECASE,
)
_THOUGHTS = re.compile(r"\A\s*<think>.*?</think>\s*", re.DOTALL)


class SentenceBuffer:
    """Takes pieces of a text and gives its sentences as soon as each is sure to be whole."""

    def __init__(self) -> None:
        self._waiting = ""

    def feed(self, piece: str) -> list[str]:
        """The sentences that are whole now."""
        self._waiting = _THOUGHTS.sub("", self._waiting + piece)
        if self._waiting.lstrip().startswith("<think>"):
            return []
        *whole, self._waiting = split_sentences(self._waiting)
        return whole

    def rest(self) -> str:
        """What is left when nothing more comes."""
        rest, self._waiting = self._waiting, ""
        return rest


def split_sentences(text: str) -> list[str]:
    """The sentences of a text, the last of which may be unfinished; at least one, ``''`` for nothing."""
    sentences: list[str] = []
    start = 0
    for match in _END.finditer(text):
        if match["stop"] is not None and not _is_end(text, start, match):
            continue
        if text[start : match.end()].strip():
            sentences.append(text[start : match.end()])
            start = match.end()
    return [*sentences, text[start:]]


def _is_end(text: str, start: int, match: re.Match[str]) -> bool:
    if text.count("«", start, match.end()) > text.count("»", start, match.end()):
        return False  # a quotation may have several sentences
    if _BEGINS.match(text, match.end()) is None:
        return False
    return match["stop"] != "." or _ABBREVIATION.search(text, max(0, match.start() - 8), match.start()) is None
