"""Labelled details of one slide, asked for together: "Lugar de ejecución: …", "Aprobado en OCAD: …".

``question → the item that fits best → the labelled lines of its stretch → those whose labels the question says``. One
detail alone is found as any other line is, unless its label is asked for by other words ("dónde").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.corpus.bars import COVERAGE_BAR
from assistant.corpus.corpus import Corpus, Item, stem_set
from assistant.corpus.matching import stem_of
from assistant.evidence.choose import Choice
from assistant.evidence.clauses import clauses_of
from assistant.evidence.fields import is_indicator_row, is_labelled
from assistant.evidence.lists import line_of
from assistant.evidence.retrieve import Scored, is_within
from assistant.evidence.stretches import stretch_of
from assistant.question.asks import asks_for, load_asks
from assistant.question.query import Query
from assistant.question.times import says_time
from ingest.fold import fold, words

#: A label and what follows it: a few words, a colon, and something more.
_LABELLED = re.compile(r"^([^\W\d_][^:;.?!]{2,60}):\s+\S")
_FEWEST_DETAILS = 2
#: A question says a label when it says this share of what the label's words tell.
_SAID = 0.5
_ACRONYM = 3


def details_told(query: Query, evidence: Sequence[Scored], corpus: Corpus) -> Choice | None:
    """The labelled lines of one slide that a question asks for, in their order; None where it asks for fewer than two
    by their own words and for none by others.

    What the slide is of has to be said too: labels are much alike on all slides.
    """
    if not evidence or is_indicator_row(evidence[0].item.row) or query.kind not in ("value", "list", "count"):
        return None
    best = evidence[0]
    if asks_for(query.text, "entries") or best.coverage < COVERAGE_BAR or best.item.document.info.kind == "plan":
        return None
    lines = [(label, item) for item in stretch_of(best.item, corpus, whole=True) if (label := _label(item, corpus))]
    ways = _labels_asked_otherwise(query)
    said = frozenset(stem_of(word) for word in words(fold(query.text))) | ways
    asked = [
        item
        for label, item in lines
        if _is_asked(label, said, corpus) and is_within(item, query.filters) and says_time(item, query.asked)
    ]
    labels = {stem for label, _ in lines for stem in stem_set(label)}
    otherwise = any(_first_stem(label) in ways for label, item in lines if item in asked)
    fewest = 1 if otherwise and not clauses_of(query.text) else _FEWEST_DETAILS
    if not fewest <= len(asked) < len(lines) or not _names_the_slide(best.item, query, labels):
        return None
    return Choice("answer", items=tuple(replace(best, item=item) for item in asked))


def _label(item: Item, corpus: Corpus) -> str | None:
    """The label of a line ("Lugar de Ejecución"); a line of contracts and money has columns, and no label."""
    if item.row is not None:
        return item.row.metric if is_labelled(item.row) and not line_of(item, corpus) else None
    match = _LABELLED.match(item.segment.text) if item.segment is not None else None
    return match[1] if match is not None else None


def _labels_asked_otherwise(query: Query) -> frozenset[str]:
    """The first stems of the labels that a question asks for by other words than theirs ("dónde" for "lugar")."""
    text = f" {' '.join(words(fold(query.text)))} "
    ways = load_asks().labels
    return frozenset(stem_of(fold(name)) for name, said in ways.items() if any(f" {fold(w)} " in text for w in said))


def _first_stem(label: str) -> str:
    return stem_of(next(iter(words(fold(label))), ""))


def _is_asked(label: str, said: frozenset[str], corpus: Corpus) -> bool:
    weights = {stem: corpus.rarity(stem, stem) for stem in stem_set(label)}
    if any(word.isupper() and len(word) >= _ACRONYM and stem_of(fold(word)) in said for word in label.split()):
        return True
    first = _first_stem(label)
    of_label = sum(weight for stem, weight in weights.items() if stem in said)
    return first in said or of_label >= _SAID * sum(weights.values())


def _names_the_slide(item: Item, query: Query, labels: set[str]) -> bool:
    """Whether a question says a word of what the slide is of, beside those of its labels."""
    names = {stem for term in query.terms for stem in term.alternatives[0].stems} - labels
    above = " ".join(step.value for step in item.row.path) if item.row is not None else ""
    headings = " ".join(item.passage.headings) if item.passage is not None else ""
    return bool(names & stem_set(f"{above} {headings}"))
