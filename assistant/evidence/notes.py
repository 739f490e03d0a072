"""Amounts that a report prints twice: where a question asks whether they add up, both and the notes beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.corpus.corpus import Corpus, Item
from assistant.corpus.matching import folded
from assistant.evidence.fields import is_indicator_row
from assistant.evidence.retrieve import Scored
from assistant.question.asks import asks_for

_NOTE = "nota:"


def with_notes(chosen: Sequence[Scored], text: str, corpus: Corpus) -> list[Scored]:
    """The items, and of an amount of money the others of the same value with what the notes of their slides say.

    Only where a question asks whether amounts count twice ("¿los sumo?"): the document says so in such a note.
    """
    amount = next((found for found in chosen if _is_money(found.item)), None)
    if amount is None or amount.item.row is None or not asks_for(text, "twice"):
        return list(chosen)
    rows = corpus.rows_of(amount.item.row.document_id)
    same = [item for item in rows if _is_money(item) and _value(item) == _value(amount.item)]
    known = {found.item.item_id for found in chosen}
    told = _once([*same, *_noted(same, rows)])
    return [*chosen, *(replace(amount, item=item) for item in told if item.item_id not in known)]


def beside_amounts(amounts: Sequence[Item], corpus: Corpus) -> list[Item]:
    """The notes of the slides that some amounts stand on, but for the amounts themselves."""
    rows = corpus.rows_of(amounts[0].document.document_id) if amounts else ()
    known = {item.item_id for item in amounts}
    return [item for item in _noted(amounts, rows) if item.item_id not in known]


def _noted(amounts: Sequence[Item], rows: Sequence[Item]) -> list[Item]:
    slides = {item.row.context for item in amounts if item.row is not None and item.row.context}
    return [
        item
        for item in rows
        if item.row is not None and item.row.context in slides and _NOTE in folded(item.row.quote).replace(" :", ":")
    ]


def _once(items: Sequence[Item]) -> list[Item]:
    return list({item.item_id: item for item in items}.values())


def _is_money(item: Item) -> bool:
    row = item.row
    return row is not None and not is_indicator_row(row) and row.figure is not None and row.figure.unit == "COP"


def _value(item: Item) -> object:
    return item.row.figure.value if item.row is not None and item.row.figure is not None else None
