"""What a question asks of what is still to come, and what it counts: which evidence cannot be told for that.

"¿Van a armar un grupo …?" asks of a promise; a report's sentence of what was done is none, whoever's it is. "¿Cuántos
migrantes …?" asks for a number of them; where a row beside it counts, one in percent is not preferred.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.corpus.bars import ASKED, CLOSE, TELLING, UNCOVERED_BAR
from assistant.corpus.corpus import Item
from assistant.evidence.fields import is_indicator_row, is_labelled
from assistant.evidence.retrieve import Scored
from assistant.question.asks import asks_for
from assistant.question.query import Query
from ingest.fold import fold
from ingest.records import Figure

_TO_COME = re.compile(r"\b(?:voy|va|van|vamos) a (?:\w+ )?\w+[aei]r(?:l[aeo]s?|se)?\b")


def without_what_is_done(query: Query, found: Sequence[Scored]) -> list[Scored]:
    """Without the sentences of what was done, when a question asks only of what is to come and a plan has something."""
    if asks_for(query.text, "deed") or _TO_COME.search(fold(query.text)) is None:
        return list(found)
    if not any(is_indicator_row(one.item.row) for one in found):
        return list(found)
    return [one for one in found if not _is_done(one.item)]


def _is_done(item: Item) -> bool:
    """Whether a figure stands in a sentence that tells what was done."""
    row = item.row
    if row is None or is_indicator_row(row) or is_labelled(row):
        return False
    return asks_for(row.quote, "deed")


def says_what_is_counted(found: Scored, query: Query) -> bool:
    """Whether an item says one of the things a question counts, or nearly all else of it: that another item says it
    does not make this one count it."""
    if query.kind != "value" or found.coverage >= UNCOVERED_BAR:
        return True
    counted = [at for at, term in enumerate(query.terms) if term.counted and not term.generic and term.weight >= ASKED]
    return not counted or any(found.covered[at] > 0 for at in counted)


def counted_before_percent(query: Query, found: Sequence[Scored]) -> list[Scored]:
    """Without the rows that have but percentages, when a number is asked for and another that fits as well has one."""
    counted = any(term.counted and not term.generic and term.weight >= TELLING for term in query.terms)
    if not counted or query.kind != "value" or query.percent or asks_for(query.text, "rate") or not found:
        return list(found)
    best = found[0]
    if not _is_in_percent(best.item):
        return list(found)
    near = [
        one
        for one in found
        if one.score >= best.score * CLOSE and one.coverage >= best.coverage and _has_a_number(one.item)
    ]
    return [one for one in found if not _is_in_percent(one.item)] if near else list(found)


def _figures(item: Item) -> list[Figure]:
    row = item.row
    if row is None or not is_indicator_row(row):
        return []
    return [figure for figure in (row.baseline, row.target) if figure is not None and figure.value is not None]


def _is_in_percent(item: Item) -> bool:
    figures = _figures(item)
    return bool(figures) and all(figure.unit == "%" for figure in figures)


def _has_a_number(item: Item) -> bool:
    return any(figure.unit != "%" for figure in _figures(item))
