"""Deeds that a question asks the object of: "¿y qué se *solicitó* después ante …?", with the sentences that say them.

``question → verbs whose object it asks for → sentences of a slide that say one of them``. A verb is found in its
other forms and in the verbs that mean alike ("pidió", "se solicita", "petición"; ``deeds`` of ``prompts/asks.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.corpus.corpus import Item
from assistant.question.asks import load_asks
from ingest.fold import fold, fold_in_place, words

#: "Qué se solicitó", "qué fue lo que se pidió", "qué se terminó pidiendo"; "lo que se solicitó" asks nothing.
_WHAT = re.compile(
    r"(?:(?P<told>^|[¿,;:.]\s*|\b[ye]\s+)|\b)(?P<what>que|q|k|what)\s+(?:(?:fue|es|era)\s+lo\s+que\s+|was\s+|were\s+)?"
    r"(?:(?:no|se|le|les|nos|then|later|finally)\s+){0,3}"
    r"(?:(?:termin|acab|decidi|logr|tuv|pud|iba|fue)\w*\s+(?:(?:por|que|a|de|en)\s+)?)?(?P<verb>[a-z]{5,})\b"
)
#: What a past, a participle, a gerund or an infinitive ends with.
_ENDING = re.compile(r"(?:aron|ieron|io|o|ad[oa]s?|id[oa]s?|ando|iendo|ar|er|ir|aba|aban|ia|ian|ara|aran|ed)$")
_FORM = re.compile(
    r"(?:aron|ieron|i?o|[ai]d[oa]s?|ando|iendo|[aei]r|aba|aban|ian?|aran?|an?|en?|as?|os|[ai]?cion(?:es)?|[ai]miento)s?$"
)
_SHORTEST_ROOT = 3
_MOST = 3


def deeds_asked(text: str) -> frozenset[str]:
    """The roots of the verbs whose object a question asks for, with those of their families."""
    found: set[str] = set()
    for match in _WHAT.finditer(fold_in_place(text)):
        if match["told"] is None and text[match.start("what") : match.end("what")].lower() != "qué":
            continue
        root = _ENDING.sub("", match["verb"])
        if root == match["verb"] or len(root) < _SHORTEST_ROOT:
            continue
        found |= next((set(family) for family in _families() if root in family), set())
    return frozenset(found)


def saying_a_deed(lines: Sequence[Item], text: str, said: frozenset[str]) -> list[Item]:
    """The sentences among the lines of a slide that say a deed the question asks for; of several, those that share most
    of its other words; none of too many."""
    roots = deeds_asked(text)
    if not roots:
        return []
    telling = [item for item in lines if item.segment is not None and _says_one(item.segment.text, roots)]
    most = max((len(item.own & said) for item in telling), default=0)
    best = [item for item in telling if len(item.own & said) == most]
    return best if len(best) <= _MOST else []


def _says_one(text: str, roots: frozenset[str]) -> bool:
    return any(word in roots or _FORM.sub("", word) in roots for word in words(fold(text)))


@lru_cache(maxsize=1)
def _families() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(fold(root) for root in family) for family in load_asks().deeds)
