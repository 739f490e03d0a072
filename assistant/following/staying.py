"""When a question goes on with the row that the answer before it told: "¿Y cuántas había?", "¿Cuántas faltan?".

It does when it leans on what was said, asks something of a row, and names nothing that this row does not say itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Answer
from assistant.corpus.corpus import Corpus, Item
from assistant.corpus.items import stem_set
from assistant.evidence.counting import counts_by_name
from assistant.evidence.fields import DETAILS, holds, is_checked, is_indicator_row
from assistant.evidence.retrieve import own_weight
from assistant.evidence.together import is_copy, same_text
from assistant.figures.measured import has_series
from assistant.question.asks import asks_for
from assistant.question.followup import is_only_done, leans, only_asks_what_is_done, replaces_subject, unit_stems
from assistant.question.lexicon import load_lexicon
from assistant.question.query import Field, Query
from assistant.question.reckoned_terms import is_of_reckoning, reckons
from assistant.question.times import baseline_is_of
from ingest.fold import fold
from ingest.records import IndicatorRow

_LIGHT = 0.3
#: How a cell lists the sorts of a thing.
_SORTS = re.compile(r"\([^()]*[^\W\d][^()]*(?:,| y | o )[^()]*\)|\btipos?\b", re.IGNORECASE)
#: A thing that is named by nothing but what is said of it: "¿de qué año es *el que* ya estaba formulado?".
_HEADLESS = re.compile(
    r"\b(?:es|son|era|eran|fue|fueron|sera|seran|esta|estan|quedo|quedan|del?|en|con|a|para) (?:el|la|los|las) "
    r"(?:que\b|(?:ya )?\w+[aei]d[oa]s?\W*$)"
    r"|(?<!\ben )(?<!\bcon )(?<!\bpor )(?<!\bpara )(?<!\bde )\b(?:el|la|los|las) que (?:ya |se |no )?"
    r"(?:hay|habian?|existe\w*|existia\w*|esta\w*|tien\w+|tenia\w*|ven\w+|vien\w+|sirv\w+|figur\w+|aparec\w+|fue\w*|era\w*|van?|falt\w+|qued\w+)\b"
)
#: A kind of place that a question asks for by name.
_DISTRICT = re.compile(
    r"\b(?:barrios?|comunas?|veredas?|localidad(?:es)?|corregimientos?|calles?|municipios?|sectores|playas?)\b"
)
_PLACES = frozenset(("barrios", "sitios", "lugares", "sectores"))
#: What a report tells of an indicator, and the row of the plan does not.
_REPORTED: frozenset[Field] = frozenset(("progress", "budget"))
_ASKS_NOTHING_OF_A_ROW = frozenset(("empty", "order", "personal_data", "smalltalk", "list", "count", "sum", "ranking"))


def row_of(answer: Answer | None, asked: Query | None, corpus: Corpus, own: Query | None = None) -> tuple[Item, ...]:
    """The indicator that an answer told first (of what is counted), and those told of what was named beside it.

    What a report tells of the same indicator is no row of it, unless ``own``, the question that goes on, asks for that.

    A row that only came along because it fits nearly as well is none of these, and a set of rows is no row.
    """
    if answer is None or asked is None or answer.status != "answered" or asked.set_nouns:
        return ()
    cited = [corpus.by_id.get(citation.row_id or "") for citation in answer.citations]
    rows = [item for item in cited if item is not None]
    if not rows or len(rows) < len(cited):
        return ()
    if own is not None and not _REPORTED & set(own.fields):
        rows = [item for item in rows if not _is_reported_of(item, rows)]
    if not all(is_indicator_row(item.row) for item in rows):
        return ()
    lead = next((item for item in rows if _is_counted(item, asked)), rows[0])
    return (lead, *(item for item in rows if item is not lead and (is_copy(lead, item) or _adds(item, lead, asked))))


def _is_reported_of(item: Item, rows: Sequence[Item]) -> bool:
    """Whether a figure is what a report tells of an indicator whose row of the plan is told too."""
    if item.row is None or is_indicator_row(item.row):
        return False
    plan = (other.row for other in rows if other.row is not None and is_indicator_row(other.row))
    return any(same_text(item.row.indicator, row.indicator) for row in plan)


def _is_counted(item: Item, asked: Query) -> bool:
    """Whether a row is called by the thing that the question counted."""
    counted = (term for term in asked.terms if term.counted and not term.generic and term.weight > _LIGHT)
    return any(counts_by_name(item, term, load_lexicon().measure_nouns) for term in counted)


def _adds(item: Item, lead: Item, asked: Query) -> bool:
    """Whether a row names something of the question that the first row does not."""
    telling = (term for term in asked.terms if term.weight > _LIGHT)
    return any(own_weight(item, term) > 0 and own_weight(lead, term) == 0 for term in telling)


def stays_on(own: Query, row: Sequence[Item]) -> bool:
    """Whether a question, as it stands alone, goes on with a row."""
    first = row[0].row if row else None
    if first is None or own.kind in _ASKS_NOTHING_OF_A_ROW or own.filters.named:
        return False
    if own.set_nouns and not asks_where(own):
        return False
    if not (own.points_back or "followup" in own.cues or leans(own) or _HEADLESS.search(fold(own.text))):
        return False
    if replaces_subject(own):
        return False
    only_done = only_asks_what_is_done(own)
    asks = own.fields or own.aims or reckons(own) or only_done
    if not asks and not (asks_for(own.text, "sorts") and says_sorts(first)):
        return False
    is_of_years = own.measure is not None and any(map(has_series, row))
    if own.asked and not ("baseline" in own.fields and baseline_is_of(first, own.asked)):
        return False
    if is_of_years or own.filters.unknown_entity or own.filters.unknown_period:
        return False
    if own.filters.entities and row[0].entity not in own.filters.entities:
        return False
    said = frozenset().union(*(stems_of(item.row) for item in row if item.row is not None))
    of_detail = bool(DETAILS & set(own.fields))
    return all(
        any(said.issuperset(way.stems) for way in term.alternatives)
        for term in own.terms
        if (term.is_name or (term.known and term.weight > _LIGHT))
        and not (only_done or is_of_reckoning(term, own) or (of_detail and is_only_done(term, own)))
    )


def asks_where(own: Query) -> bool:
    """Whether the set that a question names is but the place asked for ("¿y en qué *barrios* quedarían?")."""
    return "site" in own.fields and set(own.set_nouns) <= _PLACES


def asks_percent_of_row(own: Query) -> bool:
    """Whether a question that stays on a row asks for its change in percent ("¿y en porcentaje?")."""
    return own.kind == "percent_change" and "share" not in own.aims


def says_sorts(row: IndicatorRow) -> bool:
    """Whether a row says of what sorts the thing is that it counts ("(moto, camioneta y lancha)", "tipo garita")."""
    cells = (row.indicator, row.target.text if row.target else None)
    return any(_SORTS.search(text) for text in cells if text)


def measures_row(own: Query, row: Sequence[Item]) -> bool:
    """Whether a question asks how far the row is that was told before ("¿y cuántos km ejecutaron ese año?").

    It names nothing but a unit and a time then; money stands in rows of its own and is looked for.
    """
    measure = own.measure
    if not row or measure is None or measure.implied or measure.is_of_set or measure.money or not has_series(row[0]):
        return False
    if own.kind != "value" or own.set_nouns or own.filters.named or own.filters.sectors or replaces_subject(own):
        return False
    if not (own.points_back or "followup" in own.cues) or own.filters.unknown_entity or own.filters.unknown_period:
        return False
    if own.filters.entities and row[0].entity not in own.filters.entities:
        return False
    said = frozenset().union(*(stems_of(item.row) for item in row if item.row is not None)) | unit_stems()
    return all(
        any(said.issuperset(way.stems) for way in term.alternatives)
        for term in own.terms
        if term.is_name or (term.known and term.weight > _LIGHT)
    )


def field_not_said(query: Query, row: Sequence[Item]) -> Field | None:
    """A field that is asked for and that the row does not say."""
    asked = [name for name in query.fields if is_checked(name, query.fields)]
    if "site" in asked and _DISTRICT.search(fold(query.text)) and not any(_names_district(item.row) for item in row):
        return "site"
    return next((name for name in asked if not any(holds(item, name) for item in row)), None)


def _names_district(row: IndicatorRow | None) -> bool:
    """Whether a row says a place of the kinds that people ask for; "en las casas de justicia" is none of them."""
    texts = () if row is None else (row.indicator, row.target.text if row.target else None)
    return any(_DISTRICT.search(fold(text)) for text in texts if text)


def stems_of(row: IndicatorRow) -> frozenset[str]:
    """The stems of what a row says itself, without what stands above it."""
    texts = (row.indicator, row.target.text if row.target else None, row.baseline.text if row.baseline else None)
    return frozenset().union(*(stem_set(text) for text in (*texts, row.metric, row.unit)))
