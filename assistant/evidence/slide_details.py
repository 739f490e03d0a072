"""Labelled details of one slide, asked for together: "Lugar de ejecución: …", "Aprobado en OCAD: …".

``question → the item that fits best → the labelled lines of its stretch → those whose labels the question says``. One
detail alone is told where a word stands for its label ("¿dónde …?"); else it is found as any other line is.
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
from assistant.evidence.deeds_asked import deeds_asked, saying_a_deed
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
_ASKED_BY_LABEL = re.compile(
    r"\b(?:que|q|cual(?:es)?|which|what)(?: (?:es|son|fue|era|eran|is|was|the|el|la|los|las)){0,2} (\w+)"
)
_FEWEST_DETAILS = 2
#: A question says a label when it says this share of what the label's words tell.
_SAID = 0.5
_ACRONYM = 3


def details_told(query: Query, evidence: Sequence[Scored], corpus: Corpus) -> Choice | None:
    """The labelled lines of one slide that a question asks for, in their order; None for fewer than two.

    One alone is told where a word stands for its label. What the slide is of has to be said too: labels are much alike
    on all slides.
    """
    if not evidence or is_indicator_row(evidence[0].item.row) or query.kind not in ("value", "list", "count"):
        return None
    best = evidence[0]
    if asks_for(query.text, "entries") or best.coverage < COVERAGE_BAR or best.item.document.info.kind == "plan":
        return None
    lines = [(label, item) for item in stretch_of(best.item, corpus, whole=True) if (label := _label(item, corpus))]
    said = _said(query)
    asked = [
        item
        for label, item in lines
        if _is_asked(label, said, corpus) and is_within(item, query.filters) and says_time(item, query.asked)
    ]
    labels = {stem for label, _ in lines for stem in stem_set(label)}
    if not _names_the_slide(best.item, query, labels):
        return None
    deeds = _deeds_told(query, best.item, corpus)
    is_one = len(asked) == 1 and not clauses_of(query.text) and _is_asked_for_by_name(asked[0], query, corpus)
    fewest = 1 if is_one else _FEWEST_DETAILS
    if not deeds and not fewest <= len(asked) < len(lines):
        return None
    told = [*(asked if len(asked) < len(lines) else ()), *(item for item in deeds if item not in asked)]
    return Choice("answer", items=tuple(replace(best, item=item) for item in told))


def _deeds_told(query: Query, item: Item, corpus: Corpus) -> list[Item]:
    """The sentences of a slide that say what a question asks the object of ("… y qué se *solicitó*?")."""
    if not deeds_asked(query.text):
        return []
    slide = [line for line in stretch_of(item, corpus, whole=True) if is_within(line, query.filters)]
    said = frozenset(stem for term in query.terms for stem in term.alternatives[0].stems)
    return saying_a_deed([line for line in slide if _label(line, corpus) is None], query.text, said)


def _is_asked_for_by_name(item: Item, query: Query, corpus: Corpus) -> bool:
    """Whether one detail alone is what a question asks for: by words that stand for its label ("¿dónde …?"), or by the
    label's own first word right after the one that asks ("¿en qué *lugar* …?")."""
    first = stem_of(next(iter(words(fold(_label(item, corpus) or ""))), ""))
    asked = {stem_of(match[1]) for match in _ASKED_BY_LABEL.finditer(" ".join(words(fold(query.text))))}
    return first in _asked_otherwise(query) | asked


def _label(item: Item, corpus: Corpus) -> str | None:
    """The label of a line ("Lugar de Ejecución"); a line of contracts and money has columns, and no label."""
    if item.row is not None:
        return item.row.metric if is_labelled(item.row) and not line_of(item, corpus) else None
    match = _LABELLED.match(item.segment.text) if item.segment is not None else None
    return match[1] if match is not None else None


def _said(query: Query) -> frozenset[str]:
    """The stems of a question, with the labels that its words ask for otherwise ("dónde" for "lugar")."""
    return _asked_otherwise(query) | {stem_of(word) for word in words(fold(query.text))}


def _asked_otherwise(query: Query) -> frozenset[str]:
    """The stems of the labels that a question asks for in other words."""
    text = f" {' '.join(words(fold(query.text)))} "
    ways = load_asks().labels
    return frozenset(stem_of(fold(name)) for name, said in ways.items() if any(f" {fold(w)} " in text for w in said))


def _is_asked(label: str, said: frozenset[str], corpus: Corpus) -> bool:
    weights = {stem: corpus.rarity(stem, stem) for stem in stem_set(label)}
    if any(word.isupper() and len(word) >= _ACRONYM and stem_of(fold(word)) in said for word in label.split()):
        return True
    first = stem_of(next(iter(words(fold(label))), ""))
    of_label = sum(weight for stem, weight in weights.items() if stem in said)
    return first in said or of_label >= _SAID * sum(weights.values())


def _names_the_slide(item: Item, query: Query, labels: set[str]) -> bool:
    """Whether a question says a word of what the slide is of, beside those of its labels."""
    names = {stem for term in query.terms for stem in term.alternatives[0].stems} - labels
    above = " ".join(step.value for step in item.row.path) if item.row is not None else ""
    headings = " ".join(item.passage.headings) if item.passage is not None else ""
    return bool(names & stem_set(f"{above} {headings}"))
