"""Acronyms learnt from the documents."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from assistant.corpus.items import Item, texts_of
from ingest.fold import fold, squeeze

_SHORTEST_ACRONYM = 3
_CAPITALS = re.compile(r"\b[A-ZÁÉÍÓÚÑ]{3,7}\b")
_FIRST_ARTICLE = re.compile(r"^(?:El|La|Los|Las) ")
_CAPITALISED = re.compile(
    r"[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+(?:\s+(?:(?:de|del|la|las|los|el|al|y|e|en|para|por)\s+){0,3}[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+){2,6}"
)
_ACRONYM = re.compile(r"\b([A-ZÁÉÍÓÚÑ][\w ÁÉÍÓÚÑáéíóúñ,/-]{6,110}?)\s*(?:\(|[-–—]\s*)([A-Z][A-Z-]{2,9})\b\)?")


def acronyms_of(items: Sequence[Item]) -> dict[str, str]:
    """Acronyms and their long forms, folded acronym first: those that the documents define ("… (PISCC)"), and those
    whose letters a capitalised phrase of the documents spells ("VUAC", "Ventanilla Única de Atención al Ciudadano")."""
    texts = list(dict.fromkeys(text for item in items for text in texts_of(item)))
    found: dict[str, Counter[str]] = defaultdict(Counter)
    read = [_capitals_of(text) for text in texts]
    for said in read:
        for short, expansion in said.defined:
            found[short][expansion] += 2
    printed = {short for said in read for short in said.short}
    for said in read:
        for initials, phrase in said.phrases:
            if initials in printed:
                found[initials][phrase] += 1
    return {short: forms.most_common(1)[0][0] for short, forms in found.items()}


class _Capitals(NamedTuple):
    """What a text says in capitals: acronyms with what it defines them as, acronyms, phrases by their initials."""

    defined: tuple[tuple[str, str], ...]
    short: tuple[str, ...]
    phrases: tuple[tuple[str, str], ...]


@lru_cache(maxsize=65536)
def _capitals_of(text: str) -> _Capitals:
    defined = ((fold(match[2]), expand_acronym(squeeze(match[1]), fold(match[2]))) for match in _ACRONYM.finditer(text))
    phrases = (_FIRST_ARTICLE.sub("", squeeze(match[0])) for match in _CAPITALISED.finditer(text))
    by_initials = (
        ("".join(fold(word)[0] for word in phrase.split() if word[:1].isupper()), phrase) for phrase in phrases
    )
    return _Capitals(
        tuple((short, expansion) for short, expansion in defined if expansion),
        tuple(map(fold, _CAPITALS.findall(text))),
        tuple((initials, phrase) for initials, phrase in by_initials if len(initials) >= _SHORTEST_ACRONYM),
    )


def expand_acronym(long_form: str, short: str) -> str | None:
    """The last words of a long form whose initials spell the acronym, or None."""
    words = long_form.replace("-", " ").split()
    small = {"de", "del", "la", "las", "los", "el", "y", "e", "en", "para", "por", "a"}
    letters = re.sub(r"[^a-z]", "", short)
    for start in range(len(words) - 1, -1, -1):
        tail = words[start:]
        initials = "".join(fold(word)[:1] for word in tail if fold(word) not in small)
        if initials and len(initials) >= len(letters) - 1 and _spells(letters, initials):
            return " ".join(tail)
    return None


def _spells(letters: str, initials: str) -> bool:
    return letters == initials or (
        len(letters) >= 3 and initials.startswith(letters[: len(initials)]) and len(initials) >= 3
    )
