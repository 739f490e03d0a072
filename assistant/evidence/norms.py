"""Which norm something rests on: what prints no decree, law or resolution answers no question for one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence.retrieve import Scored
from assistant.question.query import Query
from ingest.fold import fold

_NORM = (
    r"(?:norma|decreto|ley|resolucion|ordenanza|circular|acto administrativo"
    r"|(?:base|fundamento|sustento|soporte|respaldo) (?:legal|juridic[oa]|normativ[oa]))"
)
_ASKED = re.compile(rf"(?:\b(?:que|cual(?: es (?:el|la))?)|^\W*(?:el |la )?) ?{_NORM}\b")
_STEMS = frozenset(("norm", "decret", "ley", "resolu", "ordenanza", "circul"))


def naming_the_norm(query: Query, found: Sequence[Scored]) -> list[Scored]:
    """Without what names no norm, where a norm is asked for and some of the evidence names one."""
    if _ASKED.search(fold(query.text)) is None:
        return list(found)
    at = [at for at, term in enumerate(query.terms) if term.stems & _STEMS]
    naming = [one for one in found if any(one.covered and one.covered[position] > 0 for position in at)]
    return naming or list(found)
