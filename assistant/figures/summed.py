"""What a question adds up: the word right after the one that asks for a sum, and not by what means it came about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.corpus.matching import stem_of
from assistant.question.query import Query, Term
from ingest.fold import fold

#: What is added up, behind whatever says that all of it is meant ("sumando todas las *armas*").
_SUMMED = re.compile(
    r"\b(?:sum\w+|total(?:iz\w+)?|junt(?:ando|e|emos|as|os)|agreg(?:ando|ue|ados|adas)|adding(?: up)?|sum of|total)"
    r"(?: (?:tod[oa]s?|de|del|los|las|el|la|distint[oa]s|diferentes|tipos|clases|all|the|of|kinds)){0,5} (\w{3,})"
)
#: By what means something was done, up to where the question goes on.
_BY_MEANS = re.compile(
    r"\b(?:con|mediante|gracias a|por medio de|a traves de|usando|utilizando|with|using|thanks to|by means of)"
    r"((?: (?!en|hasta|durante|desde|cuant\w+|que|y|e|hay|fueron|se|in|until|and|how)\w+){1,5})"
)


def added_up(query: Query) -> Term | None:
    """The term right after the word that asks for a sum ("sumando todas las *armas*", "la suma de *becas*")."""
    said = _SUMMED.search(fold(query.text))
    stem = None if said is None else stem_of(said[1])
    return next((term for term in query.terms if term.known and term.alternatives[0].stems[:1] == (stem,)), None)


def but_by_what_means(query: Query, terms: Sequence[Term]) -> list[Term]:
    """The terms without those that only say by what means ("recuperados *con las cámaras*"): they name no figure."""
    said = {stem_of(word) for match in _BY_MEANS.finditer(fold(query.text)) for word in match[1].split()}
    return [term for term in terms if not said.issuperset(term.text.split())]
