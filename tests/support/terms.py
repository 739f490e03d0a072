"""The terms that a question is read as, as tests look at them."""

from __future__ import annotations

from assistant.question.query import Term
from tests.support.town import Town, stem


def term_of(town: Town, question: str, word: str) -> Term:
    """The term of a question that a word is of."""
    return next(term for term in town.read(question).terms if stem(word) in term.text.split())


def ways(term: Term) -> set[tuple[str, ...]]:
    """The stems of every way to say a term."""
    return {way.stems for way in term.alternatives}
