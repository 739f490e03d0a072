"""A part of a number that a row prints ("de los 268 vehículos, ¿cuántas motos?"): the whole is no answer to that.

``question → the number, and what is asked of it → what prints that number → what says the part beside it``. A row that
lists of what kinds the whole is says of none how many they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.corpus.bars import AS_GOOD, COVERAGE_BAR, LIGHT
from assistant.corpus.corpus import Item, stem_set
from assistant.evidence.fields import is_indicator_row
from assistant.evidence.retrieve import Scored
from assistant.evidence.together import subject_of
from assistant.question.asks import asks_for
from assistant.question.query import Query
from ingest.figures import parse_number
from ingest.fold import fold
from ingest.records import Figure

_THESE = r"(?:los|las|es[oa]s|est[oa]s|dich[oa]s|aquell[oa]s)"
_NUMBER = r"(?P<number>\d[\d.,]*\d|\d)"
#: "De las 849 cámaras nuevas, ¿cuántas LPR?": what is asked stands after the word that asks.
_WHOLE_FIRST = re.compile(rf"\b(?:de|entre) {_THESE} {_NUMBER}\b[^;:?.]{{0,90}}?\bcuant[oa]s\b(?P<after>.*)")
#: "¿Cuántas de las 849 son LPR?", "¿cuántos drones hay entre los 440 sistemas?".
_WHOLE_LAST = re.compile(
    r"\b(?:cuant[oa]s|(?:que|cual) (?:porcentaje|proporcion|parte|fraccion|por ciento)) "
    rf"(?P<before>(?:\w+ ){{0,4}}?)(?:de|entre|en) {_THESE} {_NUMBER}\b(?: \w+)?(?P<after>.*)"
)
#: "¿Cuáles fueron *los 20 colegios*?", "nombres de las 5 estaciones": which they are, and not how many.
_WHICH = re.compile(
    r"\b(?:(?:cuales|quienes) (?:son|fueron|eran|seran|han sido)|nombr(?:e|es|a|ame|eme)(?: de| a)?|como se llaman?"
    rf"|list(?:a|ado|eme|ame)(?: de)?) (?:tod[oa]s )?{_THESE} {_NUMBER} "
    r"(?!(?:primer|ultim|mas|mayor|menor|principal)\w*)(?!(?:meta|indicador|programa|linea|producto|proyecto|componente|dependencia|sector|secretaria)(?:e?s)?\b)"
)
#: What tells them one by one: after a colon, in brackets, between commas.
_ENUMERATES = re.compile(r":\s*\w|\(\s*[^\W\d]|,[^,.;]+,|,[^,.;]+ y ")
#: What says who those are that are asked for ("… *son* afrodescendientes", "*viven en* el campo").
_WHO = re.compile(r"\b(?:son|eran|fueron|pertenecen|viven|vivian|residen|corresponden)\b(?P<who>.*)")
_KINDS = ("value", "count", "list", "yes_no", "percent_change")
#: Fields that a part may be asked by; any other is asked of the row itself ("¿cuántas de las 12 van?").
_OF_PARTS = frozenset(("place", "site", "detail", "target", "progress"))


@dataclass(frozen=True)
class PartAsked:
    """The number that a question names as the whole, and the positions of the terms that say which part it wants.

    ``who`` are those of them that say who the part are, and not what the whole is.
    """

    whole: Decimal
    terms: tuple[int, ...]
    who: tuple[int, ...] = ()


def part_asked(query: Query) -> PartAsked | None:
    """Which part of a number a question asks for; None where it asks for none, or what is missing or done of it."""
    if query.kind not in _KINDS or set(query.fields) - _OF_PARTS or asks_for(query.text, "missing"):
        return None
    folded = fold(query.text)
    match = _WHOLE_FIRST.search(folded) or _WHOLE_LAST.search(folded)
    whole = parse_number(match["number"]) if match is not None else None
    if match is None or whole is None:
        return None
    terms = _terms_of(f"{match.groupdict().get('before') or ''} {match['after']}", query)
    said = _WHO.search(match["after"])
    who = _terms_of(said["who"], query) if said is not None else ()
    is_asked = bool(terms) and not (query.aims and not who)
    return PartAsked(whole, terms, who) if is_asked else None


def _terms_of(said: str, query: Query) -> tuple[int, ...]:
    """The positions of the terms that a part of a question says, without numbers and words that tell little."""
    stems = stem_set(said)
    return tuple(
        at
        for at, term in enumerate(query.terms)
        if term.weight > LIGHT and stems & set(term.alternatives[0].stems) and not term.text[:1].isdigit()
    )


def saying_the_part(query: Query, evidence: Sequence[Scored]) -> list[Scored]:
    """The evidence that may say the part asked for; all of it where no part is asked, or nothing prints the whole."""
    if (named := _WHICH.search(fold(query.text))) is not None:
        return _telling_which(parse_number(named["number"]), evidence)
    part = part_asked(query)
    if part is None:
        return list(evidence)
    bar = max(COVERAGE_BAR, AS_GOOD * max((one.coverage for one in evidence), default=0.0))
    wholes = [one.item for one in evidence if one.coverage >= bar and _prints_the_whole(one.item, part)]
    if not wholes or ("progress" in query.fields and any(map(_is_promised, wholes))):
        return list(evidence)
    subjects = {(item.document.document_id, subject_of(item)) for item in wholes}
    return [one for one in evidence if _may_say(one, part, subjects)]


def _telling_which(whole: Decimal | None, evidence: Sequence[Scored]) -> list[Scored]:
    """Nothing where what fits best prints how many they are and tells none of them; all of the evidence otherwise."""
    best = next((one.item for one in evidence if one.coverage >= COVERAGE_BAR), None)
    row = best.row if best is not None else None
    if whole is None or row is None:
        return list(evidence)
    figures = (row.target, row.baseline) if is_indicator_row(row) else (row.figure,)
    texts = [figure.text if is_indicator_row(row) else row.quote for figure in figures if _is(figure, whole) and figure]
    return [] if texts and not any(map(_ENUMERATES.search, texts)) else list(evidence)


def _may_say(found: Scored, part: PartAsked, subjects: set[tuple[str, str]]) -> bool:
    item = found.item
    if _is_whole(item, part.whole):
        return False
    if item.row is not None and is_indicator_row(item.row):
        says_who = all(found.covered[at] > 0 for at in part.who)
        return says_who and _is(item.row.baseline, part.whole)
    names = any(found.own[at] > 0 for at in part.terms)
    if item.row is None:
        return names and item.has_digit and item.document.document_id in {document for document, _ in subjects}
    return names and (item.document.document_id, subject_of(item)) in subjects


def _is_whole(item: Item, whole: Decimal) -> bool:
    """Whether a number is what a row promises, or the figure that a report prints; no row that begins at it."""
    row = item.row
    if row is None:
        return False
    if not is_indicator_row(row):
        return _is(row.figure, whole)
    return _is(row.target, whole) and not _is(row.baseline, whole)


def _prints_the_whole(item: Item, part: PartAsked) -> bool:
    """Whether a row has the number as the whole; of who it is made up a row that begins at it may say nothing."""
    begins = bool(part.who) and item.row is not None and _is(item.row.baseline, part.whole)
    return begins or _is_whole(item, part.whole)


def _is_promised(item: Item) -> bool:
    """Whether a number is what is to be reached: how much of it is reached is no part of it that nobody prints."""
    row = item.row
    return row is not None and (is_indicator_row(row) or "meta" in fold(row.metric or "").split())


def _is(figure: Figure | None, value: Decimal) -> bool:
    return figure is not None and figure.value == value
