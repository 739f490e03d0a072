"""By what a thing was done: "capturas *gracias a las cámaras*", "recuperadas *con ayuda de la videovigilancia*".

What a thing was done with tells less of it than what it is, and what is told of the means alone answers nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.corpus.matching import Token
from assistant.question.asks import load_asks

_WITH = frozenset(("con", "sin"))
_OF = frozenset(("de", "del"))
_ARTICLES = frozenset(("el", "la", "los", "las", "un", "una", "unos", "unas", "al"))
_LINKS = (("gracias", "a"), ("gracias", "al"), ("mediante",), ("por", "medio", "de"), ("por", "medio", "del"),
          ("por", "intermedio", "de"), ("a", "traves", "de"), ("a", "traves", "del"), ("a", "punta", "de"))  # fmt: skip


def means_in(tokens: Sequence[Token]) -> frozenset[int]:
    """Positions of the words that say by what something was done: a link or "con ayuda de", and the noun after it."""
    words = [token.word for token in tokens]
    found: set[int] = set()
    for at in range(len(words)):
        end = _end_of_link(words, tokens, at)
        if end is None:
            continue
        while end < len(words) and words[end] in _ARTICLES:
            end += 1
        end += 1
        while end + 1 < len(words) and words[end] in _OF and words[end + 1] not in _ARTICLES:
            end += 2
        found.update(range(at, min(end, len(words))))
    return frozenset(found)


def _end_of_link(words: Sequence[str], tokens: Sequence[Token], at: int) -> int | None:
    """Where the words end that say that a means follows; None where they do not begin."""
    for link in _LINKS:
        if tuple(words[at : at + len(link)]) == link:
            return at + len(link)
    if words[at] not in _WITH:
        return None
    noun = at + 2 if at + 1 < len(words) and words[at + 1] in _ARTICLES else at + 1
    is_means = noun + 1 < len(words) and tokens[noun].stem in load_asks().means_stems and words[noun + 1] in _OF
    return noun + 2 if is_means else None
