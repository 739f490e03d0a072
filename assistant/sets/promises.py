"""All that was promised on a matter: the rows of the programme of that name, and those elsewhere that name it."""

from __future__ import annotations

from assistant.corpus.corpus import Corpus, Item, stem_set
from assistant.corpus.matching import folded
from assistant.evidence.fields import is_indicator_row
from assistant.evidence.retrieve import is_within, own_weight
from assistant.question.asks import asks_for
from assistant.question.query import Query, Term
from assistant.question.topics import LEAST_TOPIC
from assistant.sets.sets import TOPIC_BAR, RowSet

_FEWEST = 2
_KINDS = ("value", "list")


def asks_for_promises(query: Query) -> bool:
    """Whether a question asks for all that was promised ("todo lo que prometieron para …"), without naming a set."""
    if query.set_nouns or query.kind not in _KINDS or any(term.counted for term in query.terms):
        return False
    if "progress" in query.fields:
        return False  # "de las 12 escuelas que prometieron, ¿cuántas ya están abiertas?" asks what came of it
    return not query.asked and query.measure is None and asks_for(query.text, "promises")


def promised(query: Query, corpus: Corpus) -> RowSet | None:
    """The rows of a plan that are of the matter; None for one row alone, or where several entities have some."""
    office = stem_set(query.filters.dependency)
    telling = [
        term
        for term in query.terms
        if term.known and term.weight > LEAST_TOPIC and not office.issuperset(term.alternatives[0].stems)
    ]
    if not telling:
        return None
    items = tuple(item for item in corpus.rows if _is_promise(item, query) and _is_of(item, query, telling))
    found = RowSet(items, {"subject": " ".join(term.text for term in telling)})
    is_clear = len({item.entity for item in items}) == 1
    return found if is_clear and len(found.distinct) >= _FEWEST else None


def _is_promise(item: Item, query: Query) -> bool:
    row, office = item.row, query.filters.dependency
    if row is None or not is_indicator_row(row) or row.kind == "progress" or not is_within(item, query.filters):
        return False
    return office is None or folded(row.dependency or "") == folded(office)


def _is_of(item: Item, query: Query, telling: list[Term]) -> bool:
    """Whether a row stands in the programme named, or says most of what the question tells itself."""
    programme = query.filters.programme
    if programme is not None and item.row is not None and folded(item.row.programme or "") == folded(programme):
        return True
    return sum(own_weight(item, term) for term in telling) >= TOPIC_BAR * sum(term.weight for term in telling)
