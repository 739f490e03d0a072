"""What a sentence says that each of its figures is: the target, the baseline, what was assigned, what was executed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.writer.wording import wording
from ingest.figures.wordlists import alternatives, plain

#: Roles that a row has fields of its own for: a figure said to be one has to stand in that field.
OWN_FIELDS = frozenset(("target", "baseline"))

_CLAUSE = re.compile(
    r"[;:()|\n\t]|,\s|\s(?:y|e|and|but|pero|mientras|frente\s+a|versus|vs|from|desde|against|compared)(?=\s)"
)
#: A label with its figure: "línea base: 22".
_LABEL = re.compile(r"^[a-z ]{4,30}:\s?$")
_BESIDE = r"[^.;,()|\[\]0-9]{0,60}\(\s{0,2}(?:(?:la|el|the|es\s+la)\s{1,2})?"
#: … unless the parentheses say another figure: "48 brigadas (línea base: 22)".
_ALONE = r"(?![^()]{0,60}[0-9])"
_BOTH = (
    r"\b{computed}[a-z]*[^.;:0-9]{{0,25}}?(?:entre|desde|de|between|from)\s(?:la|el|the)?\s?{role}"
    r"\s(?:y|a|and|to)\s(?:la|el|the)?\s?{role}"
)

Span = tuple[int, int]


@dataclass(frozen=True)
class _Said:
    """A word that gives a role, and where; ``many`` gives it to a whole list ("las metas son …, … y …")."""

    role: str
    start: int
    many: bool


class RoleReader:
    """The roles in one text; ``figures`` are the places of its figures.

    With ``hints``, the words that say of a row's figures when they hold ("había", "llegar a"), which are no roles of
    reports and letters.
    """

    def __init__(self, text: str, figures: Sequence[Span], *, hints: bool = False) -> None:
        self._text = _both().sub(lambda match: " " * len(match[0]), plain(text))
        self._figures = figures
        self._said = sorted(
            (
                _Said(role, match.start(), any(word.endswith("s") for word in match[0].split()[:1]))
                for role, pattern in (_hints() if hints else _patterns()).items()
                for match in pattern.finditer(self._text)
            ),
            key=lambda said: said.start,
        )
        self._cuts = [match.start() for match in _CLAUSE.finditer(self._text)]

    def role_at(self, start: int, end: int) -> str | None:
        """The role of the figure from ``start`` to ``end``, or None.

        In order: the one in parentheses right after it; in its own clause the last before it, else the first after it
        (:meth:`_nearest_free`); in the other clauses likewise, as far as no figure of their own takes the role.
        """
        if not self._said:
            return None
        for role, pattern in _beside().items():
            if pattern.match(self._text, end):
                return role
        own = self._clause(start)
        in_clause = [said for said in self._said if own[0] <= said.start < own[1]]
        free = [said for said in self._said if self._may_be_of(said, start)]
        if in_clause:
            return self._nearest_free(in_clause, start, end)
        if any(said.start < start for said in self._said):
            free = [said for said in free if said.start < start]
        return _nearest(free, start)

    def _nearest_free(self, said: Sequence[_Said], start: int, end: int) -> str | None:
        """The last role before a figure, or the first after it when another figure stands before but none after."""
        before = [one for one in said if one.start < start]
        after = [one for one in said if one.start >= end]
        if before and after and not before[-1].many:
            taken = any(before[-1].start < at < start for at, _ in self._figures)
            if taken and not any(end <= at < after[0].start for at, _ in self._figures):
                return after[0].role
        return _nearest(said, start)

    def _may_be_of(self, said: _Said, start: int) -> bool:
        """Whether a word of another clause may say what a figure is: not when it has a figure of its own, beside it or
        right after it ("línea base: 22")."""
        labelled = min((at for at, _ in self._figures if at >= said.start), default=None)
        if labelled is not None and _LABEL.search(self._text[said.start : labelled]):
            return labelled == start
        return said.many or not self._has_figure(self._clause(said.start))

    def _clause(self, position: int) -> Span:
        first = max((cut for cut in self._cuts if cut <= position), default=0)
        return first, min((cut for cut in self._cuts if cut > position), default=len(self._text) + 1)

    def _has_figure(self, clause: Span) -> bool:
        return any(clause[0] <= start < clause[1] for start, _ in self._figures)


def _nearest(said: Sequence[_Said], position: int) -> str | None:
    before = [one for one in said if one.start < position]
    if before:
        return before[-1].role
    return said[0].role if said else None


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    roles = wording().guard.roles
    return {role: re.compile(rf"(?<![a-z]){alternatives(phrases)}(?![a-z])") for role, phrases in roles.items()}


@cache
def _hints() -> Mapping[str, re.Pattern[str]]:
    hints = wording().guard.hints
    return {role: re.compile(rf"(?<![a-z]){alternatives(phrases)}(?![a-z])") for role, phrases in hints.items()}


@cache
def _both() -> re.Pattern[str]:
    """ "la diferencia entre la línea base y la meta" names both, and gives neither role to the figures after it."""
    guard = wording().guard
    role = alternatives([*guard.roles["baseline"], *guard.roles["target"]])
    return re.compile(_BOTH.format(computed=alternatives(guard.computed), role=role))


@cache
def _beside() -> Mapping[str, re.Pattern[str]]:
    roles = wording().guard.roles
    return {role: re.compile(rf"{_BESIDE}{alternatives(phrases)}(?![a-z]){_ALONE}") for role, phrases in roles.items()}
