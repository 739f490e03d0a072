"""What stands right beside a sentence and belongs to it: the rest of a broken line, the next of its paragraph.

Slides break a sentence over two lines; a paragraph tells first of a thing and then of its case.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.corpus.bars import CLOSE, OTHER_ENTITY
from assistant.corpus.corpus import Corpus, Item
from assistant.evidence.headed import SHORT_LINE
from assistant.evidence.retrieve import Scored
from assistant.evidence.together import belongs
from assistant.question.asks import asks_for
from assistant.question.lexicon import load_lexicon
from assistant.question.query import Query
from ingest.fold import fold

#: The rest of a line may stand after one blank line.
_NEXT = 2
_ENDS_OPEN = re.compile(r"[\w,]$")


def with_adjoining(chosen: Sequence[Scored], found: Sequence[Scored], corpus: Corpus) -> list[Scored]:
    """The items chosen, each sentence with its rest and with those of its paragraph that fit nearly as well."""
    known = {one.item.item_id for one in chosen}
    items: list[Scored] = []
    for one in chosen:
        items.append(one)
        beside = [other for other in found if _is_of_paragraph(one, other)]
        rest = _rest_of(one.item, corpus)
        beside += [replace(one, item=rest)] if rest is not None else []
        begun = _beginning_of(one.item, corpus)
        if begun is not None and begun.item_id not in known:
            known.add(begun.item_id)
            items.insert(len(items) - 1, replace(one, item=begun))
        for other in beside:
            if other.item.item_id not in known:
                known.add(other.item.item_id)
                items.append(other)
    return items


def with_others_of_several(chosen: Sequence[Scored], found: Sequence[Scored], query: Query) -> list[Scored]:
    """The items, and where a sentence tells one of several things asked for, those near it that fit about as well."""
    best = chosen[0]
    if best.item.segment is None or not asks_for(query.text, "several"):
        return list(chosen)
    known = {one.item.item_id for one in chosen}
    others = [
        other
        for other in found
        if other.item.item_id not in known
        and other.item.segment is not None
        and other.score >= best.score * OTHER_ENTITY
        and belongs(best.item, other.item, query)
    ]
    return [*chosen, *others]


def _is_of_paragraph(one: Scored, other: Scored) -> bool:
    """Whether two sentences stand in the same lines and one fits nearly as well as the other."""
    if one.item.segment is None or other.item.segment is None or one.item.place.line is None:
        return False
    same = one.item.document.document_id == other.item.document.document_id and one.item.place == other.item.place
    return same and other.score >= one.score * CLOSE


def _rest_of(item: Item, corpus: Corpus) -> Item | None:
    """The line that ends a sentence broken off: after a word that ends none, or a short one after a long line."""
    if item.segment is None or _ENDS_OPEN.search(item.segment.text) is None:
        return None
    is_broken = _ends_no_sentence(item.segment.text)
    if len(item.segment.text) <= SHORT_LINE and not is_broken:
        return None
    after = _neighbour(item, corpus, 1)
    if after is None or after.segment is None or not after.segment.text.endswith("."):
        return None
    return after if is_broken or len(after.segment.text) <= SHORT_LINE else None


def _beginning_of(item: Item, corpus: Corpus) -> Item | None:
    """The line before one that only goes on with it: the last word of that ends no sentence, or this is its rest."""
    before = _neighbour(item, corpus, -1)
    if item.segment is None or before is None or before.segment is None:
        return None
    if item.segment.text[:1].islower():
        return before if _ends_no_sentence(before.segment.text) else None
    return before if _rest_of(before, corpus) is item else None


def _neighbour(item: Item, corpus: Corpus, step: int) -> Item | None:
    """The sentence right after (1) or before (-1) one, a blank line between them at the most."""
    order = corpus.in_order(item.document.document_id)
    at = next(index for index, other in enumerate(order) if other.item_id == item.item_id) + step
    other = order[at] if 0 <= at < len(order) else None
    if other is None or other.segment is None:
        return None
    first, last = (item, other) if step > 0 else (other, item)
    end, start = first.place.line_end or first.place.line, last.place.line
    return other if end is not None and start is not None and 0 <= start - end <= _NEXT else None


def _ends_no_sentence(text: str) -> bool:
    return text.split()[-1:] != [] and fold(text.split()[-1]) in load_lexicon().ends_nothing
