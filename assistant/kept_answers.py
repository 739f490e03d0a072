"""Answers from the rows that the answer before told: the fields, progress and reckonings of rows already known."""

from __future__ import annotations

from assistant.answer import Answer
from assistant.composing.compose import compose
from assistant.composing.compose_computation import compose_computation
from assistant.composing.compose_measures import compose_measured
from assistant.composing.compose_pairs import compose_pair
from assistant.composing.draft import Url
from assistant.corpus.corpus import Corpus
from assistant.evidence.choose import Choice
from assistant.evidence.retrieve import Scored
from assistant.figures.arithmetic import part_of
from assistant.figures.computation import Computation
from assistant.figures.named_parts import figure_of
from assistant.figures.pairs import Pair
from assistant.following.staying import field_not_said
from assistant.question.query import Field, KeptReckoning, Query


def of_kept(query: Query, corpus: Corpus, url: Url) -> Answer | None:
    """The answer from the rows that a question goes on with; None where it goes on with none."""
    if query.measures_kept:
        return _measured(query, corpus, url)
    if query.reckons_kept is not None and (reckoned := _reckoned(query, query.reckons_kept, corpus, url)) is not None:
        return reckoned
    return compose(query, _choice(query, corpus), corpus, url) if query.kept_rows else None


def _choice(query: Query, corpus: Corpus) -> Choice:
    """The rows as the choice; ``no_field`` when they do not say what is asked."""
    kept = [corpus.by_id[row_id] for row_id in query.kept_rows]
    found = tuple(Scored(item, 1.0, 1.0, ()) for item in kept)
    missing = field_not_said(query, kept)
    return Choice("answer", items=found) if missing is None else Choice("no_field", near=found, field=missing)


def _measured(query: Query, corpus: Corpus, url: Url) -> Answer:
    """How far the row is; not found where it is blank for the time asked for."""
    kept = [corpus.by_id[row_id] for row_id in query.kept_rows]
    if (answer := compose_measured(query, kept, corpus, url)) is not None:
        return answer
    near = tuple(Scored(item, 1.0, 1.0, ()) for item in kept)
    return compose(query, Choice("no_field", near=near, field="progress"), corpus, url)


def _reckoned(query: Query, wanted: KeptReckoning, corpus: Corpus, url: Url) -> Answer | None:
    """What comes of the rows that the last two answers told, put together or compared."""
    first, second = (corpus.by_id[row_id] for row_id in query.kept_rows)
    if wanted != "share":
        field: Field = "baseline" if "baseline" in query.fields and "target" not in query.fields else "target"
        return compose_pair(query, Pair(wanted, first, second, field), corpus, url)
    whole, part = figure_of(first, "target"), figure_of(second, "target")
    result = part_of(part, whole) if part is not None and whole is not None else None
    return compose_computation(query, Computation("share", (second, first), result), url) if result else None
