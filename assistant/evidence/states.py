"""How far a matter is, or how it came out, where a sentence of its slide tells it ("en fase de pruebas", "desierto").

``question → the figure that fits best → the sentences of its slide → those that tell a state``. A sentence between the
figures of two subjects is of the nearer one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.corpus.bars import COVERAGE_BAR
from assistant.corpus.corpus import Corpus, Item
from assistant.corpus.matching import stem_of
from assistant.evidence.choose import Choice
from assistant.evidence.fields import is_indicator_row, is_labelled
from assistant.evidence.retrieve import Scored, is_within
from assistant.evidence.stretches import stretch_of
from assistant.question.asks import asks_for, load_asks
from assistant.question.query import Query
from assistant.question.times import speaks_of
from ingest.fold import fold

#: What stands in and above a figure has to say this share of what a question tells of its subject.
_SAID = 0.6
_MOST = 4
#: The noun whose state is asked for: "¿ya está lista *la biblioteca* …?"
_SUBJECT = re.compile(
    r"\b(?:list[oa]s?|terminad[oa]s?|acabad[oa]s?|hech[oa]s?|funciona|funcionan|funcionando|sirven?|"
    r"termin\w+|acab\w+|van?|andan?)(?: de)? (?:el|la|los|las) (\w+)"
)
_FAR = 10_000


def state_told(query: Query, evidence: Sequence[Scored], corpus: Corpus) -> Choice | None:
    """The sentences that tell the state of what a question is about, and the figure they stand by; None for none."""
    if not asks_for(query.text, "state") or not evidence or is_indicator_row(evidence[0].item.row):
        return None
    best = evidence[0]
    if (
        best.item.document.info.kind == "plan"
        or best.coverage < COVERAGE_BAR
        or not _is_about(best.item, query, corpus)
    ):
        return None
    telling = "told_award" if asks_for(query.text, "award") else "told_state"
    told = [
        item
        for item in stretch_of(best.item, corpus, whole=True)
        if _is_sentence(item)
        and asks_for(_text(item), telling)
        and is_within(item, query.filters)
        and speaks_of(item, query.asked)
        and _is_of(item, best.item, corpus)
    ]
    if not told or len(told) > _MOST:
        return None
    beside = [] if any(item is best.item for item in told) or not _says_of_what(best.item) else [best]
    return Choice("answer", items=(*(replace(best, item=item) for item in told), *beside))


def _says_of_what(item: Item) -> bool:
    """Whether a figure says what a state is of: the goal of an indicator, or a sentence."""
    row = item.row
    return row is not None and (row.indicator is not None or not is_labelled(row))


def _is_about(item: Item, query: Query, corpus: Corpus) -> bool:
    """Whether an item has every name of a question and most of what its other words tell, those of states aside."""
    if any(term.is_name for term in query.terms):
        return False
    asking = load_asks().state_stems
    stems = {stem for term in query.terms for stem in term.alternatives[0].stems if stem not in asking}
    names = {stem for term in query.terms if term.is_proper or term.is_acronym for stem in term.alternatives[0].stems}
    said = {stem for stem in stems if stem in item.weights}
    weights = {stem: corpus.rarity(stem, stem) for stem in stems}
    enough = sum(weights[stem] for stem in said) >= _SAID * sum(weights.values())
    subject = {stem_of(match[1]) for match in _SUBJECT.finditer(fold(query.text))}
    return bool(said) and names <= said and enough and subject - asking <= item.weights.keys()


def _is_sentence(item: Item) -> bool:
    return item.segment is not None or (item.row is not None and not is_labelled(item.row))


def _text(item: Item) -> str:
    return item.segment.text if item.segment is not None else item.row.quote if item.row is not None else ""


def _is_of(sentence: Item, figure: Item, corpus: Corpus) -> bool:
    """Whether a sentence is of the subject of a figure: of that of the nearest figure before or after it."""
    if sentence.row is not None:
        return True
    if sentence.passage is not None and figure.passage is not None:
        return sentence.passage.headings == figure.passage.headings
    order = corpus.in_order(sentence.document.document_id)
    rows = [other for other in order if other.row is not None]
    nearest = min(rows, key=lambda other: _distance(sentence, other), default=None)
    return nearest is None or _subject(nearest) == _subject(figure)


def _distance(one: Item, other: Item) -> tuple[int, int]:
    first, second = one.place, other.place
    if first.line is None or second.line is None:
        return abs((first.page or 0) - (second.page or 0)), 0
    start, end = sorted(((first.line, first.line_end or first.line), (second.line, second.line_end or second.line)))
    return 0, max(0, min(_FAR, end[0] - start[1]))


def _subject(item: Item) -> tuple[str | None, ...]:
    row = item.row
    if row is None:
        return ()
    project = next((step.value for step in row.path if step.role == "project"), None)
    return row.programme, row.indicator, project
