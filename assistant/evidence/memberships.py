"""What a government belongs to: rows that count organisations do not say of which of them it is a member."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.corpus.bars import FOUND
from assistant.evidence.retrieve import Scored
from assistant.question.query import Query
from ingest.fold import fold

_ASKED = re.compile(
    r"\b(?:a|de|en) (?:que|cual(?:es)?) (?:\w+ )?(?:organi\w+|red(?:es)?|alianzas?|asociacion(?:es)?|foros?|ligas?) .*"
    r"\b(?:miembr|socia?o?s?\b|pertene|afili|adhir|ingres|entr(?:o|aron|amos)\b|uni(?:o|eron)\b|hac\w+ parte)"
)
_STEM = "miembr"


def saying_the_membership(query: Query, found: Sequence[Scored]) -> list[Scored]:
    """Without what tells of no member, where a membership is asked for and some of the evidence tells of one."""
    if _ASKED.search(fold(query.text)) is None:
        return list(found)
    at = [at for at, term in enumerate(query.terms) if any(_STEM in way.stems for way in term.alternatives)]
    naming = [one for one in found if any(one.covered[i] >= query.terms[i].weight * FOUND for i in at)]
    return naming or list(found)
