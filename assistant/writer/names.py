"""Names in a sentence: words with capitals, and offices and programmes written in small letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from assistant.writer.wording import spaced, wording
from ingest.fold import fold, words

_CAPITALISED = r"[A-ZÁÉÍÓÚÜÑÀ-ÖØ-Þ][\w'’.\-]*"
_JOINER = r"(?:de|del|la|las|los|el|y|e|para|en|con|a|por|of|the|and|for)"
_NAME = re.compile(rf"(?<!\w){_CAPITALISED}(?:(?:[ \t]+{_JOINER}){{0,3}}[ \t]+{_CAPITALISED})*")
_PARTS = re.compile(r"[ \t]+(?:y|e|en|con|a|para|por|and|for|of|the)(?=[ \t])")
_SENTENCE_START = re.compile(r"(?:^|[.:!?…\n«\"“(]|-\s|•)\s*[¿¡«\"“(*\-–•]*\s*$")
_FILLERS = frozenset(("de", "del", "la", "las", "los", "el", "y", "e", "of", "the"))


@dataclass(frozen=True)
class Name:
    """A name as written, and whether a sentence begins with it, so that its capital may mean nothing."""

    text: str
    begins: bool


def names_in(text: str) -> Iterator[Name]:
    """Runs of words with capitals, joined by the little words that names have inside."""
    for match in _NAME.finditer(text):
        yield Name(match[0].rstrip(".-'’"), _SENTENCE_START.search(text, 0, match.start()) is not None)


def is_held(name: Name, text: str, common: Callable[[str], bool]) -> bool:
    """Whether a spaced text has the name whole, or each part of it that can stand alone.

    ``common`` tells of a folded word whether it is no name where a sentence begins with it.
    """
    if _has(name.text, text, common, begins=name.begins):
        return True
    parts = [part.strip() for part in _PARTS.split(name.text)]
    return len(parts) > 1 and all(
        _has(part, text, common, begins=name.begins and index == 0) for index, part in enumerate(parts)
    )


def office_phrases(text: str) -> Iterator[str]:
    """ "secretaría de infraestructura": a head of names in any case, "de", and the next word that says something."""
    found = words(text)
    heads = _heads()
    for at, word in enumerate(found):
        if word not in heads or found[at + 1 : at + 2] not in (["de"], ["del"], ["of"]):
            continue
        end = next((i for i in range(at + 1, len(found)) if found[i] not in _FILLERS), None)
        if end is not None:
            yield " ".join(found[at : end + 1])


def _has(name: str, text: str, common: Callable[[str], bool], *, begins: bool) -> bool:
    if spaced(name) in text:
        return True
    said = words(name)
    before = _before_names()
    while said and (said[0] in before or said[0] in _FILLERS or (begins and common(said[0]))):
        begins = False
        said = said[1:]
        if f" {' '.join(said)} " in text:
            return True
    return not said


@cache
def _heads() -> frozenset[str]:
    return frozenset(fold(head) for head in wording().guard.heads)


@cache
def _before_names() -> frozenset[str]:
    return frozenset(fold(word) for word in wording().guard.before_names)
