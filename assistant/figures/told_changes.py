"""Changes that one sentence of a report tells from start to end, "pasamos de 41 averías a 12": which is asked for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from assistant.corpus.corpus import Corpus, Item
from assistant.corpus.matching import folded
from assistant.evidence.retrieve import is_within
from assistant.question.asks import asks_for, load_asks
from assistant.question.changing import change_stems
from assistant.question.query import Query, Term
from assistant.question.ways import ways_said
from ingest.figures import parse_number

#: "pasamos de 41 averías a 12", "se redujo de 41 a 12": the start and the end.
_TOLD = re.compile(
    r"\b(?:pas|redu|baj|sub|aument|disminu|crec)\w*(?: \w+){0,4} de (?:\w+ ){0,2}(\d[\d.,]*\d|\d)(?: ?%)?"
    r"(?: [^\W\d]+){0,4} a (\d[\d.,]*\d|\d)"
)
_NUMBERED = re.compile(r"\d")
#: A term that weighs less tells no sentence from another.
_TELLS = 0.2
#: The sentence and what stands above it have to say this share of what the question tells of its subject.
_SAID = 0.6


def told_change(query: Query, corpus: Corpus) -> tuple[Item, Item] | None:
    """(before, after) of the change that a question asks the size of; None where no sentence tells one of that."""
    if not asks_for(query.text, "changed"):
        return None
    terms = _subject(query)
    if not terms:
        return None
    found = [(_said(terms, pair[0]), pair) for pair in _changes(query, corpus) if _goes_as_said(query, *pair)]
    best = max(found, key=lambda one: one[0], default=None)
    return best[1] if best is not None and best[0] >= _SAID else None


def _goes_as_said(query: Query, before: Item, after: Item) -> bool:
    """Whether a change goes the way that the question says, and is of the kind it counts ("cuántos *puntos* subió")."""
    one, two = (item.row.figure if item.row is not None else None for item in (before, after))
    if one is None or two is None or one.value is None or two.value is None:
        return False
    said = ways_said(query.text)
    counted = [term for term in query.terms if term.counted and not term.generic]
    of_kind = all(term.stems & before.own or asks_for(term.text, "points") for term in counted)
    in_points = one.unit == "%" or not any(asks_for(term.text, "points") for term in query.terms)
    return of_kind and in_points and (len(said) != 1 or (said[0] == "up") == (two.value > one.value))


def _subject(query: Query) -> list[Term]:
    """What the question tells of the thing that changes, without the words of change."""
    change = change_stems() | load_asks().asking_stems
    return [
        term
        for term in query.terms
        if term.weight >= _TELLS
        and not set(term.text.split()) <= change
        and not asks_for(term.text, "changing")
        and not asks_for(term.text, "points")
        and not _NUMBERED.match(term.text)
    ]


def _said(terms: Sequence[Term], item: Item) -> float:
    """Which share of what the terms tell an item says; 0 where its own sentence has none of them."""
    if not any(term.stems & item.own for term in terms):
        return 0.0
    said = (term.weight * max(_covers(way.stems, item) * way.factor for way in term.alternatives) for term in terms)
    return sum(said) / sum(term.weight for term in terms)


def _covers(stems: Sequence[str], item: Item) -> float:
    return float(all(stem in item.weights for stem in stems))


def _changes(query: Query, corpus: Corpus) -> Iterator[tuple[Item, Item]]:
    """The two figures of each sentence that tells a change."""
    by_sentence: defaultdict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in corpus.figures:
        if item.row is not None and is_within(item, query.filters):
            by_sentence[item.document.document_id, item.row.quote].append(item)
    for (_, quote), items in by_sentence.items():
        if (told := _TOLD.search(folded(quote))) is None:
            continue
        before, after = (_of_value(number, items) for number in told.groups())
        if before is not None and after is not None:
            yield before, after


def _of_value(number: str, items: Sequence[Item]) -> Item | None:
    value = parse_number(number)
    return next((item for item in items if item.row and item.row.figure and item.row.figure.value == value), None)
