"""Which of the evidence says what a question narrows its subject to ("patrullas *eléctricas*", "docentes *de música*").

A row that names the thing and not what narrows it answers another question; without it a lesser row must not step in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.corpus.bars import FOUND, FOUND_OF_PHRASE, OF_CONTEXT, OF_DOCUMENT, OTHER_SUBJECT, TELLING
from assistant.corpus.corpus import Item, stem_set
from assistant.evidence.fields import is_indicator_row
from assistant.evidence.retrieve import Scored
from assistant.question.lexicon import load_lexicon
from assistant.question.query import Query, Term
from ingest.fold import fold

#: Where something happens, by a plural that is no one place ("*en los* colegios de Chía").
_IN_PLACES = re.compile(r"\ben (?:todos |todas )?(?:los|las) ")


@dataclass(frozen=True)
class Narrowed:
    """A term that narrows others, and those: positions among the terms of the query; its own when it is one phrase.

    ``is_object``: the noun is what is done to the qualifier ("formación de docentes").
    """

    qualifier: int
    nouns: tuple[int, ...]
    is_object: bool = False


def with_qualifiers(query: Query, found: Sequence[Scored]) -> list[Scored]:
    """Without the items that name a thing and not what the question narrows it to.

    Beside one of those, others answer only when they fit the question better, or nearly as well and say both.
    """
    narrowed = narrowed_in(query)
    if not narrowed:
        return list(found)
    missed = {one.item.item_id: [pair for pair in narrowed if misses(one, pair, query)] for one in found}
    blocked = [one for one in found if missed[one.item.item_id]]
    if not blocked:
        return list(found)
    blocking = [pair for pairs in missed.values() for pair in pairs]
    best = max(one.score for one in blocked)
    return [
        one
        for one in found
        if not missed[one.item.item_id]
        and (
            one.score > best
            or (one.score >= best * OTHER_SUBJECT and all(_says_both(one, pair, query) for pair in blocking))
        )
    ]


def narrowed_in(query: Query) -> list[Narrowed]:
    """The telling terms that narrow others, and the phrases of several words that a row may say in part."""
    positions = {term.text: at for at, term in enumerate(query.terms)}
    several = query.kind in ("sum", "compare", "ranking", "list")
    pairs = [
        Narrowed(at, tuple(positions[noun] for noun in term.narrows if noun in positions))
        for at, term in enumerate(query.terms)
        if term.narrows and term.weight >= TELLING and not several
    ]
    phrases = [
        Narrowed(at, (at,))
        for at, term in enumerate(query.terms)
        if term.tail and term.weight >= TELLING and not several
    ]
    objects = [
        Narrowed(at, (positions[term.object_of],), is_object=True)
        for at, term in enumerate(query.terms)
        if term.object_of in positions and term.known and term.weight >= TELLING and not several
    ]
    return [*pairs, *phrases, *objects]


def misses(found: Scored, pair: Narrowed, query: Query) -> bool:
    """Whether an item says the noun alone; prose has to count it, as what narrows it may stand in the next sentence."""
    term = query.terms[pair.qualifier]
    nouns: Sequence[int] = pair.nouns
    if found.item.row is None:
        nouns = [noun for noun in nouns if query.terms[noun].counted]
    if not any(_names(found, noun, query) for noun in nouns):
        return False
    if pair.qualifier in pair.nouns:
        return says_only_the_head(found.item, term)
    if pair.is_object:
        # Where what stands around a figure says what is done, it may say to what.
        least = OF_CONTEXT if any(found.own[noun] > 0 for noun in nouns) else None
        return found.item.row is not None and not says(found.item, term, least)
    if says(found.item, term) or _is_covered(found, pair.qualifier, term):
        return False
    return not _is_where_its_sector_serves(found.item, term, query.text)


def _is_where_its_sector_serves(item: Item, term: Term, text: str) -> bool:
    """Whether a row is of the sector that serves people where the question says it happens: of what schooling does "en
    los colegios" tells nothing apart."""
    places = load_lexicon().serving_places
    sector = places.get(term.alternatives[0].stems[0]) if len(term.alternatives[0].stems) == 1 else None
    if sector is None or not is_indicator_row(item.row) or not _IN_PLACES.search(fold(text)):
        return False
    return any(item.weights.get(stem, 0.0) > OF_DOCUMENT for stem in sector)


def _is_covered(found: Scored, position: int, term: Term) -> bool:
    """Whether a figure of a report says a term by what the same figure of another time stands beside."""
    if found.item.row is None or is_indicator_row(found.item.row):
        return False
    return found.covered[position] >= term.weight * (FOUND if len(term.alternatives[0].stems) == 1 else FOUND_OF_PHRASE)


def says(item: Item, term: Term, least: float | None = None) -> bool:
    """Whether an item says a term in full in one of its ways; the title of a plan tells nothing of its rows.

    ``least`` is how much more than that a word has to count in it.
    """
    if least is None:
        least = OF_DOCUMENT if is_indicator_row(item.row) else 0.0
    return any(all(item.weights.get(stem, 0.0) > least for stem in way.stems) for way in term.alternatives)


def says_only_the_head(item: Item, term: Term) -> bool:
    """Whether an item says a phrase ("puentes colgantes") only by a way that leaves out what narrows it."""
    own = frozenset(term.alternatives[0].stems)
    product = item.row.step("product") if item.row is not None else None
    if product and own <= stem_set(product):
        return False  # the indicator is short, and the product it measures has the whole name
    ways = [frozenset(way.stems) for way in term.alternatives if item.own.issuperset(way.stems)]
    return bool(ways) and all(way < own and not way & term.tail for way in ways)


def _names(found: Scored, position: int, query: Query, share: float = FOUND) -> bool:
    return found.covered[position] >= query.terms[position].weight * share


def _says_both(found: Scored, pair: Narrowed, query: Query) -> bool:
    if misses(found, pair, query) or not any(_names(found, noun, query, FOUND_OF_PHRASE) for noun in pair.nouns):
        return False
    return pair.qualifier in pair.nouns or says(found.item, query.terms[pair.qualifier])
