"""What a well-behaved model writes of an answer, and every way to spoil it: for tests of the guard.

A :class:`Fact` is a sentence that is true of one citation, with the strings in it that can be spoilt. Each attack turns
facts into sentences that are false, or that no reader should get.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.support.attacks.amounts import changed_digits, changed_units, odd_digits, wrong_words
from tests.support.attacks.claims import (
    changed_years,
    comparisons,
    other_offices,
    other_programmes,
    said_as_done,
    swapped_roles,
)
from tests.support.attacks.facts import Attack, Fact, facts_of
from tests.support.attacks.texts import changed_marks, markup, orders

__all__ = ["ATTACKS", "Fact", "facts_of", "spoilt"]

ATTACKS: dict[str, Attack] = {
    "changed digits": changed_digits,
    "swapped roles": swapped_roles,
    "said as done": said_as_done,
    "changed years": changed_years,
    "changed units": changed_units,
    "changed marks": changed_marks,
    "other offices": other_offices,
    "other programmes": other_programmes,
    "wrong words": wrong_words,
    "odd digits": odd_digits,
    "markup": markup,
    "orders": orders,
    "comparisons": comparisons,
}


def spoilt(facts: Sequence[Fact]) -> Iterator[tuple[str, Fact, str]]:
    """(kind, fact, sentence) of every attack on every fact; a sentence that an attack leaves as it was is left out."""
    for fact in facts:
        for kind, attack in ATTACKS.items():
            for sentence in dict.fromkeys(attack(fact)):
                if sentence != fact.sentence:
                    yield kind, fact, sentence
