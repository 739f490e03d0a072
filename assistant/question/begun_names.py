"""Names that a question begins to say right after their level: "el programa *Caminos con Luz* …"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from assistant.corpus.corpus import Corpus
from assistant.corpus.matching import stem_of
from assistant.corpus.row_names import Name, NameRole
from ingest.fold import fold, words

_AFTER_LEVEL: dict[NameRole, re.Pattern[str]] = {
    "programme": re.compile(r"^programas?$"),
    "component": re.compile(r"^componentes?$"),
    "strategic_line": re.compile(r"^lineas?$"),
}
#: What a document numbers its lines with ("LE-12-…"); nobody says it.
_CODE = re.compile(r"^[A-Za-z]{1,3}-?\d{1,3}[\s.:-]+")
#: What sets a short name apart from the rest of a question.
_MARKS = re.compile(r"[()\[\],;:–—]")
_ARTICLES = frozenset(("el", "la", "los", "las", "de", "del", "estrategica", "estrategicas"))
_FEWEST = 2
#: A shorter beginning of an office's name may be any word.
_SHORTEST_BEGUN = 6
_MOST = 12


def begun_names(text: str, names: Iterable[Name]) -> dict[NameRole, Name]:
    """The name of each level that alone begins with the most of the words after that level.

    Those are two at least, or all of a line's name.
    """
    said = words(text)
    found: dict[NameRole, Name] = {}
    for role, level in _AFTER_LEVEL.items():
        after = next((said[at + 1 : at + 1 + _MOST] for at, word in enumerate(said) if level.match(word)), [])
        if not after:
            continue
        begun = sorted(((_begins(after, name), name) for name in names if name.role == role), key=lambda one: -one[0])
        if begun and _is_enough(*begun[0]) and (len(begun) == 1 or begun[0][0] > begun[1][0]):
            found[role] = begun[0][1]
    return found


def office_begun(word: str, corpus: Corpus) -> str | None:
    """The one office with a name of one word that begins with a folded word which no document has ("distriseg")."""
    if len(word) < _SHORTEST_BEGUN or corpus.knows(stem_of(word)):
        return None
    offices = (fold(name.text).strip() for name in corpus.names if name.role == "dependency")
    found = {name for name in offices if " " not in name and name.startswith(word)}
    return found.pop() if len(found) == 1 else None


def asides_of(text: str) -> frozenset[str]:
    """What a question sets apart by marks, folded, without articles: "metas de resultado (*interior*)"."""
    return frozenset(" ".join(_without_articles(words(part))) for part in _MARKS.split(text)[1:])


def short_offices(names: Iterable[Name]) -> frozenset[str]:
    """What each office is called without its kind, whole and by its first word, where no other is called so."""
    said = [_words_of(text)[1:] for text in {name.text for name in names if name.role == "dependency"}]
    short = Counter(one for words_said in said for one in {" ".join(words_said), *words_said[:1]} if one)
    return frozenset(one for one, times in short.items() if times == 1)


def _is_enough(count: int, name: Name) -> bool:
    return count >= _FEWEST or (name.role == "strategic_line" and 0 < count == len(_words_of(name.text)))


def without_code(name: str) -> str:
    """A name without the number that its document gives it ("LE-12-…")."""
    return _CODE.sub("", name)


def _begins(said: list[str], name: Name) -> int:
    """How many words of a name, from its first, the words said begin with; articles before it count nothing."""
    count = 0
    for one, other in zip(_without_articles(said), _words_of(name.text), strict=False):
        if one != other:
            break
        count += 1
    return count


@lru_cache(maxsize=4096)
def _words_of(text: str) -> tuple[str, ...]:
    return tuple(_without_articles(words(without_code(text))))


def _without_articles(said: list[str]) -> list[str]:
    return [word for word in said if word not in _ARTICLES]
