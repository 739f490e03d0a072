"""Which end of an order a question asks for, and how many rows of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.corpus.matching import tokenize
from assistant.question.lexicon import Hit
from ingest.figures import find_figures
from ingest.fold import fold

Order = Literal["last", "first"]

#: More rows than this are no "first ten".
_MOST_TOP = 100
#: So many rows are put in order where all are asked for.
ALL_IN_ORDER = 60
_MORE = frozenset(("mas", "mayor", "mayores", "altos", "altas", "grandes"))
_LESS = frozenset(("menos", "menor", "menores", "bajos", "bajas", "pequenos"))


#: "porcentaje de avance de 2025 más bajo"; not "más alto riesgo".
_DEGREE = re.compile(
    r"\b(?:avances?|porcentajes?|cumplimiento|ejecucion|%)(?: \w+){0,6}?"
    r" mas (bajo|baja|alto|alta|reducido|pobre|grande)s?\b"
)


@dataclass(frozen=True)
class OrderRead:
    """An order, and the words of the question that say it beside those of what is put in order."""

    order: Order
    words: frozenset[int] = frozenset()


def order_of_money(text: str, hits: Sequence[Hit[tuple[str, object]]]) -> OrderRead | None:
    """The order that "más" or "menos" right before or after a word of money asks for ("con más compromisos")."""
    typed = [token.word for token in tokenize(text)]
    for hit in hits:
        beside = {at: typed[at] for at in range(max(0, hit.start - 2), min(hit.end + 2, len(typed)))}
        for order, names in (("first", _MORE), ("last", _LESS)):
            if said := frozenset(at for at, word in beside.items() if word in names):
                return OrderRead(order, said)  # type: ignore[arg-type]
    return None


def order_of_share(text: str) -> Order | None:
    """The end that "más bajo", "menor" … ask for, said a few words from the share that is put in order ("el porcentaje
    de avance de 2025 más bajo").

    >>> order_of_share("los que tienen el avance de 2025 más alto")
    'first'
    """
    said = _DEGREE.search(fold(text))
    return None if said is None else "last" if said[1][:3] in ("baj", "red") or said[1] == "pobre" else "first"


def top_of(text: str) -> int | None:
    """How many rows are asked for: the first whole number that is too small for a year."""
    for mention in find_figures(text):
        value = mention.value
        if value is not None and value == value.to_integral_value() and 0 < value <= _MOST_TOP and mention.unit != "%":
            return int(value)
    return None
