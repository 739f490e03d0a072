"""What was done to the things that a question counts: "¿cuántas motos se *robaron*?" asks of no recovered ones.

Verbs of doing ("instalaron", "entregaron") stand in ``prompts/lexicon.yaml``: whatever a row counts was done so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from assistant.corpus.matching import Token
from assistant.question.lexicon import load_lexicon
from assistant.question.verbs import infinitives, participle_of
from ingest.fold import fold

_PAST = re.compile(r"\w{2,}(?:aron|ieron|aban|ian|[ai]d[oa]s?)$")
#: What may stand between what is counted and its verb.
_BETWEEN = frozenset(("se", "les", "le", "nos", "me", "han", "habian", "fueron", "ya", "que"))


def deeds_done_to(tokens: Sequence[Token], counted: Collection[int]) -> Iterator[tuple[int, int]]:
    """The positions of a verb in the past, and of what is counted right before it, where it is no verb of doing."""
    for at in counted:
        verb = next((other for other in range(at + 1, len(tokens)) if tokens[other].word not in _BETWEEN), len(tokens))
        if verb == len(tokens) or verb == at + 1 or _PAST.match(tokens[verb].word) is None:
            continue
        if _verbs_of_doing().isdisjoint(infinitives(tokens[verb]) | participle_of(tokens[verb].word)):
            yield verb, at


@cache
def _verbs_of_doing() -> frozenset[str]:
    lexicon = load_lexicon()
    return frozenset(fold(verb) for verb in (*lexicon.doing, *lexicon.light))
