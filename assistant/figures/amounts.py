"""Amounts that a question gives and adds up itself ("102.000 más 77.749, ¿reporto 179.749?"): the rows that print them.

Amounts of two rows may be of one project or one within the other; only the rows, with the notes beside them, say so.
The sum of the question is nobody's figure: it is not repeated as theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.corpus.corpus import Corpus, Item
from assistant.evidence.notes import beside_amounts
from assistant.evidence.retrieve import is_within
from assistant.figures.claims import figures_stated
from assistant.question.asks import asks_for
from assistant.question.query import Query

#: Amounts are typed in pesos, in thousands or in millions of them.
_SCALES = (Decimal(1), Decimal(10**3), Decimal(10**6))
_FEWEST = 2
_MOST_ROWS = 8
#: Less is no amount that anybody adds up in pesos.
_LEAST = Decimal(10**5)
_SAME = Decimal("0.001")


def amounts_added(query: Query, corpus: Corpus) -> list[Item]:
    """The rows of the amounts that a question adds up, and what the notes beside them say; [] where it adds none, or a
    part of its sum is printed nowhere."""
    parts = _parts(query.text)
    if len(parts) < _FEWEST:
        return []
    money = [item for item in corpus.items if _amount(item) is not None and is_within(item, query.filters)]
    printed = {_amount(item) for item in money}
    if any(sum(parts) * scale in printed for scale in _SCALES):
        return []  # a row prints the sum itself
    for scale in _SCALES:
        wanted = {part * scale for part in parts}
        rows = [item for item in money if _amount(item) in wanted]
        if min(wanted) >= _LEAST and {_amount(item) for item in rows} == wanted:
            of_one = _of_one_document(rows, wanted)
            if len(of_one) >= len(parts) and len(of_one) <= _MOST_ROWS:
                return [*of_one, *beside_amounts(of_one, corpus)]
    return []


def _parts(text: str) -> list[Decimal]:
    """The amounts that a question adds up: those that make up its last or first one, or all where it asks to add."""
    values = [mention.value for mention in figures_stated(text) if mention.value is not None]
    for total, others in ((values[-1:], values[:-1]), (values[:1], values[1:])):
        if len(others) >= _FEWEST and any(_agree(sum(others), total[0] * scale) for scale in _scales_both_ways()):
            return others
    return values if asks_for(text, "twice") else []


def _scales_both_ways() -> list[Decimal]:
    return [*_SCALES, *(1 / scale for scale in _SCALES[1:])]


def _agree(one: Decimal | int, other: Decimal) -> bool:
    return abs(one - other) <= abs(other) * _SAME


def _of_one_document(rows: Sequence[Item], wanted: set[Decimal]) -> list[Item]:
    """The rows of the first document that has all the amounts."""
    for document in dict.fromkeys(item.document.document_id for item in rows):
        own = [item for item in rows if item.document.document_id == document]
        if {_amount(item) for item in own} == wanted:
            return own
    return []


def _amount(item: Item) -> Decimal | None:
    row = item.row
    return row.figure.value if row is not None and row.figure is not None and row.figure.unit == "COP" else None
