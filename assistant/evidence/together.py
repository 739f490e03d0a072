"""What is told together: the best item, its copies, its sentence, and what answers the parts it leaves open."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.corpus.bars import AS_GOOD, FOUND, FURTHER, GAIN_BAR, NEARLY, OTHER_WORDS, ROW_TIE, TELLING, TIE
from assistant.corpus.corpus import Item
from assistant.corpus.matching import folded
from assistant.evidence.fields import is_indicator_row, is_labelled
from assistant.evidence.headed import is_bare_heading
from assistant.evidence.retrieve import Scored
from assistant.question.query import Query
from assistant.question.times import Interval, row_intervals

_MOST_TIES = 3
_MOST_ITEMS = 10
_NEAR_LINES = 40
_CHANGE = re.compile(r"\+|\b(?:increment|aument|subi|crec|redu|disminu|baja|mas que)")


def together(found: Sequence[Scored], query: Query) -> list[Scored]:
    """The best item, its copies, all figures of its sentence, and what answers the parts that it leaves open.

    A sum of rows named apart ("de comisarías y casas de justicia") has those rows alone, and none that only ties.
    """
    if query.kind == "sum" and is_indicator_row(found[0].item.row):
        named = _together(found, query, ties=False)
        if any(not is_copy(named[0].item, other.item) for other in named[1:]):
            return named
    return _together(found, query, ties=True)


def _together(found: Sequence[Scored], query: Query, *, ties: bool) -> list[Scored]:
    best = found[0]
    chosen = [best, *_of_the_others_named(best, found, query)]
    for other in found[1:]:
        if len(chosen) >= _MOST_ITEMS:
            break
        if other in chosen:
            continue
        if is_copy(best.item, other.item) or any(is_twin(known, other) or is_like(known, other) for known in chosen):
            chosen.append(other)
        elif other.score < best.score * FURTHER or not (
            belongs(best.item, other.item, query) or _counts_another(other, chosen, query)
        ):
            continue
        elif adds(other, chosen, query, ties=ties):
            chosen.append(other)
            chosen += _ties_of(other, found, chosen, query) if ties else []
    return chosen[:_MOST_ITEMS]


def _of_the_others_named(best: Scored, found: Sequence[Scored], query: Query) -> list[Scored]:
    """Where the question names several entities, the best item of each of the others, if it fits nearly as well.

    Of figures that are compared, territories call the same thing by other words: the best names the subject, too.
    """
    others = [entity for entity in query.filters.entities if entity != best.item.entity]
    firsts = (next((item for item in found if item.item.entity == entity), None) for entity in others)
    return [
        first
        for first in firsts
        if first is not None and (first.score >= best.score * AS_GOOD or _is_compared(first, best, query))
    ]


def _is_compared(first: Scored, best: Scored, query: Query) -> bool:
    """Whether a row of another territory names what the question says most of, and is asked to be held against it."""
    if query.kind not in ("difference", "compare") or not query.terms or not is_indicator_row(first.item.row):
        return False
    at = max(range(len(query.terms)), key=lambda position: query.terms[position].weight)
    return first.score >= best.score * OTHER_WORDS and first.own[at] >= query.terms[at].weight * NEARLY


def _counts_another(other: Scored, chosen: Sequence[Scored], query: Query) -> bool:
    """Whether a row of the same city names a thing that the question counts and no row chosen names."""
    if not is_indicator_row(other.item.row) or other.item.entity != chosen[0].item.entity:
        return False
    return any(
        term.counted
        and not term.generic
        and term.weight >= TELLING
        and other.own[at] >= term.weight * FOUND
        and not any(known.own[at] for known in chosen)
        for at, term in enumerate(query.terms)
    )


def is_same_measure(one: Item, other: Item) -> bool:
    """Whether two figures of one document are called alike or count the same thing."""
    first, second = one.row, other.row
    if first is None or second is None or second.figure is None or first.document_id != second.document_id:
        return False
    unit = first.figure.unit if first.figure is not None else None
    return same_text(first.metric, second.metric) or (unit is not None and same_text(unit, second.figure.unit))


def _ties_of(added: Scored, found: Sequence[Scored], chosen: Sequence[Scored], query: Query) -> list[Scored]:
    """Figures that cover the same parts as one just added, nearly as well: the reader should see them all."""
    known = {item.item.item_id for item in chosen}
    parts = [part > 0 for part in added.own]
    ties = [
        other
        for other in found
        if other.item.item_id not in known
        and other.item.row is not None
        and other.score >= added.score * TIE
        and [part > 0 for part in other.own] == parts
        and belongs(added.item, other.item, query)
    ]
    return ties[:_MOST_TIES]


def adds(other: Scored, chosen: Sequence[Scored], query: Query, *, ties: bool = True) -> bool:
    """Whether an item answers a part of the question that those chosen leave open, or ties with the best of them."""
    if other.item.segment is not None and is_bare_heading(other.item.segment.text):
        return False
    wide = query.kind in ("sum", "compare") and not is_indicator_row(other.item.row)
    named = [max(parts) for parts in zip(*(known.covered if wide else known.own for known in chosen), strict=True)]
    says = other.covered if wide else other.own
    gains = [
        0.0 if term.told else max(0.0, theirs - ours)
        for term, theirs, ours in zip(query.terms, says, named, strict=True)
    ]
    if sum(gains) >= GAIN_BAR * (query.weight or 1):
        return True
    if any(term.counted and gain >= term.weight * FOUND for term, gain in zip(query.terms, gains, strict=True)):
        return True
    if any(
        is_of_time(other.item, time) and not any(is_of_time(known.item, time) for known in chosen)
        for time in query.asked
    ):
        return True
    if "difference" in query.cues and says_change(other.item) and other.coverage >= chosen[0].coverage * NEARLY:
        return True
    tie = ROW_TIE if is_indicator_row(other.item.row) else TIE
    return ties and other.score >= chosen[0].score * tie


def says_change(item: Item) -> bool:
    """Whether a figure of a report is itself how much something changed ("3,548 + usuarios", "incremento de …")."""
    row = item.row
    return row is not None and row.metric is not None and _CHANGE.search(folded(row.metric)) is not None


def is_of_time(item: Item, time: Interval) -> bool:
    return item.row is not None and any(time.overlaps(own) for own in row_intervals(item.row))


def is_copy(one: Item, other: Item) -> bool:
    """Whether two rows are the same row printed in two documents."""
    if one.row is None or other.row is None or one.document.document_id == other.document.document_id:
        return False
    return (
        one.entity == other.entity
        and one.row.indicator is not None
        and same_text(one.row.indicator, other.row.indicator)
    )


def is_twin(one: Scored, other: Scored) -> bool:
    """Whether two figures stand in one sentence, so that quoting it states both; not those of a line of columns."""
    first, second = one.item.row, other.item.row
    if first is None or second is None or is_indicator_row(first) or first.document_id != second.document_id:
        return False
    return first.quote == second.quote and not (is_labelled(first) and is_labelled(second))


def is_like(one: Scored, other: Scored) -> bool:
    """Whether two figures are the same measure of different subjects, and the question does not tell which it means."""
    first, second = one.item.row, other.item.row
    if first is None or second is None or not is_labelled(first) or not is_labelled(second):
        return False
    same = same_text(first.metric, second.metric) and first.document_id == second.document_id
    return same and subject_of(one.item) != subject_of(other.item) and other.coverage >= one.coverage * ROW_TIE


def belongs(one: Item, other: Item, query: Query) -> bool:
    """Whether two items are of one place: the same document, and for figures of slides and letters close by.

    Sums and comparisons take their terms from all over the document.
    """
    if one.document.document_id != other.document.document_id:
        return False
    if query.kind in ("sum", "compare") and one.row is not None and other.row is not None:
        return True
    if one.row is not None and other.row is not None and is_indicator_row(one.row) and is_indicator_row(other.row):
        return True
    first, second = one.place, other.place
    if first.line is not None and second.line is not None:
        return abs(first.line - second.line) <= _NEAR_LINES
    return first.page == second.page and first.sheet == second.sheet


def same_text(one: str | None, other: str | None) -> bool:
    return folded(one or "").rstrip(" .") == folded(other or "").rstrip(" .")


def subject_of(item: Item) -> str:
    row = item.row
    return "" if row is None else folded(row.indicator or row.programme or row.metric or "")
