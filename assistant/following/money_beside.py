"""The line of contracts and money that a short question means: of the figure told before, or of the programme or
indicator that it stands under ("¿y de eso cuánto se ejecutó? ¿y el porcentaje?", "¿y la plata de ese programa?")."""

from __future__ import annotations

import re

from assistant.corpus.bars import LIGHT
from assistant.corpus.corpus import Corpus, Item
from assistant.corpus.items import stem_set
from assistant.corpus.matching import folded, stem_of
from assistant.evidence.fields import is_indicator_row
from assistant.evidence.lists import line_of
from assistant.question.asks import load_asks
from assistant.question.query import Query
from ingest.fold import fold, words

#: The columns of a line of money that tell what is left of it.
_LEFT = ("asignado", "ejecutado")
#: Where one thing that is asked ends and the next begins.
_NEXT = re.compile(r"[?¿;,/+]|\b[ye] (?!d[oa]s\b)")
#: What a question calls the thing that its money is of.
_OF_WHAT = "programa proyecto indicador producto meta política estrategia línea componente actividad"


def columns_beside(own: Query, told: Item, corpus: Corpus) -> tuple[Item, ...]:
    """The columns that a question asks for, naming nothing else, of the line told before, or of the one line of what
    the figure told stands under; of what is left of the money both columns that tell it."""
    asks = load_asks()
    narrows = own.filters.named or own.filters.entities or own.filters.unknown_entity or own.asked or own.set_nouns
    framing = asks.bare_stems | asks.columns_by_stem.keys() | stem_set(_OF_WHAT)
    if narrows or any(term.weight > LIGHT and not framing.issuperset(term.text.split()) for term in own.terms):
        return ()
    line = _line_meant(own, told, corpus)
    by_name = {folded(item.row.metric or ""): item for item in line if item.row is not None}
    if own.unspent and len(line) > 1:
        return tuple(by_name[name] for name in _LEFT if name in by_name)
    asked = columns_in(own.text)
    if not asked:
        return line if told not in line and "budget" in own.fields else ()
    found = tuple(by_name[name] for name in asked if name in by_name)
    return found if len(found) == len(asked) and found != (told,) else ()


def columns_in(text: str) -> tuple[str, ...]:
    """The folded names of the columns that a question asks for, one for each thing that it asks: the first said."""
    by_stem = load_asks().columns_by_stem
    found: dict[str, None] = {}
    for part in _NEXT.split(fold(text)):
        said = (by_stem.get(stem_of(word)) for word in words(part.replace("%", " porcentaje ")))
        if (first := next((column for column in said if column is not None), None)) is not None:
            found[first] = None
    return tuple(found)


def _line_meant(own: Query, told: Item, corpus: Corpus) -> tuple[Item, ...]:
    """The line of money of the figure told, or the only one of its indicator, or of its programme."""
    if len(line := (told, *line_of(told, corpus))) > 1:
        return line
    row = told.row
    if row is None or is_indicator_row(row) or not own.points_back or not (row.indicator or row.programme):
        return (told,)
    lines: dict[str, tuple[Item, ...]] = {}
    for item in corpus.rows_of(row.document_id):
        other = item.row
        if other is not None and other.budget and (other.indicator, other.programme) == (row.indicator, row.programme):
            whole = tuple(sorted((item, *line_of(item, corpus)), key=lambda one: one.item_id))
            lines[whole[0].item_id] = whole
    return next(iter(lines.values())) if len(lines) == 1 else (told,)
