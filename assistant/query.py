"""What a question asks, as one frozen value: made by ``question``, used by everything after it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from assistant.times import Interval

QuestionKind = Literal[
    "value",
    "list",
    "count",
    "sum",
    "difference",
    "percent_change",
    "compare",
    "ranking",
    "yes_no",
    "smalltalk",
    "order",
    "personal_data",
    "empty",
]
Field = Literal[
    "target",
    "baseline",
    "source",
    "dependency",
    "programme",
    "component",
    "strategic_line",
    "purpose",
    "ods",
    "unit",
    "progress",
    "budget",
    "period",
    "place",
]
Language = Literal["es", "en"]


@dataclass(frozen=True)
class Alternative:
    """One way to say a term: the stems of a phrase, and how far it is from what was asked."""

    stems: tuple[str, ...]
    factor: float = 1.0


@dataclass(frozen=True)
class Term:
    """A content word or phrase of the question, with other ways to say it and how much it tells (0 to 1).

    ``counted`` is what the question counts ("cuántas *garitas*"); ``is_name`` a name that no document has.
    """

    text: str
    weight: float
    alternatives: tuple[Alternative, ...]
    known: bool = True
    counted: bool = False
    is_name: bool = False


@dataclass(frozen=True)
class Filters:
    """What narrows the documents and rows down; names are as the catalogue prints them."""

    entities: tuple[str, ...] = ()
    unknown_entity: str | None = None
    periods: tuple[str, ...] = ()
    unknown_period: str | None = None
    dependency: str | None = None
    strategic_line: str | None = None
    component: str | None = None
    programme: str | None = None
    row_kinds: tuple[str, ...] = ()
    ods: str | None = None
    baseline_state: Literal["none", "zero"] | None = None


@dataclass(frozen=True)
class Query:
    """A question understood."""

    text: str
    kind: QuestionKind = "value"
    fields: tuple[Field, ...] = ()
    filters: Filters = field(default_factory=Filters)
    terms: tuple[Term, ...] = ()
    asked: tuple[Interval, ...] = ()
    numbers: tuple[str, ...] = ()
    wants_figure: bool = False
    language: Language = "es"

    def asks(self, *fields: Field) -> bool:
        return any(name in self.fields for name in fields)

    @property
    def weight(self) -> float:
        """All that the terms tell together."""
        return sum(term.weight for term in self.terms)
