"""What a question takes for granted ("¿es verdad que son 50?", "¿va a subir?"), held against what the rows say.

A ``Verdict`` is said plainly before the rows: "No" where something claimed is not so, with what is right and what is
not; "Sí" only where all of it is; nothing where the question claims nothing that can be compared.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.corpus.corpus import Item
from assistant.evidence.fields import is_indicator_row
from assistant.figures.claims import Claim, claims_of_facts, claims_of_rows, figure_in, figures_stated
from assistant.question.asks import asks_for
from assistant.question.premise_words import premise_words
from assistant.question.query import Query
from assistant.question.times import speaks_of
from assistant.question.ways import Way, asks_which_way, way_of, ways_said
from ingest.figures import dates_in, find_figures
from ingest.fold import fold

#: A verb of the past in the singular, which loses its accent when folded ("bajó", "capacitó").
_WAS = re.compile(r"\w{2,}ó\b")


@dataclass(frozen=True)
class Direction:
    """Which way a row's target goes, and whether that is the way the question says; None when it asks for either."""

    way: Way
    item: Item
    holds: bool | None


@dataclass(frozen=True)
class Verdict:
    """What the rows say of what is claimed: each figure, or else which way it goes.

    ``other_time`` says that none of them is of the time that the question says, ``unsaid`` that they tell what is
    planned and not what the question says is done.
    """

    claims: tuple[Claim, ...] = ()
    direction: Direction | None = None
    other_time: bool = False
    unsaid: bool = False

    @property
    def holds(self) -> bool | None:
        """Whether all of it is so; None of a question that only asks which of two ways, and of what nothing says."""
        if self.unsaid:
            return None
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
    if "yes_no" in query.cues:
        return True
    return text.endswith("?") and premise_words()["wh"].search(text) is None and not _only_names(query, text)


def _only_names(query: Query, text: str) -> bool:
    """Whether a question without a verb only names what it asks for ("extorsiones: ¿meta solo para 2025?", "¿usuarios
    de abril a junio de 2022?") and states nothing: no figure, no verb, not which way something goes."""
    if ways_said(query.text) or figures_stated(without_dates(query.text)) or says_done(query):
        return False
    words = premise_words()
    return not any(words[name].search(text) for name in ("copula", "stated", "verb"))


def verdict(query: Query, items: Sequence[Item]) -> Verdict | None:
    """What the rows told say of what the question takes for granted; None when it claims nothing they can decide."""
    told = [item for item in items if item.row is not None]
    if not told:
        return None
    if is_premise(query):
        if says_done(query):
            return _of_deeds(query, told)
        of_plan = is_indicator_row(told[0].row)
        claims = claims_of_rows(query, told) if of_plan else claims_of_facts(query, told)
        named = tuple(time for time in query.asked if any(str(year) in query.text for year in time.years))
        other_time = not any(speaks_of(item, named) for item in told)
        if claims or other_time:
            return Verdict(claims, other_time=other_time)
    direction = _direction(query, told[0])
    return Verdict(direction=direction) if direction is not None else None


def without_figures(query: Query) -> Query:
    """A query whose own figures and words of up and down tell no row from another: they may be what is wrong."""
    said = {word for one in find_figures(query.text) for word in fold(one.text).split()}
    terms = tuple(term for term in query.terms if term.text not in said and not ways_said(term.text))
    return replace(query, terms=terms) if terms else query


def are_its_figures(query: Query, item: Item) -> bool:
    """Whether two figures that a question states are both of one row, if in each other's places ("hoy 8 y bajamos
    a 6" of a row that goes from 6 to 8): the row is what is meant, and its figures are what is wrong."""
    said = {mention.value for mention in figures_stated(query.text)}
    own = {figure.value for name in ("baseline", "target") if (figure := figure_in(item, name)) is not None}
    return len(said) > 1 and said <= own


def without_claims(text: str) -> str:
    """A question without the figures and dates that it states: what it is about remains."""
    return _without(text, [(one.start, one.end) for one in find_figures(text)] + _dates_in(text))


def without_dates(text: str) -> str:
    """A question without the dates that it says."""
    return _without(text, _dates_in(text))


def _dates_in(text: str) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in dates_in(text)]


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    kept = [character for at, character in enumerate(text) if not any(start <= at < end for start, end in spans)]
    return "".join(kept)


# what is done -----------------------------------------------------------------------------------------------------
def asks_whether_done(text: str) -> bool:
    """Whether a question asks if a target is reached ("¿ya se cumplió la meta?")."""
    folded, words = fold(text), premise_words()
    return words["done"].search(folded) is not None and words["done_with"].search(folded) is not None


def says_done(query: Query) -> bool:
    """Whether a question says that something is done, and not only planned or counted before."""
    if asks_whether_done(query.text):
        return True
    is_of_plan = query.asks("target", "baseline") or premise_words()["stated"].search(fold(query.text)) is not None
    return not is_of_plan and (asks_for(query.text, "deed") or _WAS.search(query.text.lower()) is not None)


def _of_deeds(query: Query, told: Sequence[Item]) -> Verdict | None:
    """What rows say of what a question says is done: a goal proves nothing of that, a baseline only what was before."""
    if is_indicator_row(told[0].row):
        values = [figure.value for item in told if (figure := figure_in(item, "baseline")) is not None]
        said = [mention.value for mention in find_figures(query.text) if mention.value in values]
        of_before = replace(query, fields=("baseline",)) if said else query
        before = tuple(claim for claim in claims_of_rows(of_before, told) if claim.of == "baseline" and claim.holds)
        if before:
            return Verdict(before)
        return Verdict(unsaid=True) if not told[0].joined else None
    facts = [item for item in told if not _is_goal(item)]
    if claims := claims_of_facts(query, facts):
        return Verdict(claims)
    return Verdict(unsaid=True) if not facts and find_figures(query.text) else None


def _is_goal(item: Item) -> bool:
    """Whether a figure of a report is a printed goal."""
    return item.row is not None and "meta" in fold(item.row.metric or "").split()


# which way --------------------------------------------------------------------------------------------------------
def _direction(query: Query, item: Item) -> Direction | None:
    """Which way the target of an indicator row goes, where the question asks that or takes it for granted."""
    said = ways_said(query.text)
    which = asks_which_way(query.text)
    if not (which or (is_premise(query) and len(said) == 1)) or not is_indicator_row(item.row):
        return None
    way = way_of(item.row)
    return None if way is None else Direction(way, item, None if which else way == said[0])
