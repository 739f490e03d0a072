"""An office's name that several territories may mean: one has it in full, another within a longer name.

Each reading is answered by itself. The only one that has an answer, or that fits the rest of the question clearly
better, is the one that was meant; else the person is asked which office it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.answer import Answer
from assistant.composing.draft import Draft, Url
from assistant.composing.phrases import phrases
from assistant.corpus.bars import AS_GOOD
from assistant.corpus.corpus import Corpus, Item
from assistant.corpus.matching import tokenize
from assistant.question.query import Query

#: How much of a question the best evidence of a reading covers.
Fit = Callable[[Query], float]
#: A shorter word of a level's name tells nothing ("componente impulsor *de* avance").
_SHORTEST = 3


@dataclass(frozen=True)
class OfficeRead:
    """A question with one office that it may mean, and its answer."""

    query: Query
    answer: Answer
    fit: float


def readings_of(query: Query, corpus: Corpus) -> tuple[Query, ...]:
    """The question with each office that it may mean, in that office's territories; () when one alone is meant."""
    filters = query.filters
    names = (filters.dependency, *filters.offices)
    others = {filters.programme, filters.component, filters.strategic_line} - {None}
    told = [name.entities for name in corpus.names if name.text in others and name.role != "dependency"]
    readings = []
    for name in corpus.names:
        meant = name.entities if not filters.entities else name.entities & set(filters.entities)
        # A programme named beside the office is of a territory, too.
        meant = meant.intersection(*told)
        if name.role == "dependency" and name.text in names and meant:
            narrowed = replace(filters, dependency=name.text, offices=(), entities=tuple(sorted(meant)))
            readings.append(replace(query, filters=narrowed))
    return _calling_its_levels_so(readings, query, corpus) if filters.offices else ()


def _calling_its_levels_so(readings: Sequence[Query], query: Query, corpus: Corpus) -> tuple[Query, ...]:
    """The readings of territories that call their levels as the question does ("componente *impulsor*"), if any.

    A level is called so by two words of its name in a row; one alone may be said of anything ("servicios").
    """
    stems = [token.stem for token in tokenize(query.text)]
    pairs = (pair for pair in pairwise(stems) if corpus.level_stems.issuperset(pair))
    said = {stem for pair in pairs for stem in pair if len(stem) >= _SHORTEST}
    so = [
        one
        for one in readings
        if all(said <= corpus.levels_by_entity.get(name, frozenset()) for name in one.filters.entities)
    ]
    return tuple(so or readings)


def meant_of(readings: Sequence[OfficeRead]) -> tuple[OfficeRead, ...]:
    """The readings that have an answer, without those whose evidence fits the question much less than the best."""
    answered = [one for one in readings if one.answer.status == "answered"] or list(readings)
    best = max(one.fit for one in answered)
    return tuple(one for one in answered if one.fit >= best * AS_GOOD)


def compose_which_office(query: Query, readings: Sequence[OfficeRead], corpus: Corpus, url: Url) -> Answer:
    """Asks back which office is meant, each with its territory and a row of it."""
    say = phrases(query.language)
    draft = Draft(url)
    draft.say(say.say("clarify_office"))
    for one in readings:
        name, entity = one.query.filters.dependency or "", ", ".join(one.query.filters.entities)
        row = _row_of(one.query, corpus)
        mark = "" if row is None else draft.mark(row)
        period = "" if row is None else row.period
        draft.say("- " + say.say("choice", indicator=name, entity=entity, period=period, mark=mark))
        draft.suggestions.append(say.say("suggestion", indicator=query.text, entity=f" — {entity}"))
    return draft.finish("clarify")


def _row_of(query: Query, corpus: Corpus) -> Item | None:
    rows = corpus.rows_called("dependency", query.filters.dependency or "")
    return next(iter(rows), None)
