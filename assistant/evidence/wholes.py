"""The whole that a list of figures adds up to: its printed total, or another figure of its slide that says the sum.

A slide prints "Sede norte: 400, Sede sur: 250" and below "650 visitantes"; who adds a part and its whole counts twice.
"""

from __future__ import annotations

from decimal import Decimal

from assistant.corpus.corpus import Corpus, Item
from assistant.evidence.fields import is_indicator_row, is_labelled, is_total
from assistant.evidence.lists import siblings_of, totals_of
from assistant.question.times import row_intervals

_NOT_ADDED = ("%", "COP", "USD")


def whole_of(item: Item, corpus: Corpus) -> Item | None:
    """The figure that states all that a list has of which an item is an entry; None where none is printed."""
    row = item.row
    if row is None or is_indicator_row(row) or not is_labelled(row) or is_total(row) or _value(item) is None:
        return None
    if totals := totals_of(item, corpus):
        return totals[0]
    entries = [item, *siblings_of(item, corpus)]
    values = [_value(entry) for entry in entries]
    if row.figure is None or row.figure.unit in _NOT_ADDED or len(entries) < 2 or None in values:
        return None
    all_of_it = sum((value for value in values if value is not None), Decimal(0))
    known = {entry.item_id for entry in entries}
    for other in corpus.rows_of(row.document_id):
        if other.row is None or other.item_id in known or _value(other) != all_of_it:
            continue
        if other.row.context == row.context and row_intervals(other.row) == row_intervals(row):
            return other
    return None


def is_part_and_whole(one: Item, other: Item, corpus: Corpus) -> bool:
    """Whether one of two figures is of a list that the other is the whole of."""
    pairs = ((one, other), (other, one))
    return any((whole := whole_of(part, corpus)) is not None and _value(whole) == _value(rest)
               and whole.row is not None and rest.row is not None and whole.row.context == rest.row.context
               for part, rest in pairs)  # fmt: skip


def _value(item: Item) -> Decimal | None:
    figure = item.row.figure if item.row is not None else None
    return figure.value if figure is not None else None
