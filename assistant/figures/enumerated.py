"""Three things or more that a question names to be added up: "motos, vehículos y celulares recuperados".

The rungs: which parts the question joins → each read on its own → the item of each, all of one document. A sum lacks
none of them: where one is not found, or two are the same, nothing is added up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.corpus.corpus import Item
from assistant.corpus.matching import stem_of
from assistant.evidence.fields import is_indicator_row
from assistant.evidence.together import is_copy
from assistant.figures.named_parts import (
    NamedPart,
    Read,
    Search,
    candidates,
    figure_of,
    is_money,
    read_part,
    says_of_its_own,
    telling,
)
from assistant.figures.pair_words import load_pairs
from assistant.question.query import Query
from ingest.fold import fold, fold_in_place, words

_FEWEST, _MOST = 3, 12
#: What a part is: a few words without a mark, a sign of addition or a word that joins.
_WORD = r"[^\s,;:+()¿?.]++"
_PART = rf"{_WORD}(?:\s+(?!(?:y|e|mas|and|plus)\s){_WORD}){{0,9}}"
_JOIN = r"(?:\s*,\s*(?:y\s+|e\s+|and\s+)?|\s*\+\s*|\s+(?:y|e|mas|and|plus)\s+)"
_RUN = re.compile(rf"(?<![^\s,;:+()¿?.]){_PART}(?:{_JOIN}{_PART}){{{_FEWEST - 1},{_MOST - 1}}}")
_SPLIT = re.compile(_JOIN)
#: What leads over to the first part: "¿cuántos bienes suman *las* motos …?".
_LEAD = re.compile(r"^.*\b(?:entre|sum\w+|junt\w+|total(?:izan)?|de|del|son|hay|dan?)\s+(?:(?:el|la|los|las|a)\s+)?")
#: A part that asks to add up what follows.
_ADDING = re.compile(r"(?:sumand\w+|juntand\w+|contand\w+|totalizand\w+|adding(?: up)?|counting)\b\s+\w")
#: Of "en total", "por todo" and "en conjunto" the small words.
_SMALL = frozenset(("en", "por", "al", "todo", "todos", "conjunto", "entre"))
#: A part that asks names nothing to add up: "motos y carros, *cuántos recuperaron*".
_ASKS = re.compile(r"(?:(?:en|de|a|por|con) )?(?:cuant[oa]s?|cual(?:es)?|que|quien(?:es)?|donde|how|what|which)\b")
#: What follows the last one: "… y celulares *en total*".
_TAIL = re.compile(r"\s+(?:en total|juntos|juntas|sumad[oa]s|recuperad[oa]s|total)\b.*$")


@dataclass(frozen=True)
class Enumerated:
    """The items that a question names one by one, each with a figure."""

    items: tuple[Item, ...]
    field: Literal["baseline", "target"]


def asks_something(part: str) -> bool:
    """Whether a part of a question asks, and so names nothing to add up."""
    return _ASKS.match(fold(part)) is not None


def is_enumerated(text: str) -> bool:
    """Whether a question names three things or more in a row."""
    return bool(parts_of(text))


def parts_of(text: str) -> list[list[str]]:
    """The parts of each enumeration of a question; of the first part only what follows what leads over to it."""
    found = []
    for run in _runs(text):
        parts = _from_the_sum([part.strip() for part in _SPLIT.split(run) if part.strip()])
        if not parts:
            continue
        lead = _LEAD.match(fold_in_place(parts[0]))
        tail = _TAIL.search(fold_in_place(parts[-1]))
        first = parts[0][lead.end() :] if lead is not None else parts[0]
        last = parts[-1][: tail.start()] if tail is not None else parts[-1]
        named = [first or parts[0], *parts[1:-1], last or parts[-1]]
        framing = load_pairs().framing_stems
        named = [
            part
            for part in named
            if not framing.issuperset(stem_of(word) for word in words(part)) and not asks_something(part)
        ]
        if len(named := _before_aside(named)) >= _FEWEST:
            found.append(named)
    return found


def _from_the_sum(parts: Sequence[str]) -> list[str]:
    """The parts from the one on that asks to add up: "en 2025, *sumando tubos, codos y llaves*"."""
    starts = [at for at, part in enumerate(parts) if _ADDING.match(fold_in_place(part))]
    return list(parts[starts[-1] :] if starts else parts)


def _before_aside(parts: Sequence[str]) -> list[str]:
    """The parts that name a thing, up to one that only asks to add: "motos y carros, *sumados*, se recuperaron"."""
    framing = load_pairs().framing_stems
    named: list[str] = []
    for part in parts:
        said = [stem_of(word) for word in words(part) if word not in _SMALL]
        if said and not framing.issuperset(said):
            named.append(part)
        elif named:
            break
    return named


def _runs(text: str) -> list[str]:
    return [text[match.start() : match.end()] for match in _RUN.finditer(fold_in_place(text))]


def enumerated(query: Query, read: Read, search: Search) -> Enumerated | None:
    """The items that the question adds up, where it names three or more and each is found; else None."""
    asks_sum = query.kind == "sum" or load_pairs().asking["sum"].search(fold(query.text)) is not None
    if not asks_sum or len(query.filters.entities) > 1:
        return None
    field: Literal["baseline", "target"]
    field = "baseline" if query.asks("baseline") and not query.asks("target") else "target"
    for texts in parts_of(query.text):
        parts = [read_part(text, query, read, search) for text in texts]
        items = _items_of(parts, query, search, field)
        if items is not None:
            return Enumerated(items, field)
    return None


def _items_of(
    parts: Sequence[NamedPart], query: Query, search: Search, field: Literal["baseline", "target"]
) -> tuple[Item, ...] | None:
    """The item of each part, all of one document; None where one is missing or two are the same."""
    named = {term.text for part in parts for term in part.terms}
    rest = [term for term in telling(query) if term.text not in named]
    pool = {one.item.item_id: one.item for part in parts for one in part.found}
    pool |= {one.item.item_id: one.item for one in search(query)}
    by_document: dict[str, list[list[tuple[float, Item]]]] = {}
    for at, part in enumerate(parts):
        others = _together(parts[:at], parts[at + 1 :])
        if not (part.terms and says_of_its_own(part, others)):
            return None
        for fit in candidates(part, others, rest, list(pool.values()), field):
            document = fit[1].document.document_id
            by_document.setdefault(document, [[] for _ in parts])[at].append(fit)
    whole = [fits for fits in by_document.values() if all(fits)]
    best = max(whole, key=lambda fits: sum(own[0][0] for own in fits), default=None)
    items = tuple(own[0][1] for own in best) if best is not None else ()
    return items if items and _add_up(items) and all(figure_of(item, field) for item in items) else None


def _together(*groups: Sequence[NamedPart]) -> NamedPart:
    """All other parts as one."""
    others = [part for group in groups for part in group]
    return replace(
        others[0],
        terms=tuple(term for part in others for term in part.terms),
        numbers=tuple(number for part in others for number in part.numbers),
        table=None,
        found=(),
    )


def _add_up(items: Sequence[Item]) -> bool:
    """Whether items may stand in one sum: all different, of one kind, all money or none, no percentages."""
    pairs = [(one, other) for at, one in enumerate(items) for other in items[at + 1 :]]
    if any(one.item_id == other.item_id or is_copy(one, other) for one, other in pairs):
        return False
    kinds = {(is_indicator_row(item.row), is_money(item)) for item in items}
    units = {item.row.figure.unit for item in items if item.row is not None and item.row.figure is not None}
    return len(kinds) == 1 and "%" not in units
