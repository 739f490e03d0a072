"""What a question takes for granted ("¿es verdad que son 50?", "¿va a subir?"), held against what the rows say.

A ``Verdict`` is said plainly before the rows: "No" where something claimed is not so, with what is right and what is
not; "Sí" only where all of it is; nothing where the question claims nothing that can be compared.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.asks import asks_for
from assistant.corpus import Item, stem_set
from assistant.fields import is_indicator_row
from assistant.query import Field, Query
from assistant.times import speaks_of
from ingest.errors import SettingsError
from ingest.figures import Mention, dates_in, find_figures
from ingest.fold import fold, fold_in_place
from ingest.records import Figure, IndicatorRow
from ingest.wording import load_yaml, validated

Way = Literal["up", "down"]
Role = Literal["start", "end"]

_FILE = "premises.yaml"
_ROLES: dict[Role, Field] = {"start": "baseline", "end": "target"}
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_BREAK = re.compile(r"[?¿,;:]|\s[yeo]\s")
_PAIR = 2
_MONEY = ("COP", "USD")
_SHORTEST = 3
#: How many characters after or before a number say what it counts.
_REACH = 60


class PremiseWords(BaseModel):
    """``prompts/premises.yaml``."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    start: str
    end: str
    span: str
    span_end: str
    up: str
    down: str
    not_: str
    target_up: str
    target_down: str
    done: str
    done_with: str
    wh: str

    @cached_property
    def compiled(self) -> dict[str, re.Pattern[str]]:
        bounded = {"start": rf"\b{self.start}\b", "end": rf"\b{self.end}\b"}
        return {name: re.compile(bounded.get(name, pattern)) for name, pattern in self.model_dump().items()}


@cache
def premise_words() -> dict[str, re.Pattern[str]]:
    """The patterns of the file by name; raises ``SettingsError`` for one that is none."""
    content = {("not_" if name == "not" else name): pattern for name, pattern in load_yaml(_FILE).items()}
    try:
        return validated(PremiseWords, content, _FILE).compiled
    except re.error as error:
        raise SettingsError(f"prompts/{_FILE}: una expresión regular no es válida: {error}.") from error


@dataclass(frozen=True)
class Claim:
    """A figure that the question states, as typed, and the one that a row has in its place; ``of`` is its field."""

    said: str
    figure: Figure
    item: Item
    of: Field | None
    holds: bool


@dataclass(frozen=True)
class Direction:
    """Which way a row's target goes, and whether that is the way the question says; None when it asks for either."""

    way: Way
    item: Item
    holds: bool | None


@dataclass(frozen=True)
class Verdict:
    """What the rows say of what is claimed: each figure, or else which way it goes; ``other_time`` that none of them
    is of the time that the question says."""

    claims: tuple[Claim, ...] = ()
    direction: Direction | None = None
    other_time: bool = False

    @property
    def holds(self) -> bool | None:
        """Whether all of it is so; None of a question that only asks which of two ways."""
        if self.other_time:
            return False
        if self.claims:
            return all(claim.holds for claim in self.claims)
        return self.direction.holds if self.direction is not None else None


def is_premise(query: Query) -> bool:
    """Whether a question states something and asks whether it is so: it says that, or asks without a "what"."""
    if query.kind in ("list", "count", "ranking"):
        return False
    text = fold(query.text).strip()
    return "yes_no" in query.cues or (text.endswith("?") and premise_words()["wh"].search(text) is None)


def verdict(query: Query, items: Sequence[Item]) -> Verdict | None:
    """What the rows told say of what the question takes for granted; None when it claims nothing they can decide."""
    told = [item for item in items if item.row is not None]
    if not told:
        return None
    claims = _claims(query, told) if is_premise(query) else ()
    other_time = is_premise(query) and not any(speaks_of(item, query.asked) for item in told)
    if claims or other_time:
        return Verdict(claims, other_time=other_time)
    direction = _direction(query, told[0])
    return Verdict(direction=direction) if direction is not None else None


# figures ----------------------------------------------------------------------------------------------------------
def _claims(query: Query, told: Sequence[Item]) -> tuple[Claim, ...]:
    first = told[0]
    if is_indicator_row(first.row):
        return _of_row(query, first)
    return _of_facts(query, told)


def claimed(query: Query, row: IndicatorRow) -> tuple[Mention, ...]:
    """The figures that a question states: no dates, and no part of what the row is called ("por cada 100 mil")."""
    metric = (row.metric or "").replace(row.figure.text if row.figure is not None else "\n", " ")
    own = set(_NUMBER.findall(" ".join(filter(None, [row.indicator, metric, row.programme]))))
    return tuple(
        mention
        for mention in find_figures(query.text)
        if mention.value is not None
        and not mention.words
        and not _YEAR.match(mention.text)
        and mention.text.strip(" %$") not in own
    )


def _of_row(query: Query, item: Item) -> tuple[Claim, ...]:
    """Each figure claimed of an indicator row: of the field that the question says it is of, else of the target."""
    row = item.row
    if row is None:
        return ()
    mentions = claimed(query, row)
    roles = _roles(query.text, mentions)
    names: list[Field] = [name for name in query.fields if name in ("baseline", "target")]
    found: list[Claim] = []
    for at, mention in enumerate(mentions):
        role = roles[at]
        name: Field | None = _ROLES[role] if role is not None else None
        if name is None and len(mentions) == 1:
            name = names[0] if len(names) == 1 else "target"
        elif name is None:
            same = [field for field in ("baseline", "target") if _is(mention, _figure(row, field))]
            name = same[0] if same else None  # type: ignore[assignment]
        figure = _figure(row, name) if name is not None else None
        if figure is None or figure.value is None or name is None:
            continue
        found.append(Claim(mention.text, figure, item, name, _is(mention, figure)))
    if len(mentions) == _PAIR and not found and row.baseline is not None and row.target is not None:
        return _in_order(mentions, row, item)
    return tuple(found)


def _in_order(mentions: Sequence[Mention], row: IndicatorRow, item: Item) -> tuple[Claim, ...]:
    """Two figures of which nothing says what they are: the start and the end."""
    figures: tuple[tuple[Field, Figure | None], ...] = (("baseline", row.baseline), ("target", row.target))
    return tuple(
        Claim(mention.text, figure, item, name, _is(mention, figure))
        for mention, (name, figure) in zip(mentions, figures, strict=True)
        if figure is not None and figure.value is not None
    )


def _roles(text: str, mentions: Sequence[Mention]) -> list[Role | None]:
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


def _of_facts(query: Query, told: Sequence[Item]) -> tuple[Claim, ...]:
    """Each figure claimed of the figures of a report, held against what counts that; () where one is open."""
    facts = [item for item in told if item.row is not None and item.row.figure and item.row.figure.value is not None]
    found: list[Claim] = []
    is_open = False
    for mention in _stated(query, facts):
        meant = _meant(mention, query.text, facts)
        same = next((item for item in meant if _is(mention, item.row.figure if item.row else None)), None)
        values = {item.row.figure.value for item in meant if item.row is not None and item.row.figure is not None}
        item = same or (meant[0] if len(values) == 1 or (meant and len(meant) < len(facts)) else None)
        figure = item.row.figure if item is not None and item.row is not None else None
        if item is None or figure is None:
            is_open = True
        else:
            found.append(Claim(mention.text, figure, item, None, same is not None))
    return () if is_open and all(claim.holds for claim in found) else tuple(found)


def _stated(query: Query, facts: Sequence[Item]) -> list[Mention]:
    """The figures claimed of facts; the number in an indicator's name is one where it is said to have been done."""
    every = {mention.text: mention for item in facts if item.row is not None for mention in claimed(query, item.row)}
    if every or not asks_for(query.text, "deed"):
        return sorted(every.values(), key=lambda mention: mention.start)
    return [one for one in find_figures(query.text) if one.value is not None and not _YEAR.match(one.text)][:1]


def _meant(mention: Mention, text: str, facts: Sequence[Item]) -> list[Item]:
    """The figures that a claimed one may be of: those of its kind with most of the words after or before it."""
    kind = _kind(mention.unit, mention.text)
    alike = [item for item in facts if item.row and item.row.figure and _kind(item.row.figure.unit, "") == kind]
    after = _BREAK.split(text[mention.end : mention.end + _REACH])[0]
    before = _BREAK.split(text[: mention.start][-_REACH:])[-1]
    for words in (after, before):
        said = stem_set(words)
        shares = [len({stem for stem in item.own & said if len(stem) >= _SHORTEST}) for item in alike]
        if best := max(shares, default=0):
            return [item for item, share in zip(alike, shares, strict=True) if share == best]
    return alike


def _kind(unit: str | None, text: str) -> str:
    """Whether a figure is money, a share of 100, or a count."""
    if unit in _MONEY or "millon" in fold(text):
        return "money"
    return "share" if unit == "%" else "count"


def _figure(row: IndicatorRow, name: str) -> Figure | None:
    return row.baseline if name == "baseline" else row.target


def _is(mention: Mention, figure: Figure | None) -> bool:
    if figure is None or figure.value is None or mention.value is None:
        return False
    return mention.value == figure.value and not (mention.unit == "%" and figure.unit not in ("%", None))


# which way --------------------------------------------------------------------------------------------------------
def ways_said(text: str) -> tuple[Way, ...]:
    """Which ways a question says that something goes: one, or both where it asks which."""
    folded, words = fold(text), premise_words()
    found: list[Way] = []
    ways: tuple[Way, ...] = ("up", "down")
    for way in ways:
        match = words[way].search(folded)
        if match is None:
            continue
        denied = words["not_"].search(folded[: match.start()]) is not None
        found.append(("down" if way == "up" else "up") if denied else way)
    return tuple(dict.fromkeys(found))


def asks_which_way(text: str) -> bool:
    """Whether a question asks which of two ways something went or is to go ("¿subió o bajó?")."""
    return len(ways_said(text)) == _PAIR and " o " in f" {fold(text)} "


def _direction(query: Query, item: Item) -> Direction | None:
    """Which way the target of an indicator row goes, where the question asks that or takes it for granted."""
    said = ways_said(query.text)
    which = asks_which_way(query.text)
    if not (which or (is_premise(query) and len(said) == 1)) or not is_indicator_row(item.row):
        return None
    way = way_of(item.row)
    return None if way is None else Direction(way, item, None if which else way == said[0])


def way_of(row: IndicatorRow | None) -> Way | None:
    """Which way the target of a row goes: as it is worded, else by its figures where it is a result."""
    if row is None or row.target is None:
        return None
    worded, words = fold(row.target.text), premise_words()
    if words["target_down"].search(worded):
        return "down"
    if words["target_up"].search(worded):
        return "up"
    before, after = (figure.value if figure is not None else None for figure in (row.baseline, row.target))
    if before is None or after is None or before == after or row.kind != "result":
        return None
    return "up" if after > before else "down"


def without_figures(query: Query) -> Query:
    """A query whose own figures tell no row from another: what it takes for granted may be wrong."""
    said = {folded for one in find_figures(query.text) for folded in fold(one.text).split()}
    terms = tuple(term for term in query.terms if term.text not in said)
    return replace(query, terms=terms) if terms else query


def without_claims(text: str) -> str:
    """A question without the figures and dates that it states: what it is about remains."""
    spans = [(one.start, one.end) for one in find_figures(text)] + [(one.start, one.end) for one in dates_in(text)]
    kept = [character for at, character in enumerate(text) if not any(start <= at < end for start, end in spans)]
    return "".join(kept)


def asks_whether_done(text: str) -> bool:
    """Whether a question asks if a target is reached ("¿ya se cumplió la meta?")."""
    folded, words = fold(text), premise_words()
    return words["done"].search(folded) is not None and words["done_with"].search(folded) is not None
