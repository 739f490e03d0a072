"""How the phrases that a question quotes bind the rows it asks for: all of them, one of several, or none of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.fold import fold_in_place

_OPEN, _CLOSE = "\"“«'", "\"”»'"
#: «… "anuales" *o* "anualmente"».
_OR = re.compile(rf"[{_CLOSE}],? (?:o|u|y/o|o bien) (?:(?:a|con|por|de|en|como) )?[{_OPEN}]")
#: «(*no* "Incrementar en")», «*en vez de* "Reducir"».
_DENIED = re.compile(
    rf"\b(?:no|ni|sin|en vez de|en lugar de|excepto|salvo|distint[oa]s? (?:de|a)) "
    rf"(?:(?:dicen?|digan?|por|como|con|de|en|a|la palabra|la expresion|el verbo|se lee) ){{0,2}}[{_OPEN}]$"
)


@dataclass(frozen=True)
class Quotes:
    """``every`` are phrases that a row has to say, ``either`` some of which it has to say one, ``none`` not to say."""

    every: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    none: tuple[str, ...] = ()


def quotes_bound(text: str, quoted: Sequence[str]) -> Quotes:
    """How a question binds the phrases that it quotes."""
    folded = fold_in_place(text)
    starts = {phrase: folded.find(fold_in_place(phrase)) for phrase in quoted}
    none = tuple(phrase for phrase, at in starts.items() if at > 0 and _DENIED.search(folded[:at]))
    told = [phrase for phrase in quoted if phrase not in none]
    either: list[str] = []
    for one, other in pairwise(told):
        if _OR.fullmatch(folded[starts[one] + len(one) : starts[other]]):
            either += [phrase for phrase in (one, other) if phrase not in either]
    return Quotes(tuple(phrase for phrase in told if phrase not in either), tuple(either), none)
