"""Places that a question names by the people in them: "las *oficinas de los inspectores* de policía" are inspections.

Where the lexicon has both the people and the institution under one concept, the institution is what is counted.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from assistant.corpus.matching import Token
from assistant.question.lexicon import Lexicon
from assistant.question.query import Term

#: Stems of nouns for where an institution works.
_PLACES = frozenset(("oficin", "despach", "sede", "local", "instal", "edifici"))
_BETWEEN = frozenset(("de", "del", "el", "la", "los", "las", "sus"))


def count_the_institution(
    tokens: Sequence[Token],
    terms: dict[str, Term],
    told: Mapping[int, str],
    counted: Collection[int],
    lexicon: Lexicon,
) -> None:
    """Makes the institution what is counted, in ``terms``, where its offices are counted and it is named by people."""
    for at in counted:
        place = terms.get(told.get(at, ""))
        if place is None or tokens[at].stem not in _PLACES or at + 1 >= len(tokens):
            continue
        if tokens[at + 1].word not in _BETWEEN:
            continue
        of = next((other for other in range(at + 1, len(tokens)) if tokens[other].word not in _BETWEEN), at)
        people = terms.get(told.get(of, ""))
        if people is None or people is place or people.alternatives[0].stems[0] not in lexicon.people_stems:
            continue
        ways = [way for way in people.alternatives if way.stems[0] not in lexicon.people_stems]
        if ways:
            del terms[place.text]
            terms[people.text] = replace(people, alternatives=tuple(ways), counted=True, narrows=frozenset())
