"""What a question asks beside the first measure that it names: the whole beside its parts, the term beside a year, what
was reached beside what was programmed.

``question + measure → measure``; patterns on folded text, so that nothing is looked for that no word calls for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.corpus.matching import tokenize
from ingest.fold import fold

#: An amount of money asked for before a part of it.
_AMOUNT = re.compile(r"\b(?:cuant[oa]|valor|monto|total|presupuesto|plata|dinero|recursos)\b")
#: A part of what was asked just before: "¿… y qué parte es …?", "¿… cuánto de eso …?", "… de los cuales …".
_PART = re.compile(
    r"\b(?:(?:que|cual) (?:parte|porcion|proporcion|porcentaje|fraccion|tajada|pedazo)"
    r"|cuant[oa] (?:de (?:eso|es[ea]|esos|esas|ello|ellos|ellas|dicho|dicha|ese|esa|lo anterior|lo mismo)\b|del total"
    r"|(?:es|son|viene|vienen|proviene|provienen|sale|salen|corresponde|corresponden|pone|ponen|aporta|aportan|"
    r"va|van|seria|serian|era|eran) )"
    r"|de (?:los|las|lo) (?:cuales|cual|que)\b"
    r"|de (?:eso|ello|esa plata|ese total|ese valor|ese monto|esos recursos),? )"
)
#: A figure of the whole term beside that of a year: "avance 2024 y % avance cuatrienio", "y el acumulado".
_TERM = re.compile(
    r"\b(?:avances?|avanzado|porcentaje|porciento|progreso|cumplimiento|ejecucion|ejecutado|logrado|acumulado|total)\b"
    r"(?: (?:de|del|en|el|al|la|avance|fisico|total|acumulado|todo|para|por)){0,4} cuatrienio\b"
    r"|\b(?:avances?|cumplimiento|porcentaje|el|y) (?:total )?acumulad[oa]s?\b"
)
_PROGRAMS = re.compile(r"\bcuant[oa]s\b[^?]{0,60}?\b(?:program|plane|prev)")
#: A set of rows, and what they are paid with.
_PAID_WITH = re.compile(
    r"\b(?:que|cuales|cuant[oa]s|l[oa]s) (?:\w+ )?(?:metas|indicadores|productos|proyectos|programas)\b[^?]{0,60}?"
    r"\b(?:financi|cofinanci|pag|sufrag|fonde|coste)\w* (?:(?!cuant)\w+ ){0,3}?(?:con|por|de|del|mediante|via)\b"
)
_PAYS = re.compile(r"(?:financi|cofinanci|pag|sufrag|fonde|coste)")
#: What is a source of money, too, and how it is counted.
_COUNTED = frozenset(("participaciones", "creditos", "emprestitos", "cofinanciaciones", "deudas"))
_HOW_MANY = frozenset(("cuantas", "cuantos", "numero", "cantidad"))
_COUNTING = re.compile(r"\bcuant[oa]s?\b")


def asks_for_whole(text: str, sources: int) -> bool:
    """Whether a question that names sources of funding asks for the whole amount as well.

    >>> asks_for_whole("¿Cuánto se programó y qué parte es del SGP?", 1)
    True
    >>> asks_for_whole("¿Cuánto se programó del SGP?", 1)
    False
    """
    folded = fold(text)
    part = _PART.search(folded) if sources else None
    return part is not None and _AMOUNT.search(folded[: part.start()]) is not None


def asks_for_term(text: str) -> bool:
    """Whether what was reached of the whole term is asked for, be it beside a year.

    >>> asks_for_term("avance 2024 y % avance cuatrienio")
    True
    """
    return _TERM.search(fold(text).replace("%", "porcentaje")) is not None


def counts_twice(text: str) -> bool:
    """Whether a question asks how many or how much two times ("¿cuántas se …  y cuánto se …?")."""
    return len(_COUNTING.findall(fold(text))) > 1


def programs_things(text: str) -> bool:
    """Whether things were programmed, and not money: they are counted in the plural ("¿cuántas se programaron …?")."""
    return _PROGRAMS.search(fold(text)) is not None


def counts_things(text: str, at: int) -> bool:
    """Whether the word at a position is counted and so no source of money ("¿cuántas *participaciones* en ferias …?").

    >>> counts_things("¿cuántos créditos se otorgaron?", 1), counts_things("¿cuántos recursos propios hay?", 1)
    (True, False)
    """
    typed = [token.word for token in tokenize(text)]
    return typed[at] in _COUNTED and bool(_HOW_MANY.intersection(typed[max(0, at - 2) : at]))


def asks_who_is_paid(text: str) -> bool:
    """Whether the rows are asked for that a source of money pays ("¿qué productos se financian con crédito?").

    >>> asks_who_is_paid("¿qué metas se pagan con regalías?"), asks_who_is_paid("¿con qué se paga la vía?")
    (True, False)
    """
    return _PAID_WITH.search(fold(text)) is not None


def words_of_paying(text: str) -> frozenset[int]:
    """The positions of the verbs that say that a source pays, which name nothing of a row."""
    return frozenset(at for at, token in enumerate(tokenize(text)) if _PAYS.match(fold(token.word)))


def apart(names: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """The sources named, without those that only begin the name of another ("SGP" of "SGP salud").

    >>> apart([("sgp",), ("sgp", "salud"), ("propios",)])
    (('sgp', 'salud'), ('propios',))
    """
    kept = tuple(dict.fromkeys(names))
    return tuple(one for one in kept if not any(set(one) < set(other) for other in kept))
