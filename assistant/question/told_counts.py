"""How many rows a question says there are: "metas de resultado de Aulas Vivas, *las 4*", "*las tres* metas de …"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from assistant.corpus.matching import Token

_NUMBER = r"(?:[3-9]|[1-9]\d|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce)"
#: What follows its number when the rest of a question says nothing of the set.
_END = r"(?=[\s.?!)]*$|\s*[,;:(])"


def counts_told(text: str, tokens: Sequence[Token], set_nouns: Collection[str]) -> frozenset[int]:
    """The positions of the words that tell of how many rows a set is; ``text`` is that of the tokens, folded.

    "Las dos" are often two things that are set side by side: no number below three is one of a set. A bare number
    in brackets repeats one in words ("como meta ocho *(8)*").
    """
    if not set_nouns:
        return frozenset()
    spans = [match.span() for match in _told(tuple(sorted(set_nouns))).finditer(text)]
    return frozenset(
        at
        for at, token in enumerate(tokens)
        if any(first <= token.start and token.end <= last for first, last in spans)
    )


@lru_cache(maxsize=64)
def _told(set_nouns: tuple[str, ...]) -> re.Pattern[str]:
    nouns = "|".join(set_nouns)
    return re.compile(
        rf"(?:(?<=[,:;] )|(?<=[,:;]))(?:(?:tod[oa]s|son) )?(?:l[oa]s )?{_NUMBER}{_END}"
        rf"|(?<=\()(?:(?:tod[oa]s|son) )?(?:l[oa]s ){_NUMBER}{_END}"
        rf"|\b(?:l[oa]s|sus|es[oa]s|est[oa]s) {_NUMBER}(?= (?:{nouns})\b)"
    )
