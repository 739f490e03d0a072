"""Deeds that a row has to tell itself: "¿cuántos puestos van a *cerrar*?" is not asked of those that are opened.

Most verbs of a question fit whatever is counted ("poner", "entregar"); those that end a thing or harm it, and the few
that are done to one kind of thing alone, stand in ``prompts/lexicon.yaml`` with the words by which rows tell them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from assistant.corpus.bars import FOUND
from assistant.corpus.matching import stem_of, tokenize
from assistant.evidence.retrieve import Scored
from assistant.question.lexicon import load_lexicon
from assistant.question.query import Query
from assistant.question.verbs import infinitives, participle_of
from ingest.fold import fold, words

_COUNTING = re.compile(r"cuant[oa]s?$")
_BREAK = re.compile(r"[.,;:?¿!()]")
_INFINITIVE = re.compile(r"\w{2,}[aei]r$")
_HAVING = frozenset(("ha", "han", "hemos", "habia", "habian", "haya", "hayan"))
#: Verbs that only help another.
_HELPING = frozenset(
    ("ir", "haber", "ser", "estar", "pensar", "querer", "poder", "deber", "esperar", "planear", "pretender", "quedar")
)


def telling_the_deed(query: Query, found: Sequence[Scored]) -> list[Scored]:
    """Without what does not tell the deed that a question says of what it counts, where that is one of its own."""
    deed = _deed_in(query.text)
    if deed is None or query.kind not in ("value", "yes_no", "sum"):
        return list(found)
    stem, ways = deed
    at = [position for position, term in enumerate(query.terms) if stem in term.text.split()]
    return [
        one
        for one in found
        if not ways.isdisjoint(one.item.weights)
        or any(one.covered[position] >= query.terms[position].weight * FOUND for position in at if one.covered)
    ]


@lru_cache(maxsize=512)
def _deed_in(text: str) -> tuple[str, frozenset[str]] | None:
    """The stem of the first verb said of what a question counts, with the stems that tell it; None for most verbs.

    A participle is that verb only where no other follows: of "celulares *robados* que recuperaron" the deed is another.
    """
    tokens = tokenize(text)
    start = next((at for at, token in enumerate(tokens) if _COUNTING.match(token.word)), len(tokens))
    found = None
    for at in range(start + 2, len(tokens)):
        if _BREAK.search(text[tokens[at - 1].end : tokens[at].start]):
            break
        word = tokens[at].word
        verbs = infinitives(tokens[at]) | ({word} if _INFINITIVE.match(word) else set())
        if tokens[at - 1].word in _HAVING:
            verbs |= participle_of(word)
        said = next((form for form in verbs or participle_of(word) if form in _own_deeds()), None)
        if said is not None and found is None:
            found = tokens[at].stem, _own_deeds()[said]
        if verbs and verbs.isdisjoint(_HELPING):
            return found if said is not None else None
    return found


@cache
def _own_deeds() -> dict[str, frozenset[str]]:
    """By its folded infinitive, the stems by which rows tell a deed."""
    return {
        fold(deed): frozenset(stem_of(word) for phrase in (deed, *ways) for word in words(phrase))
        for deed, ways in load_lexicon().own_deeds.items()
    }
