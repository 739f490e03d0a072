"""The figures that a question states of what it asks about, each held against the figure that stands in its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.corpus.corpus import Item, stem_set
from assistant.evidence.fields import is_indicator_row
from assistant.question.asks import asks_for
from assistant.question.premise_words import premise_words
from assistant.question.query import Field, Query
from ingest.figures import Mention, find_figures
from ingest.fold import fold, fold_in_place
from ingest.records import Figure, IndicatorRow

Role = Literal["start", "end"]

_ROLES: dict[Role, Field] = {"start": "baseline", "end": "target"}
_FIELDS: tuple[Field, Field] = ("baseline", "target")
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_BREAK = re.compile(r"[?¿,;:]|\s[yeo]\s")
_WORD = re.compile(r"[^\W\d_]{3,}")
_PAIR = 2
_MONEY = ("COP", "USD")
_SHORTEST = 3
#: How many characters after or before a number say what it counts.
_REACH = 60


@dataclass(frozen=True)
class Claim:
    """A figure that the question states, as typed, and the one that a row has in its place; ``of`` is its field.

    ``is_sure`` is whether only that figure can be meant: of several that count the like none may be named as the right
    one.
    """

    said: str
    figure: Figure
    item: Item
    of: Field | None
    holds: bool
    is_sure: bool = True


def claimed(query: Query, row: IndicatorRow) -> tuple[Mention, ...]:
    """The figures that a question states: no dates, and no part of what the row is called ("por cada 100 mil")."""
    metric = (row.metric or "").replace(row.figure.text if row.figure is not None else "\n", " ")
    own = set(_NUMBER.findall(" ".join(filter(None, [row.indicator, metric, row.programme]))))
    return tuple(mention for mention in figures_stated(query.text) if mention.text.strip(" %$") not in own)


def figures_stated(text: str) -> list[Mention]:
    """The figures of a question in digits, without years."""
    found = find_figures(text)
    return [one for one in found if one.value is not None and not one.words and not _YEAR.match(one.text)]


def without_alternatives(claims: Sequence[Claim], text: str) -> tuple[Claim, ...]:
    """Of figures between which a question leaves the choice ("¿600 o 550?") the right one, where one is; else all."""
    right = [claim for claim in claims if claim.holds]
    if len(right) != 1 or not asks_either(text):
        return tuple(claims)
    return tuple(claim for claim in claims if claim.holds or claim.of != right[0].of)


def asks_either(text: str) -> bool:
    """Whether a question leaves the choice between two figures ("¿600 o 550?")."""
    return premise_words()["either"].search(fold(text)) is not None


# of indicator rows ------------------------------------------------------------------------------------------------
def claims_of_rows(query: Query, told: Sequence[Item]) -> tuple[Claim, ...]:
    """Each figure claimed, of the field and the row that the words around it say, else of the first row's target."""
    rows = [item for item in told if is_indicator_row(item.row)]
    first = rows[0].row if rows else None
    if first is None:
        return ()
    mentions = claimed(query, first)
    roles = roles_said(query.text, mentions)
    names: list[Field] = [name for name in query.fields if name in _FIELDS]
    found: list[Claim] = []
    for mention, role in zip(mentions, roles, strict=True):
        item = _row_meant(mention, query.text, rows) if len(mentions) > 1 else rows[0]
        name: Field | None = _ROLES[role] if role is not None else None
        if name is None and len(mentions) == 1:
            name = names[0] if len(names) == 1 else "target"
        elif name is None and item is not None:
            same = [field for field in _FIELDS if _is(mention, figure_in(item, field))]
            name = same[0] if same else "target" if _is_named(mention, query.text, item) else None
        figure = figure_in(item, name) if name is not None and item is not None else None
        if figure is not None and figure.value is not None and item is not None and name is not None:
            found.append(Claim(mention.text, figure, item, name, _is(mention, figure)))
    if len(mentions) == _PAIR and not found and not _WORD.findall(query.text[mentions[0].end : mentions[1].start]):
        return _in_order(mentions, rows[0])
    return without_alternatives(found, query.text)


def _in_order(mentions: Sequence[Mention], item: Item) -> tuple[Claim, ...]:
    """Two figures of which nothing says what they are: the start and the end."""
    figures = [(name, figure_in(item, name)) for name in _FIELDS]
    return tuple(
        Claim(mention.text, figure, item, name, _is(mention, figure))
        for mention, (name, figure) in zip(mentions, figures, strict=True)
        if figure is not None and figure.value is not None
    )


def roles_said(text: str, mentions: Sequence[Mention]) -> list[Role | None]:
    """Of each figure whether the words before it say that it is a start or an end."""
    folded, words = fold_in_place(text), premise_words()
    roles: list[Role | None] = []
    last = 0
    for at, mention in enumerate(mentions):
        before = folded[last : mention.start]
        following = folded[mention.end : mentions[at + 1].start] if at + 1 < len(mentions) else None
        ends = [match.end() for match in words["end"].finditer(before)]
        starts = [match.end() for match in words["start"].finditer(before)]
        if following is not None and words["span"].search(before) and words["span_end"].search(following):
            roles.append("start")
        elif at and words["span_end"].search(before) and roles[-1] == "start":
            roles.append("end")
        elif ends or starts:
            roles.append("end" if max(ends, default=0) >= max(starts, default=0) else "start")
        else:
            roles.append(None)
        last = mention.end
    return roles


def _row_meant(mention: Mention, text: str, rows: Sequence[Item]) -> Item | None:
    """The row that the words after a number name, of several; the first where they tell none of them."""
    said = _around(mention, text)[0]
    shares = [len(said & stem_set(row.row.indicator or "")) if row.row is not None else 0 for row in rows]
    best = max(shares)
    return rows[shares.index(best)] if best else rows[0]


def _is_named(mention: Mention, text: str, item: Item) -> bool:
    """Whether the words after a number are of what the row counts."""
    said = _around(mention, text)[0]
    return item.row is not None and bool(said & stem_set(item.row.indicator or ""))


def figure_in(item: Item, name: Field) -> Figure | None:
    """The baseline or target of an item's row."""
    if item.row is None:
        return None
    return item.row.baseline if name == "baseline" else item.row.target


# of figures of reports --------------------------------------------------------------------------------------------
def claims_of_facts(query: Query, told: Sequence[Item]) -> tuple[Claim, ...]:
    """Each figure claimed, held against what counts that; () where one is open and the rest is right."""
    facts = [item for item in told if item.row is not None and item.row.figure and item.row.figure.value is not None]
    found: list[Claim] = []
    is_open = False
    for mention in _stated(query, facts):
        meant = _meant(mention, query.text, facts)
        same = next((item for item in meant if _is(mention, _own_figure(item))), None)
        values = {figure.value for item in meant if (figure := _own_figure(item)) is not None}
        is_named = bool(meant) and len(meant) < len(facts)
        item = same or (meant[0] if len(values) == 1 or is_named else None)
        figure = _own_figure(item) if item is not None else None
        if item is None or figure is None:
            is_open = True
        else:
            found.append(Claim(mention.text, figure, item, None, same is not None, is_sure=len(values) == 1))
    return () if is_open and all(claim.holds for claim in found) else tuple(found)


def _stated(query: Query, facts: Sequence[Item]) -> list[Mention]:
    """The figures claimed of facts; the number in an indicator's name is one where it is said to have been done."""
    every = {mention.start: mention for item in facts if item.row is not None for mention in claimed(query, item.row)}
    if every or not asks_for(query.text, "deed"):
        return [every[start] for start in sorted(every)]
    return figures_stated(query.text)[:1]


def _meant(mention: Mention, text: str, facts: Sequence[Item]) -> list[Item]:
    """The figures that a claimed one may be of: those of its kind with most of the words after or before it."""
    kind = _kind(mention.unit, mention.text)
    alike = [item for item in facts if (figure := _own_figure(item)) is not None and _kind(figure.unit, "") == kind]
    for said in _around(mention, text):
        shares = [len(item.own & said) for item in alike]
        if best := max(shares, default=0):
            return [item for item, share in zip(alike, shares, strict=True) if share == best]
    return alike


def _around(mention: Mention, text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The stems right after a number, then those right before it, up to the next mark or "and"."""
    after = _BREAK.split(text[mention.end : mention.end + _REACH])[0]
    before = _BREAK.split(text[: mention.start][-_REACH:])[-1]
    one, two = (frozenset(stem for stem in stem_set(part) if len(stem) >= _SHORTEST) for part in (after, before))
    return one, two


def _kind(unit: str | None, text: str) -> str:
    """Whether a figure is money, a share of 100, or a count."""
    if unit in _MONEY or "millon" in fold(text):
        return "money"
    return "share" if unit == "%" else "count"


def _own_figure(item: Item) -> Figure | None:
    return item.row.figure if item.row is not None else None


def _is(mention: Mention, figure: Figure | None) -> bool:
    if figure is None or figure.value is None or mention.value is None:
        return False
    return mention.value == figure.value and not (mention.unit == "%" and figure.unit not in ("%", None))
