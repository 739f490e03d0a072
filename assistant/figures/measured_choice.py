"""Which rows a question about years or money is about, and whether they say what it asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.corpus.bars import AS_GOOD, CLOSE
from assistant.corpus.corpus import Corpus
from assistant.evidence.choose import Choice, choose
from assistant.evidence.fields import DETAILS, holds, is_indicator_row
from assistant.evidence.retrieve import Scored
from assistant.figures.measured import has_series, stated, whole_names, years_for, years_of
from assistant.figures.reckon import parts_of, parts_of_money, series_of
from assistant.question.measures import Measure
from assistant.question.query import Query

#: A row that is followed has to cover this share of what the best of all evidence covers.
_COVERS = 0.85
#: Amounts that no promise is ("se comprometió" may say what was promised).
_PAID = frozenset(("pagos", "obligaciones", "ejecutado"))
#: A question that says less of a subject than this may mean anything.
_SUBJECT = 0.6


def choose_measured(query: Query, evidence: Sequence[Scored], corpus: Corpus) -> Choice | None:
    """The rows that state the measure asked for, one choice like any other; None when others answer better.

    ``no_field`` when the row is found and says nothing of it: its near rows are those.
    """
    measure = query.measure
    if measure is None or not evidence or _details_beyond(query, measure):
        return None
    if query.terms and not query.filters.codes and all(query.of_measure):
        return None
    query, evidence = _without_measure_words(query, evidence)
    followed = [found for found in evidence if _is_followed(found, corpus)]
    most = max(found.coverage for found in evidence)
    if not followed or max(found.coverage for found in followed) < most * _COVERS:
        return None
    if evidence[0].item.row is not None and not _is_followed(evidence[0], corpus):
        better = evidence[0].coverage > max(found.coverage for found in followed)
        if better or evidence[0].score * AS_GOOD > followed[0].score:
            return None
    pool = _telling_pool(followed, query, measure, corpus)
    choice = choose(replace(query, fields=(), asked=(), kind="value"), pool, corpus)
    years = years_of(query.asked)
    if choice.verdict != "answer":
        some = any(_tells(found, query, measure, corpus) for found in choice.items)
        if choice.verdict != "clarify" or not some:
            return None
        choice = replace(choice, items=tuple(_once(choice.items)))
        if len(choice.items) > 1:
            return choice
    telling = [found for found in choice.items if _tells(found, query, measure, corpus)]
    best = choice.items[0]
    if telling and telling[0].score >= best.score * AS_GOOD and sum(telling[0].own) >= sum(best.own) * AS_GOOD:
        others = set(query.filters.entities) - {telling[0].item.entity}
        close = [found for found in telling if found.score >= telling[0].score * CLOSE or found.item.entity in others]
        if whole := [found for found in close if len(max(whole_names(found.item, query.text), default="").split()) > 1]:
            close = [found for found in close if found in whole or found.item.entity in others]
        return replace(choice, verdict="answer", items=tuple(_once(close)))
    if measure.implied:
        return None
    subject = sum(term.weight for term in query.topic)
    asked_for_certain = subject > _SUBJECT and (bool(years) or measure.money or "progress" in measure.aspects)
    field = "budget" if measure.money else "progress"
    return Choice("no_field", near=choice.items[:3], field=field) if asked_for_certain else None  # type: ignore[arg-type]


def _details_beyond(query: Query, measure: Measure) -> bool:
    """Whether details are asked for that no figure of years tells; "¿en qué año …?" is told by what was programmed."""
    told = {"year"} if "programmed" in measure.aspects else set()
    return bool(DETAILS & set(query.fields) - told)


def without_money_told(query: Query, choice: Choice) -> Choice:
    """The choice, unless payments are asked for and its rows promise something and tell no money at all."""
    measure = query.measure
    if choice.verdict != "answer" or measure is None or not _PAID & set(measure.items) or query.fields:
        return choice
    items = [found.item for found in choice.items]
    tells = any(not is_indicator_row(item.row) or holds(item, "budget") for item in items)
    names = any(stem in found.item.weights for found in choice.items for stem in measure.stems)
    return choice if tells or names else Choice("no_field", near=choice.items[:3], field="budget")


def _without_measure_words(query: Query, evidence: Sequence[Scored]) -> tuple[Query, list[Scored]]:
    """The question and its evidence by what it says of its subject alone: what is measured stands in headers, too."""
    kept = [at for at, of in enumerate(query.of_measure) if not of]
    weight = sum(query.terms[at].weight for at in kept)
    if len(kept) == len(query.terms) or weight <= 0:
        return query, list(evidence)
    plain: list[Scored] = []
    for found in evidence:
        covered = tuple(found.covered[at] for at in kept)
        coverage = sum(covered) / weight
        factor = coverage / found.coverage if found.coverage else 1.0
        own = tuple(found.own[at] for at in kept) if found.own else ()
        plain.append(replace(found, coverage=coverage, covered=covered, own=own, score=found.score * factor))
    subject = replace(query, terms=tuple(query.terms[at] for at in kept))
    return subject, sorted(plain, key=lambda found: -found.score)


def _telling_pool(followed: Sequence[Scored], query: Query, measure: Measure, corpus: Corpus) -> Sequence[Scored]:
    """The rows that tell what is asked, when the best does not and one of them names as much of the question itself."""
    best = followed[0]
    if _tells(best, query, measure, corpus):
        return followed
    near = (found for found in followed if found.score >= best.score * CLOSE and sum(found.own) >= sum(best.own))
    return [found for found in near if _tells(found, query, measure, corpus)] or followed


def _tells(found: Scored, query: Query, measure: Measure, corpus: Corpus) -> bool:
    """Whether a row, or one joined to it, states anything of a measure in the years asked for."""
    years = years_for(found.item, measure, query.asked, corpus)
    if measure.reckoning.there is not None:
        return any(parts_of_money(series_of(found.item, measure, years, corpus), measure))
    return any(stated(found.item, part, years, corpus) for part in parts_of(measure))


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
