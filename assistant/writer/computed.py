"""Figures that the composed answer computed: said as what they are, with the citations of their terms."""

from __future__ import annotations

import re
from functools import cache

from assistant.answer import AnswerFigure
from assistant.question.lexicon import load_lexicon
from assistant.writer.numbers import Amount, Number, numbers_in
from assistant.writer.parts import Part
from assistant.writer.wording import wording
from ingest.fold import fold

_ALL_CITED_UP_TO = 4


def is_computed(number: Number, text: str, part: Part) -> bool:
    """Whether the composed answer computed this figure, and the sentence says so and cites what it was computed from.

    A count stands before what it counts ("3 indicadores"); a difference or a sum beside a word that says what it is.
    """
    for figure in part.evidence.computed:
        if not number.amounts or not number.amounts <= amounts_in(figure.text) or not _cites(part, figure):
            continue
        if not figure.citations:
            noun = fold((number.noun or "").split(" ", 1)[0])
            if noun in _counting() and not number.kind.startswith("money"):
                return True
        elif _says_computed(part.lead + text, number.start + len(part.lead), number.end + len(part.lead)):
            return True
    return False


def states_computed(part: Part) -> bool:
    """Whether a part says a figure that the composed answer computed."""
    return any(is_computed(number, part.text, part) for number in numbers_in(part.text))


def _says_computed(text: str, start: int, end: int) -> bool:
    """Whether the words between a figure and its neighbours say that it is a difference, a change or a sum."""
    before = re.split(r"[\d;.]", text[:start])[-1]
    after = re.split(r"[\d;.,]", text[end:])[0]
    beginnings = tuple(map(fold, wording().guard.computed))
    return any(word.startswith(beginnings) for word in fold(f"{before} {after}").split())


@cache
def _counting() -> frozenset[str]:
    return frozenset(map(fold, (*wording().guard.counting_nouns, *load_lexicon().set_nouns)))


def _cites(part: Part, figure: AnswerFigure) -> bool:
    if not part.marks:
        return False
    terms = set(figure.citations)
    return terms <= set(part.marks) if len(terms) <= _ALL_CITED_UP_TO else bool(terms & set(part.marks))


def without_derivations(part: Part) -> str:
    """The text without the computations it shows as the composed answer shows them."""
    text = part.text
    for figure in part.evidence.computed:
        if figure.derivation and figure.derivation in text and _cites(part, figure):
            text = text.replace(figure.derivation, " " * len(figure.derivation))
    return text


def amounts_in(text: str) -> frozenset[Amount]:
    """All that the figures of a text say."""
    return frozenset(amount for number in numbers_in(text) for amount in number.amounts)
