"""Two indicator rows of which a question claims a figure each ("¿la meta de X es 8 y la de Y 1?"), each held to it.

``claims`` reads the words around a number, of rows already chosen. Here the rows are found first, from the halves of
the question without their figures, so that swapped figures choose no wrong row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.corpus.bars import AS_GOOD
from assistant.corpus.corpus import Item
from assistant.evidence.fields import is_indicator_row
from assistant.figures.claims import Claim, asks_either, claimed, figure_in, figures_stated, roles_said
from assistant.figures.named_parts import NamedPart, Read, Search, read_part
from assistant.figures.pairs import fitting_pairs
from assistant.figures.premise import is_premise, says_done, without_claims
from assistant.question.query import Field, Query
from ingest.figures import Mention

#: What stands between two things that are claimed together.
_JOINT = re.compile(r"[,;]\s+(?:[ye]\s+)?|\s[ye]\s+", re.IGNORECASE)
_PAIR = 2
#: Pairs of rows that fit this nearly as well as the best may be meant too.
_AS_WELL = 0.05


def claimed_of_two(query: Query, read: Read, search: Search) -> tuple[Claim, ...]:
    """The claim of each of two rows that a question names, in its order; () where it does not claim one figure each."""
    mentions = figures_stated(query.text)
    if len(mentions) != _PAIR or not is_premise(query) or says_done(query) or asks_either(query.text):
        return ()
    roles = set(roles_said(query.text, mentions))
    of_start, of_end = query.asks("baseline") or "start" in roles, query.asks("target") or "end" in roles
    if of_start and of_end:
        return ()
    field: Field = "baseline" if of_start else "target"
    for halves in _halves(query.text, mentions):
        parts = [read_part(without_claims(half), query, read, search) for half in halves]
        if not all(part.terms and _is_of_one_place(part) for part in parts):
            continue
        fits = fitting_pairs(parts[0], parts[1], (), field)
        near = [_claims(query, mentions, fit[1:], field) for fit in fits if fit[0] >= fits[0][0] - _AS_WELL]
        if claims := _meant([claims for claims in near if len(claims) == _PAIR]):
            return claims
    return ()


def _halves(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[str, str]]:
    """The ways to cut a question so that each half has one of its figures."""
    first, second = mentions
    for match in _JOINT.finditer(text):
        if first.start < match.start() and match.end() <= second.end:
            halves = text[: match.start()], text[match.end() :]
            if [len(figures_stated(half)) for half in halves] == [1, 1]:
                yield halves


def _is_of_one_place(part: NamedPart) -> bool:
    """Whether what a half finds best is of one territory: of several none may be chosen for the reader."""
    best = max((one.coverage for one in part.found), default=0.0)
    return len({one.item.entity for one in part.found if one.coverage >= best * AS_GOOD}) == 1


def _meant(near: Sequence[tuple[Claim, ...]]) -> tuple[Claim, ...]:
    """Of the pairs that fit as well those that bear most of it out; () where these have different figures."""
    most = max((_held(claims) for claims in near), default=0)
    best = [claims for claims in near if _held(claims) == most]
    values = {tuple(claim.figure.value for claim in claims) for claims in best}
    return best[0] if len(values) == 1 else ()


def _held(claims: Sequence[Claim]) -> int:
    return sum(claim.holds for claim in claims)


def _claims(query: Query, mentions: Sequence[Mention], items: Sequence[Item], field: Field) -> tuple[Claim, ...]:
    found: list[Claim] = []
    for mention, item in zip(mentions, items, strict=True):
        row, figure = item.row, figure_in(item, field)
        if row is None or not is_indicator_row(row) or figure is None or figure.value is None:
            return ()
        if mention not in claimed(query, row):
            return ()
        found.append(Claim(mention.text, figure, item, field, mention.value == figure.value))
    return tuple(found)
