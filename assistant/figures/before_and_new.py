"""What there was and what comes on top, put together: "las garitas construidas a 2023 y las nuevas, ¿cuántas serán?".

Both are the ends of one row, its baseline and its target; only a target that counts what comes on top is added, never
one that is itself what there will be ("incrementar a ocho"). ``prompts/asks.yaml`` holds the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.corpus.bars import AS_GOOD, COVERAGE_BAR
from assistant.corpus.matching import tokenize
from assistant.evidence.fields import is_indicator_row
from assistant.evidence.retrieve import Scored
from assistant.figures.arithmetic import Computed, total
from assistant.question.asks import asks_for
from assistant.question.query import Query
from ingest.figures import parse_number
from ingest.records import IndicatorRow

#: What a target that counts new things is worth beside what the row covers of the question.
_ON_TOP = 0.1
#: The nouns that say what a cell counts stand first; words as short as this are none.
_FIRST_NOUNS = 2
_SMALL = 3


def joins_before_and_new(query: Query) -> bool:
    """Whether a question puts together what there was of a thing and what comes, each in words of its own."""
    text = query.text
    if not (query.kind == "sum" or asks_for(text, "putting_together")):
        return False
    return asks_for(text, "there_was") and asks_for(text, "coming")


def of_before_and_new(query: Query, found: Sequence[Scored]) -> Scored | None:
    """The row whose two ends a question puts together, among its evidence; None where the best tells of none.

    Of rows that fit nearly as well the one that starts from a number which the question says, and whose target counts
    new things.
    """
    if not found or not is_indicator_row(found[0].item.row) or found[0].coverage < COVERAGE_BAR:
        return None
    near = [one for one in found if one.coverage >= found[0].coverage * AS_GOOD and _ends(one) is not None]
    said = {parse_number(number) for number in query.numbers}
    if said and any(_value(one) in said for one in near):
        near = [one for one in near if _value(one) in said]
    return max(near, key=lambda one: one.coverage + _ON_TOP * _counts_on_top(one), default=None)


def both_ends_added(query: Query, row: IndicatorRow | None) -> Computed | None:
    """Baseline and target of a row in one sum, where the question joins them and the target comes on top."""
    if row is None or row.baseline is None or row.target is None or "%" in (row.baseline.unit, row.target.unit):
        return None
    if not is_of_one_thing(row):
        return None
    on_top = asks_for(row.target.text, "adds") and asks_for(query.text, "with_before")
    joined = joins_before_and_new(query) and not asks_for(row.target.text, "reaches")
    return total([row.baseline, row.target]) if on_top or joined else None


def _ends(one: Scored) -> IndicatorRow | None:
    row = one.item.row
    has_both = row is not None and row.baseline is not None and row.target is not None
    return row if has_both and is_indicator_row(row) and _value(one) and is_of_one_thing(row) else None


def is_of_one_thing(row: IndicatorRow | None) -> bool:
    """Whether the baseline counts what the target counts, by the noun after its number: "3 sedes sin talleres" are no
    workshops."""
    if row is None or row.baseline is None or row.target is None or row.baseline.unit is None:
        return True
    counted = _nouns(row.baseline.unit)[:1]
    named = {*_nouns(row.target.unit or row.target.text)[:_FIRST_NOUNS], *_nouns(row.indicator or "")[:_FIRST_NOUNS]}
    return not counted or counted[0] in named


def _nouns(text: str) -> list[str]:
    """The stems of the words of a text that are more than small ones."""
    return [token.stem for token in tokenize(text) if not token.is_number and len(token.word) > _SMALL]


def _value(one: Scored) -> Decimal | None:
    row = one.item.row
    return row.baseline.value if row is not None and row.baseline is not None else None


def _counts_on_top(one: Scored) -> bool:
    row = one.item.row
    return row is not None and row.target is not None and asks_for(row.target.text, "adds")
