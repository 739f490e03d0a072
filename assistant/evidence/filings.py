"""The number and the date under which a letter was filed: who asks for one is told both."""

from __future__ import annotations

from dataclasses import replace

from assistant.corpus.corpus import Corpus, Item
from assistant.corpus.items import stem_set
from assistant.evidence.choose import Choice

_FILED = stem_set("radicado")


def with_filing(choice: Choice, corpus: Corpus) -> Choice:
    """The choice with the other particulars of a letter's filing, where one of them leads it."""
    if choice.verdict != "answer" or not _is_of_filing(choice.items[0].item):
        return choice
    first, known = choice.items[0], {found.item.item_id for found in choice.items}
    others = (
        item for item in corpus.rows_of(first.item.document.document_id)
        if _is_of_filing(item) and item.item_id not in known
    )  # fmt: skip
    return replace(choice, items=(*choice.items, *(replace(first, item=item) for item in others)))


def _is_of_filing(item: Item) -> bool:
    row = item.row
    return row is not None and item.document.info.kind == "letter" and bool(stem_set(row.metric) & _FILED)
