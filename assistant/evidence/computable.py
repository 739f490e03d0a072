"""Rows that a change is computed of: where one names the thing and has no numbers, one that has them steps in."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.corpus.bars import HALF_AS_GOOD
from assistant.corpus.corpus import Item
from assistant.evidence.fields import is_indicator_row
from assistant.evidence.retrieve import Scored
from assistant.question.asks import asks_for
from assistant.question.query import Query

_OF_CHANGE = frozenset(("difference", "percent_change"))


def with_numbers(query: Query, found: Sequence[Scored]) -> list[Scored]:
    """For the change from a baseline to a target, without the rows above the first that has a number at both ends.

    The first row stays where it has both itself, where none that fits nearly as well has, or where no change of a row
    is asked. Of "puntos porcentuales" both numbers have to be percentages.
    """
    if query.kind not in _OF_CHANGE or not {"baseline", "target"} <= set(query.fields) or not found:
        return list(found)
    best = found[0]
    if not is_indicator_row(best.item.row) or _has_both_ends(best.item, query):
        return list(found)
    near = [
        one for one in found if one.coverage >= best.coverage * HALF_AS_GOOD and one.item.entity == best.item.entity
    ]
    first = next((at for at, one in enumerate(near) if _has_both_ends(one.item, query)), None)
    return list(found) if first is None else [one for one in found if _has_both_ends(one.item, query)]


def _has_both_ends(item: Item, query: Query) -> bool:
    row = item.row
    if row is None or row.baseline is None or row.target is None:
        return False
    ends = (row.baseline, row.target)
    in_points = asks_for(query.text, "points") and "porcentual" in query.text.lower()
    return all(end.value is not None and (end.unit == "%" or not in_points) for end in ends)
