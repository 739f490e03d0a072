"""Words of doing: what is new and what is mended (a row of improved stadiums does not say how many will be built)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

from assistant.corpus.bars import NEARLY, OTHER_SUBJECT
from assistant.corpus.corpus import Item
from assistant.corpus.items import stem_set
from assistant.corpus.matching import stem_of
from assistant.evidence.fields import is_indicator_row
from assistant.evidence.retrieve import Scored
from assistant.question.lexicon import load_lexicon
from assistant.question.query import Query
from ingest.fold import fold

Act = Literal["new", "mended"]
#: A number in words that has the stem of "nuevo".
_NINE = re.compile(r"\bnueve\b", re.IGNORECASE)
#: Of what is not counted "nueva" may be what is in question ("¿la meta es crear una nueva?").
_NEW = frozenset((stem_of("nuevo"),))
_OTHER: dict[Act, Act] = {"new": "mended", "mended": "new"}


def of_the_act(query: Query, found: Sequence[Scored]) -> list[Scored]:
    """Without the indicator rows that say only that a thing is mended when it is asked what is built, or the reverse.

    Beside one of those, others answer that say the act themselves or name what is counted as well, and fit the question
    nearly as well.
    """
    said = frozenset(term.alternatives[0].stems[0] for term in query.terms if not term.counted)
    asked = _acts_in(said if any(term.counted for term in query.terms) else said - _NEW)
    if len(asked) != 1:
        return list(found)
    act = next(iter(asked))
    blocked = [one for one in found if _is_only(one.item, _OTHER[act])]
    if not blocked:
        return list(found)
    score = max(one.score for one in blocked) * OTHER_SUBJECT
    named = [max(one.own[at] for one in blocked) * NEARLY for at in range(len(query.terms))]
    return [
        one
        for one in found
        if one not in blocked
        and one.score >= score
        and (
            _is_only(one.item, act)
            or all(one.own[at] >= named[at] for at, term in enumerate(query.terms) if term.counted)
        )
    ]


def _is_only(item: Item, act: Act) -> bool:
    row = item.row
    if row is None or not is_indicator_row(row):
        return False
    told = stem_set(_NINE.sub(" ", f"{row.indicator or ''} {row.target.text if row.target else ''}"))
    return _acts_in(told) == {act}


def _acts_in(stems: frozenset[str]) -> set[Act]:
    return {act for act, own in _stems_of_acts().items() if own & stems}


@cache
def _stems_of_acts() -> dict[Act, frozenset[str]]:
    return {act: frozenset(stem_of(fold(word)) for word in words) for act, words in load_lexicon().acts.items()}
