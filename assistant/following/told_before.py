"""Questions about what several turns told together, or about the level that a row told stands under.

"¿Cuánto suman las dos?", "¿qué porcentaje del total es eso?" are asked of the rows of the last two answers, "¿y qué
otras metas tiene ese programa?" of the programme of the last.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.corpus.bars import LIGHT
from assistant.corpus.corpus import Item
from assistant.evidence.fields import is_indicator_row
from assistant.evidence.together import is_copy
from assistant.figures.pair_words import load_pairs
from assistant.question.asks import asks_for
from assistant.question.query import KeptReckoning, Query
from assistant.question.reckoned_terms import is_of_reckoning
from ingest.fold import fold, words

_SUMS = re.compile(r"\bsum(?:a|an|amos|ando|ar|aria|arian|ad[oa]s)\b")
_BOTH = re.compile(r"\b(?:las|los) dos\b|\bamb[oa]s\b|\bentre (?:ellas|ellos|si)\b|\bjunt[oa]s\b|\b(?:both|the two)\b")
_GREATER = re.compile(
    r"\b(?:cual|cuales|que|quien|which)\b.*\b(?:mas|mayor|menos|menor|larger|smaller|greater|more|fewer)\b"
)
_LEVEL = re.compile(
    r"\b(?:es[ae]|dich[oa]|aquel|aquella|(?:del?|la|el|en el|en la) mism[oa]) (?:mism[oa] )?"
    r"(?P<level>programa|componente|linea|dependencia|secretaria|oficina|entidad|despacho)\b"
)
_LEVELS = {"programa": "programme", "componente": "component", "linea": "strategic_line"}
_OFFICE = "dependency"
_OF_ROWS = frozenset(("metas", "indicadores", "productos", "compromisos", "resultados"))


def reckoned_of_both(own: Query, told: Sequence[Item | None]) -> tuple[KeptReckoning, tuple[Item, Item]] | None:
    """What a question that names nothing wants done with the rows of the last two answers, and these, the older first.

    ``told`` are the rows that the answers before told, the last first. None where it asks for nothing of two, or the
    two are one, of two territories, or one of a plan and one of a report.
    """
    later, earlier = (*told, None, None)[:2]
    if later is None or earlier is None or not _names_nothing(own):
        return None
    asked = _reckoning_asked(own)
    if asked is None or later.item_id == earlier.item_id or is_copy(later, earlier) or later.entity != earlier.entity:
        return None
    if is_indicator_row(later.row) != is_indicator_row(earlier.row):
        return None
    if asked == "share" and not _are_of_one_sentence(earlier, later):
        return None
    is_rate = any(asks_for(one.row.indicator or "", "rate") for one in (later, earlier) if one.row is not None)
    return None if is_rate and asked == "sum" else (asked, (earlier, later))


def _reckoning_asked(own: Query) -> KeptReckoning | None:
    folded = fold(own.text)
    both = _BOTH.search(folded) is not None
    if _SUMS.search(folded) or (both and own.kind in ("sum", "value") and "junt" in folded):
        return "sum"
    if both and _GREATER.search(folded):
        return "greater"
    if both and (own.kind == "difference" or "diferencia" in folded):
        return "difference"
    return "share" if own.percent and not own.changes else None


def _names_nothing(own: Query) -> bool:
    """Whether a question says nothing but what is to be reckoned."""
    filters = own.filters
    if filters.named or filters.entities or filters.unknown_entity or own.asked or own.set_nouns or own.fields:
        return False
    framing = load_pairs().framing_stems
    return all(
        term.weight <= LIGHT or framing.issuperset(term.text.split()) or is_of_reckoning(term, own)
        for term in own.terms
    )


def _are_of_one_sentence(earlier: Item, later: Item) -> bool:
    """Whether two figures of one thing stand in one sentence of a report, the later no larger: a part of the other."""
    whole, part = earlier.row, later.row
    if whole is None or part is None or is_indicator_row(whole) or whole.figure is None or part.figure is None:
        return False
    units = [words(figure.unit or "")[:1] for figure in (whole.figure, part.figure)]
    if whole.quote != part.quote or units[0] != units[1] or not units[0]:
        return False
    return (part.figure.value or 0) <= (whole.figure.value or 0)


def of_its_level(own: Query, told: Item | None) -> Query | None:
    """The question about the rows of "that programme" (component, line, office), of the one that the row told stands
    under; None where it asks for no rows of one."""
    said = _LEVEL.search(fold(own.text))
    if said is None or told is None or told.row is None or not _OF_ROWS.intersection(own.set_nouns):
        return None
    level = _LEVELS.get(said["level"], _OFFICE)
    name = getattr(told.row, level)
    if name is None or own.filters.named or not told.entity:
        return None
    kind = own.kind if own.kind == "count" else "list"
    filters = replace(
        own.filters, **{level: name}, entities=(told.entity,), periods=(), row_kinds=own.filters.row_kinds
    )
    return replace(own, kind=kind, cues=own.cues | {kind}, fields=(), filters=filters, terms=(), topic=())
