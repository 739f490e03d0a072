"""Words that ask for a place, a baseline or a target in one question, and in another only tell where and when.

"Donde" joins to a noun what is told of it ("escuelas *donde* enseñen a convivir"), "al empezar" with a date says when
("*al empezar* el 2022"), and "a cuántos" is asked of what was done as well ("*a cuántos* les dieron el curso").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.corpus.matching import Token
from assistant.question.verbs import infinitives
from ingest.fold import fold

_WHERE = "donde"
#: What may stand between where a clause begins and the word that asks.
_LEADS = frozenset(("en", "de", "a", "por", "desde", "hasta", "para", "pa", "hacia"))
_BREAK = re.compile(r"[.,;:?¿!()]")
_PAST = re.compile(r"(?:aron|ieron|jeron|yeron)$|^(?:dio|vio)$|(?:io)$")
_HAVING = re.compile(
    r"(?:hay|hab(?:ra|ria|er|ia)|haya|hubo|ten(?:er|ga|gan|gamos|emos|dra\w*|dria\w*|ia\w*)|tien\w+|existe\w*|existir\w*)$"
)
#: An infinitive, with what hangs on it ("llevarlos").
_INFINITIVE = re.compile(r"[aei]r(?:se)?(?:l[aeo]s?|nos|me|te)?$")
#: A deed that is done, its accents gone.
_DEED = re.compile(r"(?:aron|ieron|[a-z]{3}[lntrdscg]o|[ai]do)$|^(?:hizo|hicieron|fue|fueron)$")
#: How far after "a cuántos" its verb stands.
_REACH = 5
_AND = frozenset(("y", "e", "o"))
#: "Al empezar *el 2022*", "al comienzo *de este año*".
_DATE_AFTER = re.compile(r"\W+(?:(?:del?|el|la|ese|este|año|ano|vigencia|mes) ){0,3}(?:19|20)\d\d\b")
_HAD_PLANNED = re.compile(
    r"\bhabian? (?:(?:presupuesta|programa|planea|proyecta|prometi|asigna|estima|destina|apropia|calcula)d|previst)"
    r"[ao]s?\b"
)


def joining_words(tokens: Sequence[Token], text: str, counting: frozenset[str]) -> frozenset[int]:
    """The positions of "donde" that ask no place: within a clause of a text that asks with another word how many, or
    after a verb of having ("¿van a *tener donde* llevar los perros?")."""
    counts = any(token.word in counting for token in tokens)
    return frozenset(
        at
        for at, token in enumerate(tokens)
        if token.word == _WHERE and ((counts and _only_joins(tokens, at, text)) or _says_if_there_is(tokens, at))
    )


def _says_if_there_is(tokens: Sequence[Token], at: int) -> bool:
    """Whether "donde" at a position stands between a verb of having and an infinitive ("¿*hay donde dormir*?")."""
    if at == 0 or at + 1 >= len(tokens) or not _HAVING.match(tokens[at - 1].word):
        return False
    return _INFINITIVE.search(tokens[at + 1].word) is not None


def _only_joins(tokens: Sequence[Token], at: int, text: str) -> bool:
    """Whether other words of its clause than prepositions stand before the word at a position."""
    while at > 0 and not _BREAK.search(text[tokens[at - 1].end : tokens[at].start]):
        at -= 1
        if tokens[at].word not in _LEADS:
            return tokens[at].word not in _AND
    return False


def asks_of_the_past(tokens: Sequence[Token], at: int) -> bool:
    """Whether "a cuántos" at a position is asked of what was done ("a cuántos *les dieron* el curso"): of no target."""
    if at + 1 >= len(tokens) or tokens[at].word != "a" or not tokens[at + 1].word.startswith("cuant"):
        return False
    return any(_PAST.search(token.word) and infinitives(token) for token in tokens[at + 2 : at + 2 + _REACH])


def asks_before_whom(tokens: Sequence[Token], at: int) -> bool:
    """Whether "qué entidad" at a position is asked of a deed that was taken to it ("*ante* qué entidad se postuló …"):
    of no office in charge."""
    before = tokens[at].word if tokens[at].word == "ante" else tokens[at - 1].word if at else ""
    return before == "ante" and any(_DEED.search(token.word) for token in tokens[at + 1 : at + 1 + _REACH])


def plans_in_the_past(text: str) -> bool:
    """Whether "había" only helps a verb of planning: it asks for no state before the plan.

    >>> plans_in_the_past("¿y cuánto se había presupuestado?"), plans_in_the_past("¿cuántas había en 2023?")
    (True, False)
    """
    return _HAD_PLANNED.search(fold(text)) is not None


def tells_when(tokens: Sequence[Token], end: int, text: str) -> bool:
    """Whether a year follows the words that end at a position: then they say when, and not that a plan began."""
    return _DATE_AFTER.match(text, tokens[end - 1].end) is not None
