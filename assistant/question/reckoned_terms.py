"""Words of a question that only say what is reckoned of a thing, and name no thing of their own."""

from __future__ import annotations

from assistant.question.asks import load_asks
from assistant.question.changing import change_stems
from assistant.question.query import Query, Term

_KINDS = frozenset(("difference", "percent_change"))


def reckons(query: Query) -> bool:
    """Whether a question asks how much one thing changes ("¿de cuánto es la reducción?"), and not of a set of them."""
    return not query.set_nouns and (query.kind in _KINDS or query.changes or query.wants_percent)


def is_of_reckoning(term: Term, query: Query) -> bool:
    """Whether a term only says what is reckoned: "¿cuál es la *reducción porcentual*?" names no thing."""
    return reckons(query) and (change_stems() | load_asks().asking_stems).issuperset(term.text.split())
