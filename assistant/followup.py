"""What a question takes over from the turns before it."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from assistant.query import Filters, Query, Term
from assistant.times import Interval

#: A question that says less than this of a subject of its own goes on with the one before.
OWN_SUBJECT = 0.75
_LIGHT = 0.35
#: What the new question says counts more than what it takes over ("¿y los de …?").
_NEW, _OLD = 1.6, 0.8


def carry_over(query: Query, previous: Query | None) -> Query:
    """The question with what it leaves unsaid, taken from the one before; unchanged when it stands on its own."""
    if previous is None or query.kind in ("empty", "order", "personal_data", "smalltalk"):
        return query
    if not leans(query):
        return in_the_same_place(query, previous) if "followup" in query.cues else query
    terms = join_terms(previous.terms, query.terms)
    return replace(
        query,
        fields=query.fields or previous.fields,
        filters=join_filters(query.filters, previous.filters),
        terms=terms,
        topic=join_terms(previous.topic, query.topic),
        asked=query.asked or shifted(previous.asked, query),
        wants_figure=query.wants_figure or previous.wants_figure,
        measure=query.measure or previous.measure,
    )


def in_the_same_place(query: Query, previous: Query) -> Query:
    """A question that goes on with something else ("¿y la de hurto?") asks it of the same city and term."""
    own, before = query.filters, previous.filters
    if own.entities or own.unknown_entity:
        return query
    return replace(query, filters=replace(own, entities=before.entities, periods=own.periods or before.periods))


def leans(query: Query) -> bool:
    """Whether a question needs the one before it to be understood."""
    if query.points_back:
        return True
    own = sum(term.weight for term in query.terms if term.known and term.weight > _LIGHT)
    return own < OWN_SUBJECT and not query.filters.named


def join_terms(before: Sequence[Term], own: Sequence[Term]) -> tuple[Term, ...]:
    """The terms of both, the new ones first; what no document knows of the new ones does not count against them."""
    kept = [replace(term, weight=term.weight * _NEW) for term in own if term.known]
    texts = {term.text for term in kept}
    return (
        *kept,
        *(replace(term, counted=False, weight=term.weight * _OLD) for term in before if term.text not in texts),
    )


def join_filters(own: Filters, before: Filters) -> Filters:
    """The new filters, and the old ones where there are none."""
    return replace(
        own,
        entities=own.entities or (() if own.unknown_entity else before.entities),
        periods=own.periods or (() if own.unknown_period else before.periods),
        dependency=own.dependency or before.dependency,
        component=own.component or before.component,
        strategic_line=own.strategic_line or before.strategic_line,
        programme=own.programme or before.programme,
        sectors=own.sectors or before.sectors,
        documents=own.documents,
    )


def shifted(asked: Sequence[Interval], query: Query) -> tuple[Interval, ...]:
    """The times asked before, or the stretch right after or before them ("¿y en el trimestre siguiente?")."""
    if query.step == 0:
        return tuple(asked)
    return tuple(neighbour(interval, query.step) for interval in asked)


def neighbour(interval: Interval, step: int) -> Interval:
    """The interval as long as this one, in whole months, right after (step 1) or before it (step −1)."""
    first, last = date.fromisoformat(interval.first), date.fromisoformat(interval.last)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if step > 0:
        begin = last + timedelta(days=1)
        return Interval(begin.isoformat(), _month_end(begin, months - 1).isoformat())
    end = first - timedelta(days=1)
    return Interval(_month_start(end, 1 - months).isoformat(), end.isoformat())


def _month_start(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _month_end(day: date, months: int) -> date:
    start = _month_start(day, months)
    return start.replace(day=calendar.monthrange(start.year, start.month)[1])
