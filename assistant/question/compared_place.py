"""Of which of two places a question asks, where it compares them: "¿qué puntaje tuvo *Ríoclaro* frente a Lagunas?".

Of the place that no document is of nothing is known, however much is told of the one that it is compared with.
"""

from __future__ import annotations

import re

from assistant.question.query import Query
from ingest.fold import fold

_COMPARED = (
    r"(?:frente a|comparad[oa]s? (?:con|a)|en comparacion (?:con|a)|(?:con )?respecto (?:a|de)|vs|versus|contra"
    r"|a diferencia de|que|compared (?:to|with)|against|than)"
)
#: Both are asked for: of one alone there is nothing to compare.
_SET_AGAINST = re.compile(r"\b(?:compar\w+|versus|vs)\b")
_GOVERNMENT = r"(?:(?:la|el|alcaldia|gobernacion|distrito|municipio|departamento|ciudad|de|del|the|city|of) ){0,5}"


def asks_of_the_unknown(query: Query) -> bool:
    """Whether a place that no document is of is asked of: alone, set against another, or with that beside it only."""
    unknown, known = query.filters.unknown_entity, query.filters.entities
    if unknown is None or not known:
        return unknown is not None
    said = re.sub(r"[^\w\s]", " ", fold(query.text))
    if query.kind == "compare" and _SET_AGAINST.search(said):
        return True
    return len(known) == 1 and _is_compared(known[0], said) and not _is_compared(unknown, said)


def _is_compared(place: str, said: str) -> bool:
    first = re.escape(fold(place).split()[0])
    return re.search(rf"\b{_COMPARED}\s+{_GOVERNMENT}{first}\b", said) is not None
