"""What money is asked of: the word of the money alone ("¿cuánto se *ejecutó* en muelles?") finds every line."""

from __future__ import annotations

from assistant.corpus.bars import LIGHT
from assistant.evidence.retrieve import Scored
from assistant.question.asks import load_asks
from assistant.question.query import Query


def says_what_is_paid_for(found: Scored, query: Query) -> bool:
    """Whether evidence says something of what the money that is asked for was for, where the question names it."""
    if "budget" not in query.fields:
        return True
    bare = load_asks().bare_stems
    named = [
        at for at, term in enumerate(query.terms) if term.weight > LIGHT and not bare.issuperset(term.text.split())
    ]
    return not named or any(found.covered[at] > 0 for at in named if at < len(found.covered))
