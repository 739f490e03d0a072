"""The form of a written sentence: plain text with marks, and no character, link or numeral that hides something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.writer.evidence import AROUND, Evidence
from assistant.writer.parts import MARK, Objection
from assistant.writer.wording import phrases_in, spaced, wording
from ingest.fold import fold, squeeze, words

#: Longest sentence, in characters.
LONGEST = 1500

_ODD_MARK = re.compile(r"\[[^\[\]]*\]?|[【〔]|\]|\^\d")
#: A mark that something hangs on makes a link of it in Markdown.
_LINKED_MARK = re.compile(r"\](?:\(|:\s*\S*[./])\S*")
_WEB = re.compile(
    r"\S*(?:https?:|www\.|//|\]\(|<[a-z/!]|&#?\w+;|\{\{|\$\{|```|\w@\w|[a-z0-9-]{2,}\.[a-z]{2,}(?![\w.])|%[0-9a-f]{2}%)\S*",
    re.IGNORECASE,
)
#: What sentences are written with; anything else only where the rows print it.
_PLAIN = re.compile(r"[A-Za-zÁÉÍÓÚÜÑÀÂÊÔÇáéíóúüñàâêôç0-9\s.,:;¿?¡!()\[\]«»“”‘’\"'%$…·•ºª°–—−-]")
_SIGN = re.compile(r"(?<![\w)])[-−–—](?=[\d$])")
#: A digit beside a letter ("l9", "3k", "2O30", "40º"), and digits set apart by a space ("9 000").
_GLUED = re.compile(r"\d[^\W\d_]|[^\W\d_]\d|\d[ºª°]")
_APART = re.compile(r"\d(?:[ \u00a0]|\.{2,}|…)\d+")
_ROMAN = re.compile(r"(?=[ivxlcdm])m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_BULLET = re.compile(r"^\s*[*]\s")


def objections_to_form(sentence: str, evidence: Evidence) -> Iterator[Objection]:
    """What a sentence may not look like; what else the rows print ("[sic]", "www…", "m²") may be repeated."""
    if len(sentence) > LONGEST:
        yield Objection("too_long")
    if phrases_in(spaced(sentence), wording().guard.refusals):
        yield Objection("refusal")
    text = MARK.sub(" ", sentence)
    for code, pattern, where in (("characters", _WEB, text), ("odd_mark", _ODD_MARK, text)):
        for found in pattern.finditer(where):
            if not _is_printed(found[0], evidence):
                yield Objection(code, found[0])
    for found in _LINKED_MARK.finditer(sentence):
        yield Objection("odd_mark", found[0])
    yield from _odd_characters(_BULLET.sub("", text), evidence)
    yield from _odd_numerals(text, evidence)


def _odd_characters(text: str, evidence: Evidence) -> Iterator[Objection]:
    """Tokens with a character, or a sign before a figure, that the rows do not print so."""
    for token in text.split():
        odd = _PLAIN.sub("", token)
        if (odd or _SIGN.search(token)) and token.strip(AROUND) not in evidence.tokens:
            yield Objection("characters", f"U+{ord(odd[0]):04X}" if odd else token)


def _odd_numerals(text: str, evidence: Evidence) -> Iterator[Objection]:
    """Words that have digits and letters, Roman numerals, and digits in groups, unless the rows print them."""
    for word in words(text):
        is_numeral = _GLUED.search(word) or (_ROMAN.fullmatch(word) and word not in _NO_NUMERALS)
        if is_numeral and word not in evidence.words:
            yield Objection("number", word)
    for found in _GLUED.finditer(text):
        if found[0][-1] in "ºª°" and found[0] not in evidence.printed:
            yield Objection("number", found[0])
    for found in _APART.finditer(text):
        if squeeze(found[0]) not in evidence.printed:
            yield Objection("number", found[0])


#: Words that look like Roman numerals.
_NO_NUMERALS = frozenset(("di", "mi", "mil", "mix", "vi", "civil", "i"))


def _is_printed(text: str, evidence: Evidence) -> bool:
    return any(fold(text).rstrip(".,;:!?»)") in cited.folded for cited in evidence.everything)
