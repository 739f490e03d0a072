"""Which rows a question about years or money is about, and whether they say what it asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.bars import AS_GOOD, CLOSE
from assistant.choose import Choice, choose
from assistant.compose_measures import parts_of
from assistant.corpus import Corpus
from assistant.fields import DETAILS
from assistant.measured import has_series, stated, years_of
from assistant.query import Query
from assistant.retrieve import Scored

#: A row that is followed has to cover this share of what the best of all evidence covers.
_COVERS = 0.85
#: A question that says less of a subject than this may mean anything.
_SUBJECT = 0.6


def choose_measured(query: Query, evidence: Sequence[Scored], corpus: Corpus) -> Choice | None:
    """The rows that state the measure asked for, one choice like any other; None when others answer better.

    ``no_field`` when the row is found and says nothing of it: its near rows are those.
    """
    measure = query.measure
    if measure is None or not evidence or DETAILS & set(query.fields):
        return None
    followed = [found for found in evidence if _is_followed(found, corpus)]
    most = max(found.coverage for found in evidence)
    if not followed or max(found.coverage for found in followed) < most * _COVERS:
        return None
    if evidence[0].item.row is not None and not _is_followed(evidence[0], corpus):
        better = evidence[0].coverage > max(found.coverage for found in followed)
        if better or evidence[0].score * AS_GOOD > followed[0].score:
            return None
    choice = choose(replace(query, fields=(), asked=(), kind="value"), followed, corpus)
    years = years_of(query.asked)
    if choice.verdict != "answer":
        some = any(stated(found.item, part, years, corpus) for found in choice.items for part in parts_of(measure))
        return choice if choice.verdict == "clarify" and some else None
    telling = [
        found for found in choice.items if any(stated(found.item, part, years, corpus) for part in parts_of(measure))
    ]
    best = choice.items[0]
    if telling and telling[0].score >= best.score * AS_GOOD and sum(telling[0].own) >= sum(best.own) * AS_GOOD:
        close = [found for found in telling if found.score >= telling[0].score * CLOSE]
        return replace(choice, items=tuple(_once(close)))
    if measure.implied:
        return None
    subject = sum(term.weight for term in query.topic)
    asked_for_certain = subject > _SUBJECT and (bool(years) or measure.money or "progress" in measure.aspects)
    field = "budget" if measure.money else "progress"
    return Choice("no_field", near=choice.items[:3], field=field) if asked_for_certain else None  # type: ignore[arg-type]


def _is_followed(found: Scored, corpus: Corpus) -> bool:
    item = found.item
    return has_series(item) or any(has_series(corpus.by_id[row.row_id]) for row in item.joined)


def _once(found: Sequence[Scored]) -> list[Scored]:
    """The rows without those that only report on one of them, which is told with what reports on it."""
    told: set[str] = set()
    kept: list[Scored] = []
    for one in found:
        ids = {one.item.item_id, *(row.row_id for row in one.item.joined)}
        if not ids & told:
            kept.append(one)
        told |= ids
    return kept
