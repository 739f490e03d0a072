"""Where a question asks for the result and the product indicator of one thing: the best row of each kind."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.corpus.bars import AS_GOOD
from assistant.evidence.retrieve import Scored
from assistant.question.query import Query

_FEWEST = 2


def with_both_kinds(chosen: Sequence[Scored], found: Sequence[Scored], query: Query) -> list[Scored]:
    """The items chosen, and of each kind of row asked for that none of them is, the best of what was found."""
    kinds = query.filters.row_kinds
    if len(kinds) < _FEWEST or query.set_nouns or not chosen:
        return list(chosen)
    items = list(chosen)
    for kind in kinds:
        if any(one.item.row is not None and one.item.row.kind == kind for one in items):
            continue
        of_kind = (one for one in found if one.item.row is not None and one.item.row.kind == kind)
        best = next(of_kind, None)
        if best is not None and best.coverage >= chosen[0].coverage * AS_GOOD:
            items.append(best)
    return items
