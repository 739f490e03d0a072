"""Where a question asks for a figure before and after ("puntaje anterior y nuevo"): the sentence that prints both.

A report says it as "pasamos de 41 a 12"; a slide that prints but one of the two answers half of the question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.corpus.bars import COVERAGE_BAR
from assistant.corpus.corpus import Corpus, Item
from assistant.corpus.matching import folded
from assistant.evidence.fields import is_indicator_row
from assistant.evidence.retrieve import Scored
from assistant.evidence.together import says_change
from assistant.question.asks import asks_for
from assistant.question.query import Query

_FROM_TO = re.compile(r"\bde \$? ?\d[\d.,]* ?%?(?: \w+){0,2} a \$? ?\d")


def with_both_ends(chosen: Sequence[Scored], query: Query, evidence: Sequence[Scored], corpus: Corpus) -> list[Scored]:
    """The figures of the best sentence that prints both ends, and the change beside it; as it was when there is none.

    A row of a plan prints both in its cells.
    """
    items = list(chosen)
    if not asks_for(query.text, "both_ends") or is_indicator_row(items[0].item.row) or _prints_both(items[0].item):
        return items
    names = [term for term in query.terms if term.is_acronym or term.is_proper]
    found = [
        one
        for one in evidence
        if one.coverage >= COVERAGE_BAR
        and _prints_both(one.item)
        and all(term.stems & one.item.weights.keys() for term in names)
    ]
    if not found:
        return items
    best, row = found[0], found[0].item.row
    slide = [item for item in corpus.rows_of(best.item.document.document_id)
             if row is not None and item.row is not None and item.row.context == row.context]  # fmt: skip
    ends = [item for item in slide if _prints_both(item)]
    changes = [item for item in slide if says_change(item) and item not in ends]
    return [replace(best, item=item) for item in (*ends, *changes)]


def _prints_both(item: Item) -> bool:
    row = item.row
    return row is not None and row.figure is not None and _FROM_TO.search(folded(row.quote)) is not None
